"""Month ends that were kept when they closed, beside what is computed of them today."""

from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Subquery,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.pins import pinned_end
from queries.visible.predicates import allowed, shown

KEYS = ("month", "customer_no")


def restated(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return customers of pinned month ends as they were kept then, beside what is computed today.

    Columns: month, the `names` of today, then_… and now_… of value (blank for who was churned or
    absent), is_churned (0, 1, blank for absent) and model. None where nothing is pinned.
    """
    p, c, s = pinned_end.c, marts.customer_current, marts.customer_snapshot.c
    # No month end lies past the as-of day: where nothing was kept, nothing is compared.
    first = literal(filters.calendar.pinned_from or filters.calendar.live.until, Date())
    now = select(s.month, s.customer_no, *_of_side(s, "now"), *_blank_side(s, "then"))
    then = select(p.month, c.c.customer_no, *_blank_side(s, "now"), *_of_side(p, "then"))
    then = then.select_from(pinned_end.join(c, c.c.customer_id == p.customer_id))
    then = then.where(p.month >= first, *allowed(c, filters, scope))
    sides = union_all(now.where(s.month >= first), then)
    r = sides.subquery("sides").c
    keys = [r[n] for n in KEYS]
    facts = [_largest(column).label(column.name) for column in r if column.name not in KEYS]
    both = select(*keys, *facts).group_by(*keys).subquery("both")
    told = [column for column in both.c if column.name != "customer_no"]
    return (
        select(*told, *(shown(c.c[n], scope) for n in names))
        .select_from(c.join(both, both.c.customer_no == c.c.customer_no))
        .where(*allowed(c, filters, scope))
        .subquery("restated")
    )


def _of_side(rows: Any, side: str) -> list[Any]:
    value = case((rows.is_churned.is_(False), rows.value))
    churned = case((rows.is_churned, 1), else_=0)
    columns = {"value": value, "is_churned": churned, "model": rows.model}
    return [column.label(f"{side}_{name}") for name, column in columns.items()]


def _blank_side(rows: Any, side: str) -> list[Any]:
    types = {"value": rows.value.type, "is_churned": Integer(), "model": rows.model.type}
    return [cast(null(), type_).label(f"{side}_{name}") for name, type_ in types.items()]


def _largest(column: Any) -> Any:
    """Return a group's one known value; money stays money."""
    return type_coerce(func.max(column), column.type)
