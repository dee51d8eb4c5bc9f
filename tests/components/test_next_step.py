"""What the queue says: the first rule that holds decides the next step, whatever else is known."""

from datetime import date
from typing import Any

from components.queue import TEXTS, next_step, queue_table, why

ROW: dict[str, Any] = {
    **dict.fromkeys(("is_complaints_rising", "is_service_worse", "is_frequency_falling"), False),
    **dict.fromkeys(("is_engagement_falling", "is_silent"), False),
    **dict.fromkeys(("covered_until", "last_gap_days", "waiting_loss", "customer_asset")),
    "customer_id": "C1",
    "name": "Somebody",
    "rep": "R1",
    "tier": "general",
    "last_contact_on": date(2026, 4, 1),
    "since_on": date(2026, 4, 1),
    "due_on": date(2026, 5, 1),
    "days_late": 50,
    "limit_days": 30,
    "silent_days": 10,
    "median_gap_days": 20.0,
    "loss_reason": "silence",
}
#: What is known beside the row above -> the step that it leads to, the first that holds first.
KNOWN: dict[str, dict[str, Any]] = {
    "service": {
        "is_service_worse": True,
        "complaints_90": 1,
        "complaints_before": 0,
        "csat_before": None,
        "csat_180": None,
        "reply_hours_before": 1.0,
        "reply_hours_180": 3.0,
    },
    "renewal": {"covered_until": date(2026, 7, 20), "loss_reason": "contract"},
    "first": {"last_contact_on": None},
    "order": {"silent_days": 21},
    "interest": {"is_engagement_falling": True, "engaged_90": 1, "engaged_before": 4},
    "visit": {"tier": "high"},
}


def test_each_fact_leads_to_its_step_and_earlier_rules_win() -> None:
    assert next_step(ROW) == "call"
    assert next_step({**ROW, "tier": "dormant"}) == "wake"
    row = dict(ROW)
    for step, facts in reversed(KNOWN.items()):
        row |= facts
        assert next_step(row) == step
    assert set(KNOWN) | {"call", "wake"} == set(TEXTS)


def test_a_contract_that_ends_later_is_no_reason() -> None:
    assert next_step({**ROW, "covered_until": date(2026, 8, 20)}) == "call"
    assert next_step({**ROW, "covered_until": date(2026, 6, 19)}) == "call"


def test_the_reasons_name_the_clock_first() -> None:
    assert why(ROW).startswith("Last follow-up on 1 Apr 2026: 50 days over the limit, 30 days")
    never = why({**ROW, "last_contact_on": None})
    assert never.startswith("No follow-up since the first order or contract on 1 Apr 2026")
    assert "last follow-up" not in why({**ROW, "is_silent": True})[20:]


def test_a_line_has_a_box_to_tick_and_names_whoever_owns_nothing() -> None:
    text = str(queue_table([{**ROW, "rep": "(none)"}], str.lower, id="x"))
    assert "☐" in text
    assert "no owner" in text
    assert "(none)" not in text
