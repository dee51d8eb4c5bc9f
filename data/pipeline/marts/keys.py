"""Customers numbered, dimensions coded: what every other mart is joined to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Table,
    case,
    func,
    insert,
    literal,
    literal_column,
    select,
    union_all,
)

from data.domain.dimension import LIFECYCLES, NOT_GIVEN, TIERS
from data.pipeline.marts.context import Context
from data.pipeline.marts.filling import fill
from data.pipeline.marts.work import DIMENSIONS, w_customer, w_dimension
from data.warehouse import marts
from data.warehouse.dialects import BITS, Rows
from data.warehouse.marts.columns import FIXED_DIMENSIONS, bits
from data.warehouse.schema import customer, opportunity, rep, team

STATUSES = ("open", "won", "lost")


class TeamTreeError(Exception):
    """The teams refer to one another in a circle."""


def given(column: Any) -> Any:
    """Return the text, or NOT_GIVEN where it is blank."""
    return func.coalesce(func.nullif(func.trim(column), literal("")), literal(NOT_GIVEN))


def fill_customers(context: Context) -> None:
    """Fill `w_customer`: every customer with a number, an owner's team and no blank dimension."""
    owner = customer.outerjoin(rep, customer.c.rep_id == rep.c.rep_id)
    number = func.row_number().over(order_by=customer.c.customer_id)
    stmt = select(
        number.label("customer_no"),
        customer.c.customer_id,
        given(rep.c.team_id).label("team"),
        given(rep.c.rep_id).label("rep"),
        *(given(customer.c[n]).label(n) for n in ("region", "city", "industry", "kind", "source")),
    ).select_from(owner)
    fill(context.connection, w_customer, stmt)


def fill_dictionary(context: Context) -> None:
    """Fill `dictionary` and `team_tree`, and create the ENUM types where the engine has them."""
    found = {name: _values(context, name) for name in DIMENSIONS}
    found["tier"] = [(v, v) for v in TIERS]
    found["lifecycle"] = [(v, v) for v in LIFECYCLES]
    found["stage"] = [(v, v) for v in context.stages]
    found["status"] = [(v, v) for v in STATUSES]
    found["reason"] = _reasons(context)
    rows = [
        {"dimension": dimension, "code": code, "value": value, "label": label}
        for dimension, values in found.items()
        for code, (value, label) in enumerate(values)
    ]
    context.connection.execute(insert(marts.dictionary), rows)
    context.values.update({n: tuple(v for v, _ in pairs) for n, pairs in found.items()})
    if context.engine == "duckdb":
        for dimension, values in found.items():
            _create_enum(context, dimension, [value for value, _ in values])
    _fill_team_tree(context)


def _create_enum(context: Context, dimension: str, values: Sequence[str]) -> None:
    names = ", ".join("'" + v.replace("'", "''") + "'" for v in values)
    context.connection.exec_driver_sql(f"CREATE TYPE {dimension}_t AS ENUM ({names})")


def _values(context: Context, dimension: str) -> list[tuple[str, str]]:
    """Return the values in use with their labels, in the order of their values."""
    if dimension in ("team", "rep"):
        return [(NOT_GIVEN, NOT_GIVEN), *_named(context, team if dimension == "team" else rep)]
    extra = [select(given(opportunity.c.source).label("value"))] if dimension == "source" else []
    used = union_all(select(w_customer.c[dimension].label("value")), *extra).subquery()
    stmt = select(used.c.value).distinct().order_by(used.c.value)
    values = sorted({NOT_GIVEN, *context.connection.execute(stmt).scalars()})
    return [(v, v) for v in values]


def _named(context: Context, table: Table) -> list[tuple[str, str]]:
    key = table.c[f"{table.name}_id"]
    stmt = select(key, func.coalesce(table.c.name, key)).order_by(key)
    return [(value, label) for value, label in context.connection.execute(stmt)]


def _reasons(context: Context) -> list[tuple[str, str]]:
    reason = given(opportunity.c.lost_reason)
    stmt: Rows = select(reason.label("reason")).distinct()
    values = sorted({NOT_GIVEN, *context.connection.execute(stmt).scalars()})
    return [(v, v) for v in values]


def _fill_team_tree(context: Context) -> None:
    found = context.connection.execute(select(team.c.team_id, team.c.parent_team_id))
    parents: dict[str, str | None] = {leaf: above for leaf, above in found}
    rows: list[dict[str, Any]] = []
    for leaf in parents:
        above: str | None = leaf
        depth = 0
        while above in parents:
            rows.append({"ancestor": above, "descendant": leaf, "depth": depth})
            above, depth = parents[above], depth + 1
            if depth > len(parents):
                raise TeamTreeError(
                    f"Team '{leaf}' is its own parent over {depth} steps. "
                    "Correct parent_team_id in the table team."
                )
    if rows:
        context.connection.execute(insert(marts.team_tree), rows)


def one_hot(context: Context, dimension: str, column: Any) -> Any:
    """Return the one-hot integer of a coded value; 0 where the dimension has too many values."""
    values = context.values[dimension]
    if len(values) > BITS:
        return literal_column("0").label(bits(dimension))
    codes = {value: literal_column(str(1 << i)) for i, value in enumerate(values)}
    return case(codes, value=column, else_=literal_column("0")).label(bits(dimension))


def fill_dimensions(context: Context) -> None:
    """Fill `w_dimension`: each customer's fixed dimensions with their one-hot integers."""
    c = w_customer.c
    stmt = select(
        c.customer_no,
        *(c[n] for n in DIMENSIONS),
        *(one_hot(context, n, c[n]) for n in FIXED_DIMENSIONS),
    )
    fill(context.connection, w_dimension, stmt)
