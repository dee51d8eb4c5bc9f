"""What a page was asked to show survives its URL; nonsense is named and dropped."""

import random
from datetime import date
from types import MappingProxyType

import pytest

from data.domain.choices import CONCENTRATED, CUTS, KEPT, MOVABLE, Choices, parse_choices
from data.domain.filters import parse_search
from data.domain.period import Calendar, Period, add_months
from data.domain.prosperity import THRESHOLDS
from data.domain.task import NARROWED

CALENDAR = Calendar(date(2023, 7, 1), date(2026, 6, 20))


def random_choices(dice: random.Random) -> Choices:
    """Return choices of which each may be the usual one."""
    first = add_months(date(2020, 1, 1), dice.randrange(60))
    checks = {
        key: dice.choice([v for v in each.span if v != each.usual])
        for key, each in THRESHOLDS.items()
        if dice.random() < 0.5
    }
    return Choices(
        ends=(first, add_months(first, dice.randint(1, 40))) if dice.random() < 0.7 else None,
        by=dice.choice(CUTS),
        keep=dice.choice(KEPT),
        judged=first if dice.random() < 0.5 else None,
        checks=checks,
        campaign=dice.choice(["", "CMP-1", "a,b:c~ & 春"]),
        tasks={k: dice.choice(v[1:]) for k, v in NARROWED.items() if dice.random() < 0.5},
        owner=dice.choice(["", "user:ann", "rep:R,0:1 & 春"]),
        find=dice.choice(["", "call back", "a,b:c~ & 春"]),
        moved=dice.choice(MOVABLE),
        concentrated=dice.choice(CONCENTRATED),
        defined=dice.choice(["", "churn_rate", "aov"]),
        turned=MappingProxyType(
            dice.choice([{}, {"team": "kind"}, {"region": "tier", "seller": "source"}])
        ),
    )


def test_choices_survive_the_url(dice: random.Random) -> None:
    for _ in range(60):
        chosen = random_choices(dice)
        filters, dropped = parse_search("", CALENDAR, version=1)
        searched = filters.offering(**vars(chosen)).to_search()
        found, dropped = parse_search(searched, CALENDAR, version=1)
        assert not dropped, searched
        assert found.choices == chosen
        assert found.canonical()["choices"] == chosen.canonical()


@pytest.mark.parametrize(
    "query",
    [
        *({"ends": v} for v in ("2026-05", "2026-05..2026-05", "2026-06..2026-05", "1..2", "..")),
        *({"ends": v} for v in ("2026-13..2027-01", "1800-01..2026-01", "２０26-01..2026-03")),
        *({"by": v} for v in ("", "customer", "team,region", "lifecycle")),
        *({"keep": v} for v in ("0", "1001", "-5", "1e3", "٥")),
        *({"checks": v} for v in ("vanity", "vanity:0", "roi:91", "vanity:5,vanity:6", "x:1")),
        *({"judged": v} for v in ("2026", "2026-00", "2300-01")),
        *({"campaign": v} for v in ("", "\x00", "x" * 300)),
        *({"tasks": v} for v in ("", "whose", "whose:theirs", "due:late,due:week", "x:any")),
        *({"owner": v} for v in ("", "ann", "user:", "team:T1", "rep:\n")),
        *({"find": v} for v in ("", " ", "\x00", "x" * 300)),
        *({"moved": v} for v in ("", "aov", "revenue,churn_rate")),
        *({"defined": v} for v in ("", "Churn rate", "x" * 61, "a;b")),
        *(
            {"turned": v}
            for v in ("", "team", "team:", "team:seller", "x:team", "team:rep,team:kind")
        ),
    ],
)
def test_nonsense_is_named_and_dropped(query: dict[str, str]) -> None:
    dropped: list[str] = []
    assert parse_choices(query, dropped) == Choices()
    assert len(dropped) == 1


@pytest.mark.parametrize(
    ("since", "until", "ends"),
    [
        (date(2026, 1, 1), date(2026, 6, 21), (date(2025, 12, 1), date(2026, 5, 1))),
        (date(2026, 6, 1), date(2026, 6, 21), (date(2026, 4, 1), date(2026, 5, 1))),
        (date(2023, 7, 1), date(2026, 6, 21), (date(2023, 7, 1), date(2026, 5, 1))),
        (date(2026, 5, 1), date(2026, 6, 1), (date(2026, 4, 1), date(2026, 5, 1))),
    ],
)
def test_a_period_has_two_month_ends(since: date, until: date, ends: tuple[date, date]) -> None:
    assert CALENDAR.ends_of(Period(since, until)) == ends
    assert CALENDAR.has_ends(*ends)


def test_a_month_end_before_the_data_or_to_come_is_not_known() -> None:
    before = CALENDAR.ends_of(Period(date(2000, 1, 1), date(2000, 6, 1)))
    assert not CALENDAR.has_ends(*before)
    assert not CALENDAR.has_ends(date(2023, 6, 1), date(2026, 5, 1))
    assert not CALENDAR.has_ends(date(2026, 5, 1), date(2026, 6, 1))
