"""Month ends that nothing has touched since the version before: copied, not computed again.

Whatever a month end rests on leaves a print per month: the number of rows dated in it and the sum
of their hashes. A month end is carried where the prints of its month and of all before it are
those of the version before; an import touches the months of its rows, and all after them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    MetaData,
    Table,
    Text,
    cast,
    func,
    insert,
    inspect,
    literal,
    select,
    union_all,
)

from data import settings
from data.domain.canonical import canonical_json, sha256
from data.pipeline.in_force import InForce, fits_of, in_month
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import fill
from data.pipeline.marts.scores import measured_items
from data.pipeline.marts.work import w_customer, w_day, w_dimension, w_held, w_life, w_term, w_touch
from data.warehouse import marts
from data.warehouse.dialects import Coded, Rows, month_of, row_print, sum_int
from data.warehouse.schema import contract, customer

#: Changes whenever a release computes a month end otherwise: no older one is carried then.
EDITION = 1
PRINTS = MetaData()
month_print = Table(
    "month_print",
    PRINTS,
    Column("source", Text),
    Column("month", Date),
    Column("rows", BigInteger),
    Column("print", BigInteger),
    comment="one row per source of month ends and month: its rows, and the sum of their hashes",
    info={"sort": ("source", "month")},
)


def fill_prints(context: Context, models: Sequence[InForce]) -> None:
    """Fill `month_print` from the work tables, by the customers' own ids: numbers may move."""
    PRINTS.create_all(context.connection, checkfirst=False)
    for source, rows in _sources().items():
        r = rows.subquery("rows").c
        stmt = select(
            literal(source, Text()).label("source"),
            month_of(r.day).label("month"),
            func.count().label("rows"),
            sum_int(r.print).label("print"),
        ).group_by(month_of(r.day))
        fill(context.connection, month_print, stmt)
    rules = _rules(context, models)
    rows = [{"source": "rules", "month": m, "rows": 1, "print": p} for m, p in rules.items()]
    if rows:
        context.connection.execute(insert(month_print), rows)


def _sources() -> Mapping[str, Rows]:
    """Return day and print of every row that a month end rests on."""
    who = w_customer.c
    d, t, c, w = w_day.c, w_touch.c, contract.c, w_term.c
    first = func.least(
        func.coalesce(w_life.c.first_on, w_life.c.contract_on),
        func.coalesce(w_life.c.contract_on, w_life.c.first_on),
    )
    dimensions = w_dimension.join(w_life, w_life.c.customer_no == w_dimension.c.customer_no)
    return {
        "orders": _printed(w_day, d.day, d.orders, d.gross, d.net, d.margin),
        "touches": _printed(w_touch, t.day, t.complaints, t.shares, t.service_cost, t.engagements),
        "terms": _printed(w_term, w.starts_on, w.ends_on, w.renewals, w.term_months, w.monthly),
        "contracts": select(
            c.starts_on.label("day"),
            row_print(who.customer_id, c.starts_on, c.ends_on).label("print"),
        ).select_from(contract.join(w_customer, who.customer_id == c.customer_id)),
        "customers": select(
            first.label("day"),
            row_print(who.customer_id, w_dimension.c.industry, customer.c.referrer_id).label(
                "print"
            ),
        )
        .select_from(
            dimensions.join(w_customer, who.customer_no == w_dimension.c.customer_no).join(
                customer, customer.c.customer_id == who.customer_id
            )
        )
        .where(first.is_not(None)),
    }


def _printed(table: Table, day: Any, *values: Any) -> Rows:
    """Return day and print of a work table's rows, by customer and the named values."""
    who = w_customer.c
    printed = row_print(who.customer_id, day, *values).label("print")
    joined = table.join(w_customer, who.customer_no == table.c.customer_no)
    return select(day.label("day"), printed).select_from(joined)


def _rules(context: Context, models: Sequence[InForce]) -> dict[date, int]:
    """Return per closed month a number that stands for the rules it is computed by."""
    items = measured_items(context)
    covers = settings.value("CONTRACT_COVERS_ORDERS")
    found: dict[date, int] = {}
    for month in context.calendar.closed_months:
        held = in_month(models, month)
        parts = [EDITION, items, covers, held.model.plain(), fits_of(held).to_json()]
        found[month] = int(sha256(canonical_json(parts))[:9], 16)
    return found


def carry_month_ends(context: Context, before: str | None) -> date | None:
    """Copy what is untouched from the schema of the version before; return the last month carried.

    None where nothing is: there is no version before, or it is of other facts.
    """
    if before is None or not _knows_prints(context.connection, before):
        return None
    old = marts.customer_snapshot.to_metadata(MetaData(), schema=before)
    closed = context.calendar.closed_months
    there = set(context.connection.execute(select(old.c.month).distinct()).scalars())
    touched = _first_touched(context.connection, before)
    carried = [m for m in closed if m in there and (touched is None or m < touched)]
    if carried != closed[: len(carried)] or not carried:
        return None
    people = marts.customer_current.to_metadata(MetaData(), schema=before)
    for month in carried:
        _copy(context.connection, old, people, month)
    _hold(context.connection, carried[-1])
    return carried[-1]


def _knows_prints(connection: Connection, before: str) -> bool:
    return month_print.name in inspect(connection).get_table_names(schema=before)


def _first_touched(connection: Connection, before: str) -> date | None:
    """Return the first month with a print that only one of the two versions has."""
    old = month_print.to_metadata(MetaData(), schema=before)
    both = union_all(
        *(select(t.c.source, t.c.month, t.c.rows, t.c.print) for t in (month_print, old))
    )
    b = both.subquery("both").c
    single = (
        select(b.month)
        .group_by(b.source, b.month, b.rows, b.print)
        .having(func.count() == 1)
        .subquery("single")
    )
    return connection.execute(select(func.min(single.c.month))).scalar_one()


def _copy(connection: Connection, old: Table, people: Table, month: date) -> None:
    """Copy one month end, its customers numbered as they are now and its codes as text."""
    who = w_customer.c
    columns = [
        cast(c, Text).label(c.name) if isinstance(c.type, Coded) else c
        for c in old.columns
        if c.name != "customer_no"
    ]
    stmt = (
        select(who.customer_no, *columns)
        .select_from(
            old.join(people, people.c.customer_no == old.c.customer_no).join(
                w_customer, who.customer_id == people.c.customer_id
            )
        )
        .where(old.c.month == literal(month, Date()))
        .order_by(who.customer_no)
    )
    fill(connection, marts.customer_snapshot, stmt)


def _hold(connection: Connection, month: date) -> None:
    """Let the next month end start from the tiers of the last one carried."""
    s = marts.customer_snapshot.c
    tiers = [cast(s[n], Text).label(n) for n in ("tier", "tier_raw")]
    stmt = select(s.month, s.customer_no, *tiers).where(s.month == literal(month, Date()))
    fill(connection, w_held, stmt)
