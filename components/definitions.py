"""The glossary: a line per metric, and a card for the chosen one, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components.attributes import attributes
from components.links import safe_url
from data.i18n import t


@dataclass(frozen=True)
class Definition:
    """One metric as the glossary shows it, in ready texts."""

    key: str
    label: str
    other_label: str
    text: str
    other_text: str
    formula: str
    owner: str
    unit: str
    source: str
    tests: str
    #: (name, address) of the pages that show it.
    pages: Sequence[tuple[str, str]] = ()


def definition_index(found: Sequence[tuple[str, str, str, str]]) -> html.Div:
    """Return one line per metric: its name, which opens it, the name in the other language, text.

    `found` holds key, label, other label and text, in ready texts.
    """
    return html.Div([_line(*each) for each in found], className="card definitions")


def _line(key: str, label: str, other_label: str, text: str) -> html.P:
    target = safe_url(f"/definitions?defined={key}")
    name = html.A(label, href=target, **attributes(data_nav=target))
    return html.P([name, html.Small(other_label), text], id=f"definition-{key}")


def definition_card(each: Definition) -> html.Article:
    """Return everything about one metric."""
    facts = [
        (t("Formula"), html.Code(each.formula)),
        (t("Owner"), each.owner),
        (t("Unit and kind"), each.unit),
        (t("Source"), each.source),
        (t("Tests"), html.Code(each.tests)),
        (t("Shown on"), _pages(each.pages)),
    ]
    lines = [cell for name, value in facts for cell in (html.Dt(name), html.Dd(value))]
    return html.Article(
        [
            html.H2(
                [each.label, html.Small(each.other_label), html.Code(each.key)],
                className="panel-title",
            ),
            html.P(each.text),
            html.P(each.other_text, className="muted"),
            html.Dl(lines),
        ],
        className="card definition",
    )


def _pages(pages: Sequence[tuple[str, str]]) -> Any:
    links: list[Any] = []
    for name, path in pages:
        target = safe_url(path)
        links += [html.A(name, href=target, **attributes(data_nav=target)), " "]
    return links or "–"


def other_names(sections: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]) -> html.Section:
    """Return what others call it, in ready texts: (key, title, pairs of there and here)."""
    body: list[Any] = [html.H2(t("Other names for it"), className="panel-title")]
    for key, title, pairs in sections:
        lines = [cell for there, here in pairs for cell in (html.Dt(there), html.Dd(here))]
        body += [html.H3(title), html.Dl(lines, id=f"definitions-names-{key}", className="names")]
    return html.Section(body, className="card definition")
