"""Churn signals: each rule at its border, blank where nothing is known, and by hand on the demo."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.columns import SIGNALS
from data.domain.dimension import FOLLOW_UP_DAYS, TIERS
from data.warehouse.marts import customer_current
from tests.companies import Table, company
from tests.conftest import Demo
from tests.warehouse.rows import asked

AS_OF = date(2026, 6, 20)
#: First days of the spans: 180 and 90 days up to and with the as-of day.
HALF, EARLY = date(2026, 3, 23), date(2025, 12, 23)
#: So that the company's records reach over every span.
OTHER = "other"


def _ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def _at(day: date, hours: float = 9) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(hours=hours)


def _orders(days: Mapping[str, Sequence[int]]) -> Table:
    return [
        {
            "order_id": f"O-{name}-{i}",
            "customer_id": name,
            "ordered_on": _ago(ago),
            "amount": Decimal("100.00"),
        }
        for name, agos in days.items()
        for i, ago in enumerate(agos)
    ]


def _signals(folder: Path, names: Sequence[str], **tables: Table) -> dict[str, Any]:
    """Return the row of each customer; those without orders of their own get one."""
    people: Table = [{"customer_id": n, "name": n} for n in (*names, OTHER)]
    orders = _orders({n: (10,) for n in (*names, OTHER)})
    fetcher = company(folder, {"customer": people, "orders": orders, **tables}, AS_OF)
    rows = asked(Demo(fetcher.warehouse, fetcher), select(customer_current))
    rows = rows.astype(object).where(rows.notna(), None)
    return {row["customer_id"]: row for row in rows.to_dict("records")}


def _is(value: Any) -> bool | None:
    return None if value is None else bool(value)


# --- orders ----------------------------------------------------------------------------------


def test_frequency_falls_when_the_last_gap_exceeds_one_and_a_half_medians(tmp_path: Path) -> None:
    days = {
        # Gaps 10, 10, 15: the median is 10, and 15 is not more than 15.
        "at the border": (45, 35, 25, 10),
        "past the border": (46, 36, 26, 10),
        # Gaps 10 and 30 have the median 20.
        "two gaps at the border": (50, 40, 10),
        "two gaps past it": (51, 41, 10),
        "two orders": (60, 10),
        # Two orders of one day are one day.
        "two days": (60, 60, 10),
        OTHER: (10,),
    }
    found = _signals(tmp_path, [n for n in days if n != OTHER], orders=_orders(days))
    assert {n: _is(r["is_frequency_falling"]) for n, r in found.items()} == {
        "at the border": False,
        "past the border": True,
        "two gaps at the border": False,
        "two gaps past it": True,
        "two orders": None,
        "two days": None,
        OTHER: None,
    }


# --- complaints ------------------------------------------------------------------------------


def _tickets(days: Mapping[str, Sequence[date]], kind: str = "complaint") -> Table:
    return [
        {"ticket_id": f"T-{kind}-{n}-{i}", "customer_id": n, "kind": kind, "opened_at": _at(day)}
        for n, each in days.items()
        for i, day in enumerate(each)
    ]


BEFORE, LAST = EARLY + timedelta(days=1), HALF + timedelta(days=1)


def test_complaints_rise_from_two_and_more_than_before(tmp_path: Path) -> None:
    days = {
        "two after one": (BEFORE, LAST, LAST),
        "two after two": (BEFORE, BEFORE, LAST, LAST),
        "one after none": (LAST,),
        "first and last day": (HALF, AS_OF),
        "day before the span": (HALF - timedelta(days=1), HALF, HALF),
        "before both spans": (EARLY - timedelta(days=1), LAST, LAST),
        "after the as-of day": (LAST, AS_OF + timedelta(days=1)),
        "none": (),
        OTHER: (EARLY,),
    }
    found = _signals(tmp_path, [n for n in days if n != OTHER], ticket=_tickets(days))
    told = ("is_complaints_rising", "complaints_90", "complaints_before")
    assert {n: (_is(r[told[0]]), r[told[1]], r[told[2]]) for n, r in found.items()} == {
        "two after one": (True, 2, 1),
        "two after two": (False, 2, 2),
        "one after none": (False, 1, 0),
        "first and last day": (True, 2, 0),
        "day before the span": (True, 2, 1),
        "before both spans": (True, 2, 0),
        "after the as-of day": (False, 1, 0),
        "none": (False, 0, 0),
        OTHER: (False, 0, 1),
    }


@pytest.mark.parametrize(
    ("tickets", "late", "early"),
    [
        pytest.param((), None, None, id="no tickets"),
        pytest.param(_tickets({"a": (EARLY, LAST)}, "request"), None, None, id="no complaints"),
        pytest.param(
            _tickets({"a": (EARLY + timedelta(days=1), LAST, LAST)}), 2, None, id="recorded late"
        ),
        pytest.param(
            _tickets({"a": (HALF + timedelta(days=1), LAST)}), None, None, id="recorded later"
        ),
        pytest.param(
            _tickets({"a": (EARLY, HALF - timedelta(days=1))}), None, None, id="not recorded now"
        ),
        pytest.param(_tickets({"a": (EARLY, HALF)}), 1, 1, id="recorded"),
    ],
)
def test_complaints_are_blank_without_records_of_both_spans(
    tickets: Table, late: int | None, early: int | None, tmp_path: Path
) -> None:
    given = {"ticket": list(tickets)} if tickets else {}
    row = _signals(tmp_path, ["a"], **given)["a"]
    assert (row["complaints_90"], row["complaints_before"]) == (late, early)
    is_known = late is not None and early is not None
    assert _is(row["is_complaints_rising"]) == (False if is_known else None)


# --- service ---------------------------------------------------------------------------------


def _replies(hours: Mapping[str, Sequence[tuple[int, float]]]) -> Table:
    return [
        {
            "ticket_id": f"R-{n}-{i}",
            "customer_id": n,
            "kind": "request",
            "opened_at": _at(_ago(ago)),
            "first_replied_at": _at(_ago(ago), 9 + each),
            "satisfaction": None,
        }
        for n, told in hours.items()
        for i, (ago, each) in enumerate(told)
    ]


def _answers(points: Mapping[str, Sequence[tuple[int, int]]]) -> Table:
    return [
        {"survey_id": f"S-{n}-{i}", "customer_id": n, "answered_on": _ago(ago), "csat": each}
        for n, told in points.items()
        for i, (ago, each) in enumerate(told)
    ]


def test_service_is_worse_by_the_reply_or_by_satisfaction(tmp_path: Path) -> None:
    replies = {
        "slower": ((200, 2.0), (100, 2.5)),
        "as quick": ((200, 2.0), (100, 2.0)),
        "quicker and unhappier": ((200, 4.0), (100, 1.0)),
        "only lately": ((179, 2.0),),
        "day 180 is before": ((180, 2.0), (179, 3.0)),
        "replied before it was opened": ((200, -1.0), (100, 2.0)),
        "mean of two": ((200, 2.0), (190, 4.0), (100, 3.0)),
    }
    answers = {"quicker and unhappier": ((300, 5), (20, 4)), "happier": ((300, 3), (20, 4))}
    names = [*replies, "happier", "nothing"]
    found = _signals(tmp_path, names, ticket=_replies(replies), survey=_answers(answers))
    assert {n: _is(found[n]["is_service_worse"]) for n in names} == {
        "slower": True,
        "as quick": False,
        "quicker and unhappier": True,
        "only lately": None,
        "day 180 is before": True,
        "replied before it was opened": None,
        "mean of two": False,
        "happier": False,
        "nothing": None,
    }
    row = found["quicker and unhappier"]
    assert (row["reply_hours_180"], row["reply_hours_before"]) == (1.0, 4.0)
    assert (row["csat_180"], row["csat_before"]) == (4.0, 5.0)


def test_satisfaction_is_that_of_tickets_where_no_survey_asks(tmp_path: Path) -> None:
    tickets = [
        {**row, "satisfaction": points}
        for row, points in zip(_replies({"a": ((200, 1.0), (100, 1.0))}), (4, 2), strict=True)
    ]
    row = _signals(tmp_path, ["a"], ticket=tickets)["a"]
    assert (row["csat_180"], row["csat_before"], _is(row["is_service_worse"])) == (2.0, 4.0, True)


# --- follow-ups ------------------------------------------------------------------------------


def test_silence_begins_the_day_after_the_limit_of_the_tier(duckdb_demo: Demo) -> None:
    names = ("tier", "last_contact_on", "is_silent", "is_customer")
    rows = asked(duckdb_demo, select(*(customer_current.c[n] for n in names)))
    as_of = pd.Timestamp(duckdb_demo.fetcher.info().calendar.as_of)
    assert set(FOLLOW_UP_DAYS) == set(TIERS)
    known = rows[rows["is_customer"] & rows["last_contact_on"].notna()]
    days = (as_of - pd.to_datetime(known["last_contact_on"])).dt.days
    limit = known["tier"].astype(str).map(dict(FOLLOW_UP_DAYS))
    assert (known["is_silent"].astype(bool) == (days > limit)).all()
    assert known["is_silent"].notna().all()
    assert rows.drop(known.index)["is_silent"].isna().all()


def test_silence_at_the_limit_is_none(tmp_path: Path) -> None:
    agos = sorted({days + more for days in FOLLOW_UP_DAYS.values() for more in (0, 1)})
    calls: Table = [
        {"activity_id": f"A{ago}", "customer_id": str(ago), "kind": "call", "happened_at": at}
        for ago in agos
        for at in (_at(_ago(ago)), _at(_ago(ago + 5)), _at(AS_OF + timedelta(days=1)))
    ]
    found = _signals(tmp_path, [str(ago) for ago in agos], activity=calls)
    limit = FOLLOW_UP_DAYS[found[OTHER]["tier"]]
    assert {found[str(ago)]["tier"] for ago in agos} == {found[OTHER]["tier"]}
    assert {ago: _is(found[str(ago)]["is_silent"]) for ago in agos} == {a: a > limit for a in agos}
    assert found[OTHER]["is_silent"] is None


# --- engagement ------------------------------------------------------------------------------


def _engagements(counts: Mapping[str, tuple[int, int]]) -> Table:
    return [
        {"customer_id": n, "happened_on": day, "kind": "visit", "count": count}
        for n, both in counts.items()
        for day, count in zip((EARLY, HALF), both, strict=True)
        if count
    ]


def test_engagement_falls_to_half_from_at_least_two(tmp_path: Path) -> None:
    counts = {
        "to half": (4, 2),
        "to more than half": (4, 3),
        "to nothing": (2, 0),
        "from one": (1, 0),
        "from none": (0, 5),
        OTHER: (3, 3),
    }
    names = [n for n in counts if n != OTHER]
    found = _signals(tmp_path, names, engagement=_engagements(counts))
    assert {n: (r["engaged_before"], r["engaged_90"]) for n, r in found.items()} == counts
    assert {n: _is(r["is_engagement_falling"]) for n, r in found.items()} == {
        "to half": True,
        "to more than half": False,
        "to nothing": True,
        "from one": False,
        "from none": None,
        OTHER: False,
    }


def test_a_company_without_any_such_data_has_no_signal(tmp_path: Path) -> None:
    row = _signals(tmp_path, ["a"])["a"]
    assert {n: row[n] for n in SIGNALS} == dict.fromkeys(SIGNALS)


def test_a_prospect_has_no_signal(duckdb_demo: Demo) -> None:
    c = customer_current.c
    rows = asked(duckdb_demo, select(*(c[n] for n in SIGNALS)).where(~c.is_customer))
    assert len(rows)
    assert rows.isna().all(axis=None)


# --- by hand ---------------------------------------------------------------------------------

REFERENCE = """
WITH t AS (
    SELECT customer_id, kind, CAST(opened_at AS DATE) AS day,
           CASE WHEN first_replied_at >= opened_at AND CAST(first_replied_at AS DATE) <= $as_of
                THEN date_diff('second', opened_at, first_replied_at) / 3600.0::DOUBLE END AS hours
    FROM ticket WHERE CAST(opened_at AS DATE) <= $as_of
), ticketed AS (
    SELECT customer_id,
           count(*) FILTER (kind = 'complaint' AND day > $as_of - 90) AS c_late,
           count(*) FILTER (kind = 'complaint' AND day > $as_of - 180 AND day <= $as_of - 90)
               AS c_early,
           avg(hours) FILTER (day > $as_of - 180) AS r_late,
           avg(hours) FILTER (day <= $as_of - 180) AS r_early
    FROM t GROUP BY ALL
), asked AS (
    SELECT customer_id, avg(csat) FILTER (answered_on > $as_of - 180) AS s_late,
           avg(csat) FILTER (answered_on <= $as_of - 180) AS s_early
    FROM survey WHERE answered_on <= $as_of GROUP BY ALL
), engaged AS (
    SELECT customer_id, sum(count) FILTER (happened_on > $as_of - 90) AS e_late,
           sum(count) FILTER (happened_on > $as_of - 180 AND happened_on <= $as_of - 90) AS e_early
    FROM engagement WHERE happened_on <= $as_of GROUP BY ALL
)
SELECT c.customer_id, coalesce(c_late, 0) AS complaints_90, coalesce(c_early, 0)
       AS complaints_before, coalesce(e_late, 0) AS engaged_90, coalesce(e_early, 0)
       AS engaged_before, r_late AS reply_hours_180, r_early AS reply_hours_before,
       s_late AS csat_180, s_early AS csat_before,
       coalesce(c_late, 0) >= 2 AND c_late > coalesce(c_early, 0) AS is_complaints_rising,
       CASE WHEN e_early > 0 THEN e_early >= 2 AND coalesce(e_late, 0) <= e_early / 2 END
           AS is_engagement_falling,
       CASE WHEN r_late > r_early OR s_late < s_early THEN true
            WHEN r_late <= r_early OR s_late >= s_early THEN false END AS is_service_worse
