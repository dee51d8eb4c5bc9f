"""The follow-up clock: how long a customer may wait, how late that is, what a day more costs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    type_coerce,
)

from data.domain.columns import EXPECTED
from data.domain.dimension import FOLLOW_UP_DAYS, NOTICE_DAYS
from data.domain.metric import Metric
from data.warehouse.dialects import Cents, add_days, days_between, int_div, sum_cents, sum_int
from queries.metrics.owners import FINANCE

#: Columns of a customer that the clock reads.
READS = (
    *("tier", "is_churned", "covered_until", "last_contact_on", "first_on", "contract_on"),
    *EXPECTED[:3],
)
#: Days of one month ahead, and of the three within which an ending contract is decided.
MONTH, NOTICE_SPAN = 30, 90


@dataclass(frozen=True)
class Clock:
    """One customer's clock as columns: since when it runs, limit, due day, days late, cost a day.

    `weight` orders the queue: value × hazard per day × days late. It takes the hazard for constant
    and can pass the value, so it is shown to nobody as money.
    """

    since: ColumnElement[Any]
    limit: ColumnElement[Any]
    due_on: ColumnElement[Any]
    late: ColumnElement[Any]
    loss: ColumnElement[Any]
    weight: ColumnElement[Any]
    is_waiting: ColumnElement[bool]


def clock(c: Any, as_of: date) -> Clock:
    """Return the clock of customers at a day.

    It runs from the last follow-up, without one from the first order or contract, and rings when
    the tier's limit is over; under a contract that ends within the notice it rings when the notice
    began, unless there was a follow-up since. The loss is value × hazard per day, the hazard being
    P(churn within 30 days) / 30, for a contract about to end P(not renewed, within 90 days) / 90.
    """
    today = literal(as_of, Date())
    since = func.coalesce(c.last_contact_on, c.first_on, c.contract_on)
    limit = _limit(c)
    notice_on = add_days(c.covered_until, literal(-NOTICE_DAYS))
    ends_soon = and_(c.covered_until >= today, notice_on <= today)
    plain_due, asks_now = add_days(since, limit), and_(ends_soon, since < notice_on)
    due_on = case((and_(asks_now, notice_on < plain_due), notice_on), else_=plain_due)
    late = days_between(due_on, today)
    near, far = (cast(_sum(c, months), BigInteger) for months in (1, 3))
    loss = case(
        (ends_soon, int_div(far, literal(NOTICE_SPAN))), else_=int_div(near, literal(MONTH))
    )
    weight = case((ends_soon, far), else_=near * (NOTICE_SPAN // MONTH)) * late
    is_waiting = and_(c.is_churned.is_(False), late >= 1)
    return Clock(since, limit, due_on, late, type_coerce(loss, Cents()), weight, is_waiting)


def _limit(c: Any) -> ColumnElement[Any]:
    tier = cast(c.tier, Text)
    days = ((tier == name, literal(n, Integer())) for name, n in FOLLOW_UP_DAYS.items())
    return case(*days, else_=literal(FOLLOW_UP_DAYS["general"], Integer()))


def _sum(c: Any, months: int) -> ColumnElement[Any]:
    first, *rest = (cast(c[name], BigInteger) for name in EXPECTED[:months])
    for part in rest:
        first = first + part
    return first


METRICS = (
    Metric(
        "overdue_followups",
        "Follow-ups overdue",
        "Customers who are not churned and whose last call, visit, e-mail, message or event is"
        " longer ago than the limit of their tier: 14 days for high value, 21 for potential, 30 for"
        " general, 60 for dormant. Without any follow-up the time runs from the first order or"
        " contract. Under a contract that ends within 60 days, a follow-up is due since those 60"
        " days began.",
        "Count of customers not churned and past their limit",
        "count",
        "count",
        better="down",
        family="waiting",
        expr=lambda c: sum_int(c.waits),
        has_period=False,
    ),
    Metric(
        "waiting_loss",
        "Expected loss per day of waiting",
        "What each further day is expected to take of the value of customers whose follow-up is"
        " overdue: value times the probability of becoming churned within the next 30 days, over"
        " 30; under a contract that ends within 60 days, of not being renewed within 90, over 90."
        " Times the days late, it orders the follow-up queue.",
        "Σ value × hazard per day, of those overdue",
        "money",
        "sum",
        better="down",
        owner=FINANCE,
        family="waiting",
        expr=lambda c: sum_cents(c.waiting_loss),
        has_period=False,
    ),
)
