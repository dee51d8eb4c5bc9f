"""The model of renewals on its hold-out: counted anew from the contracts, one by one."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from data.domain.model import ScoringModel
from data.domain.period import add_months
from data.pipeline import renewals
from data.scoring.renewal import fit_renewal, renewal_rate
from data.warehouse.marts import customer_current, model_check, model_fact, model_finding
from data.warehouse.schema import contract, customer
from tests.companies import company
from tests.conftest import Demo
from tests.warehouse.rows import asked

MODEL = ScoringModel()
PLAN = model_fact.c.part == "plan"
DAY = timedelta(days=1)
Term = tuple[date, date]


def _terms(demo: Demo) -> list[list[Term]]:
    """Return the terms of each customer known at the as-of day, by their end."""
    as_of = demo.fetcher.info().calendar.as_of
    c = contract.c
    stmt = select(c.customer_id, c.starts_on, c.ends_on).where(
        c.starts_on <= as_of, c.customer_id.in_(select(customer.c.customer_id))
    )
    known: dict[str, dict[date, date]] = defaultdict(dict)
    for who, since, until in asked(demo, stmt.order_by(*stmt.selected_columns)).values:
        known[who].setdefault(until, since)
    return [[(terms[end], end) for end in sorted(terms)] for terms in known.values()]


def _is_over(term: Term, on: date) -> bool:
    """Whether a term has ended, and its grace days with it, on a day."""
    return term[1] + timedelta(days=MODEL.grace_days) < on


def _told(demo: Demo) -> dict[tuple[str, str], float]:
    c = model_check.c
    stmt = select(c.model, c.measure, c.value).where(c.target == "renewals")
    found = asked(demo, stmt.order_by(c.model, c.measure))
    return {(r.model, r.measure): r.value for r in found.itertuples()}


def test_the_hold_out_is_that_of_single_contracts(duckdb_demo: Demo) -> None:
    as_of = duckdb_demo.fetcher.info().calendar.as_of
    since = add_months(as_of + DAY, -MODEL.holdout_months)
    lost, still = np.zeros(20), np.zeros(20)
    ended: list[tuple[int, bool]] = []
    for terms in _terms(duckdb_demo):
        before = [term for term in terms if term[0] < since]
        if not before:
            continue
        k, last = len(before) - 1, before[-1]
        if _is_over(last, since - DAY):
            lost[k] += 1
            continue
        still[k] += 1
        if _is_over(last, as_of):
            ended.append((k, any(not _is_over(last, t[0]) for t in terms if t[1] > last[1])))
    times, came = (np.array(column, dtype=float) for column in zip(*ended, strict=True))
    share = (times_renewed := np.arange(20) @ (lost + still)) / (times_renewed + lost.sum())
    chances = {
        "sbg": renewal_rate(fit_renewal(lost, still), times),
        "renewed_share": np.full(times.size, share),
    }
    told = _told(duckdb_demo)
    assert (told["all", "contracts"], told["all", "renewed"]) == (times.size, came.sum())
    for model, chance in chances.items():
        assert told[model, "total"] == pytest.approx(chance.sum())
        assert told[model, "bias"] == pytest.approx(chance.sum() / came.sum() - 1)
        assert told[model, "rmse"] == pytest.approx(np.sqrt(((came - chance) ** 2).mean()))


# --- borders ---------------------------------------------------------------------------------

AS_OF = date(2026, 6, 20)
#: The first day of the hold-out.
SINCE = date(2025, 12, 21)


def _demo(folder: Path, terms: list[tuple[str, date, date]]) -> Demo:
    rows = [
        {"contract_id": f"K{i}", "customer_id": who, "starts_on": a, "ends_on": z, "amount": 1200}
        for i, (who, a, z) in enumerate(terms)
    ]
    names = sorted({who for who, _, _ in terms})
    tables: dict[str, Any] = {
        "customer": [{"customer_id": who, "name": who} for who in names],
        "contract": rows,
    }
    fetcher = company(folder, tables, AS_OF)
    return Demo(fetcher.warehouse, fetcher)


def _codes(demo: Demo) -> list[str]:
    return list(asked(demo, select(model_finding.c.code, model_finding.c.position))["code"])


def _year(end: date) -> Term:
    return end - timedelta(days=364), end


GRACE = timedelta(days=MODEL.grace_days)
#: Case -> the end of a term, the day on which the next one starts, and whether it was renewed;
#: None where the hold-out tells nothing of it.
CASES: dict[str, tuple[date, date | None, bool | None]] = {
    "decided on the last day": (AS_OF - GRACE - DAY, None, False),
    "still in its grace days": (AS_OF - GRACE, None, None),
    "lost on the day before": (SINCE - GRACE - DAY - DAY, None, None),
    "lost on the first day": (SINCE - GRACE - DAY, None, False),
    "renewed on the last day of grace": (date(2026, 2, 1), date(2026, 2, 1) + GRACE, True),
    "renewed a day late": (date(2026, 2, 1), date(2026, 2, 1) + GRACE + DAY, False),
    "renewed before the hold-out": (date(2026, 2, 1), date(2025, 12, 20), None),
}


def test_a_contract_is_decided_when_its_grace_days_are_over(tmp_path: Path) -> None:
    terms: list[tuple[str, date, date]] = []
    # 1, 2, 4, 8 … customers of each case, so that the sums say which of them were counted.
    for place, (end, again, _) in enumerate(CASES.values()):
        for who in (f"c{place}-{i:02}" for i in range(2**place)):
            terms.append((who, *_year(end)))
            if again:
                terms.append((who, again, again + timedelta(days=364)))
    told = _told(_demo(tmp_path, terms))
    decided = [2**i for i, (_, _, is_told) in enumerate(CASES.values()) if is_told is not None]
    renewed = [2**i for i, (_, _, is_told) in enumerate(CASES.values()) if is_told]
    assert (told["all", "contracts"], told["all", "renewed"]) == (sum(decided), sum(renewed))


def test_too_few_ended_contracts_are_no_hold_out(tmp_path: Path) -> None:
    terms = [(f"c{i:02}", *_year(date(2026, 3, 1))) for i in range(9)]
    demo = _demo(tmp_path, terms)
    assert _told(demo) == {}
    assert "renewal_small_sample" in _codes(demo)


def test_a_total_beyond_chance_is_told(tmp_path: Path) -> None:
    # Of 60 customers, each of six past years' terms was renewed; then nobody renews any more.
    terms = [
        (f"c{i:02}", *_year(date(2026 - back, 3, 1) + timedelta(days=i % 7)))
        for i in range(60)
        for back in range(6)
    ]
    demo = _demo(tmp_path, terms)
    assert "renewals_off" in _codes(demo)
    assert _told(demo)["all", "renewed"] == 0
    assert renewals.SBG in {model for model, _ in _told(demo)}


# --- too little to tell ----------------------------------------------------------------------

RUNNING = (date(2026, 1, 1), date(2026, 12, 31))
#: Case -> the terms, and what the reader must be told.
THIN: dict[str, tuple[list[tuple[str, date, date]], set[str]]] = {
    "one contract": ([("a", *RUNNING)], {"renewal_no_data"}),
    "all run": ([(f"c{i:03}", *RUNNING) for i in range(200)], {"renewal_no_data"}),
    "one ended": (
        [("a", *_year(date(2026, 1, 10))), ("b", *RUNNING)],
        {"renewal_small_sample", "renewal_assumed"},
    ),
    "all ended on one day": (
        [(f"c{i:02}", *_year(date(2026, 1, 10))) for i in range(40)],
        {"renewal_small_sample", "renewal_observed"},
    ),
    "some of few left": (
        [(f"c{i:02}", *_year(date(2025, 10, 1))) for i in range(40)]
        + [(f"c{i:02}", *_year(date(2026, 10, 1))) for i in range(30)],
        {"renewal_small_sample", "renewal_observed"},
    ),
}


@pytest.mark.parametrize("case", THIN)
def test_thin_contracts_give_a_reason_and_no_silly_value(case: str, tmp_path: Path) -> None:
    terms, codes = THIN[case]
    demo = _demo(tmp_path, terms)
    assert codes <= set(_codes(demo))
    c = customer_current.c
    stmt = select(c.customer_id, c.value, c.contract_month, c.contract_months)
    for row in asked(demo, stmt.order_by(c.customer_id)).itertuples():
        is_bound = not np.isnan(row.contract_month or np.nan)
        # 36 months of the fee at most; who is gone has none of them.
        assert 0 <= row.value <= (36 * row.contract_month if is_bound else 0)
        assert not is_bound or 0 < row.contract_months < 36


def test_contracts_are_worth_what_was_observed(tmp_path: Path) -> None:
    demo = _demo(tmp_path, THIN["some of few left"][0])
    c = customer_current.c
    found = asked(demo, select(c.contract_months, c.risk).where(c.contract_months.is_not(None)))
    # 30 of 40 renewed; the four months to October are paid, a renewal pays twelve more.
    months = np.arange(1, 37)
    paid = np.select([months <= 4, months <= 16, months <= 28], [1.0, 0.75, 0.75**2], 0.75**3)
    worth = (paid / 1.1 ** (months / 12)).sum()
    assert found["contract_months"].to_numpy() == pytest.approx(np.full(30, worth))
    assert found["risk"].to_numpy() == pytest.approx(np.full(30, 0.25))
    facts = asked(demo, select(model_fact.c.name, model_fact.c.value).where(PLAN))
    assert dict(zip(facts["name"], facts["value"], strict=True)) == {"0000": 0.75, "0012": 0.75}
