"""The ground truth of the planted stories: what a good dashboard must find, with its figures."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from data.demo import stories
from data.demo.calendar import AS_OF
from data.demo.people import People, people
from data.demo.plan import Plan
from data.demo.staff import HEIR, LEAVER, rep_ids, rep_number


def demo_truth(*, customers: int = 20_000, months: int = 36, seed: int = 7) -> dict[str, Any]:
    """What was planted in the company of this size, history and seed, ready for JSON."""
    plan = Plan(customers=customers, months=months, seed=seed)
    costly: list[str] = []
    doubles: list[list[str]] = []
    book = 0
    for chunk in range(plan.chunks):
        crowd = people(plan, chunk)
        costly += _keys(crowd, np.flatnonzero(crowd.costly))
        second = np.flatnonzero(crowd.duplicate_of >= 0)
        first = crowd.duplicate_of[second]
        doubles += map(list, zip(_keys(crowd, first), _keys(crowd, second), strict=True))
        book += int((crowd.previous_rep == _leaver(plan)).sum())
    return {
        "customers": customers,
        "months": months,
        "seed": seed,
        "as_of": AS_OF.isoformat(),
        "currency": "CNY",
        "spring_campaign": _spring(),
        "slow_team": _slow_team(),
        "rich_book": _rich_book(plan, book),
        "costly_accounts": {
            "customer_ids": costly,
            "service_cost_to_margin": stories.COSTLY_SERVICE,
            "extra_discount": stories.COSTLY_DISCOUNT,
        },
        "price_rise": {"on": stories.PRICE_RISE_ON.isoformat(), "rate": stories.PRICE_RISE},
        "discount_rate": "Belongs to the scoring model; nothing of it is in the data.",
        "wake_up": _wake_up(),
        "bottleneck": {
            "from_stage": "quoted",
            "to_stage": "contract",
            "since": stories.BOTTLENECK_SINCE.isoformat(),
            "conversion_before": stories.QUOTE_TO_CONTRACT,
            "conversion_after": stories.NARROW_QUOTE_TO_CONTRACT,
        },
        "duplicates": {"first_and_second_entry": doubles},
        "holes": {"columns": ["industry", "region"], "share_blank": stories.HOLE_SHARE},
    }


def write_truth(path: Path, *, customers: int, months: int, seed: int) -> None:
    """Write the ground truth beside the data."""
    found = demo_truth(customers=customers, months=months, seed=seed)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _keys(crowd: People, position: np.ndarray[Any, np.dtype[np.int64]]) -> list[str]:
    return [f"C{number:07d}" for number in crowd.number[position].tolist()]


def _leaver(plan: Plan) -> int:
    return rep_number(plan, stories.HANDOVER_TEAM, LEAVER)


def _spring() -> dict[str, Any]:
    return {
        "campaign_id": stories.SPRING,
        "since": stories.SPRING_SINCE.isoformat(),
        "until": stories.SPRING_UNTIL.isoformat(),
        "activity_rises_by_more_than": 0.3,
        "expected_uplift_in_conversion": 0.0,
        "satisfaction": "falls while it runs",
        "discount_given_away": stories.SPRING_DISCOUNT,
        "share_of_customers_who_buy_once_only": stories.SPRING_HUNTERS,
    }


def _slow_team() -> dict[str, Any]:
    return {
        "team_id": stories.SLOW_TEAM,
        "since": stories.SLOW_SINCE.isoformat(),
        "median_reply_hours_before": stories.REPLY_HOURS,
        "median_reply_hours_after": stories.SLOW_REPLY_HOURS,
        "share_of_customers_who_leave": stories.SLOW_LEAVE_SHARE,
    }


def _rich_book(plan: Plan, book: int) -> dict[str, Any]:
    return {
        "team_id": stories.HANDOVER_TEAM,
        "on": stories.HANDOVER_ON.isoformat(),
        "from_rep_id": rep_ids(plan)[_leaver(plan)],
        "to_rep_id": rep_ids(plan)[rep_number(plan, stories.HANDOVER_TEAM, HEIR)],
        "customers": book,
    }


def _wake_up() -> dict[str, Any]:
    return {
        "campaign_id": stories.WAKE,
        "since": stories.WAKE_SINCE.isoformat(),
        "until": stories.WAKE_UNTIL.isoformat(),
        "outcome": "at least one order with since <= ordered_on < until",
        "true_expected_uplift_in_conversion": stories.WAKE_UPLIFT,
    }
