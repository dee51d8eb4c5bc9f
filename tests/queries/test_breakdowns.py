"""Parts add up to the whole, months to their growth, and nobody sees more than their own."""

import random
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from sqlalchemy import func, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import month_text, sum_int
from queries import visible
from queries.breakdown import by_dimension, next_dimension
from queries.kpis import kpis, totals
from queries.metrics import METRICS
from queries.question import Query, Question, Rows
from tests.conftest import ADMIN, NOBODY, Demo
from tests.queries.asking import CUSTOMER_DIMENSIONS, all_questions, ask, random_filters
from tests.queries.test_registry import COMPANY_WIDE

#: What adds up over any division of the customers: sums and counts, and customers counted once.
ADDITIVE = tuple(
    key
    for key, m in METRICS.items()
    if m.kind in ("sum", "count", "distinct")
    and m.expr is not None
    and not m.pending
    # What representatives did is divided by team and representative: test_team adds that up.
    and m.grain != "representative"
)
DIVISIONS = (*CUSTOMER_DIMENSIONS, *visible.MOVING)
CARDS = ("revenue", "orders", "active_customers", "churned_customers", "won_deals", "follow_ups")


def test_parts_add_up_to_the_whole(dice: random.Random, duckdb_demo: Demo) -> None:
    for dimension in DIVISIONS:
        # Tier and lifecycle are read at the period's end: a filter on them moves customers.
        filters = random_filters(dice, duckdb_demo, dimensions=CUSTOMER_DIMENSIONS)
        whole = ask(duckdb_demo, partial(totals, keys=ADDITIVE), filters, ADMIN).iloc[0]
        divided = partial(by_dimension, keys=ADDITIVE, dimension=dimension)
        parts = ask(duckdb_demo, divided, filters, ADMIN)
        for key in ADDITIVE:
            expected = 0.0 if pd.isna(whole[key]) else whole[key]
            assert parts[key].sum() == pytest.approx(expected, rel=1e-12, abs=1e-4), (
                key,
                dimension,
                filters.to_search(),
            )


def test_a_breakdown_turned_to_another_dimension_is_that_of_the_dimension(any_demo: Demo) -> None:
    plain = any_demo.filters()
    for dimension in ("industry", "tier", "city", "lifecycle"):
        turned = any_demo.filters(turned=f"team:{dimension}")
        rows = ask(any_demo, all_questions()["revenue_breakdown"].query, turned, ADMIN)
        keys = ("revenue", "active_customers")
        known = ask(any_demo, partial(by_dimension, keys=keys, dimension=dimension), plain, ADMIN)
        pd.testing.assert_frame_equal(rows, known)
    first = str(rows["key"].iloc[0])
    below = any_demo.filters(turned="team:lifecycle", lifecycle=first)
    assert next_dimension(below, "team") == "customer"


def growth_states(filters: Filters, scope: Scope) -> Rows:
    """One row per month: month, active and the states that lead to it."""
    m = visible.months(filters, scope, filters.period).c
    names = ("is_active", "is_new", "is_retained", "is_resumed", "is_lapsed")
    sums = [sum_int(m[n]).label(n) for n in names]
    return select(m.month, *sums).group_by(m.month).order_by(m.month)


def test_active_customers_come_and_go_without_a_rest(
    dice: random.Random, duckdb_demo: Demo
) -> None:
    for _ in range(15):
        chosen = random_filters(dice, duckdb_demo)
        history = chosen.calendar.preset("all")
        months = history.months()
        filters = replace(
            chosen, period=replace(history, since=months[0].since, until=months[-1].until)
        )
        rows = ask(duckdb_demo, growth_states, filters, ADMIN)
        rows = rows.set_index(rows["month"].map(str).str[:7])
        rows = rows.reindex([f"{m.since:%Y-%m}" for m in months]).drop(columns="month").fillna(0)
        before = rows["is_active"].shift(fill_value=0)
        expected = before + rows["is_new"] + rows["is_resumed"] - rows["is_lapsed"]
        assert (rows["is_active"] == expected).all(), filters.to_search()
        assert (
            rows["is_active"] == rows["is_new"] + rows["is_retained"] + rows["is_resumed"]
        ).all()


def own(question: Question) -> tuple[Query, ...]:
    """Return the queries that depend on the reader: figures of the models are the company's."""
    is_shared = question.name in COMPANY_WIDE
    return (question.members,) if is_shared else (question.query, question.members)


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda q: q.name)
def test_nobody_sees_nothing(question: Question, duckdb_demo: Demo) -> None:
    for query in own(question):
        rows = ask(duckdb_demo, query, duckdb_demo.filters(), NOBODY)
        assert holds_nothing(rows), rows.head()


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda q: q.name)
@pytest.mark.parametrize("dimension", ["region", "cohort", "customer"])
def test_an_unknown_value_finds_nothing(
    question: Question, dimension: str, duckdb_demo: Demo
) -> None:
    value = "2001-01" if dimension == "cohort" else "'; DROP TABLE customer; --"
    filters = duckdb_demo.filters().choosing(dimension, value)
    for query in own(question):
        rows = ask(duckdb_demo, query, filters, ADMIN)
        assert holds_nothing(rows), rows.head()


def holds_nothing(rows: pd.DataFrame) -> bool:
    """Whether no cell counts anything: only blanks, zeros and the names of what was asked for."""
    measured = rows.select_dtypes("number").drop(columns=LABELS, errors="ignore")
    return bool((measured.fillna(0) == 0).all(axis=None))


#: Numbers that name a row and measure nothing: places, edges of bands, and the company's RFM cuts,
#: which are the same for every reader (`visible.cuts`).
LABELS = [
    *("position", "age", "days", "band", "rank", "month_no"),
    *("since", "until", "since_days", "until_days", "cut_1", "cut_2", "cut_3", "cut_4"),
]


def test_a_card_is_the_same_in_every_form(duckdb_demo: Demo) -> None:
    """A card, its comparison and its months agree with the totals over the same days."""
    filters = duckdb_demo.filters(period="last_month")
    keys = CARDS
    cards = ask(duckdb_demo, partial(kpis, keys=keys), filters, ADMIN).set_index("slot")
    for slot, period in (("now", filters.period), ("before", filters.comparison)):
        assert period is not None
        alone = ask(duckdb_demo, partial(totals, keys=keys), filters.over(period), ADMIN).iloc[0]
        for key in keys:
            assert cards.loc[slot, key] == pytest.approx(alone[key], abs=1e-6), (slot, key)
    month = f"{filters.period.since:%Y-%m}"
    for key in ("revenue", "orders", "active_customers", "follow_ups", "won_deals"):
        assert cards.loc[month, key] == pytest.approx(cards.loc["now", key], abs=1e-6), key


def test_months_as_text_are_not_a_matter_of_the_engine(duckdb_demo: Demo) -> None:
    def months(filters: Filters, scope: Scope) -> Rows:
        m = visible.months(filters, scope, filters.period, "month", "net").c
        return select(month_text(func.min(m.month)).label("month"))

    filters = duckdb_demo.filters(period="last_month")
    assert ask(duckdb_demo, months, filters, ADMIN)["month"].tolist() == ["2026-05"]
