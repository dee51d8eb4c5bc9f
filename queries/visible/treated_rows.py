"""Customers whom closed tasks were about, handed over from the state database."""

from typing import Any

from sqlalchemy import Date, Subquery, Text, cast, column, false, literal, select, values

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.treatment import Treated
from data.warehouse import marts
from queries.visible.predicates import allowed, day, shown


def treated(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return customers treated: the `names` of the customer, closed_on and outcome of the task.

    Who has left the reader's scope since, or the data, is not among them.
    """
    c = marts.customer_current
    given = _given(filters.treated, filters)
    columns = [shown(c.c[n], scope) for n in dict.fromkeys(names)]
    stmt = (
        select(*columns, given.c.closed_on, given.c.outcome)
        .select_from(c.join(given, c.c.customer_id == given.c.customer_id))
        .where(*allowed(c, filters, scope))
    )
    return stmt.subquery("treated")


def _given(treated: Treated, filters: Filters) -> Subquery:
    names = ("customer_id", "closed_on", "outcome")
    if not treated.rows:
        # A date written out in a statement is a text to the engine until it is cast.
        nobody: tuple[Any, ...] = (literal("", Text()), cast(day(filters.calendar.as_of), Date))
        stmt = select(*(v.label(n) for v, n in zip((*nobody, nobody[0]), names, strict=True)))
        return stmt.where(false()).subquery("given")
    rows = values(*(column(n, Text()) for n in names), name="tasks").data(
        [(who, closed_on.isoformat(), outcome) for who, closed_on, outcome in treated.rows]
    )
    t = rows.c
    days = cast(t.closed_on, Date).label("closed_on")
    return select(t.customer_id, days, t.outcome).subquery("given")
