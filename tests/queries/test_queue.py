"""The follow-up clock recomputed in Python, customer by customer, and the order of the queue."""

import random
from datetime import timedelta
from functools import partial
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.columns import EXPECTED
from data.domain.dimension import FOLLOW_UP_DAYS, NOTICE_DAYS
from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import visible
from queries.kpis import totals
from queries.question import Rows
from queries.queue import NAMED, follow_up_queue, queue_members
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, random_filters, readers

READ = (
    *("customer_id", "tier", "is_churned", "covered_until", "last_contact_on", "first_on"),
    *("contract_on", "value", *EXPECTED[:3]),
)


def everybody(filters: Filters, scope: Scope) -> Rows:
    c = visible.customers(filters, scope, *READ).c
    return select(*(c[n] for n in READ)).order_by(c.customer_id)


def told(row: Any, as_of: Any) -> dict[str, Any] | None:
    """Return how late a customer is and what a day costs, in ten-thousandths; None: not late."""
    day = {n: None if pd.isna(row[n]) else pd.Timestamp(row[n]).date() for n in READ[3:7]}
    since = day["last_contact_on"] or day["first_on"] or day["contract_on"]
    due = since + timedelta(days=FOLLOW_UP_DAYS[row["tier"]])
    ends_soon = False
    if day["covered_until"] and as_of <= day["covered_until"]:
        notice = day["covered_until"] - timedelta(days=NOTICE_DAYS)
        ends_soon = notice <= as_of
        if ends_soon and since < notice:
            due = min(due, notice)
    late = (as_of - due).days
    if row["is_churned"] or late < 1:
        return None
    months = EXPECTED[: 3 if ends_soon else 1]
    ahead = [None if pd.isna(row[n]) else round(row[n] * 10_000) for n in months]
    loss = None if None in ahead else sum(ahead) // (90 if ends_soon else 30)
    weight = None if None in ahead else sum(ahead) * (1 if ends_soon else 3) * late
    return {"late": late, "due": due, "loss": loss, "weight": weight, "renews": ends_soon}


def clocks(demo: Demo, filters: Filters, scope: Scope) -> dict[str, dict[str, Any]]:
    rows = ask(demo, everybody, filters, scope)
    as_of = filters.calendar.as_of
    found = {row["customer_id"]: told(row, as_of) for _, row in rows.iterrows()}
    return {key: value for key, value in found.items() if value}


def test_the_clock_on_every_engine(any_demo: Demo) -> None:
    filters = any_demo.filters()
    expected = clocks(any_demo, filters, ADMIN)
    assert sum(clock["renews"] for clock in expected.values()) > 1
    rows = ask(any_demo, queue_members, filters, ADMIN)
    assert set(rows["customer_id"]) == set(expected)
    for row in rows.itertuples():
        clock = expected[row.customer_id]
        assert row.days_late == clock["late"], row.customer_id
        assert pd.Timestamp(row.due_on).date() == clock["due"], row.customer_id
        assert round(row.waiting_loss * 10_000) == clock["loss"], row.customer_id
    weights = [expected[key]["weight"] for key in rows["customer_id"]]
    assert weights == sorted(weights, reverse=True)


def test_the_list_is_the_head_of_its_rows(dice: random.Random, duckdb_demo: Demo) -> None:
    for _ in range(4):
        filters = random_filters(dice, duckdb_demo)
        whole = ask(duckdb_demo, queue_members, filters, ADMIN)
        first = ask(duckdb_demo, follow_up_queue, filters, ADMIN)
        assert first["customer_id"].tolist() == whole["customer_id"].tolist()[:NAMED]
        keys = ("overdue_followups", "waiting_loss")
        sums = ask(duckdb_demo, partial(totals, keys=keys), filters, ADMIN).iloc[0]
        assert sums["overdue_followups"] == len(whole)
        if len(whole):
            assert sums["waiting_loss"] == pytest.approx(whole["waiting_loss"].sum(), abs=1e-4)


def test_a_lead_and_a_representative_see_their_own(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    everyone = set(clocks(duckdb_demo, filters, ADMIN))
    seen = {u: s for u, s in readers(duckdb_demo.fetcher.info()).items() if u != "admin"}
    for scope in seen.values():
        own = set(ask(duckdb_demo, queue_members, filters, scope)["customer_id"])
        assert own == set(clocks(duckdb_demo, filters, scope))
        assert own < everyone
