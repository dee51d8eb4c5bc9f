"""Concentration: curve, classes and standings are those of all customers sorted one by one."""

import random
from functools import partial
from typing import Any

import duckdb
import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.choices import CONCENTRATED
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import TEN_THOUSANDTHS
from queries import visible
from queries.concentration import (
    abc_classes,
    concentration_standing,
    lorenz_curve,
    ranked_members,
    standing_members,
)
from queries.kpis import totals
from queries.question import Rows
from tests.conftest import ADMIN, Demo, MakeDemo
from tests.queries.asking import ask, random_filters, readers
from tests.queries.references import Referee

EVERY = pytest.mark.parametrize("key", CONCENTRATED)
#: Written by hand: the class of each customer by the share that those before hold.
CLASSES = """
    WITH ranked AS (
        SELECT amount, sum(amount) OVER () AS whole,
            sum(amount) OVER (ORDER BY amount DESC, customer_id) - amount AS before
        FROM ({amounts}) AS amounts
    )
    SELECT CASE WHEN before < 0.80 * whole THEN 'A' WHEN before < 0.95 * whole THEN 'B' ELSE 'C' END
        AS class, count(*) AS customers, sum(amount) AS value
    FROM ranked GROUP BY 1 ORDER BY 1
"""
GROSS = """
    SELECT customer_id, sum(amount) AS amount FROM orders JOIN chosen_customer USING (customer_id)
    WHERE amount > 0 AND ordered_on <= $as_of GROUP BY customer_id
"""
#: Values are of the fitted models and stand in no contract table.
OFFICIAL = """
    SELECT customer_id, value::DECIMAL(30, 4) / 10000 AS amount
    FROM customer_current JOIN chosen_customer USING (customer_id)
    WHERE is_customer AND NOT is_churned AND value IS NOT NULL
"""


def _plain(filters: Filters, scope: Scope) -> Rows:
    return select(visible.customers(filters, scope, "customer_id", "gross", "value", "is_churned"))


def amounts(demo: Demo, filters: Filters, scope: Scope, key: str) -> list[int]:
    """Return the amounts of who takes part, in ten-thousandths, the largest first."""
    rows = ask(demo, _plain, filters, scope)
    if key == "gross_ever":
        found = rows["gross"][rows["gross"] > 0]
    else:
        found = rows["value"][~rows["is_churned"].astype(bool)].dropna()
    return sorted((round(float(each) * TEN_THOUSANDTHS) for each in found), reverse=True)


def by_hand(demo: Demo, filters: Filters, key: str) -> list[tuple[str, int, float]]:
    """Return class, customers and value as the hand-written SQL counts them."""
    sql = CLASSES.format(amounts=GROSS if key == "gross_ever" else OFFICIAL)
    with Referee(demo, filters, ADMIN) as referee:
        raw: Any = referee._raw  # pyright: ignore[reportPrivateUsage]
        given = {"as_of": filters.calendar.as_of} if "$as_of" in sql else None
        return [(c, int(n), float(s)) for c, n, s in raw.execute(sql, given).fetchall()]


def of(demo: Demo, key: str, **query: str) -> Filters:
    """Return filters that ask for the concentration of a metric."""
    return demo.filters(**query, concentrated=key)


@EVERY
@pytest.mark.parametrize("query", [{}, {"tier": "high"}, {"region": "East Coast 东部沿海"}])
def test_classes_are_those_of_the_hand_written_reference(
    duckdb_demo: Demo, key: str, query: dict[str, str]
) -> None:
    filters = of(duckdb_demo, key, **query)
    rows = ask(duckdb_demo, abc_classes, filters, ADMIN)
    found = list(rows[["class", "customers", "value"]].itertuples(index=False, name=None))
    expected = by_hand(duckdb_demo, filters, key)
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    assert [row[2] for row in found] == pytest.approx([row[2] for row in expected], abs=1e-3)


