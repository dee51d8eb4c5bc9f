"""What a version says of itself: its days, its model, its counts, and its funnel stages."""

from datetime import date

from sqlalchemy import func, insert, literal, select

from data.pipeline.marts.context import Context
from data.pipeline.marts.lively import liveliest
from data.pipeline.marts.work import w_life
from data.warehouse import marts
from data.warehouse.dialects import sum_cents, sum_int, to_cents, when
from data.warehouse.schema import customer, orders


def fill_version(context: Context, years: float | None, pinned_from: date | None) -> None:
    """Fill `version_info`, `table_count` and `funnel_stage`: what the version says of itself."""
    connection = context.connection
    assigned = select(customer.c.customer_id)
    loose = orders.c.customer_id.is_(None) | orders.c.customer_id.not_in(assigned)
    net, count = connection.execute(
        select(sum_cents(to_cents(orders.c.amount)), sum_int(literal(1))).where(loose)
    ).one()
    people = connection.execute(
        select(func.count(), sum_int(when(w_life.c.is_customer, 1))).select_from(w_life)
    ).one()
    costs = select(func.count(orders.c.cost))
    row = {
        "first_on": context.calendar.first_on,
        "as_of": context.calendar.as_of,
        "model": context.model.version,
        "threshold_days": context.model.threshold_days,
        "customers": people[1] or 0,
        "prospects": people[0] - (people[1] or 0),
        "expected_years": years,
        "pinned_from": pinned_from,
        "liveliest": liveliest(context),
        "has_cost": connection.execute(costs).scalar_one() > 0,
        "unassigned_net": net or 0,
        "unassigned_orders": count or 0,
    }
    connection.execute(insert(marts.version_info), [row])
    counts = [{"name": n, "rows": c} for n, c in sorted(context.counts.items())]
    connection.execute(insert(marts.table_count), counts)
    stages = [{"position": i, "stage": s} for i, s in enumerate(context.stages, start=1)]
    connection.execute(insert(marts.funnel_stage), stages)
