"""The depreciation schedule put to the test, and what keeping the largest losses would save."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from data.domain.choices import KEPT
from data.domain.columns import EXPECTED_LOSS, LOSSES
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, sum_cents
from data.warehouse.rules import share_of
from queries import visible
from queries.metrics.asset import held
from queries.question import Rows, asks

WHO = ("customer_id", "name", "region", "team", "rep")
NEEDS = ("orders", "contract")


def _expected(c: Any, name: str) -> ColumnElement[Any]:
    """Return what a month was expected to take of a customer's value, as at every refresh."""
    return type_coerce(share_of(cast(c.value, BigInteger), cast(c[name], BigInteger)), Cents())


def schedule_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer valued twelve month ends ago: who, value then, expected, lost.

    Of the month in focus (`band`, 1 to 12), or of all twelve.
    """
    h = visible.schedules(filters, scope).c
    month = {str(i): i for i in range(1, len(LOSSES) + 1)}.get(filters.focus.get("band", ""), 0)
    wanted = [LOSSES[month - 1]] if month else list(LOSSES)
    expected: Any = sum((cast(_expected(h, n), BigInteger) for n in wanted), literal(0))
    is_lost = h.lost_in == literal(month) if month else h.lost_in.is_not(None)
    lost = case((is_lost, h.value))
    return (
        select(
            *(h[n] for n in WHO),
            cast(h.tier, Text).label("tier_before"),
            case((h.is_bound, "contract"), else_="silence").label("loss_reason"),
            h.value.label("asset_opening"),
            type_coerce(expected, Cents()).label("loss_expected"),
            lost.label("loss_actual"),
        )
        .where((expected > 0) | lost.is_not(None))
        .order_by(lost.desc().nulls_last(), expected.desc(), h.customer_id)
    )


@asks(
    "Last year's schedule and what happened",
    members=schedule_members,
    metrics=("expected_loss", "customer_asset"),
    needs=NEEDS,
    today_only="model",
)
def schedule_check(filters: Filters, scope: Scope) -> Rows:
    """One row per way out of the customers valued twelve month ends ago: reason, month, asset.

    Columns: customers, and for each of the twelve months after it `loss_1` … (expected then) and
    `lost_1` … (the value then of those who churned in it).
    """
    h = visible.schedules(filters, scope).c
    reason = cast(case((h.is_bound, "contract"), else_="silence"), Text)
    rows = select(
        reason.label("reason"),
        h.month,
        h.value,
        *(_expected(h, n).label(n) for n in LOSSES),
        *(
            case((h.lost_in == literal(i), h.value)).label(f"lost_{i}")
            for i in range(1, len(LOSSES) + 1)
        ),
    ).subquery("rows")
    r = rows.c
    return (
        select(
            r.reason,
            r.month,
            func.count().label("customers"),
            sum_cents(r.value).label("asset"),
            *(sum_cents(r[n]).label(n) for n in LOSSES),
            *(sum_cents(r[f"lost_{i}"]).label(f"lost_{i}") for i in range(1, len(LOSSES) + 1)),
        )
        .group_by(r.reason, r.month)
        .order_by(r.reason)
    )


# --- save the top k --------------------------------------------------------------------------


def keep_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the k largest expected losses: who, value, expected loss."""
    c = visible.customers(filters, scope, *WHO, "value", "is_churned", EXPECTED_LOSS).c
    loss = held(c, c[EXPECTED_LOSS])
    # By a place and not by a limit: lists set limits of their own, and sums know no order.
    place = func.row_number().over(order_by=(loss.desc(), c.customer_id))
    ranked = (
        select(
            *(c[n] for n in WHO),
            c.value.label("customer_asset"),
            loss.label("expected_loss"),
            place.label("place"),
        )
        .where(loss > 0)
        .subquery("ranked")
    )
    shown = [column for column in ranked.c if column.name != "place"]
    kept = select(*shown).where(ranked.c.place <= filters.choices.keep)
    return kept.order_by(ranked.c.place)


@asks(
    "Save the largest",
    members=keep_members,
    metrics=("expected_loss",),
    needs=NEEDS,
    today_only="model",
)
def keep_curve(filters: Filters, scope: Scope) -> Rows:
    """One row per rank by expected loss, at most 1,000: rank, expected loss, `saved` up to there.

    Also `whole` (the expected loss of everybody) and `losing` (customers who have one).
    """
    c = visible.customers(filters, scope, "customer_no", "value", "is_churned", EXPECTED_LOSS).c
    loss = held(c, c[EXPECTED_LOSS])
    found = select(c.customer_no, loss.label("loss")).where(loss > 0).subquery("found")
    whole = select(sum_cents(found.c.loss).label("whole"), func.count().label("losing")).subquery(
        "whole"
    )
    order = (found.c.loss.desc(), found.c.customer_no)
    first = select(found).order_by(*order).limit(KEPT.stop - 1).subquery("first")
    f = first.c
    ranked = (f.loss.desc(), f.customer_no)
    rank = cast(func.row_number().over(order_by=ranked), Integer)
    rows = select(
        rank.label("rank"),
        f.loss,
        cast(func.sum(cast(f.loss, BigInteger)).over(order_by=ranked), BigInteger).label("saved"),
    ).subquery("ranked")
    return (
        select(
            rows.c.rank,
            rows.c.loss.label("expected_loss"),
            type_coerce(rows.c.saved, Cents()).label("saved"),
            whole.c.whole,
            whole.c.losing,
        )
        .select_from(rows.join(whole, literal(value=True)))
        .order_by(rows.c.rank)
    )
