"""Open deals: quotes with the decisions made since, what stands still, and the forecast by hand."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data.domain.approvals import Approvals
from data.domain.filters import Filters
from data.domain.period import Period, add_months
from data.domain.scope import Scope
from queries import run as asking
from queries import visible
from queries.forecast import HORIZON, LEARNT, TESTED, TODAY, deal_forecast, stage_odds
from queries.funnel import STAGES, entered
from queries.pipeline import open_stages
from queries.question import Rows
from queries.quotes import decided_quotes, quote_members, waiting_quotes
from queries.stuck import (
    STUCK_AFTER,
    missed_contacts,
    missed_members,
    stuck_members,
    stuck_stages,
    uncontacted_members,
)
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask, overlaid, readers

NAMES = ("opportunity_id", "seller", "created_on", "closed_on", "status", "amount", "reached")
ENTERED = tuple(map(entered, STAGES))


def deals_of(filters: Filters, scope: Scope) -> Rows:
    """One row per deal: all that the recomputations below read."""
    d = visible.deals(filters, scope, *NAMES, "first_contact_on", *ENTERED).c
    columns = [d[n] for n in (*NAMES, "first_contact_on", *ENTERED)]
    return select(*columns).order_by(d.opportunity_id)


def deals(demo: Demo, filters: Filters, scope: Scope = ADMIN) -> list[dict[str, Any]]:
    rows = ask(demo, deals_of, filters, scope).to_dict("records")
    for row in rows:
        for name, value in row.items():
            is_day = name.endswith("_on")
            row[name] = None if pd.isna(value) else pd.Timestamp(value).date() if is_day else value
    return rows


# --- quotes ----------------------------------------------------------------------------------


def test_a_decision_moves_a_quote_from_one_list_to_the_other(any_demo: Demo) -> None:
    filters = any_demo.filters()
    before = ask(any_demo, quote_members, filters, ADMIN)
    assert len(before) > 0
    assert before["quote_waiting"].is_monotonic_decreasing
    first = before["quote_id"].iloc[0]
    for status in ("approved", "returned"):
        knowing = filters.knowing(
            approvals=Approvals(1, decided=((first, status), ("other", "approved")))
        )
        waiting = ask(any_demo, waiting_quotes, knowing, ADMIN)
        decided = ask(any_demo, decided_quotes, knowing, ADMIN)
        assert first not in set(waiting["quote_id"])
        assert decided[["quote_id", "quote_status"]].values.tolist() == [[first, status]]
    assert ask(any_demo, decided_quotes, filters, ADMIN).empty


def test_the_limit_marks_what_needs_the_director(duckdb_demo: Demo) -> None:
    for limit in (0, 200_000, 10**9):
        filters = duckdb_demo.filters().knowing(approvals=Approvals(0, limit))
        rows = ask(duckdb_demo, quote_members, filters, ADMIN)
        assert (rows["above_limit"] == (rows["quote_waiting"] > limit)).all()


@pytest.fixture
def overlay() -> Iterator[list[Approvals]]:
    """Hand questions the newest of these approvals, as a server does."""
    with overlaid("approvals", Approvals()) as newest:
        yield newest


def test_a_decision_shows_at_once_and_leaves_other_answers_cached(
    duckdb_demo: Demo, overlay: list[Approvals]
) -> None:
    fetcher, filters = duckdb_demo.cached(), duckdb_demo.filters()
    with asking.reading(duckdb_demo.reader("executive"), through=fetcher):
        first = asking.run(waiting_quotes, filters)["quote_id"].iloc[0]
        asking.run(open_stages, filters)
        overlay.append(Approvals(1, decided=((first, "approved"),)))
        asked = fetcher.computed
        asking.run(open_stages, filters)
        assert fetcher.computed == asked
        assert first not in set(asking.run(waiting_quotes, filters)["quote_id"])
        assert asking.run(decided_quotes, filters)["quote_id"].tolist() == [first]
        assert asking.count_and_sums(quote_members, filters)["rows"] == len(
            asking.run_page(quote_members, filters, limit=None)
        )
    fetcher.readers.close()


def due(day: date) -> date:
    """Return the end of the next working day."""
    return day + timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))


# --- what stands still -----------------------------------------------------------------------


def test_stuck_is_twice_the_usual_days_of_the_stage(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    as_of, until = filters.calendar.as_of, filters.calendar.until
    year = Period(add_months(until, -12), until)
    found, stays = deals(duckdb_demo, filters), defaultdict(list)
    for deal in found:
        for i in STAGES[:-1]:
            since, gone = deal[entered(i)], deal[entered(i + 1)]
            if since and gone and year.since <= gone < year.until:
                stays[i].append((gone - since).days)
        since = deal[entered(int(deal["reached"]))] if deal["reached"] else None
        if deal["status"] == "lost" and since and year.since <= deal["closed_on"] < year.until:
            stays[int(deal["reached"])].append((deal["closed_on"] - since).days)
    expected = {
        deal["opportunity_id"]
        for deal in found
        if deal["status"] == "open"
        and (as_of - deal[entered(int(deal["reached"]))]).days
        > STUCK_AFTER * median(stays[int(deal["reached"])])
    }
    rows = ask(duckdb_demo, stuck_members, filters, ADMIN)
    assert set(rows["opportunity_id"]) == expected
    assert len(expected) > 3
    stages = ask(duckdb_demo, stuck_stages, filters, ADMIN)
    assert stages["stuck"].sum() == len(expected)
    assert stages["amount"].sum() == pytest.approx(rows["amount"].sum())


def test_the_uncontacted_are_open_and_past_the_next_working_day(any_demo: Demo) -> None:
    filters = any_demo.filters()
    as_of = filters.calendar.as_of
    expected = {
        deal["opportunity_id"]
        for deal in deals(any_demo, filters)
        if deal["status"] == "open" and not deal["first_contact_on"]
        if deal["created_on"] and due(deal["created_on"]) <= as_of
    }
    rows = ask(any_demo, uncontacted_members, filters, ADMIN)
    assert set(rows["opportunity_id"]) == expected
    assert expected


def test_missed_first_contacts_by_owner(any_demo: Demo) -> None:
    info = any_demo.fetcher.info()
    for search, scope in (("all", ADMIN), ("quarter", ADMIN), ("all", readers(info)["lead"])):
        filters = any_demo.filters(period=search)
        period, as_of = filters.period, filters.calendar.as_of
        owners: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        late: list[tuple[date, str]] = []
        for deal in deals(any_demo, filters, scope):
            created = deal["created_on"]
            if not created or not period.since <= created < period.until:
                continue
            first = deal["first_contact_on"]
            in_time = bool(first and first <= due(created))
            if in_time or due(created) <= as_of:
                owners[deal["seller"]][0] += 1
                owners[deal["seller"]][1] += in_time
            if not in_time and due(created) <= as_of:
                late.append((created, deal["opportunity_id"]))
        wanted = [(who, n, made, n - made) for who, (n, made) in owners.items() if n > made]
        wanted.sort(key=lambda row: (-row[3], row[1], row[0]))
        rows = ask(any_demo, missed_contacts, filters, scope)
        assert [tuple(row) for row in rows.values.tolist()] == wanted[:12]
        assert len(wanted) > 2
        members = ask(any_demo, missed_members, filters, scope)
        assert list(members["opportunity_id"]) == [number for _, number in sorted(late)]


# --- forecast --------------------------------------------------------------------------------


def forecasts(demo: Demo, filters: Filters) -> tuple[list[dict[str, float]], dict[int, float]]:
    """Return the forecast of every moment and today's odds by stage, recomputed."""
    last = filters.calendar.last_closed
    moments = [add_months(last, i - TODAY) for i in range(TODAY)] + [filters.calendar.until]
    then: list[dict[int, list[float]]] = []
    found = deals(demo, filters)
    for until in moments:
        stages: dict[int, list[float]] = defaultdict(lambda: [0, 0, 0.0, 0.0])
        for deal in found:
            closed, created = deal["closed_on"], deal["created_on"]
            if not created or created >= until or (closed and closed < until):
                continue
            at = max(
                (i for i in STAGES if deal[entered(i)] and deal[entered(i)] < until), default=1
            )
            soon = closed and closed < add_months(until, HORIZON)
            is_won = bool(deal["status"] == "won" and soon)
            amount = deal["amount"] or 0.0
            for i, value in enumerate((1, is_won, amount, amount * is_won)):
                stages[at][i] += value
        then.append(stages)
    lines, odds = [], {}
    for k in range(LEARNT, TODAY + 1):
        odds = {}
        for at in then[k]:
            known = [then[j][at] for j in range(max(0, k - HORIZON - LEARNT + 1), k - HORIZON + 1)]
            count = sum(stage[0] for stage in known)
            odds[at] = sum(stage[1] for stage in known) / count if count else None
        told = [then[k][at][2] * p for at, p in odds.items() if p is not None]
        lines.append({"forecast": sum(told), "won": sum(s[3] for s in then[k].values())})
    return lines, odds