FROM customer AS c LEFT JOIN ticketed USING (customer_id) LEFT JOIN asked USING (customer_id)
LEFT JOIN engaged USING (customer_id)
WHERE EXISTS (FROM orders o WHERE o.customer_id = c.customer_id AND amount > 0
              AND ordered_on <= $as_of)
   OR EXISTS (FROM contract k WHERE k.customer_id = c.customer_id AND starts_on <= $as_of)
ORDER BY customer_id
"""


def test_the_demo_agrees_with_sql_written_by_hand(duckdb_demo: Demo) -> None:
    info = duckdb_demo.fetcher.info()
    with duckdb_demo.fetcher.readers.engine(info.number).connect() as connection:
        raw: Any = connection.connection.driver_connection
        wanted = raw.execute(REFERENCE, {"as_of": info.calendar.as_of}).df()
    c = customer_current.c
    stmt = select(*(c[n] for n in wanted.columns)).where(c.is_customer).order_by(c.customer_id)
    found = asked(duckdb_demo, stmt)
    assert list(found["customer_id"]) == list(wanted["customer_id"])
    for name in wanted.columns[1:]:
        left, right = (pd.to_numeric(r[name].astype(object)).astype(float) for r in (found, wanted))
        assert left.equals(right) or (left - right).abs().max() < 1e-9, name
        assert (left.isna() == right.isna()).all(), name
    assert found["is_service_worse"].notna().any()
    assert found["is_engagement_falling"].any()
