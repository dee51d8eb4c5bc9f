"""The six checks and their verdict, each able to pass, fail and say nothing."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from data.domain.prosperity import (
    CHECKS,
    FAILED,
    PASSED,
    UNKNOWN,
    check_campaigns,
    check_churn,
    check_hunters,
    check_loyalty,
    check_vanity,
    check_voice,
    thresholds,
    verdict,
)

LIMITS = thresholds({})
MONTH = {
    **{"engaged": 300, "engagements": 1_000, "redemptions": 30, "visits": 500, "active": 500},
    **{"orders": 700, "gross": 900_000.0, "net": 880_000.0, "margin": 280_000.0},
    **{
        "promoters": 60,
        "detractors": 20,
        "nps_answers": 120,
        "csat_points": 480,
        "csat_answers": 115,
    },
}


def month(**changes: Any) -> dict[str, Any]:
    """Return a month's facts with some of them changed."""
    return {**MONTH, **changes}


BASE = [month() for _ in range(3)]
LIVELY = month(engaged=400, engagements=1_500, redemptions=90, visits=800)


def test_the_verdict_over_every_combination() -> None:
    for results in product((PASSED, FAILED, UNKNOWN), repeat=6):
        found = dict(zip(CHECKS, results, strict=True))
        known = [r for r in results if r != UNKNOWN]
        said = verdict(found)
        assert (said == UNKNOWN) == (len(known) < 4)
        if said == "false":
            assert found["vanity"] == FAILED
            assert known.count(FAILED) >= 4
        if said == "healthy":
            assert FAILED not in (found["vanity"], found["hunters"])
            assert known.count(FAILED) < 3


def test_vanity_fails_only_where_nothing_pays() -> None:
    assert check_vanity(LIVELY, BASE, LIMITS).result == FAILED
    paying = {**LIVELY, "orders": 1_400, "gross": 2_400_000.0, "active": 900}
    assert check_vanity(paying, BASE, LIMITS).result == PASSED
    assert check_vanity(month(), BASE, LIMITS).result == PASSED
    assert check_vanity(None, BASE, LIMITS).result == UNKNOWN
    assert check_vanity(LIVELY, BASE[:2], LIMITS).result == UNKNOWN
    assert check_vanity(LIVELY, BASE, thresholds({"vanity": 60})).result == PASSED


@pytest.mark.parametrize(("low", "result"), [(1_500, FAILED), (700, PASSED)])
def test_hunters_by_the_share_of_low_tiers(low: int, result: str) -> None:
    growth = [
        {"tier": "high", "engagements": 800, "before": 1_500},
        {"tier": "general", "engagements": low, "before": 1_500},
    ]
    found = check_hunters(growth, LIMITS)
    assert found.result == result
    flat = [{"tier": "general", "engagements": 510, "before": 1_500}]
    assert check_hunters(flat, LIMITS).result == PASSED
    assert check_hunters([], LIMITS).result == UNKNOWN


def arm(*, is_treated: bool, margin: float, **changes: Any) -> dict[str, Any]:
    """Return one arm of a campaign of March 2026."""
    fixed = {
        "campaign_id": "A",
        "campaign": "Gift",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 4, 30),
        "customers": 100,
        "cost": 2_000.0 if is_treated else 0.0,
    }
    return {**fixed, "is_treated": is_treated, "margin_90": margin, **changes}


def test_campaigns_must_bring_more_than_they_cost() -> None:
    control = arm(is_treated=False, margin=10_000.0)
    march, as_of = date(2026, 3, 1), date(2026, 6, 20)
    for margin, result in ((11_000.0, FAILED), (13_000.0, PASSED)):
        rows = [arm(is_treated=True, margin=margin), control]
        found = check_campaigns(rows, march, as_of, LIMITS)
        assert found.result == result
        assert found.facts["roi"] == pytest.approx((margin - 10_000 - 2_000) / 2_000)
    alone = [arm(is_treated=True, margin=1.0)]
    assert check_campaigns(alone, march, as_of, LIMITS).result == UNKNOWN
    assert check_campaigns(rows, march, date(2026, 5, 1), LIMITS).result == UNKNOWN
    assert check_campaigns(rows, date(2026, 6, 1), as_of, LIMITS).result == UNKNOWN


@pytest.mark.parametrize(("lost", "result"), [(80, PASSED), (95, PASSED), (130, FAILED)])
def test_churn_beyond_chance(lost: int, result: str) -> None:
    ends = [{"alive": 1_000, "lost": 80} for _ in range(4)] + [{"alive": 1_000, "lost": lost}]
    assert check_churn(ends).result == result
    assert check_churn(ends[1:]).result == UNKNOWN


@pytest.mark.parametrize(("again", "result"), [(80, PASSED), (75, PASSED), (50, FAILED)])
def test_those_won_order_again(again: int, result: str) -> None:
    rows = [
        {"is_won": False, "customers": 1_000, "again": 800},
        {"is_won": True, "customers": 100, "again": again},
    ]
    assert check_loyalty(rows).result == result
    assert check_loyalty(rows[:1]).result == UNKNOWN


def test_voices_beyond_chance_and_only_where_satisfaction_falls_too() -> None:
    worse = month(promoters=30, detractors=60, csat_points=420)
    assert check_voice(worse, BASE).result == FAILED
    assert check_voice({**worse, "csat_points": 520}, BASE).result == PASSED
    assert check_voice(month(promoters=55), BASE).result == PASSED
    assert check_voice(month(nps_answers=0), BASE).result == UNKNOWN
