"""Customers whose representative has left, those handed on, and those whom nobody owns."""

from sqlalchemy import Date, Subquery, Text, and_, cast, literal, null, select, union_all

from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.schema import customer_owner, rep
from queries.visible.predicates import allowed, day, shown


def handovers(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return customers with `former` (who left, blank where nobody owns) and `left_on`.

    A customer stands once per representative who left; the present owner is `rep`.
    """
    c = marts.customer_current
    columns = [shown(c.c[n], scope) for n in dict.fromkeys(("customer_no", "rep", *names))]
    seen = allowed(c, filters, scope)
    has_left = rep.c.left_on <= day(filters.calendar.as_of)
    owner = cast(c.c.rep, Text)
    nobodys = select(
        *columns, cast(null(), Text).label("former"), cast(null(), Date).label("left_on")
    ).where(owner == literal(NOT_GIVEN, Text()), *seen)
    gone = (rep.c.rep_id.label("former"), rep.c.left_on)
    stayed = (
        select(*columns, *gone)
        .select_from(c.join(rep, rep.c.rep_id == owner))
        .where(has_left, *seen)
    )
    past = customer_owner.join(rep, and_(rep.c.rep_id == customer_owner.c.rep_id, has_left))
    past = past.join(c, c.c.customer_id == customer_owner.c.customer_id)
    handed = (
        select(*columns, *gone)
        .select_from(past)
        .where(owner != customer_owner.c.rep_id, *seen)
        .distinct()
    )
    return union_all(nobodys, stayed, handed).subquery("handovers")
