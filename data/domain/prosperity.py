"""The six checks for false prosperity: their thresholds, their verdict, as values."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from types import MappingProxyType
from typing import Any, TypeAlias

from data.domain.columns import CAMPAIGN_DAYS
from data.domain.experiment import Z_95

#: The checks, in the order in which they are read.
CHECKS = ("vanity", "hunters", "campaigns", "churn", "loyalty", "voice")
PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
#: Whole months before the judged one that make the base.
BASE_MONTHS = 3
#: Failed checks from which prosperity is false, and from which it is watched.
FALSE_FROM, WATCH_FROM = 4, 3
#: Fewer checks than this can say nothing.
LEAST_KNOWN = 4
#: What activity should pay, each as what is divided by what.
CORE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "paying": ("active", "engaged"),
        "conversion": ("orders", "visits"),
        "aov": ("gross", "orders"),
        "margin_rate": ("margin", "net"),
    }
)


@dataclass(frozen=True)
class Threshold:
    """One number that a reader may change, with its usual value and what it may be."""

    usual: int
    span: range | tuple[int, ...]
    unit: str = "percent"


THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        # Growth of vanity figures from which it is asked what they bring.
        "vanity": Threshold(10, range(1, 201)),
        # Rise of a core figure up to which it counts as flat.
        "flat": Threshold(5, range(51)),
        # Share of the growth in engagement that may come from general or dormant customers.
        "hunters": Threshold(60, range(1, 101)),
        # Days after the start of a campaign within which it must have paid.
        "roi": Threshold(90, CAMPAIGN_DAYS, "days"),
        # Days within which customers won by a campaign should order again.
        "loyalty": Threshold(180, range(30, 366), "days"),
    }
)


def verdict(results: Mapping[str, str]) -> str:
    """Return false, watch, healthy or unknown from what each check says.

    Checks without data are left out; with fewer than four left, nothing is said.
    """
    known = {name: result for name, result in results.items() if result != UNKNOWN}
    if len(known) < LEAST_KNOWN:
        return UNKNOWN
    failed = [name for name, result in known.items() if result == FAILED]
    if "vanity" in failed and len(failed) >= FALSE_FROM:
        return "false"
    if {"vanity", "hunters"} & set(failed) or len(failed) >= WATCH_FROM:
        return "watch"
    return "healthy"


# --- the checks ------------------------------------------------------------------------------

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """What one check says, with the figures it says it by."""

    result: str
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def thresholds(chosen: Mapping[str, int]) -> dict[str, int]:
    """Return every threshold, the usual one where none is chosen."""
    return {key: chosen.get(key, each.usual) for key, each in THRESHOLDS.items()}


def _told(*, fails: bool, **facts: Any) -> Check:
    return Check(FAILED if fails else PASSED, facts)


def _ratio(top: float, bottom: float) -> float | None:
    return top / bottom if bottom else None


def _rise(now: float | None, base: float | None) -> float | None:
    return None if now is None or not base else now / base - 1


def _sum(rows: Sequence[Row], key: str) -> float:
    return float(sum(row[key] or 0 for row in rows))


def check_vanity(now: Row | None, base: Sequence[Row], limits: Mapping[str, int]) -> Check:
    """Check 1: all vanity figures up by the threshold, while every core figure is flat or down."""
    if now is None or len(base) < BASE_MONTHS:
        return Check(UNKNOWN)
    names = ("engaged", "engagements", "redemptions")
    vanity = {n: _rise(now[n], _sum(base, n) / len(base)) for n in names}
    core = {
        name: _rise(
            _ratio(now[top] or 0, now[bottom] or 0), _ratio(_sum(base, top), _sum(base, bottom))
        )
        for name, (top, bottom) in CORE.items()
    }
    rises = [value for value in vanity.values() if value is not None]
    rates = [value for value in core.values() if value is not None]
    if not rises or not rates:
        return Check(UNKNOWN)
    is_vain = min(rises) * 100 >= limits["vanity"]
    is_flat = max(rates) * 100 <= limits["flat"]
    return _told(fails=is_vain and is_flat, **vanity, **core)


def check_hunters(growth: Sequence[Row], limits: Mapping[str, int]) -> Check:
    """Check 2: how much of the growth in engagement comes from general and dormant customers."""
    base = _sum(growth, "before") / BASE_MONTHS
    grown = {row["tier"]: row["engagements"] - row["before"] / BASE_MONTHS for row in growth}
    whole = sum(grown.values())
    if not base:
        return Check(UNKNOWN)
    if whole * 100 < base * limits["vanity"]:
        return _told(fails=False, growth=whole / base, share=None)
    share = sum(grown.get(tier, 0.0) for tier in ("general", "dormant")) / whole
    return _told(fails=share * 100 >= limits["hunters"], growth=whole / base, share=share)


def check_campaigns(
    results: Sequence[Row], month: date, as_of: date, limits: Mapping[str, int]
) -> Check:
    """Check 3: what the campaigns of the month, those with a control group, brought on balance."""
    days = limits["roi"]
    gain = cost = 0.0
    names: list[str] = []
    for treated, control in with_control(results):
        ran = treated["starts_on"] <= _last(month) and treated["ends_on"] >= month
        if not ran or treated["starts_on"] + timedelta(days=days) > as_of or not treated["cost"]:
            continue
        gain += margin_gained(treated, control, days)
        cost += treated["cost"]
        names.append(treated["campaign"])
    if not names:
        return Check(UNKNOWN)
    return _told(fails=gain < cost, roi=(gain - cost) / cost, campaigns=tuple(names))


def margin_gained(treated: Row, control: Row, days: int) -> float:
    """Return the margin of the treated above what the control lets expect, in the data's money."""
    more = treated[f"margin_{days}"] / treated["customers"]
    more -= control[f"margin_{days}"] / control["customers"]
    return more * treated["customers"]


