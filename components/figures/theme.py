"""Colours by meaning for light and dark, and the layout that every figure starts from."""

from contextvars import ContextVar
from typing import Any, TypeAlias

Figure: TypeAlias = dict[str, Any]

FONT = (
    'Inter, system-ui, -apple-system, "Segoe UI", "Noto Sans SC", "PingFang SC", '
    '"Microsoft YaHei", sans-serif'
)
CLEAR = "rgba(0,0,0,0)"

#: The same names and values as assets/tokens.css, which a test compares.
PALETTES: dict[str, dict[str, str]] = {
    "light": {
        "surface": "#ffffff",
        "raised": "#ffffff",
        "line": "#e3e7ec",
        "line-strong": "#c9d0d8",
        "ink": "#14202b",
        "ink-2": "#556270",
        "ink-3": "#64707d",
        "accent": "#0b6b75",
        "accent-soft": "#e2f1f1",
        "good": "#0a7a4b",
        "bad": "#bf3a22",
        "warn": "#8f5b00",
        "mark": "#2c8f8b",
        "grey-mark": "#c3ccd5",
        "forecast": "#7f8fa0",
        "tier-high": "#0b5d66",
        "tier-potential": "#46aaa3",
        "tier-general": "#b4c0ca",
        "tier-dormant": "#dca23f",
        "heat-low": "#eef6f6",
        "heat-high": "#5fb8b2",
        "life-prospect": "#98a4b0",
        "life-new": "#46aaa3",
        "life-growing": "#0b5d66",
        "life-mature": "#3f76a8",
        "life-reactivated": "#7d67b0",
        "life-slipping": "#dca23f",
        "life-at-risk": "#cf6f35",
        "life-churned": "#a8402f",
    },
    "dark": {
        "surface": "#151d26",
        "raised": "#1a2430",
        "line": "#243040",
        "line-strong": "#34435a",
        "ink": "#e7edf3",
        "ink-2": "#a3b0be",
        "ink-3": "#8593a1",
        "accent": "#4fc3c0",
        "accent-soft": "#12343a",
        "good": "#4cc38a",
        "bad": "#f08a70",
        "warn": "#e0b050",
        "mark": "#3aa5a1",
        "grey-mark": "#45535f",
        "forecast": "#74828f",
        "tier-high": "#57c7c2",
        "tier-potential": "#2f8c88",
        "tier-general": "#566473",
        "tier-dormant": "#d9a441",
        "heat-low": "#172b35",
        "heat-high": "#1f706f",
        "life-prospect": "#6d7a87",
        "life-new": "#2f8c88",
        "life-growing": "#57c7c2",
        "life-mature": "#6ea3d6",
        "life-reactivated": "#a493d8",
        "life-slipping": "#d9a441",
        "life-at-risk": "#e58a50",
        "life-churned": "#d9705c",
    },
}

_theme: ContextVar[str] = ContextVar("theme", default="light")


def use_theme(theme: str) -> None:
    """Draw in this theme from here on, in this thread or request; unknown ones mean light."""
    _theme.set(theme if theme in PALETTES else "light")


def theme() -> str:
    """Return the reader's theme, "light" or "dark"."""
    return _theme.get()


def colours() -> dict[str, str]:
    """Return the theme's colours by meaning."""
    return PALETTES[theme()]


def colour_of(dimension: str, value: str) -> str:
    """Return the fixed colour of a tier, lifecycle stage or growth state, else the mark's."""
    palette = colours()
    if dimension in FIXED_COLOURS:
        return palette[FIXED_COLOURS[dimension].get(value, "mark")]
    prefix = {"tier": "tier-", "lifecycle": "life-"}.get(dimension)
    name = f"{prefix}{value.replace('_', '-')}" if prefix else "mark"
    return palette.get(name, palette["grey-mark"])


STATE_COLOURS = {
    "new": "tier-potential",
    "resumed": "tier-high",
    "retained": "grey-mark",
    "lapsed": "tier-dormant",
}


#: Lines of the asset statement: what adds in greens, what takes away in ambers and reds.
LINE_COLOURS = {
    "acquired": "tier-potential",
    "reactivated": "life-reactivated",
    "expansion": "tier-high",
    "contraction": "tier-dormant",
    "depreciation": "life-churned",
    "restated": "forecast",
    "revaluation": "forecast",
    "unchanged": "grey-mark",
    "passed": "grey-mark",
}
FIXED_COLOURS = {"state": STATE_COLOURS, "line": LINE_COLOURS}


def heat_scale() -> list[list[Any]]:
    """Return the colour scale of heat maps, on all of which the ink can be read."""
    palette = colours()
    return [[0, palette["heat-low"]], [1, palette["heat-high"]]]


def frame(data: list[dict[str, Any]], *, meta: dict[str, Any], **layout: Any) -> Figure:
    """Return a figure: the traces, the table twin in `meta`, and the common layout."""
    palette = colours()
    base: dict[str, Any] = {
        "autosize": True,
        "margin": {"l": 6, "r": 10, "t": 14, "b": 6, "pad": 4},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT, "size": 12, "color": palette["ink-2"]},
        "hoverlabel": {
            "bgcolor": palette["raised"],
            "bordercolor": palette["line-strong"],
            "font": {"family": FONT, "size": 12, "color": palette["ink"]},
            "align": "left",
        },
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.36,
        "barcornerradius": 2,
        "xaxis": axis(),
        "yaxis": axis(),
        "meta": meta,
    }
    return {"data": data, "layout": {**base, **layout}}


def axis(**changes: Any) -> dict[str, Any]:
    """Return a quiet axis: no grid, no zero line, labels that make their own room."""
    palette = colours()
    quiet: dict[str, Any] = {
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "gridcolor": palette["line"],
        "linecolor": palette["line-strong"],
        "zerolinecolor": palette["line-strong"],
        "tickfont": {"size": 12, "color": palette["ink-2"]},
        "title": {"font": {"size": 12, "color": palette["ink-2"]}, "standoff": 8},
    }
    title = changes.pop("title", None)
    if title:
        quiet["title"] = {**quiet["title"], "text": title}
    return {**quiet, **changes}


def hidden_axis(**changes: Any) -> dict[str, Any]:
    """Return an axis that only scales."""
    return axis(visible=False, **changes)


def note(text: str, **place: Any) -> dict[str, Any]:
    """Return a text on the figure, by default at the top left of the plot."""
    base: dict[str, Any] = {
        "text": text,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "font": {"size": 12, "color": colours()["ink-2"]},
    }
    return {**base, **place}


def key_line(names: list[tuple[str, str]], *, lines: int = 1) -> dict[str, Any]:
    """Return a line above the plot that names each (label, colour) where it is read first.

    Long names take two `lines`, so that a phone shows them whole.
    """
    parts = [f'<span style="color:{colour}">■</span> {label}' for label, colour in names]
    per_line = -(-len(parts) // lines)
    rows = ["   ".join(parts[i : i + per_line]) for i in range(0, len(parts), per_line)]
    return note("<br>".join(rows), yshift=6)


def twin(
    summary: str,
    columns: list[str],
    rows: list[list[str]],
    *,
    go: list[str | None] | None = None,
) -> dict[str, Any]:
    """Return the figure's table twin; `go` says what choosing each row does."""
    return {
        "summary": summary,
        "columns": columns,
        "rows": rows,
        "go": go or [None] * len(rows),
    }
