"""Signs that customers may leave: how many carry each and what they are worth."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis, tinted
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.strips import Column, Strip, strip_axes, strip_traces
from components.figures.theme import Figure, colours, frame, twin
from components.figures.values import Row, records, share
from data.i18n import figure, label_of, t

#: Space beside the longest bar for how many, of how many, and their value.
ROOM = 3.0


def signal_bars(rows: pd.DataFrame) -> Figure:
    """Return one bar per signal, most customers first; rows: signal, customers, known, value.

    `known` are the customers of whom the signal can be told; none: the data say nothing. The mark
    of a signal is its `state`.
    """
    found = sorted(
        records(rows),
        key=lambda row: (not row["known"], -(row["customers"] or 0), row["signal"]),
    )
    if not any(row["known"] for row in found):
        return empty_figure(t("The data hold nothing from which a signal could be told."))
    column = Column([_strip(row) for row in found], room=ROOM)
    marks = [_mark(row) for row in found]
    return frame(
        strip_traces(column),
        meta=_twin(found, marks),
        yaxis=names_axis([_name(row) for row in found]),
        **strip_axes(column),
    )


def _name(row: Row) -> str:
    return label_of("state", row["signal"])


def _mark(row: Row) -> str | None:
    return mark(state=row["signal"]) if row["customers"] else None


def _strip(row: Row) -> Strip:
    if not row["known"]:
        words = t("no such data")
        return Strip(value=0, text=tinted(words, "flat"), colour=colours()["mark"], hover=words)
    count = figure(row["customers"], "count")
    known = t("of {count}", count=figure(row["known"], "count"))
    value = figure(row["value"], "money", short=True) if row["customers"] else ""
    hover = [
        f"<b>{_name(row)}</b>",
        t("{count} customers", count=count),
        t("{share} of those of whom it can be told", share=_share(row)),
        f"{t('Customer asset')} {figure(row['value'], 'money')}",
    ]
    return Strip(
        value=row["customers"],
        text=f"<b>{count}</b> {tinted(known, 'flat')}  {value}",
        colour=colours()["warn"],
        hover="<br>".join(hover),
        go=_mark(row),
    )


def _share(row: Row) -> str:
    return figure(share(row["customers"], row["known"] or 0), "rate")


def _twin(rows: list[Row], marks: list[str | None]) -> dict[str, Any]:
    top = rows[0]
    summary = t(
        "{signal} is the most frequent signal: {count} customers worth {value}.",
        signal=_name(top),
        count=figure(top["customers"], "count"),
        value=figure(top["value"], "money", short=True),
    )
    body = [
        [
            _name(row),
            figure(row["customers"] if row["known"] else None, "count"),
            figure(row["known"], "count"),
            _share(row),
            figure(row["value"], "money"),
        ]
        for row in rows
    ]
    columns = [
        *(t("Signal"), t("Customers"), t("Can be told of"), t("Share")),
        t("Customer asset"),
    ]
    return twin(summary, columns, body, go=marks)