def test_the_forecast_on_every_engine(any_demo: Demo) -> None:
    filters = any_demo.filters()
    expected, odds = forecasts(any_demo, filters)
    rows = ask(any_demo, deal_forecast, filters, ADMIN)
    assert len(rows) == len(expected) == TESTED + HORIZON
    for place, (row, line) in enumerate(zip(rows.itertuples(), expected, strict=True)):
        assert row.forecast == pytest.approx(line["forecast"], abs=1e-2), place
        if place < TESTED:
            assert row.won_amount == pytest.approx(line["won"], abs=1e-2), place
            assert row.off == pytest.approx(row.forecast - row.won_amount, abs=1e-3)
        else:
            assert pd.isna(row.won_amount)
            assert pd.isna(row.off)
    today = ask(any_demo, stage_odds, filters, ADMIN)
    assert dict(zip(today["position"], today["odds"], strict=True)) == pytest.approx(odds)
    assert today["forecast"].sum() == pytest.approx(rows["forecast"].iloc[-1], abs=1e-3)


def test_a_lead_forecasts_the_own_deals(duckdb_demo: Demo) -> None:
    filters = duckdb_demo.filters()
    whole = ask(duckdb_demo, deal_forecast, filters, ADMIN)["open_amount"].iloc[-1]
    own = readers(duckdb_demo.fetcher.info())["lead"]
    part = ask(duckdb_demo, deal_forecast, filters, own)["open_amount"].iloc[-1]
    assert 0 < part < whole