def with_control(results: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return treatment and control of every campaign that has both."""
    arms = {(row["campaign_id"], bool(row["is_treated"])): row for row in results}
    return [
        (row, arms[name, False])
        for (name, is_treated), row in arms.items()
        if is_treated and (name, False) in arms
    ]


def _last(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def check_churn(ends: Sequence[Row]) -> Check:
    """Check 4: the churn rate of the month above that of the base, beyond its 95 % interval.

    `ends` are month ends in order, the judged one last, each with alive and lost.
    """
    if len(ends) < BASE_MONTHS + 2:
        return Check(UNKNOWN)
    pairs = [(after["lost"] or 0, before["alive"]) for before, after in itertools.pairwise(ends)]
    return _proportions(pairs[-1], (sum(p[0] for p in pairs[:-1]), sum(p[1] for p in pairs[:-1])))


def check_loyalty(newcomers: Sequence[Row]) -> Check:
    """Check 5: those won by a campaign order again less often than other new customers do."""
    kinds = {bool(row["is_won"]): (row["again"] or 0, row["customers"]) for row in newcomers}
    if not {True, False} <= set(kinds):
        return Check(UNKNOWN)
    return _proportions(kinds[True], kinds[False], is_less=True)


def _proportions(
    now: tuple[float, float], base: tuple[float, float], *, is_less: bool = False
) -> Check:
    """Return whether a share is worse than another beyond the 95 % interval of the difference."""
    if not now[1] or not base[1]:
        return Check(UNKNOWN)
    p, q = now[0] / now[1], base[0] / base[1]
    pooled = (now[0] + base[0]) / (now[1] + base[1])
    error = sqrt(pooled * (1 - pooled) * (1 / now[1] + 1 / base[1]))
    worse = (q - p) if is_less else (p - q)
    return _told(fails=worse > Z_95 * error, now=p, base=q, margin=Z_95 * error)


def check_voice(now: Row | None, base: Sequence[Row]) -> Check:
    """Check 6: NPS below that of the base beyond its 95 % interval, and satisfaction lower too."""
    if now is None or not now["nps_answers"] or not _sum(base, "nps_answers"):
        return Check(UNKNOWN)
    (score, error), (was, other) = nps([now]), nps(base)
    margin = Z_95 * sqrt(error + other)
    csat = _ratio(now["csat_points"] or 0, now["csat_answers"] or 0)
    before = _ratio(_sum(base, "csat_points"), _sum(base, "csat_answers"))
    is_lower = csat is None or before is None or csat < before
    fails = was - score > margin and is_lower
    return _told(fails=fails, now=score, base=was, margin=margin, csat=csat, csat_before=before)


def nps(rows: Sequence[Row]) -> tuple[float, float]:
    """Return NPS as −1 to 1, and its variance; there is at least one answer."""
    promoters, detractors = _sum(rows, "promoters"), _sum(rows, "detractors")
    n = _sum(rows, "nps_answers")
    score = (promoters - detractors) / n
    return score, ((promoters + detractors) / n - score * score) / n
