"""What-ifs: URLs there and back, nonsense, weights made to add up, reasons of a move."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain.filters import Filters, parse, parse_search
from data.domain.model import PRESETS, ScoringModel
from data.domain.period import Calendar
from data.domain.what_if import WhatIf, moved_by, parse_what_if

CALENDAR = Calendar(date(2023, 7, 1), date(2026, 6, 20))


@st.composite
def what_ifs(draw: st.DrawFn) -> WhatIf:
    """Any what-if that a URL may say."""
    preset = PRESETS[draw(st.sampled_from(sorted(PRESETS)))]
    weights = {d: draw(st.integers(0, 100)) for d in preset}
    if not any(weights.values()):
        weights[next(iter(weights))] = 1
    high = draw(st.integers(0, 100))
    return WhatIf(
        weights,
        high_score=high,
        potential_growth=draw(st.integers(0, 100)),
        potential_score=draw(st.integers(0, high)),
        dormant_days=draw(st.integers(31, 3_650)),
    )


@given(what_ifs())
def test_a_what_if_survives_the_url(tried: WhatIf) -> None:
    filters = Filters.from_query({}, CALENDAR, version=1).trying(tried)
    again, dropped = parse_search(filters.to_search(), CALENDAR, version=1)
    assert not dropped
    assert again.what_if is not None
    assert again.what_if.canonical() == tried.canonical()
    assert again.canonical() == filters.canonical()


@given(what_ifs())
def test_made_100_the_proportions_stay(tried: WhatIf) -> None:
    whole = tried.at_100()
    assert whole.total == 100
    for dimension, weight in tried.weights.items():
        assert abs(whole.weights[dimension] - 100 * weight / tried.total) < 1
    assert whole.at_100() == whole
    assert whole.applied_to(ScoringModel(), name="made 100").weights == whole.weights


@given(what_ifs(), st.sampled_from(["high_score", "potential_score"]), st.integers(0, 100))
def test_one_limit_takes_the_other_along(tried: WhatIf, name: str, value: int) -> None:
    moved = tried.limited(name, value)
    assert getattr(moved, name) == value
    assert moved.potential_score <= moved.high_score


NONSENSE = (
    {"weights": "amount:30"},
    {"weights": "amount:30,loyalty:25,referral:15,service_cost:10,growth:x"},
    {"weights": "amount:0,potential:0,interaction:0"},
    {"weights": "amount:101,potential:0,interaction:0"},
    {"weights": "amount:-1,potential:50,interaction:51"},
    {"weights": "amount:1,amount:1,potential:30,interaction:20"},
    {"weights": "amount:1.5,potential:30,interaction:20"},
    {"weights": "amount:٣,potential:30,interaction:20"},
    {"weights": ""},
    {"weights": "\x00"},
    {"limits": "high:101"},
    {"limits": "dormant:30"},
    {"limits": "score:90"},
    {"limits": "nothing:1"},
    {"limits": "high:" + "9" * 400},
)


@pytest.mark.parametrize("query", NONSENSE, ids=str)
def test_nonsense_is_dropped_and_named(query: dict[str, str]) -> None:
    filters, dropped = parse(query, CALENDAR, version=1)
    assert filters.what_if is None
    (name,) = query
    assert [d.startswith(f"{name}=") for d in dropped] == [True]
    assert len(dropped[0]) <= 200


def test_half_a_what_if_keeps_its_other_half() -> None:
    dropped: list[str] = []
    query = {"weights": "amount:50,potential:30,interaction:20", "limits": "high:999"}
    found = parse_what_if(query, dropped)
    assert found == WhatIf(PRESETS["fifty-thirty-twenty"])
    assert dropped == ["limits=high:999"]


def test_a_what_if_is_another_question() -> None:
    plain = Filters.from_query({}, CALENDAR, version=1)
    keys = [plain, plain.trying(WhatIf()), plain.trying(WhatIf(high_score=81))]
    assert len({str(k.canonical()) for k in keys}) == 3


def test_the_reason_is_the_dimension_that_pulled_most() -> None:
    own, tried = WhatIf(), WhatIf(PRESETS["fifty-thirty-twenty"])
    points = {"amount": 99.0, "loyalty": 50.0, "potential": 60.0, "interaction": 20.0}
    assert moved_by(own, tried, points, is_up=True)[0] == "amount"
    assert moved_by(own, tried, points, is_up=False)[0] == "interaction"
    assert moved_by(own, own, points, is_up=True) == ("", 0.0)
