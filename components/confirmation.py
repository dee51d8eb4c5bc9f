"""The question before something is done that cannot simply be taken back."""

from dash import html

from components.attributes import attributes
from data.i18n import t


def confirmation(sentence: str, *, kind: str) -> html.Div:
    """Return what is about to be done, with a yes and a no whose ids are of a kind."""
    return html.Div(
        [
            html.P(sentence),
            html.Div(
                [
                    _button(kind, "yes", t("Yes, do it"), "btn btn-primary"),
                    _button(kind, "no", t("No"), "btn btn-outline", has_focus=True),
                ],
                className="lab-actions",
            ),
        ],
        className="confirm",
        role="alertdialog",
        **attributes(aria_label=sentence),
    )


def _button(kind: str, key: str, label: str, look: str, *, has_focus: bool = False) -> html.Button:
    # The focus shows the question wherever it was asked; on "no", Enter does no harm.
    ids = {"type": kind, "key": key}
    return html.Button(label, id=ids, type="button", className=look, autoFocus=has_focus)
