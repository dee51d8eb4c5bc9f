"""Customers as they stand now and stood at each month end, and their contracts."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Subquery, case, literal, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse import marts
from data.warehouse.marts import CUBE_DIMENSIONS, FIXED_DIMENSIONS, WIDE_DIMENSIONS
from data.warehouse.schema import contact
from queries.visible.pinned import ends_of
from queries.visible.predicates import DEAL_DIMENSIONS, MOVING, allowed, day, selected, shown


def customers(filters: Filters, scope: Scope, *names: str, prospects: bool = False) -> Subquery:
    """Return the customers (or the prospects) chosen, personal fields masked as the scope says."""
    t = marts.customer_current
    wanted = names or [c.name for c in t.columns if not c.name.endswith("_bit")]
    is_kind = ~t.c.is_customer if prospects else t.c.is_customer
    return (
        selected(t, scope, wanted).where(is_kind, *allowed(t, filters, scope)).subquery("customers")
    )


def everyone(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return customers and prospects alike: those who only sent goods back count in sums."""
    t = marts.customer_current
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("everyone")


def contract_terms(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return contract terms that began by the as-of day."""
    t = marts.contract_term
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("contract_terms")


def open_invoices(filters: Filters, scope: Scope, *names: str) -> Subquery:
    """Return invoices of the chosen customers that were not paid in full by the as-of day."""
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
        return snapshot_customers(filters, scope)
    t = marts.cube_snapshot
    return selected(t, scope, names).where(*allowed(t, filters, scope)).subquery("snapshots")


def snapshot_customers(filters: Filters, scope: Scope, month: date | None = None) -> Subquery:
    """Return customer × month-end rows, of one month end or of all: the rows behind `snapshots`.

    The value is blank for who was churned then, as the asset is summed.
    """
    s, c = ends_of(filters.calendar), marts.customer_current
    within = [s.c.month == day(month)] if month else []
    stmt = (
        select(
            *(column for column in s.columns if column.name != "value"),
            case((~s.c.is_churned, s.c.value)).label("value"),
            c.c.customer_id,
            c.c.name,
            *(c.c[n] for n in (*FIXED_DIMENSIONS, *WIDE_DIMENSIONS)),
            literal(1).label("customers"),
            case((s.c.is_churned, 1), else_=0).label("churned"),
            case((s.c.is_lost, 1), else_=0).label("lost"),
            s.c.score.label("score_points"),
        )
        .select_from(s.join(c, c.c.customer_no == s.c.customer_no))
        .where(*within, *allowed(c, filters, scope))
    )
    return stmt.subquery("snapshots")
