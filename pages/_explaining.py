"""What the explanation of a number says besides its definition: proof by rows, age, and where."""

import math
from datetime import UTC, datetime
from typing import Any

from data.domain.filters import Filters
from data.domain.metric import Metric
from data.i18n import day, day_and_time, figure, is_blank, t, tn
from pages._cards import compared_end
from pages._page import Panel
from queries.members import members_of
from queries.metrics import base_of
from queries.run import answered_at, count_and_sums, fetcher, scope_now

#: How far sums of money may differ: they are read as floats of the currency.
WITHIN = 0.00005
ADDS_UP = frozenset({"sum", "count", "distinct"})


def link_to(metric: Metric) -> str:
    """Return where a metric is defined, for readers who may open that page."""
    return f"/definitions?defined={metric.key}" if scope_now().may("view-definitions") else ""


def fresh_words(panel: Panel, filters: Filters) -> str:
    """Return the day of the data, their version, and how old the answer in the cache is."""
    info = fetcher().info(filters.version)
    words = t("As of {day}, version {number}.", day=day(filters.calendar.as_of), number=info.number)
    kept = answered_at(panel.query, filters)
    if kept is None:
        return words + " " + t("Not in the cache: computed now.")
    minutes = int((datetime.now(UTC) - kept).total_seconds() // 60)
    age = tn("{count} minute old", "{count} minutes old", minutes)
    return (
        words + " " + t("From the cache: of {time} UTC, {age}.", time=day_and_time(kept), age=age)
    )


def month_end_words(metric: Metric, filters: Filters) -> str:
    """Return which month end a card compares with, as a sentence; empty where it is a period."""
    end = compared_end(metric, filters)
    words = t(
        "The card compares it with {day}, the last month end of the comparison. Its line shows"
        " closed month ends, and the month that is not over as of today.",
        day=end,
    )
    return words if end else ""


def proof(metric: Metric, filters: Filters, row: Any) -> str:
    """Return what the rows behind a number add up to, and whether that is the number."""
    bases = base_of(metric.key)
    if not all(base.kind in ADDS_UP and base.unit in ("money", "count") for base in bases):
        return _of_rows(metric, filters)
    sums = count_and_sums(members_of(metric.key), filters)
    number = int(sums["rows"])
    told = [_told(base, sums[base.key], row[base.key]) for base in bases]
    return " ".join([tn("{count} row.", "{count} rows.", number), *told])


def _told(base: Metric, total: Any, known: Any) -> str:
    label = t(base.label)
    if is_blank(known):
        return t("{label}: no value, and no row has one.", label=label)
    added = 0.0 if is_blank(total) else float(total)
    texts = {"label": label, "total": figure(added, base.unit)}
    if math.isclose(added, float(known), abs_tol=WITHIN, rel_tol=1e-12):
        return t("{label}: the rows add up to {total}, equal to the figure.", **texts)
    known_text = figure(known, base.unit)
    return t(
        "{label}: the rows add up to {total}, the figure is {known}.", known=known_text, **texts
    )


def _of_rows(metric: Metric, filters: Filters) -> str:
    """Return how many rows a number is computed from that is no sum: a median, a mean, a model."""
    rows = count_and_sums(members_of(metric.key), filters)
    return tn(
        "{count} row; the number is no sum of them: see its formula.",
        "{count} rows; the number is no sum of them: see its formula.",
        int(rows["rows"]),
    )
