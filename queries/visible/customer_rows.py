"""Customers as they stand now and stood at each month end, and their contracts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Subquery, case, literal, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.dialects import when
from data.warehouse.marts.columns import CUBE_DIMENSIONS, FIXED_DIMENSIONS, WIDE_DIMENSIONS
from data.warehouse.schema import contact
from queries.visible.invoices_then import open_invoices_then
from queries.visible.pinned import ends_of
from queries.visible.predicates import DEAL_DIMENSIONS, MOVING, allowed, day, selected, shown
from queries.visible.then_rows import customers_then


def customers(filters: Filters, scope: Scope, *names: str, prospects: bool = False) -> Subquery:
    """Return the customers (or the prospects) chosen, personal fields masked as the scope says."""
    t = marts.customer_current
    wanted = names or tuple(c.name for c in t.columns if not c.name.endswith("_bit"))
    if filters.calendar.is_past and not prospects:
        return customers_then(filters, scope, wanted)
    is_kind = ~t.c.is_customer if prospects else t.c.is_customer
    return (
        selected(t, scope, wanted).where(is_kind, *allowed(t, filters, scope)).subquery("customers")
    )


def everyone(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return customers and prospects alike: those who only sent goods back count in sums."""
    t = marts.customer_current
    if filters.calendar.is_past:
        return customers_then(filters, scope, names, with_prospects=True)
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("everyone")


def contract_terms(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return contract terms that began by the as-of day."""
    t = marts.contract_term
    return (
        selected(t, scope, names, filters.calendar)
        .where(*allowed(t, filters, scope))
        .subquery("contract_terms")
    )


def open_invoices(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return invoices of the chosen customers that were not paid in full by the as-of day."""
    if filters.calendar.is_past:
        return open_invoices_then(filters, scope, names)
    t = marts.open_invoice
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("open_invoices")


def contacts(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return the persons to speak to at the chosen customers, masked as the scope says."""
    c = marts.customer_current
    columns = {
        "customer_no": c.c.customer_no,
        "contact_name": contact.c.name,
        **{name: contact.c[name] for name in ("role", "phone", "email")},
    }
    stmt = (
        select(*(shown(columns[n].label(n), scope) for n in names or columns))
        .select_from(contact.join(c, c.c.customer_id == contact.c.customer_id))
        .where(*allowed(c, filters, scope))
    )
    return stmt.subquery("contacts")


def snapshots(
    filters: Filters, scope: Scope, *names: str, dimensions: Sequence[str] = ()
) -> Subquery:
    """Return month-end rows; tier and lifecycle are those of each month end.

    A filter on tier or lifecycle selects its customers once, like on every other relation.
    """
    asked = (set(filters.chosen) | set(dimensions)) - set(DEAL_DIMENSIONS)
    outside = (asked - {*CUBE_DIMENSIONS}) | (set(filters.chosen) & set(MOVING))
    if scope.reps is not None or outside or filters.calendar.is_pinned:
        return snapshot_customers(filters, scope, None, *names)
    t = marts.cube_snapshot
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("snapshots")


def snapshot_customers(
    filters: Filters, scope: Scope, month: date | None = None, *names: str
) -> Subquery:
    """Return customer × month-end rows, of one month end or of all: the rows behind `snapshots`.

    The value is blank for who was churned then, as the asset is summed. With `names`, only these
    columns; where all of them are of the month end and everybody may be seen and was asked for,
    nobody is looked up in the customers of today.
    """
    s, c = ends_of(filters.calendar), marts.customer_current
    conditions = allowed(c, filters, scope)
    columns: dict[str, Any] = {
        **{column.name: column for column in s.columns},
        "value": case((~s.c.is_churned, s.c.value)).label("value"),
        "customers": literal(1).label("customers"),
        "churned": when(s.c.is_churned).label("churned"),
        "lost": when(s.c.is_lost).label("lost"),
        "score_points": s.c.score.label("score_points"),
    }
    is_alone = not conditions and bool(names) and set(names) <= set(columns)
    of_today = ("customer_id", "name", *FIXED_DIMENSIONS, *WIDE_DIMENSIONS)
    columns |= {n: c.c[n] for n in of_today if n not in columns}
    rows = s if is_alone else s.join(c, c.c.customer_no == s.c.customer_no)
    within = [s.c.month == day(month)] if month else []
    wanted = dict.fromkeys(names or columns)
    stmt = select(*(columns[n] for n in wanted)).select_from(rows).where(*within, *conditions)
    return stmt.subquery("snapshots")
