"""Rows that cannot be taken: values that cannot be read, groups that do not hold together."""

from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from data.pipeline.blocks import Built
from data.pipeline.casts import Use, cleaned
from data.pipeline.reasons import at_row, finding, in_rows, reason, shown
from data.pipeline.sources import REJECT, Source, add_rejects


def reject_values(connection: Connection, source: Source) -> None:
    """Reject rows with a value that its column cannot hold."""
    if not source.uses:
        return
    typed = source.typed
    counts = [func.count(typed.c[f"e{number}"]) for number in source.uses.values()]
    found = connection.execute(select(*counts).select_from(typed)).one()
    for (use, number), bad in zip(source.uses.items(), found, strict=True):
        if bad:
            add_rejects(connection, source, _bad_values(source, use, number))


def _bad_values(source: Source, use: Use, number: int) -> Select[*tuple[Any, ...]]:
    raw, typed = source.raw, source.typed
    code = typed.c[f"e{number}"]
    text = cleaned(source.text_of(use.column), use)
    says = reason(code, typed.c.n, text, use=use, cell=source.position(use.column))
    return (
        select(
            typed.c.n.label("row"),
            literal(use.label).label("column"),
            shown(text, kind=use.kind).label("value"),
            case((code == "E_WHOLE", "E_NUMBER"), else_=code).label("code"),
            says.label("reason"),
        )
        .join_from(typed, raw, typed.c.n == raw.c.n)
        .where(code.is_not(None))
    )


def reject_blank_groups(connection: Connection, built: Built) -> None:
    """Reject rows that belong to no group because the grouping column is blank."""
    if not built.group:
        return
    name = built.block.one_row_per[0]
    n = built.source.typed.c.n
    stmt = finding(
        n, name, literal(""), "E_REQUIRED", at_row(n, f", {name}: this field may not be empty.")
    ).where(built.where, built.source.alive(), or_(*(key.is_(None) for key in built.group)))
    add_rejects(connection, built.source, stmt)


def reject_uneven_groups(connection: Connection, built: Built) -> None:
    """Reject groups whose rows disagree on a column that must be the same in all of them."""
    for field in built.block.columns.values():
        if not built.group or field.take != "same" or not field.column or field.lookup:
            continue
        if field.column in built.block.one_row_per:
            continue
        _reject_uneven(connection, built, field.column)


def _reject_uneven(connection: Connection, built: Built, source_name: str) -> None:
    source = built.source
    use = next((u for u in source.uses if u.column == source_name), None)
    if use is None:
        return
    value, n = source.value(use), source.typed.c.n
    keys = [key.label(f"k{i}") for i, key in enumerate(built.group)]
    uneven = (
        select(
            *keys,
            func.arg_min(n, value).label("one"),
            func.arg_max(n, value).label("other"),
        )
        .where(built.where, source.alive())
        .group_by(*built.group)
        .having(func.min(value) != func.max(value))
        .subquery()
    )
    on = and_(*(key == uneven.c[f"k{i}"] for i, key in enumerate(built.group)))
    first = func.least(uneven.c.one, uneven.c.other)
    second = func.greatest(uneven.c.one, uneven.c.other)
    label = f"{built.block.one_row_per[0]} "
    says = func.concat(label, cast(uneven.c.k0, Text), in_rows(first, second))
    stmt = finding(n, use.label, cast(value, Text), "E_DUP_KEY", says)
    add_rejects(
        connection,
        source,
        stmt.select_from(source.typed.join(uneven, on)).where(built.where, source.alive()),
    )


def reject_broken_groups(connection: Connection, built: Built) -> int:
    """Reject the other rows of a summed group of which one row was rejected."""
    if not built.group or not built.is_summed:
        return 0
    source, typed = built.source, built.source.typed
    dead = select(REJECT.c.row).where(REJECT.c.role == source.role)
    keys = [key.label(f"k{i}") for i, key in enumerate(built.group)]
    broken = (
        select(*keys, func.min(typed.c.n).label("first"))
        .where(typed.c.n.in_(dead))
        .group_by(*built.group)
        .subquery()
    )
    on = and_(*(key == broken.c[f"k{i}"] for i, key in enumerate(built.group)))
    n = typed.c.n
    says = at_row(
        n, " was left out because row ", cast(broken.c.first, Text), " of the same ",
        f"{built.block.one_row_per[0]} was rejected.",
    )  # fmt: skip
    stmt = finding(n, built.block.one_row_per[0], cast(broken.c.k0, Text), "E_GROUP", says)
    return add_rejects(
        connection, source, stmt.select_from(typed.join(broken, on)).where(source.alive())
    )
