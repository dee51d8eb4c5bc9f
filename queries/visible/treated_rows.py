"""Customers whom closed tasks were about, handed over from the state database."""

from sqlalchemy import Date, Subquery, Text, cast, false, func, literal, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.treatment import DAY_LETTERS, OUTCOME_LETTERS, Treated
from data.warehouse import marts
from data.warehouse.dialects import lines_of
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
    if not treated.rows:
        # A date written out in a statement is a text to the engine until it is cast.
        today = cast(day(filters.calendar.as_of), Date)
        nobody = {"customer_id": literal("", Text()), "closed_on": today, "outcome": literal("")}
        return select(*(v.label(n) for n, v in nobody.items())).where(false()).subquery("given")
    # One parameter and not three per task: engines and the compiler bear only so many.
    lines = select(lines_of(literal(treated.lines, Text())).label("line")).subquery("tasks").c.line
    first, then = DAY_LETTERS + 1, DAY_LETTERS + OUTCOME_LETTERS + 1
    return select(
        func.substr(lines, then).label("customer_id"),
        cast(func.substr(lines, 1, DAY_LETTERS), Date).label("closed_on"),
        func.rtrim(func.substr(lines, first, OUTCOME_LETTERS)).label("outcome"),
    ).subquery("given")
