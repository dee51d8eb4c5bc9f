"""The asset statement: from the opening to the closing as a waterfall, and month by month."""

from typing import Any

import pandas as pd

from components.figures.bars import names_axis
from components.figures.empty import empty_figure
from components.figures.marks import mark
from components.figures.theme import (
    Figure,
    colour_of,
    colours,
    frame,
    hidden_axis,
    key_line,
    twin,
)
from components.figures.values import (
    Row,
    month_at,
    month_axis,
    records,
    shown,
    total,
    value_axis,
)
from data.domain.dimension import ASSET_LINES
from data.i18n import figure, label_of, month, signed, t

#: The lines that move the asset; the others hold customers and no money.
MOVING = ASSET_LINES[:6]
WIDTH = 0.62


def steps(rows: list[Row]) -> list[Row]:
    """Return the statement from the opening to the closing: key, name, customers, amount, base.

    A restatement or a revaluation of nothing is left out.
    """
    opening = total(rows, "opening")
    found = [_end("opening", t("Opening"), rows)]
    height = opening
    for key in (*MOVING, "revaluation"):
        step = _step(key, rows)
        if key in ("restated", "revaluation") and not step["amount"]:
            continue
        found.append({**step, "base": height})
        height += step["amount"]
    return [*found, _end("closing", t("Closing"), rows)]


def _end(key: str, name: str, rows: list[Row]) -> Row:
    held = [row for row in rows if row[key] is not None]
    return {
        "key": key,
        "name": name,
        "customers": total(held, "customers"),
        "amount": total(rows, key),
        "base": 0.0,
        "silence": 0.0,
    }


def _step(key: str, rows: list[Row]) -> Row:
    if key == "revaluation":
        moved = [row for row in rows if row["revaluation"]]
        name, amount = t("Revaluation"), total(moved, "revaluation")
    else:
        moved = [row for row in rows if row["line"] == key]
        name, amount = label_of("line", key), total(moved, "moved")
    silence = total(moved, "silence") if key == "contraction" else 0.0
    customers = total(moved, "customers")
    return {
        "key": key,
        "name": name,
        "customers": customers,
        "amount": amount,
        "silence": silence,
    }


def waterfall(rows: pd.DataFrame) -> Figure:
    """Return the statement as a waterfall from the opening to the closing.

    Rows: line, customers, opening, moved, silence, revaluation, closing; a line in several rows.
    """
    found = records(rows)
    if not any(row["opening"] is not None or row["closing"] is not None for row in found):
        return empty_figure(t("No customer here has a value at either month end."))
    made = steps(found)
    places = list(range(len(made)))
    high = max(max(step["base"], step["base"] + step["amount"]) for step in made)
    bars = {
        "type": "bar",
        "orientation": "h",
        "base": [shown(step["base"]) for step in made],
        "x": [shown(step["amount"]) for step in made],
        "y": places,
        "width": WIDTH,
        "marker": {"color": [_colour(step["key"]) for step in made]},
        "hovertext": [_hover(step) for step in made],
        "hoverinfo": "text",
        "customdata": [go_of(step["key"]) for step in made],
    }
    texts = {
        "type": "scatter",
        "mode": "text",
        "x": [shown(max(step["base"], step["base"] + step["amount"])) for step in made],
        "y": places,
        "text": [f"  {_text(step)}" for step in made],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": colours()["ink"]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return frame(
        [bars, _links(made), texts],
        meta=_twin(made),
        yaxis=names_axis([step["name"] for step in made]),
        xaxis=hidden_axis(range=[min(0, *(s["base"] + s["amount"] for s in made)), high * 1.42]),
        margin={"l": 6, "r": 6, "t": 8, "b": 6, "pad": 4},
    )


def _links(made: list[Row]) -> dict[str, Any]:
    """Return the thin lines that lead from one step to the next."""
    x: list[float | None] = []
    y: list[float | None] = []
    for i, step in enumerate(made[:-1]):
        end = step["base"] + step["amount"]
        x += [shown(end), shown(end), None]
        y += [i + WIDTH / 2, i + 1 - WIDTH / 2, None]
    line = {"width": 1, "color": colours()["line-strong"]}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _colour(key: str) -> str:
    return colours()["mark"] if key in ("opening", "closing") else colour_of("line", key)


def go_of(key: str, group: str | None = None) -> str:
    """Return what choosing a cell of the statement does: its rows can be opened."""
    return mark(line=key) if group is None else mark(line=key, group=group)