@EVERY
def test_the_curve_is_that_of_the_customers_sorted(any_demo: Demo, key: str) -> None:
    for user, scope in readers(any_demo.fetcher.info()).items():
        filters = of(any_demo, key)
        falling = amounts(any_demo, filters, scope, key)
        rows = ask(any_demo, lorenz_curve, filters, scope)
        assert len(rows) > 3, user
        for point in rows.itertuples():
            first = round(point.share_customers * len(falling))
            assert first / len(falling) == pytest.approx(point.share_customers, rel=1e-12)
            share = sum(falling[:first]) / sum(falling)
            assert share == pytest.approx(point.share_value, rel=1e-12), (user, first)
        named = rows[rows["top"].notna()]
        tops = {int(p.top): round(p.share_customers * len(falling)) for p in named.itertuples()}
        assert tops == {top: -(-len(falling) * top // 100) for top in (1, 10, 20)}


@EVERY
def test_each_class_opens_its_customers(any_demo: Demo, key: str) -> None:
    filters = of(any_demo, key)
    classes = ask(any_demo, abc_classes, filters, ADMIN)
    every = ask(any_demo, ranked_members, filters, ADMIN)
    assert len(every) == classes["customers"].sum()
    assert every[key].is_monotonic_decreasing
    for row in classes.to_dict("records"):
        focused = filters.focused(**{"class": row["class"]})
        rows = ask(any_demo, ranked_members, focused, ADMIN)
        assert len(rows) == row["customers"]
        assert rows[key].sum() == pytest.approx(row["value"], abs=1e-3)
        assert set(rows["class"]) == {row["class"]}


@EVERY
def test_everybody_stands_somewhere_and_a_blank_is_no_zero(any_demo: Demo, key: str) -> None:
    filters = of(any_demo, key)
    plain = ask(any_demo, _plain, filters, ADMIN)
    found = ask(any_demo, concentration_standing, filters, ADMIN)
    counted = dict(zip(found["standing"], found["customers"], strict=True))
    rows = ask(any_demo, standing_members, filters, ADMIN)
    assert counted == rows["standing"].value_counts().to_dict()
    assert sum(counted.values()) == len(plain) == rows["customer_id"].nunique()
    assert counted["held"] == len(amounts(any_demo, filters, ADMIN, key))
    if key == "gross_ever":
        assert counted["blank"] == (plain["gross"].fillna(0) <= 0).sum() > 0
    else:
        churned = plain["is_churned"].astype(bool)
        assert counted["churned"] == churned.sum() > 0
        # A value of zero is a value.
        assert amounts(any_demo, filters, ADMIN, key).count(0) > 0


def test_a_blank_value_is_counted_apart(small_demo: MakeDemo) -> None:
    demo = small_demo(400)
    (file,) = demo.warehouse.var.glob("warehouse/*.duckdb")
    with duckdb.connect(str(file)) as raw:
        raw.execute("UPDATE customer_current SET value = 1230000 + customer_no, is_churned = false")
        raw.execute("UPDATE customer_current SET value = NULL WHERE customer_no % 7 = 0")
    filters = of(demo, "customer_asset")
    plain = ask(demo, _plain, filters, ADMIN)
    standing = ask(demo, concentration_standing, filters, ADMIN).set_index("standing")["customers"]
    assert standing.to_dict() == {
        "blank": plain["value"].isna().sum(),
        "held": plain["value"].notna().sum(),
    }
    assert standing["blank"] > 20
    classes = ask(demo, abc_classes, filters, ADMIN)
    assert classes["customers"].sum() == standing["held"]
    points = ask(demo, lorenz_curve, filters, ADMIN)
    top = points[points["top"] == 10].iloc[0]
    assert top["share_customers"] == -(-standing["held"] // 10) / standing["held"]


def test_random_choices_add_up(dice: random.Random, duckdb_demo: Demo) -> None:
    for _ in range(12):
        chosen = random_filters(dice, duckdb_demo)
        for key in CONCENTRATED:
            filters = chosen.offering(concentrated=key)
            falling = amounts(duckdb_demo, filters, ADMIN, key)
            classes = ask(duckdb_demo, abc_classes, filters, ADMIN)
            assert classes["customers"].sum() == (len(falling) if sum(falling) else 0)
            whole = sum(falling) / TEN_THOUSANDTHS
            assert classes["value"].astype(float).sum() == pytest.approx(whole, abs=1e-3)


def test_where_every_value_is_zero_nobody_holds_a_share(any_demo: Demo) -> None:
    rows = ask(any_demo, _plain, any_demo.filters(), ADMIN)
    worthless = rows[(rows["value"] == 0) & ~rows["is_churned"].astype(bool)]
    filters = of(any_demo, "customer_asset").choosing("customer", *worthless["customer_id"])
    assert not worthless.empty
    for query in (lorenz_curve, abc_classes, ranked_members):
        assert ask(any_demo, query, filters, ADMIN).empty
    standing = ask(any_demo, concentration_standing, filters, ADMIN)
    assert standing.to_dict("records") == [{"standing": "held", "customers": len(worthless)}]


def test_a_share_of_the_asset_is_a_share_of_the_card(duckdb_demo: Demo) -> None:
    filters = of(duckdb_demo, "customer_asset")
    card = ask(duckdb_demo, partial(totals, keys=("customer_asset",)), filters, ADMIN)
    classes: pd.DataFrame = ask(duckdb_demo, abc_classes, filters, ADMIN)
    asset = float(card["customer_asset"].iloc[0])
    assert classes["value"].sum() == pytest.approx(asset, abs=1e-3)
