"""What the cockpit says before its charts: what changed and why, the asset, whether it is real."""

from typing import Any

from components.cards import headline
from components.verdict import TEXTS, verdict_name
from data.domain.filters import Filters
from data.i18n import day, figure, is_blank, month, signed, t
from pages._cards import nobody_words
from pages._causes import Cause, amount, causes
from pages._prosperity import judge
from queries import asset_statement, cockpit
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.run import fetcher, run, scope_now

#: What a company hands over first; what of it is missing is named.
MAIN_TABLES = ("orders", "payment", "opportunity", "activity", "ticket", "survey", "target")


def says(filters: Filters) -> list[Any]:
    """Return the sentences: revenue and its largest part, the asset, the verdict on growth."""
    rows = run(cockpit.cockpit_kpis, filters).set_index("slot")
    if nobody := nobody_words(rows, filters):
        return [headline([nobody])]
    return [
        part for part in (revenue_words(filters), asset_words(filters), _verdict(filters)) if part
    ]


def revenue_words(filters: Filters) -> Any:
    """Say how revenue changed, and which part of the company it came from."""
    totals = run(cockpit.cockpit_kpis, filters).set_index("slot")["revenue"]
    now, before = totals.get(NOW), totals.get(BEFORE)
    if is_blank(now):
        return headline([t("There is no revenue in this period with these filters.")])
    revenue = figure(now, "money", short=True)
    if is_blank(before):
        return headline(
            [t("Revenue is {value}; there is nothing to compare it with.", value=revenue)]
        )
    said = t(
        "Revenue is {value}, {change} than in the comparison.",
        value=revenue,
        change=_more_or_less(now - before),
    )
    first = next(iter(causes(filters.focused(metric="revenue"))), None)
    return headline([said, *_largest(first)])


def _largest(cause: Cause | None) -> list[Any]:
    if cause is None:
        return []
    added = amount(cause.moved.moved, METRICS["revenue"])
    return [" ", t("The largest part of it:"), " ", (f"{cause.title} {added}", cause.go)]


def _more_or_less(difference: float) -> str:
    size = figure(abs(difference), "money", short=True)
    return t("{size} more", size=size) if difference >= 0 else t("{size} less", size=size)


def asset_words(filters: Filters) -> Any:
    """Say what the customer asset was at both month ends, with a way to its statement."""
    if not scope_now().may("view-asset") or not filters.calendar.has_ends(*filters.ends):
        return None
    rows = run(asset_statement.asset_at_ends, filters)
    opening, closing = (_at(rows, end) for end in filters.ends)
    if opening is None or closing is None:
        return None
    words = t(
        "The customer asset went from {opening} at the end of {first} to {closing} at the end of"
        " {last}:",
        opening=figure(opening, "money", short=True),
        closing=figure(closing, "money", short=True),
        first=month(filters.ends[0]),
        last=month(filters.ends[1]),
    )
    return headline([words, " ", (signed(closing - opening, "money", short=True), "/asset")])


def _at(rows: Any, end: Any) -> float | None:
    known = {str(key)[:10]: value for key, value in zip(rows["month"], rows["value"], strict=True)}
    value = known.get(end.isoformat())
    return None if is_blank(value) else value


def _verdict(filters: Filters) -> Any:
    """Say the verdict on the month in which activity rose most, with a way to its evidence."""
    if not scope_now().may("view-prosperity"):
        return None
    found = judge(filters)
    words = t("{month}: {verdict}.", month=month(found.month), verdict=verdict_name(found.verdict))
    go = "/prosperity?judged=" + f"{found.month:%Y-%m}"
    told: list[Any] = [t("Is the growth real?"), " ", (words, go)]
    names = "; ".join(t(TEXTS[name]) for name in found.failed)
    return headline([*told, *([" ", t("Failed: {names}.", names=names)] if names else [])])


def freshness_words(filters: Filters) -> str:
    """Return how fresh the figures are, and which of the main tables hold no row."""
    info = fetcher().info(filters.version)
    words = t(
        "Facts to {day}, version {number} of the data, scoring model {model}.",
        day=day(filters.calendar.as_of),
        number=info.number,
        model=info.model,
    )
    empty = [name for name in MAIN_TABLES if not info.counts.get(name, 0)]
    if not empty:
        return words
    return f"{words} " + t("There are no rows in {tables}.", tables=", ".join(empty))
