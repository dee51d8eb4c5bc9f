"""Horizontal bars with their labels at the side: the shape most breakdowns share."""

from dataclasses import dataclass, field
from typing import Any

from components.figures.theme import colours, hidden_axis
from components.figures.values import shown
from data.i18n import language

#: Free space to the right of the longest bar, for its label.
LABEL_ROOM = {"en": 1.75, "zh": 2.0}
BAR_WIDTH = 0.46
#: Half the height of a tick, in rows.
TICK = 0.34


@dataclass(frozen=True)
class Strip:
    """One bar: its value, the text beside it, what it was before, and what choosing it does."""

    value: float | None
    text: str
    colour: str
    hover: str = ""
    go: str | None = None
    before: float | None = None


@dataclass(frozen=True)
class Column:
    """A column of bars and its place: the axis number and the share of the width."""

    strips: list[Strip]
    number: int = 1
    domain: tuple[float, float] = (0.0, 1.0)
    room: float | None = None
    axis: dict[str, Any] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The axis name's end in a figure: nothing for the first."""
        return "" if self.number == 1 else str(self.number)


def strip_traces(column: Column) -> list[dict[str, Any]]:
    """Return the traces of a column: bars, ticks for before, and texts."""
    traces = [_bars(column), _texts(column)]
    if any(strip.before is not None for strip in column.strips):
        traces.insert(1, _ticks(column))
    return traces


def strip_axes(column: Column) -> dict[str, Any]:
    """Return the layout's x axis of a column, from zero, with room for the texts."""
    high = max((_end(strip) for strip in column.strips), default=0) or 1
    place = {
        "domain": list(column.domain),
        "range": [0, high * (column.room or LABEL_ROOM[language()])],
        **column.axis,
    }
    return {f"xaxis{column.suffix}": hidden_axis(**place)}


def _end(strip: Strip) -> float:
    return max(strip.value or 0, strip.before or 0, 0)


def _bars(column: Column) -> dict[str, Any]:
    strips = column.strips
    return {
        "type": "bar",
        "orientation": "h",
        "x": [shown(strip.value) for strip in strips],
        "y": list(range(len(strips))),
        "xaxis": f"x{column.suffix}",
        "width": BAR_WIDTH,
        "marker": {"color": [strip.colour for strip in strips]},
        "hovertext": [strip.hover for strip in strips],
        "hoverinfo": "text",
        "customdata": [strip.go for strip in strips],
    }


def _ticks(column: Column) -> dict[str, Any]:
    strips = column.strips
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [shown(strip.before) for strip in strips],
        "y": list(range(len(strips))),
        "xaxis": f"x{column.suffix}",
        "marker": {"size": 1, "color": colours()["ink"]},
        "error_y": {
            "type": "constant",
            "value": TICK,
            "thickness": 1.5,
            "width": 0,
            "color": colours()["ink"],
        },
        "hoverinfo": "skip",
    }


def _texts(column: Column) -> dict[str, Any]:
    strips = column.strips
    return {
        "type": "scatter",
        "mode": "text",
        "x": [shown(_end(strip)) for strip in strips],
        "y": list(range(len(strips))),
        "xaxis": f"x{column.suffix}",
        "text": [f"  {strip.text}" for strip in strips],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": colours()["ink"]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
