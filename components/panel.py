"""A panel: title, buttons, the chart's frame and its table twin; and how panels are laid out."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components.attributes import attributes
from components.icons import icon_button
from data.i18n import language, t

#: Plotly's names of our languages; Chinese stands in assets.
CHART_LOCALES = {"en": "en", "zh": "zh-CN"}
ACTIONS = ("explain", "rows", "table", "csv")
HEIGHT = 280


def panel(
    id: str,
    title: str,
    *,
    sub: Any = "",
    note: Any = "",
    actions: Sequence[str] = ACTIONS,
    metric: str = "",
    height: int = HEIGHT,
    wide: bool = False,
) -> html.Section:
    """Return a panel with the chart `id` in it; `title`, `sub` and `note` are ready texts.

    `actions` names the buttons; "explain" needs the key of the `metric` that it explains.
    """
    chart = dcc.Graph(
        id=id,
        className="chart",
        figure={"data": [], "layout": BLANK_LAYOUT},
        config=chart_config(),  # pyright: ignore[reportArgumentType]
        responsive=True,
    )
    twin = html.Div(className="twin", hidden=True, **attributes(data_twin=id))
    body = html.Div([chart, twin], className="panel-body", style={"minHeight": f"{height}px"})
    buttons = _buttons(id, title, actions=actions, metric=metric)
    return _frame(id, [_head(id, title, sub=sub, note=note, buttons=buttons), body], wide=wide)


BLANK_LAYOUT: dict[str, Any] = {
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "xaxis": {"visible": False},
    "yaxis": {"visible": False},
}


def chart_config() -> dict[str, Any]:
    """Return the configuration of every chart: no tool bar, the reader's language."""
    return {
        "displayModeBar": False,
        "responsive": True,
        "doubleClick": False,
        "showTips": False,
        "scrollZoom": False,
        "locale": CHART_LOCALES[language()],
    }


def list_panel(
    id: str,
    title: str,
    *,
    sub: Any = "",
    note: Any = "",
    actions: Sequence[str] = (),
    metric: str = "",
    height: int = HEIGHT,
    wide: bool = False,
) -> html.Section:
    """Return a panel whose body, the `div` with this id, a callback fills with lists or tables."""
    body = html.Div(id=id, className="panel-body list", style={"minHeight": f"{height}px"})
    buttons = _buttons(id, title, actions=actions, metric=metric)
    return _frame(id, [_head(id, title, sub=sub, note=note, buttons=buttons), body], wide=wide)


def grid(*panels: Any, layout: str = "three") -> html.Div:
    """Return panels beside each other: "wide" is two thirds and one, "three", "two" or "full"."""
    return html.Div(list(panels), className=f"grid grid-{layout}")


def _frame(id: str, children: list[Any], *, wide: bool) -> html.Section:
    return html.Section(
        children,
        className="card panel wide" if wide else "card panel",
        tabIndex=0,
        **attributes(data_panel=id, aria_labelledby=f"{id}-title"),
    )


def _head(id: str, title: str, *, sub: Any, note: Any, buttons: html.Div) -> html.Header:
    heading = html.H2(title, id=f"{id}-title", className="panel-title")
    aside = html.Span(note, className="panel-note")
    line = html.Div([heading, aside, buttons], className="panel-line")
    return html.Header([line, html.P(sub, className="panel-sub")] if sub else [line])


def explain_button(id: str, title: str, *, metric: str) -> html.Button:
    """Return the button that explains a panel's metric."""
    marks = attributes(data_explain=metric, data_panel=id)
    return icon_button("info-circle", t("Explain {title}", title=title), **marks)


def _buttons(id: str, title: str, *, actions: Sequence[str], metric: str) -> html.Div:
    offered: dict[str, Any] = {
        "explain": lambda: explain_button(id, title, metric=metric),
        "rows": lambda: html.Button(
            t("Rows"),
            type="button",
            className="text-button",
            title=t("The rows behind this panel (key R)"),
            **attributes(data_rows=id),
        ),
        "table": lambda: icon_button(
            "table",
            t("Show as a table"),
            **attributes(data_table=id, aria_pressed="false"),
        ),
        "task": lambda: html.Button(
            t("Tasks"),
            type="button",
            className="text-button",
            title=t("Create tasks for the customers behind this list"),
            **attributes(data_task=id),
        ),
        "csv": lambda: icon_button("download", t("Download as CSV"), **attributes(data_csv=id)),
    }
    chosen = [name for name in actions if name != "explain" or metric]
    return html.Div([offered[name]() for name in chosen], className="panel-tools")
