"""Four assets and referral value: ranks and coverage by hand, blanks, and the next field."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.columns import ASSETS
from data.pipeline.marts.assets import ITEMS
from data.pipeline.marts.master_data import FIELDS
from data.warehouse.marts import customer_current
from tests.companies import Table, company
from tests.conftest import Demo
from tests.warehouse.rows import asked

AS_OF = date(2026, 6, 20)
FULL = 10_000
COLUMNS = (
    *("customer_id", "is_customer", "is_churned", "completeness", "next_field"),
    *(f"{part}_{n}" for part in ("asset", "coverage") for n in ASSETS),
    *("value", "referral_value", "referrer_id"),
)


def _rows(demo: Demo) -> dict[str, dict[str, Any]]:
    stmt = select(*(customer_current.c[n] for n in COLUMNS))
    rows = asked(demo, stmt)
    rows = rows.astype(object).where(rows.notna(), None)
    return {row["customer_id"]: row for row in rows.to_dict("records")}


def _order(name: str, ago: int, amount: str = "100.00") -> dict[str, Any]:
    return {
        "order_id": f"O-{name}-{ago}",
        "customer_id": name,
        "ordered_on": AS_OF - timedelta(days=ago),
        "amount": Decimal(amount),
    }


def _found(
    folder: Path, people: Mapping[str, Mapping[str, Any]], **tables: Table
) -> dict[str, dict[str, Any]]:
    keys = ("name", *dict.fromkeys(k for fields in people.values() for k in fields))
    rows: Table = [{"customer_id": n, **{k: f.get(k) for k in keys}} for n, f in people.items()]
    given = {"customer": rows, "orders": [_order(n, 10) for n in people], **tables}
    fetcher = company(folder, given, AS_OF)
    return _rows(Demo(fetcher.warehouse, fetcher))


# --- the tables ------------------------------------------------------------------------------


def test_the_weights_of_an_asset_and_of_a_kinds_master_data_add_up_to_100() -> None:
    assert tuple(ITEMS) == ASSETS
    for asset, items in ITEMS.items():
        assert sum(weight for weight, _ in items.values()) == 100, asset
    for kind in ("business", "person"):
        assert sum(w for w, of in FIELDS.values() if of in (None, kind)) == 100, kind
    assert sorted((w for w, _ in FIELDS.values()), reverse=True) == [w for w, _ in FIELDS.values()]


# --- master data -----------------------------------------------------------------------------

PERSON = {
    **{"kind": "person", "name": "A", "phone": "1", "email": "a@b.c", "gender": "f"},
    **{"region": "North", "city": "Town", "source": "web", "birthday": date(1990, 1, 1)},
}
BUSINESS = {
    **{"kind": "business", "name": "B", "phone": "1", "email": "a@b.c", "industry": "Retail"},
    **{"region": "North", "city": "Town", "source": "web", "decision_level": "owner"},
}


def _without(whole: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {n: v for n, v in whole.items() if n not in names}


CASES: dict[str, tuple[dict[str, Any], int, str | None]] = {
    "a person's birthday tells the year": (dict(PERSON), 10_000, None),
    "a year without a birthday": (
        {**_without(PERSON, "birthday"), "birth_year": 1990},
        8_500,
        "birthday",
    ),
    "the weightiest first": (_without(PERSON, "email", "phone"), 6_500, "phone"),
    "a business has no birthday": (dict(BUSINESS), 10_000, None),
    "blank text is missing": ({**BUSINESS, "email": "  "}, 8_500, "email"),
    "no industry": (_without(BUSINESS, "industry"), 9_000, "industry"),
    # Of the 75 points that every kind has, the kind's own 10 are missing.
    "no kind": (_without(PERSON, "kind"), 8_666, "kind"),
}


@pytest.mark.parametrize("case", CASES)
def test_completeness_and_the_next_field(case: str, tmp_path: Path) -> None:
    fields, completeness, next_field = CASES[case]
    row = _found(tmp_path, {"a": fields})["a"]
    assert (row["completeness"], row["next_field"]) == (completeness, next_field)


def test_a_contact_persons_phone_counts(tmp_path: Path) -> None:
    contact: Table = [{"customer_id": "a", "name": "Lee", "phone": "1", "email": None}]
    people = {"a": _without(BUSINESS, "phone"), "b": _without(BUSINESS, "phone")}
    found = _found(tmp_path, people, contact=contact)
    assert [found[n]["next_field"] for n in "ab"] == [None, "phone"]


# --- assets ----------------------------------------------------------------------------------


def _mid_ranks(values: Mapping[str, float | None], *, reverse: bool = False) -> dict[str, int]:
    known = [v for v in values.values() if v is not None]
    ranks = {
        n: (sum(k < v for k in known) * 2 + sum(k == v for k in known)) * FULL // (2 * len(known))
        for n, v in values.items()
        if v is not None
    }
    return {n: FULL - r if reverse else r for n, r in ranks.items()}


def _mean(ranks: Sequence[tuple[int, int | None]]) -> tuple[int | None, int]:
    known = [(w, r) for w, r in ranks if r is not None]
    measured = sum(w for w, _ in known)
    return (sum(w * r for w, r in known) // measured if measured else None), measured * 100


def test_relationship_is_the_weighted_mean_of_what_is_known(tmp_path: Path) -> None:
    survey: Table = [
        {"survey_id": f"S{i}", "customer_id": n, "answered_on": day, "nps": nps, "csat": csat}
        for i, (n, day, nps, csat) in enumerate(
            (
                ("a", date(2026, 1, 1), 10, 4),
                ("a", date(2026, 2, 1), 7, None),
                ("b", date(2024, 6, 21), 6, None),
                # A day before the 24 months, and a day after the as-of day.
                ("c", date(2024, 6, 20), 9, 5),
                ("c", AS_OF + timedelta(days=1), 9, 5),
            )
        )
    ]
    days = {"a": (10, 20), "b": (10,), "c": (400,)}
    orders = [_order(n, ago) for n, agos in days.items() for ago in agos]
    people = {n: PERSON for n in "abc"}
    found = _found(tmp_path, people, orders=orders, survey=survey)
    nps = _mid_ranks({"a": 8.5, "b": 6.0})
    csat = _mid_ranks({"a": 4.0})
    loyalty = _mid_ranks({"a": 2, "b": 1, "c": 0})
    for name in "abc":
        items = [(25, ranks.get(name)) for ranks in (nps, csat, loyalty)]
        wanted = _mean([*items, (25, None)])
        row = found[name]
        assert (row["asset_relationship"], row["coverage_relationship"]) == wanted, name
    assert [found[n]["coverage_relationship"] for n in "abc"] == [7_500, 5_000, 2_500]


def test_what_nobody_records_is_blank_and_not_neutral(tmp_path: Path) -> None:
    found = _found(tmp_path, {n: PERSON for n in "ab"})
    for row in found.values():
        assert (row["asset_strategic"], row["coverage_strategic"]) == (None, 0)
        assert row["referral_value"] is None


def test_strategic_counts_those_brought_ideas_and_community(tmp_path: Path) -> None:
    people = {"a": PERSON, "b": {**PERSON, "referrer_id": "a"}, "c": PERSON}
    engagement: Table = [
        {"customer_id": n, "happened_on": AS_OF, "kind": kind, "count": count}
        for n, kind, count in (("b", "co_creation", 2), ("c", "visit", 9))
    ]
    survey: Table = [
        {"survey_id": "S", "customer_id": "c", "answered_on": AS_OF, "is_suggestion": True}
    ]
    found = _found(tmp_path, people, engagement=engagement, survey=survey)
    brought = _mid_ranks({"a": 1, "b": 0, "c": 0})
    ideas = _mid_ranks({"a": 0, "b": 0, "c": 1})
    created = _mid_ranks({"a": 0, "b": 2, "c": 0})
    for n in "abc":
        wanted = _mean([(40, brought[n]), (20, ideas[n]), (20, created[n]), (20, None)])
        assert (found[n]["asset_strategic"], found[n]["coverage_strategic"]) == wanted, n


def test_information_ranks_completeness_and_freshness(tmp_path: Path) -> None:
    people = {"a": PERSON, "b": _without(PERSON, "email"), "c": PERSON}
    orders = [_order("a", 30), _order("b", 5), _order("c", 40)]
    engagement: Table = [{"customer_id": "c", "happened_on": AS_OF, "kind": "visit", "count": 1}]
    found = _found(tmp_path, people, orders=orders, engagement=engagement)
    complete = _mid_ranks({"a": 100, "b": 85, "c": 100})
    fresh = _mid_ranks({"a": 30, "b": 5, "c": 0}, reverse=True)
    for n in "abc":
        wanted = _mean([(60, complete[n]), (40, fresh[n])])
        assert (found[n]["asset_information"], found[n]["coverage_information"]) == wanted, n


def test_on_the_demo_assets_lie_in_their_range_and_value_is_that_of_two_ranks(
    duckdb_demo: Demo,
) -> None:
    c = customer_current.c
    names = ("customer_id", "net_12m", "value_rank", *COLUMNS[5:13])
    rows = asked(duckdb_demo, select(*(c[n] for n in names)).where(c.is_customer))
    for asset in ASSETS:
        assert rows[f"asset_{asset}"].between(0, FULL).all()
        assert rows[f"coverage_{asset}"].between(1, FULL).all()
    # rank(): twice the mean place of equals, less one, is twice those below and once the equals.
    place = rows["net_12m"].rank(method="average")
    net = ((place * 2 - 1) * FULL // (2 * len(rows))).astype(int)
    wanted = (50 * rows["value_rank"].astype(int) + 50 * net) // 100
    pd.testing.assert_series_equal(
        rows["asset_value"].astype(int), wanted, check_names=False, check_dtype=False
    )
    others = asked(duckdb_demo, select(*(c[n] for n in COLUMNS[3:13])).where(~c.is_customer))
    assert others.isna().all(axis=None)


# --- referrals -------------------------------------------------------------------------------


def test_referral_value_is_blank_where_none_of_those_still_there_is_valued(tmp_path: Path) -> None:
    people = {
        "host": PERSON,
        "living": {**PERSON, "referrer_id": "host"},
        "churned": {**PERSON, "referrer_id": "host"},
        "brings the churned": PERSON,
        "churned, too": {**PERSON, "referrer_id": "brings the churned"},
        "own guest": {**PERSON, "referrer_id": "own guest"},
        "of a stranger": {**PERSON, "referrer_id": "nobody here"},
    }
    gone = ("churned", "churned, too")
    orders = [_order(n, 200 if n in gone else 20) for n in people]
    found = _found(tmp_path, people, orders=orders)
    assert {n for n, row in found.items() if row["is_churned"]} == set(gone)
    # So few orders teach no model, so that nobody is valued.
    assert {row["value"] for row in found.values()} == {None}
    blank = {n for n, row in found.items() if row["referral_value"] is None}
    assert blank == {"host"}
    assert {row["referral_value"] for n, row in found.items() if n not in blank} == {0}


def test_on_the_demo_referral_values_add_up(duckdb_demo: Demo) -> None:
    rows = _rows(duckdb_demo)
    total: dict[str, Decimal] = {}
    for row in rows.values():
        if row["is_customer"] and not row["is_churned"] and row["referrer_id"] in rows:
            host = row["referrer_id"]
            total[host] = total.get(host, Decimal(0)) + Decimal(str(row["value"]))
    assert sum(total.values())
    for name, row in rows.items():
        if row["is_customer"]:
            exact = total.get(name, Decimal(0)) * Decimal("0.3")
            assert abs(Decimal(str(row["referral_value"])) - exact) <= Decimal("0.0001"), name
        else:
            assert row["referral_value"] is None