def _text(step: Row) -> str:
    if step["key"] in ("opening", "closing"):
        return f"<b>{figure(step['amount'], 'money', short=True)}</b>"
    text = f"<b>{signed(step['amount'], 'money', short=True)}</b>"
    if not step["silence"]:
        return text
    faint = colours()["ink-3"]
    silence = signed(step["silence"], "money", short=True)
    return f'{text} <span style="color:{faint}">{t("silence {value}", value=silence)}</span>'


def _hover(step: Row) -> str:
    lines = [
        f"<b>{step['name']}</b>",
        figure(step["amount"], "money"),
        t("{count} customers", count=figure(step["customers"], "count")),
    ]
    if step["silence"]:
        lines.append(t("of which by silence {value}", value=figure(step["silence"], "money")))
    return "<br>".join(lines)


def _twin(made: list[Row]) -> dict[str, Any]:
    opening, closing = made[0]["amount"], made[-1]["amount"]
    summary = t(
        "From {opening} to {closing}: {change}.",
        opening=figure(opening, "money", short=True),
        closing=figure(closing, "money", short=True),
        change=signed(closing - opening, "money", short=True),
    )
    body = [
        [
            step["name"],
            figure(step["customers"], "count"),
            figure(step["amount"], "money"),
            figure(step["silence"], "money") if step["silence"] else "",
        ]
        for step in made
    ]
    columns = [t("Line"), t("Customers"), t("Amount"), t("of which silence")]
    return twin(summary, columns, body, go=[go_of(step["key"]) for step in made])


# --- month by month --------------------------------------------------------------------------


def statement_bars(rows: pd.DataFrame) -> Figure:
    """Return what moved the asset in each month, by line; rows as above with their month."""
    found = records(rows)
    months = sorted({row["month"] for row in found})
    if not any(row["moved"] for row in found):
        return empty_figure(t("No customer here has a value at either month end."))
    cells = {(row["month"], row["line"]): row for row in found}
    lines = [
        line for line in MOVING if any((cells.get((m, line)) or {}).get("moved") for m in months)
    ]
    ups = [_above(cells, m) for m in months]
    downs = [_below(cells, m) for m in months]
    return frame(
        [_line_bars(months, line, cells) for line in lines],
        meta=_months_twin(months, cells),
        barmode="relative",
        bargap=0.18,
        xaxis=month_axis(months),
        yaxis=value_axis(min(downs), max(ups), "money"),
        annotations=[
            key_line([(label_of("line", n), colour_of("line", n)) for n in lines], lines=2)
        ],
        margin={"l": 6, "r": 10, "t": 42, "b": 6, "pad": 4},
    )


def _amounts(cells: dict[Any, Row], when: Any) -> list[float]:
    return [(cells.get((when, line)) or {}).get("moved") or 0.0 for line in MOVING]


def _above(cells: dict[Any, Row], when: Any) -> float:
    return sum(x for x in _amounts(cells, when) if x > 0)


def _below(cells: dict[Any, Row], when: Any) -> float:
    return sum(x for x in _amounts(cells, when) if x < 0)


def _line_bars(months: list[Any], line: str, cells: dict[Any, Row]) -> dict[str, Any]:
    amounts = [(cells.get((m, line)) or {}).get("moved") for m in months]
    name = label_of("line", line)
    return {
        "type": "bar",
        "name": name,
        "x": [month_at(m) for m in months],
        "y": [shown(amount) for amount in amounts],
        "marker": {"color": colour_of("line", line)},
        "hovertext": [
            f"<b>{month(m)}</b><br>{name} {figure(amount, 'money')}"
            for m, amount in zip(months, amounts, strict=True)
        ],
        "hoverinfo": "text",
        "customdata": [mark(month=f"{m:%Y-%m}", line=line) for m in months],
    }


def _months_twin(months: list[Any], cells: dict[Any, Row]) -> dict[str, Any]:
    def of(when: Any) -> list[Row]:
        return [row for (m, _), row in cells.items() if m == when]

    last = of(months[-1])
    summary = t(
        "In {month} the asset went from {opening} to {closing}.",
        month=month(months[-1]),
        opening=figure(total(last, "opening"), "money", short=True),
        closing=figure(total(last, "closing"), "money", short=True),
    )
    body = [
        [
            month(m),
            figure(total(of(m), "opening"), "money"),
            *(figure((cells.get((m, n)) or {}).get("moved"), "money") for n in MOVING),
            figure(total(of(m), "revaluation"), "money"),
            figure(total(of(m), "closing"), "money"),
        ]
        for m in months
    ]
    head = [t("Month"), t("Opening"), *(label_of("line", n) for n in MOVING)]
    marks: list[str | None] = [mark(month=f"{m:%Y-%m}") for m in months]
    return twin(summary, [*head, t("Revaluation"), t("Closing")], body, go=marks)
