"""The cubes and the company comparisons, summed from the customer marts."""

from typing import Any

from sqlalchemy import and_, distinct, func, select

from data.domain.dimension import NOT_GIVEN
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import fill
from data.pipeline.marts.keys import one_hot
from data.pipeline.marts.work import w_dimension
from data.warehouse import marts
from data.warehouse.dialects import sum_cents, sum_int, when
from data.warehouse.marts.columns import (
    CUBE_DIMENSIONS,
    FIXED_DIMENSIONS,
    MONEY_FACTS,
    MONTH_STATES,
    ORDER_FACTS,
    TOUCH_FACTS,
    bits,
)

#: A published comparison needs at least so many customers and representatives.
MIN_CUSTOMERS = 5
MIN_REPS = 3


def _grouping(relation: Any, names: tuple[str, ...]) -> list[Any]:
    return [c for n in names for c in (relation.c[n], relation.c[bits(n)])]


def fill_cube_month(context: Context) -> None:
    """Fill `cube_month`: additive facts per month and combination of dimensions."""
    m = marts.customer_month
    group = [m.c.month, *_grouping(m, CUBE_DIMENSIONS)]
    sums = [
        (sum_cents if n in MONEY_FACTS else sum_int)(m.c[n]).label(n)
        for n in (*MONTH_STATES, *ORDER_FACTS, *TOUCH_FACTS)
    ]
    stmt = select(*group, *sums).group_by(*group).order_by(m.c.month, *_order(m, CUBE_DIMENSIONS))
    fill(context.connection, marts.cube_month, stmt)


def _order(relation: Any, names: tuple[str, ...]) -> list[Any]:
    return [relation.c[n] for n in names]


def fill_cohort_age(context: Context) -> None:
    """Fill `cohort_age`: active customers and money per cohort and age."""
    m = marts.customer_month
    group = [m.c.cohort, m.c.age, *_grouping(m, FIXED_DIMENSIONS)]
    stmt = (
        select(
            *group,
            sum_int(m.c.is_active).label("active"),
            sum_int(m.c.orders).label("orders"),
            sum_cents(m.c.net).label("net"),
            sum_cents(m.c.margin).label("margin"),
        )
        .where(m.c.cohort.is_not(None), m.c.age >= 0)
        .group_by(*group)
        .order_by(m.c.cohort, m.c.age, *_order(m, FIXED_DIMENSIONS))
    )
    fill(context.connection, marts.cohort_age, stmt)


def fill_cube_snapshot(context: Context) -> None:
    """Fill `cube_snapshot`: customers, score points, margin and asset per month end.

    The value is that of customers who were not churned: the customer asset of that month end.
    """
    s, d = marts.customer_snapshot.c, w_dimension.c
    fixed = [c for n in FIXED_DIMENSIONS for c in (d[n], d[bits(n)])]
    joined = marts.customer_snapshot.join(w_dimension, d.customer_no == s.customer_no)
    group = [s.month, *fixed, s.tier, s.lifecycle]
    stmt = (
        select(
            *group,
            one_hot(context, "tier", s.tier),
            one_hot(context, "lifecycle", s.lifecycle),
            func.count().label("customers"),
            sum_int(when(s.is_churned, 1)).label("churned"),
            sum_int(when(s.is_lost, 1)).label("lost"),
            sum_int(s.score).label("score_points"),
            sum_cents(s.margin_12m).label("margin_12m"),
            sum_cents(when(s.is_churned, None, s.value)).label("value"),
        )
        .select_from(joined)
        .group_by(*group)
        .order_by(s.month, *_order(w_dimension, FIXED_DIMENSIONS), s.tier, s.lifecycle)
    )
    fill(context.connection, marts.cube_snapshot, stmt)


def fill_benchmark(context: Context) -> None:
    """Fill `benchmark_month`, the only company-wide figures that a narrower scope may read."""
    m = marts.customer_month.c
    owned = and_(m.rep != NOT_GIVEN, m.is_active == 1)
    customers = func.count(distinct(m.customer_no))
    reps = func.count(distinct(when(owned, m.rep, None)))
    stmt = (
        select(
            m.month,
            m.industry,
            customers.label("customers"),
            reps.label("reps"),
            sum_int(m.is_active).label("active"),
            sum_int(m.orders).label("orders"),
            sum_cents(m.net).label("net"),
            sum_cents(m.margin).label("margin"),
        )
        .group_by(m.month, m.industry)
        .having(and_(customers >= MIN_CUSTOMERS, reps >= MIN_REPS))
        .order_by(m.month, m.industry)
    )
    fill(context.connection, marts.benchmark_month, stmt)
