"""What an import accepts and says all the same: refunds, rounding, merged rows, odd amounts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, cast, column, func, inspect, select, table

from data.pipeline.casts import looks_right
from data.pipeline.findings import Warned, counted
from data.pipeline.sources import Source

#: Facts, which cannot lie after the day of import; plans and due dates may.
_FACT_DATES = (
    "orders.ordered_on",
    "payment.paid_on",
    "invoice.issued_on",
    "opportunity.created_on",
    "opportunity.closed_on",
    "activity.happened_at",
    "engagement.happened_on",
    "survey.answered_on",
    "ticket.opened_at",
    "customer.joined_on",
)
#: How many times last month's median an amount must be before the unit is doubted.
_UNIT_FACTOR = 20


def doubts(
    connection: Connection,
    sources: Sequence[Source],
    *,
    filled: Sequence[str],
    is_live: bool,
    day: date,
) -> list[Warned]:
    """Return the warnings about the rows that are taken; `day` is the day of import."""
    found = [_repeated(connection, name) for name in filled]
    found += [_rounded(connection, source) for source in sources]
    found += [w for source in sources for w in _key_variants(connection, source)]
    found += [w for source in sources for w in _contacts(connection, source)]
    found += [_future(connection, filled, day)]
    if "orders" in filled:
        found += [_refunds(connection)]
        found += [_unit(connection)] if is_live else []
    return [w for w in found if w]


def _number(connection: Connection, stmt: Any) -> int:
    return int(connection.scalar(stmt) or 0)


def _count(connection: Connection, name: str, *where: ColumnElement[bool]) -> int:
    return _number(connection, select(func.count()).select_from(table(name)).where(*where))


def _repeated(connection: Connection, name: str) -> Warned | None:
    merged = _count(connection, f"stack_{name}") - _count(connection, f"new_{name}")
    if not merged:
        return None
    verb = "row was" if merged == 1 else "rows were"
    return Warned("W_REPEATED", f"{merged:,} repeated {verb} merged.")


def _rounded(connection: Connection, source: Source) -> Warned | None:
    numbers = [n for use, n in source.uses.items() if use.kind == "money"]
    if not numbers:
        return None
    counts = [func.count().filter(source.typed.c[f"r{n}"]) for n in numbers]
    row = connection.execute(select(*counts).select_from(source.typed).where(source.alive())).one()
    total = sum(int(n) for n in row)
    if not total:
        return None
    verb = "was" if total == 1 else "were"
    return Warned(
        "W_ROUNDED", f"{counted(total, 'amount')} {verb} rounded to 4 decimals.", source.sheet.file
    )


def _key_variants(connection: Connection, source: Source) -> list[Warned]:
    """Keys that differ in the file and are equal after normalising."""
    found: list[Warned] = []
    for use, number in source.uses.items():
        if use.kind != "key":
            continue
        raw, typed = source.raw, source.typed
        text = source.text_of(use.column)
        odd = func.length(text) != func.strlen(text)
        if not _number(
            connection,
            select(func.count()).select_from(raw).where(odd | (text != func.trim(text))),
        ):
            continue
        value = typed.c[f"v{number}"]
        grouped = (
            select(value.label("v"))
            .select_from(typed.join(raw, raw.c.n == typed.c.n))
            .where(value.is_not(None))
            .group_by(value)
            .having(func.count(text.distinct()) > 1)
            .subquery()
        )
        count, example = connection.execute(
            select(func.count(), func.min(grouped.c.v)).select_from(grouped)
        ).one()
        if count:
            found.append(
                Warned(
                    "W_KEYS_EQUAL",
                    f"{use.label}: {counted(count, 'value')} written in several ways (blanks, "
                    f"accents, full-width) {'is' if count == 1 else 'are'} read as one: {example}.",
                    source.sheet.file,
                )
            )
    return found


def _contacts(connection: Connection, source: Source) -> list[Warned]:
    found: list[Warned] = []
    for use, number in source.uses.items():
        if use.kind not in ("phone", "email") or use.is_strict:
            continue
        bad = ~looks_right(source.typed.c[f"v{number}"], use.kind)
        stmt = select(func.count(), func.min(source.typed.c.n)).where(source.alive(), bad)
        count, first = connection.execute(stmt).one()
        if count:
            what = "phone number" if use.kind == "phone" else "e-mail address"
            plural = "phone numbers" if use.kind == "phone" else "e-mail addresses"
            verb = "does" if count == 1 else "do"
            said = (
                f"{counted(count, what, plural)} {verb} not look right, the first in row {first}."
            )
            found.append(Warned("W_CONTACT", said, source.sheet.file))
    return found


def _future(connection: Connection, filled: Sequence[str], day: date) -> Warned | None:
    total = 0
    for full in _FACT_DATES:
        name, _, field = full.partition(".")
        if name in filled and _has(connection, name, field):
            total += _count(connection, f"new_{name}", cast(column(field), Date) > day)
    if not total:
        return None
    verb = "date lies" if total == 1 else "dates lie"
    return Warned("W_FUTURE", f"{total:,} {verb} after {day}, the day of this import.")


def _has(connection: Connection, name: str, field: str) -> bool:
    return field in {c["name"] for c in inspect(connection).get_columns(f"new_{name}")}


def _refunds(connection: Connection) -> Warned | None:
    refunds = _count(connection, "new_orders", column("amount") < 0)
    if not refunds:
        return None
    verb = "is treated as a refund" if refunds == 1 else "are treated as refunds"
    return Warned("W_REFUNDS", f"{counted(refunds, 'negative amount')} {verb}.")


def _unit(connection: Connection) -> Warned | None:
    """Tell a file in another unit by its median against the last month of the live version."""
    live = table("live_orders", column("ordered_on"), column("amount"))
    new = table("new_orders", column("amount"))
    newest = select(func.max(live.c.ordered_on)).scalar_subquery()
    month = func.date_trunc("month", live.c.ordered_on) == func.date_trunc("month", newest)
    before = connection.scalar(select(func.median(live.c.amount)).where(live.c.amount > 0, month))
    now = connection.scalar(select(func.median(new.c.amount)).where(new.c.amount > 0))
    if not before or not now:
        return None
    factor = float(now) / float(before)
    if 1 / _UNIT_FACTOR < factor < _UNIT_FACTOR:
        return None
    times = f"{factor:.0f}×" if factor >= 1 else f"1/{1 / factor:.0f} of"
    return Warned("W_UNIT", f"The median amount is {times} last month's. Continue?")
