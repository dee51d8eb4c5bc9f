"""Flapping: who left a tier and came back within three month ends, held and raw."""

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import sum_int, when
from queries import visible
from queries.migration import NEEDS, WHO
from queries.question import Rows, asks


def flapping_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who left a tier and came back within the last three month ends."""
    p = visible.tier_paths(filters, scope, filters.ends[1], *WHO).c
    return (
        select(
            *(p[n] for n in WHO),
            cast(p.tier_1, Text).label("tier_before"),
            cast(p.tier_2, Text).label("tier_between"),
            cast(p.tier_3, Text).label("tier"),
        )
        .where(*visible.unknown_ends(filters, filters.ends), _returns(p, "tier"))
        .order_by(p.customer_id)
    )


def _returns(p: Any, name: str) -> ColumnElement[bool]:
    first, second, third = (p[f"{name}_{i}"] for i in (1, 2, 3))
    return and_(first == third, first != second)


@asks("Flapping", members=flapping_members, metrics=("customers",), needs=NEEDS, today_only="parts")
def flapping(filters: Filters, scope: Scope) -> Rows:
    """One row: customers of all of the last three month ends, and how many changed and returned.

    Columns: customers, changed and returned by the held tier, raw_changed and raw_returned by the
    raw one, which nothing holds.
    """
    p = visible.tier_paths(filters, scope, filters.ends[1]).c
    changed = {
        prefix: or_(*(p[f"{name}_{i}"] != p[f"{name}_{i + 1}"] for i in (1, 2)))
        for prefix, name in (("", "tier"), ("raw_", "tier_raw"))
    }
    columns: list[Any] = [func.count().label("customers")]
    for prefix, name in (("", "tier"), ("raw_", "tier_raw")):
        columns.append(sum_int(when(changed[prefix])).label(f"{prefix}changed"))
        columns.append(sum_int(when(_returns(p, name))).label(f"{prefix}returned"))
    return (
        select(*columns).where(*visible.unknown_ends(filters, filters.ends)).order_by(func.count())
    )
