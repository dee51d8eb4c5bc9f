"""The number cards with their sparkline, the one sentence, and the list of movements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from dash import html

from components.attributes import attributes
from components.icons import icon_button
from data.domain.metric import Metric
from data.i18n import change, figure, is_blank, month, t

WIDTH, HEIGHT, EDGE = 150.0, 28.0, 4.0
#: Readable on both the light and the dark surface.
STROKE = "#8592a0"


@dataclass(frozen=True)
class Movement:
    """One of the largest movements: what, how much, why, and what choosing it does."""

    title: str
    value: str
    tone: str = "flat"
    reason: str = ""
    go: str = ""


def kpi_card(
    metric: Metric,
    now: Any,
    before: Any = None,
    series: Sequence[Any] = (),
    *,
    note: str = "",
    error: str = "",
    interval: str = "",
    why_blank: str = "",
    panel: str = "kpis",
    months: Sequence[date] = (),
) -> html.Article:
    """Return the card of a number: label, value, change in words, sparkline, and ⓘ.

    `note` follows the change ("vs same days 2025"), `error` the value ("± 3.1 %"; `interval` says
    it in words), `why_blank` stands in their place where there is no value; `series` are the
    values of `months`.
    """
    label = t(metric.label)
    short = figure(now, metric.unit, short=True)
    marks = attributes(data_explain=metric.key, data_panel=panel)
    return html.Article(
        [
            html.Div(
                [
                    html.H2(label, className="kpi-label"),
                    icon_button("info-circle", t("Explain {title}", title=label), **marks),
                ],
                className="kpi-head",
            ),
            html.P(
                [
                    html.Span(short, title=figure(now, metric.unit)),
                    html.Small(error, title=interval),
                ],
                className="kpi-value",
            ),
            _change(metric, now, before, note=why_blank if is_blank(now) else note),
            sparkline(metric, series, months=months),
        ],
        className="card kpi",
        **attributes(data_card=metric.key),
    )


def _change(metric: Metric, now: Any, before: Any, *, note: str) -> html.P:
    if is_blank(now):
        words = note or t("No value for these filters.")
        return html.P(words, className="kpi-change muted")
    moved = change(now, before, metric)
    if not moved.text:
        is_alone = metric.has_period and is_blank(before) and note
        words = t("nothing to compare with") if is_alone else note
        return html.P(words, className="kpi-change muted")
    was = t("before: {value}", value=figure(before, metric.unit))
    return html.P(
        [
            html.B(f"{moved.arrow} {moved.text}", className=moved.tone, title=was),
            html.Span(f" {note}", className="muted"),
        ],
        className="kpi-change",
    )


def sparkline(
    metric: Metric, series: Sequence[Any], *, months: Sequence[date] = ()
) -> html.Div | html.Span:
    """Return the values as a small line with a dot at its end; nothing below two values."""
    values = [None if is_blank(value) else float(value) for value in series]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return html.Div(className="spark")
    points = _points(values)
    last = points[-1]
    picture = html.Img(
        src=f"data:image/svg+xml,{quote(_svg(points))}",
        alt=_spark_words(metric, known, months),
        className="spark-line",
    )
    place = {
        "left": f"{last[0] / WIDTH * 100:.1f}%",
        "top": f"{last[1] / HEIGHT * 100:.1f}%",
    }
    return html.Div([picture, html.Span(className="spark-dot", style=place)], className="spark")


def _points(values: list[float | None]) -> list[tuple[float, float]]:
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    step = WIDTH / max(len(values) - 1, 1)
    span = (high - low) or 1.0
    return [
        (
            round(i * step, 1),
            round(HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE), 1),
        )
        for i, value in enumerate(values)
        if value is not None
    ]


def _svg(points: list[tuple[float, float]]) -> str:
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'preserveAspectRatio="none"><polyline points="{path}" fill="none" stroke="{STROKE}" '
        'stroke-width="1.5" vector-effect="non-scaling-stroke"/></svg>'
    )


def _spark_words(metric: Metric, known: list[float], months: Sequence[date]) -> str:
    low, high, last = (
        figure(v, metric.unit, short=True) for v in (min(known), max(known), known[-1])
    )
    if not months:
        return t("between {low} and {high}, now {last}", low=low, high=high, last=last)
    return t(
        "{since} to {until}: between {low} and {high}, now {last}",
        since=month(months[0]),
        until=month(months[-1]),
        low=low,
        high=high,
        last=last,
    )


def kpi_row(cards: Sequence[Any]) -> html.Div:
    """Return the cards in one row."""
    return html.Div(list(cards), className="kpis")


def kpi_skeleton(count: int = 6) -> html.Div:
    """Return the row of cards before their numbers are in."""
    lines = [html.Div(className=f"skeleton-line l{i}") for i in range(3)]
    return html.Div([html.Div(lines, className="card kpi") for _ in range(count)], className="kpis")


def headline(parts: Sequence[str | tuple[str, str]]) -> html.P:
    """Return the one sentence of a page; a part (text, go) is underlined and can be chosen."""
    return html.P(
        [
            part
            if isinstance(part, str)
            else html.A(part[0], href="#", **attributes(data_go=part[1]))
            for part in parts
        ],
        className="say",
    )


def movements(found: Sequence[Movement]) -> html.Ol:
    """Return the largest movements, each with its reason."""
    return html.Ol([_movement(movement) for movement in found], className="moves")


def _movement(movement: Movement) -> html.Li:
    title: Any = html.B(movement.title)
    if movement.go:
        title = html.A(movement.title, href="#", **attributes(data_go=movement.go))
    return html.Li(
        [
            title,
            html.B(movement.value, className=movement.tone),
            html.P(movement.reason),
        ]
    )
