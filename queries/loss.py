"""Expected loss: which value is expected to leave the asset, when, why, and with whom."""

from typing import Any

from sqlalchemy import ColumnElement, Double, Text, case, cast, func, literal, select

from data.domain.columns import EXPECTED, EXPECTED_LOSS, LOSSES, SIGNALS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import sum_cents
from queries import visible
from queries.kpis import kpis
from queries.members import members_of
from queries.metrics.asset import held
from queries.metrics.risk import loss_in, loss_within
from queries.question import Rows, asks

CARDS = (
    "expected_loss",
    "loss_share",
    "value_churn",
    "customers_at_risk",
    "value_at_risk",
    "risk_mean",
)
WHO = ("customer_id", "name", "region", "city", "team", "rep", "tier")
#: What the loss of a customer is computed from.
BASIS = ("value", "is_churned", "contract_months", *EXPECTED, EXPECTED_LOSS)
#: What the reasons of a risk are told from: orders, contract, and what the regression reads.
HABITS = (
    *("silent_days", "median_gap_days", "last_gap_days", "covered_until", "contract_month"),
    *("repeats", "buying_days", "age_days", "mean_spend", "last_contact_on"),
)
#: The numbers that the signals rest on.
EVIDENCE = (
    *("complaints_90", "complaints_before", "engaged_90", "engaged_before"),
    *("csat_180", "csat_before", "reply_hours_180", "reply_hours_before"),
)
#: Months within which the list of the largest losses looks, and customers that it names.
SOON, NAMED = 3, 15
PROBABILITY = 10_000.0


@asks("What is at stake", members=members_of("expected_loss"), metrics=CARDS)
def risk_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, expected loss and its share, value churn, customers at risk."""
    return kpis(filters, scope, CARDS)


def reason_of(c: Any) -> ColumnElement[str]:
    """Return how the customer would leave: by the end of a contract, or by silence."""
    return cast(case((c.contract_months.is_not(None), "contract"), else_="silence"), Text)


# --- by month --------------------------------------------------------------------------------


def loss_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer with an expected loss: who, reason, value, probability, loss.

    Of the month ahead, tier and reason in focus; without one, of all twelve months.
    """
    c = visible.customers(filters, scope, *WHO, *BASIS, *LOSSES).c
    month = _month(filters)
    loss = held(c, loss_in(c, month) if month else loss_within(c))
    chances = [c[LOSSES[month - 1]]] if month else [c[n] for n in LOSSES]
    chance = sum((cast(each, Double) for each in chances), literal(0.0, Double()))
    return (
        select(
            *(c[n] for n in WHO),
            reason_of(c).label("loss_reason"),
            c.value.label("customer_asset"),
            (chance / literal(PROBABILITY, Double())).label("loss_chance"),
            loss.label("expected_loss"),
        )
        .where(loss > 0, *_in_focus(filters, c))
        .order_by(loss.desc(), c.customer_id)
    )


def _month(filters: Filters) -> int:
    """Return the month ahead in focus, 1 to 12; 0: all of them."""
    mark = filters.focus.get("band", "")
    months = {str(month): month for month in range(1, len(LOSSES) + 1)}
    return months.get(mark, 0)


def _in_focus(filters: Filters, c: Any) -> list[ColumnElement[bool]]:
    tier, reason = filters.focus.get("state"), filters.focus.get("reason")
    wanted: list[ColumnElement[bool]] = []
    if tier:
        wanted.append(cast(c.tier, Text) == literal(tier, Text()))
    if reason:
        wanted.append(reason_of(c) == literal(reason, Text()))
    return wanted


@asks(
    "Expected loss by month",
    members=loss_members,
    metrics=("expected_loss",),
    needs=("orders", "contract"),
    today_only="model",
)
def loss_months(filters: Filters, scope: Scope) -> Rows:
    """One row per tier and reason: tier, reason, customers, asset, loss of each month 1 to 12."""
    c = visible.customers(filters, scope, "tier", *BASIS).c
    tier, reason = cast(c.tier, Text), reason_of(c)
    months = enumerate(LOSSES, start=1)
    return (
        select(
            tier.label("tier"),
            reason.label("reason"),
            func.count(c.value).label("customers"),
            sum_cents(c.value).label("asset"),
            *(sum_cents(loss_in(c, month)).label(name) for month, name in months),
        )
        .where(~c.is_churned, c.value.is_not(None))
        .group_by(tier, reason)
        .order_by(tier, reason)
    )


@asks(
    "Expected loss by reason",
    members=loss_members,
    metrics=("expected_loss",),
    needs=("orders", "contract"),
    today_only="model",
)
def loss_reasons(filters: Filters, scope: Scope) -> Rows:
    """One row per reason: reason, customers, asset, expected loss of three and twelve months."""
    c = visible.customers(filters, scope, *BASIS).c
    reason = reason_of(c)
    return (
        select(
            reason.label("reason"),
            func.count(c.value).label("customers"),
            sum_cents(c.value).label("asset"),
            sum_cents(loss_within(c, SOON)).label("loss_3m"),
            sum_cents(loss_within(c)).label("expected_loss"),
        )
        .where(~c.is_churned, c.value.is_not(None))
        .group_by(reason)
        .order_by(reason)
    )


# --- with whom -------------------------------------------------------------------------------


def _losing(filters: Filters, scope: Scope, *names: str) -> tuple[Any, Any, Any]:
    """Return the customers' columns with their expected loss of three and of twelve months."""
    c = visible.customers(filters, scope, *WHO, "risk", *BASIS, *names).c
    return c, held(c, loss_within(c, SOON)), held(c, loss_within(c))


def _ranked(filters: Filters, scope: Scope, *names: str) -> Rows:
    c, soon, year = _losing(filters, scope, *names)
    first = soon if _month(filters) == SOON else year
    return (
        select(
            *(c[n] for n in WHO),
            c.value.label("customer_asset"),
            c.risk,
            reason_of(c).label("loss_reason"),
            soon.label("loss_3m"),
            year.label("expected_loss"),
            *(c[n] for n in names),
        )
        .where(year > 0)
        .order_by(first.desc(), c.customer_id)
    )


def loss_list_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer with an expected loss: who, value, risk, reason, loss, days silent."""
    return _ranked(filters, scope, "silent_days")


@asks(
    "Who to keep first",
    members=loss_list_members,
    metrics=("expected_loss", "customer_asset"),
    needs=("orders", "contract"),
    today_only="model",
)
def loss_list(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the fifteen largest expected losses, with what explains them.

    Of twelve months; of three where the focus says so.
    """
    names = (*HABITS, *SIGNALS, *EVIDENCE)
    return _ranked(filters, scope, *names).limit(NAMED)
