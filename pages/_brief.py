"""The one-page brief: five sentences, each with its figure, its change and its cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.verdict import TEXTS, verdict_name
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.export import Sheet
from data.i18n import change, comparison_words, figure, filter_words, is_blank, month, t
from data.paper import Paper, Said
from pages._cards import nobody_words
from pages._causes import Cause, amount, causes
from pages._frame import scope_text
from pages._headline import freshness_words
from pages._outlook import look_ahead, outlook_words
from pages._prosperity import judge
from queries import cockpit
from queries.asset_statement import asset_at_ends
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.metrics.asset import SIGMAS_95
from queries.run import fetcher, run, scope_now

#: What the five sentences are about, in their order.
SAID = ("customer_asset", "revenue", "collections", "active_customers", "churn_rate")


@dataclass(frozen=True)
class Sentence:
    """One figure with its comparison, its error where it has one, and the parts of its change."""

    metric: Metric
    now: float | None
    before: float | None
    #: What it is compared with, in words.
    against: str
    causes: Sequence[Cause]
    #: The asset moves between month ends; beside them stands what it is today, with its error.
    today: float | None = None
    half: float | None = None

    @property
    def figure(self) -> str:
        """The figure as a card shows it."""
        return figure(self.now, self.metric.unit, short=True)

    @property
    def text(self) -> str:
        """The sentence: the figure, its change, and its largest cause."""
        label = t(self.metric.label)
        if self.now is None:
            return t("{label} cannot be said with these filters.", label=label)
        now = figure(self.now, self.metric.unit, short=True)
        if self.before is None:
            return t("{label} is {now}; there is nothing to compare it with.", label=label, now=now)
        moved = change(self.now, self.before, self.metric)
        words = t(
            "{label} is {now}, {change} {against} ({before}).",
            label=label,
            now=now,
            change=f"{moved.arrow} {moved.text}",
            against=self.against,
            before=figure(self.before, self.metric.unit, short=True),
        )
        return " ".join(part for part in (words, self._why(), self._today()) if part)

    def _why(self) -> str:
        if not self.causes:
            return ""
        told = "; ".join(f"{c.title} {amount(c.moved.moved, self.metric)}" for c in self.causes[:2])
        return t("What moved it most: {parts}.", parts=told)

    def _today(self) -> str:
        if self.today is None or self.half is None:
            return ""
        value, half = (figure(v, self.metric.unit, short=True) for v in (self.today, self.half))
        return t("Today it is {value} ± {half} (95 %).", value=value, half=half)


def sentences(filters: Filters) -> list[Sentence]:
    """Return the five sentences as values."""
    rows = run(cockpit.cockpit_kpis, filters).set_index("slot")
    if nobody_words(rows, filters):
        return [Sentence(METRICS[key], None, None, "", ()) for key in SAID]
    return [_sentence(filters, rows, key) for key in SAID]


def _sentence(filters: Filters, rows: pd.DataFrame, key: str) -> Sentence:
    metric, found = METRICS[key], causes(filters.focused(metric=key))
    now = _at(rows, NOW, key)
    if metric.has_period:
        against = comparison_words(filters)
        return Sentence(metric, now, _at(rows, BEFORE, key), against, found)
    error = _at(rows, NOW, "asset_error")
    half = None if error is None else SIGMAS_95 * error
    opening, closing = (_asset_at(filters, end) for end in filters.ends)
    first, last = (month(end) for end in filters.ends)
    words = t("from the end of {first} to that of {last}", first=first, last=last)
    return Sentence(metric, closing, opening, words, found, today=now, half=half)


def _asset_at(filters: Filters, end: Any) -> float | None:
    rows = run(asset_at_ends, filters)
    found = [row.value for row in rows.itertuples() if str(row.month)[:10] == end.isoformat()]
    return None if not found or is_blank(found[0]) else found[0]


def _at(rows: pd.DataFrame, slot: str, key: str) -> float | None:
    if slot not in rows.index or is_blank(rows.loc[slot, key]):
        return None
    return float(rows.loc[slot, key])


# --- as a page -------------------------------------------------------------------------------


def paper(filters: Filters) -> Paper:
    """Return the brief as one page."""
    return Paper(
        title=t("Customer Asset Cockpit") + " · " + t("Brief"),
        lines=[_chosen_words(filters), scope_text()],
        said=[Said(t(s.metric.label), s.figure, s.text) for s in sentences(filters)],
        notes=[note for note in (_verdict_words(filters), _outlook(filters)) if note],
        footer=freshness_words(filters) + " " + t("Definitions: the page Definitions."),
        as_of=filters.calendar.as_of,
    )


def _chosen_words(filters: Filters) -> str:
    words = filter_words(filters.unfocused(), fetcher().info(filters.version).labels)
    return " · ".join(" ".join(part for part in word[1:] if part) for word in words)


def _verdict_words(filters: Filters) -> str:
    if not scope_now().may("view-prosperity"):
        return ""
    found = judge(filters)
    words = t("{month}: {verdict}.", month=month(found.month), verdict=verdict_name(found.verdict))
    names = "; ".join(t(TEXTS[name]) for name in found.failed)
    failed = t("Failed: {names}.", names=names) if names else ""
    return " ".join(part for part in (t("Is the growth real?"), words, failed) if part)


def _outlook(filters: Filters) -> str:
    """Say what the next month may bring, how that is known and how far it was off before."""
    found = look_ahead(filters)
    ahead = next((row for row in found.rows if row["expected"] is not None), None)
    words = outlook_words(found, filters)
    if ahead is None:
        return words
    low, high = (figure(ahead[side], "money", short=True) for side in ("low", "high"))
    first = t(
        "Revenue of {month} may come to {value} ({low} to {high}).",
        month=month(ahead["month"]),
        value=figure(ahead["expected"], "money", short=True),
        low=low,
        high=high,
    )
    return f"{first} {words}"


# --- as a workbook ---------------------------------------------------------------------------


def sheets(filters: Filters) -> list[Sheet]:
    """Return the brief as sheets: figures, causes, data, filters, definitions and freshness."""
    said = sentences(filters)
    return [_figures(said), _causes(said), *_basis(filters, [s.metric for s in said])]


def _figures(said: Sequence[Sentence]) -> Sheet:
    head = [t("Key figure"), t("Value"), t("Before"), t("Today"), t("± (95 %)"), t("Sentence")]
    rows = [[t(s.metric.label), s.now, s.before, s.today, s.half, s.text] for s in said]
    return Sheet(t("Figures"), head, rows)


def _causes(said: Sequence[Sentence]) -> Sheet:
    head = [t("Key figure"), t("Part"), t("Adds to the change"), t("Value"), t("Before")]
    rows = [
        [t(s.metric.label), c.title, c.moved.moved, c.moved.now, c.moved.before]
        for s in said
        for c in s.causes
    ]
    return Sheet(t("Causes"), head, rows)


def _basis(filters: Filters, metrics: Sequence[Metric]) -> list[Sheet]:
    rows = run(cockpit.cockpit_kpis, filters).set_index("slot")
    timed = [metric for metric in metrics if metric.has_period]
    months = [slot for slot in rows.index if slot not in (NOW, BEFORE)]
    words = filter_words(filters.unfocused(), fetcher().info(filters.version).labels)
    info = fetcher().info(filters.version)
    defined = [[t(m.label), t(m.definition), t(m.formula), t(m.owner), m.key] for m in metrics]
    fresh: list[list[Any]] = [
        [t("As of"), filters.calendar.as_of],
        [t("Version"), info.number],
        [t("Scoring model"), info.model],
        *([name, rows_in] for name, rows_in in sorted(info.counts.items())),
    ]
    return [
        Sheet(
            t("Data"),
            [t("Month"), *(t(m.label) for m in timed)],
            [[slot, *(_at(rows, slot, m.key) for m in timed)] for slot in months],
        ),
        Sheet(
            t("Filters"),
            [t("Filter"), t("Value")],
            [*([label, value] for _, label, value in words), [t("You see"), scope_text()]],
        ),
        Sheet(
            t("Definitions"),
            [t("Key figure"), t("Definition"), t("Formula"), t("Owner"), t("Key")],
            defined,
        ),
        Sheet(t("Freshness"), [t("What"), t("Value")], fresh),
    ]
