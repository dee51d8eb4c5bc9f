"""Rows that cannot stand in a contract table: blanks, repeated keys, unknown references."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    TableClause,
    Text,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    select,
    table,
    union_all,
)

from data.pipeline.blocks import Built
from data.pipeline.reasons import at_row, finding, in_rows
from data.pipeline.sources import add_rejects
from data.pipeline.words import DATE_ORDERS, STAGES, WORDS

#: Unknown values for which a near known one is looked for, and the known ones looked at.
_MOST_SUGGESTED = 200
_MOST_KNOWN = 20_000


class StackChecks:
    """Checks of one contract table as the import would fill it."""

    def __init__(
        self,
        connection: Connection,
        target: Table,
        blocks: Sequence[Built],
        *,
        stages: Sequence[str] = (),
    ) -> None:
        self.connection = connection
        self.target = target
        self.blocks = blocks
        self.words = WORDS | ({name: tuple(stages) for name in STAGES} if stages else {})
        self.names = [c.name for c in target.columns if _is_filled(c, blocks)]
        self.stack = stack_table(target, self.names)

    def run(self, *, live: frozenset[str], filled: frozenset[str]) -> int:
        """Run all checks; return how many rejects were added. `live` are tables known before."""
        added = sum(self._blank(name) for name in self.target.info["required"])
        added += self._repeated()
        for first, second in DATE_ORDERS.get(self.target.name, ()):
            if {first, second} <= set(self.names):
                added += self._backwards(first, second)
        for name in self.names:
            if words := self.words.get(f"{self.target.name}.{name}"):
                added += self._foreign_word(name, words)
        for name, parent in self.target.info["refs"].items():
            if name in self.names:
                added += self._unknown(name, parent, known=(live, filled))
        return added

    def _foreign_word(self, name: str, words: Sequence[str]) -> int:
        given = self.stack.c[name]
        test = and_(given.is_not(None), given.not_in(words))
        if not self._any(test):
            return 0
        stmt = select(given).where(test).distinct().order_by(given).limit(_MOST_SUGGESTED)
        found: list[str] = [value for (value,) in self.connection.execute(stmt)]
        near: dict[str, list[str]] = {
            value: get_close_matches(value, words, n=1) for value in found
        }
        return self._not_known(name, test, {value: n[0] for value, n in near.items() if n})

    def _label(self, built: Built, name: str) -> str:
        field = built.block.columns.get(name)
        if field is None or field.column is None:
            return name
        return built.source.sheet.header[built.source.position(field.column) - 1]

    def _add(self, stmt_of: Any) -> int:
        """Add rejects block by block, a bad group with all of its rows."""
        added = 0
        for built in self.blocks:
            found = stmt_of(built).subquery()
            columns = [found.c[name] for name in ("column", "value", "code", "reason")]
            rows = select(found.c.row, *columns)
            if built.group:
                rows = _all_rows(built, found, columns)
            added += add_rejects(self.connection, built.source, rows)
        return added

    def _blank(self, name: str) -> int:
        s = self.stack

        def stmt_of(built: Built) -> Select[*tuple[Any, ...]]:
            label = self._label(built, name)
            says = at_row(s.c._row, f", {label}: this field may not be empty.")
            stmt = finding(s.c._row, label, literal(""), "E_REQUIRED", says)
            return stmt.where(s.c[name].is_(None), s.c._block == built.number)

        return self._add(stmt_of) if self._any(s.c[name].is_(None)) else 0

    def _any(self, test: ColumnElement[Any]) -> bool:
        stmt = select(func.count()).select_from(self.stack).where(test)
        return bool(self.connection.scalar(stmt))

    def _is_unique_by_construction(self) -> bool:
        if len(self.blocks) != 1:
            return False
        block = self.blocks[0].block
        key_fields = [block.columns[k] for k in self.target.info["key"]]
        if any(f.number_within is not None or f.numbered for f in key_fields):
            return True
        return bool(block.one_row_per) and [f.column for f in key_fields] == block.one_row_per

    def _repeated(self) -> int:
        """Reject rows that share a key and differ; equal ones are merged later."""
        if self._is_unique_by_construction():
            return 0
        s = self.stack
        key: list[str] = list(self.target.info["key"])
        values = [s.c[name] for name in self.names if name not in key]
        whole = func.row(*values) if values else literal(1)
        repeated = (
            select(
                *(s.c[k] for k in key),
                func.min(s.c._row).label("first"),
                func.arg_min(s.c._row, func.row(whole, s.c._row)).label("one"),
                func.arg_max(s.c._row, func.row(whole, s.c._row)).label("other"),
            )
            .where(*(s.c[k].is_not(None) for k in key))
            .group_by(*(s.c[k] for k in key))
            .having(func.count(whole.distinct()) > 1)
            .subquery()
        )
        if not self.connection.scalar(select(func.count()).select_from(repeated)):
            return 0
        on = and_(*(s.c[k] == repeated.c[k] for k in key))
        shown_key = func.concat_ws(" ", *(cast(repeated.c[k], Text) for k in key))
        rows = [func.least(repeated.c.one, repeated.c.other)]
        rows.append(func.greatest(repeated.c.one, repeated.c.other))

        def stmt_of(built: Built) -> Select[*tuple[Any, ...]]:
            label = self._label(built, key[0])
            says = func.concat(f"{label} ", shown_key, in_rows(rows[0], rows[1]))
            stmt = finding(s.c._row, label, shown_key, "E_DUP_KEY", says)
            return stmt.select_from(s.join(repeated, on)).where(s.c._block == built.number)

        return self._add(stmt_of)

    def _backwards(self, first: str, second: str) -> int:
        s = self.stack
        test = s.c[second] < s.c[first]

        def stmt_of(built: Built) -> Select[*tuple[Any, ...]]:
            later, earlier = self._label(built, second), self._label(built, first)
            says = at_row(s.c._row, f": {later} is before {earlier}.")
            value = cast(s.c[second], Text)
            return finding(s.c._row, later, value, "E_DATE_ORDER", says).where(
                test, s.c._block == built.number
            )

        return self._add(stmt_of) if self._any(test) else 0

    def _unknown(
        self, name: str, parent: str, *, known: tuple[frozenset[str], frozenset[str]]
    ) -> int:
        s = self.stack
        parents = known_keys(parent, live=known[0], filled=known[1])
        test = s.c[name].is_not(None)
        if parents is not None:
            test = and_(test, s.c[name].not_in(parents))
        if not self._any(test):
            return 0
        return self._not_known(name, test, self._suggestions(name, test, parents))

    def _not_known(self, name: str, test: ColumnElement[bool], near: dict[str, str]) -> int:
        s = self.stack

        def stmt_of(built: Built) -> Select[*tuple[Any, ...]]:
            label = self._label(built, name)
            value = func.left(s.c[name], 40)
            words: Any = literal("")
            if near:
                pairs = {k: f" Did you mean '{v}'?" for k, v in near.items()}
                words = case(pairs, value=s.c[name], else_="")
            says = at_row(s.c._row, f", {label}: '", value, "' is not known.", words)
            stmt = finding(s.c._row, label, value, "E_REF", says)
            return stmt.where(test, s.c._block == built.number)

        return self._add(stmt_of)

    def _suggestions(
        self, name: str, test: ColumnElement[Any], parents: Select[*tuple[Any, ...]] | None
    ) -> dict[str, str]:
        """Return the nearest known value of unknown ones that look like a slip of the pen."""
        if parents is None:
            return {}
        known = parents.subquery()
        if (self.connection.scalar(select(func.count()).select_from(known)) or 0) > _MOST_KNOWN:
            return {}
        column_ = self.stack.c[name]
        unknown = (
            select(column_.label("u")).where(test).distinct().order_by("u").limit(_MOST_SUGGESTED)
        ).subquery()
        key = known.c[0]
        distance = func.damerau_levenshtein(func.lower(unknown.c.u), func.lower(key))
        stmt = select(unknown.c.u, func.arg_min(key, func.row(distance, key))).join_from(
            unknown, known, distance <= func.greatest(1, func.length(unknown.c.u) / 3)
        )
        return {u: k for u, k in self.connection.execute(stmt.group_by(unknown.c.u))}


def _all_rows(
    built: Built, found: Any, columns: list[ColumnElement[Any]]
) -> Select[*tuple[Any, ...]]:
    """Widen the first row of a bad group to every row of the group."""
    typed = built.source.typed
    keys = [key.label(f"k{i}") for i, key in enumerate(built.group)]
    at = select(typed.c.n.label("row"), *keys).where(typed.c.n.in_(select(found.c.row))).subquery()
    on = and_(*(key == at.c[f"k{i}"] for i, key in enumerate(built.group)))
    joined = typed.join(at, on).join(found, found.c.row == at.c.row)
    return select(typed.c.n.label("row"), *columns).select_from(joined).where(built.where)


def _is_filled(column_: Column[Any], blocks: Sequence[Built]) -> bool:
    return any(column_.name in built.block.columns for built in blocks)


def stack_table(target: Table, names: list[str]) -> TableClause:
    """Return the staging table that holds the rows of all blocks of a contract table."""
    return table(
        f"stack_{target.name}",
        column("_block", BigInteger),
        column("_row", BigInteger),
        *(column(name, target.c[name].type) for name in names),
    )


def known_keys(
    parent: str, *, live: frozenset[str], filled: frozenset[str]
) -> Select[*tuple[Any, ...]] | None:
    """Return the keys of a parent table: those of the live version and those of this import."""
    table_name, _, key = parent.partition(".")
    places = [f"live_{table_name}"] if table_name in live else []
    places += [f"stack_{table_name}"] if table_name in filled else []
    parts: list[Select[*tuple[Any, ...]]] = [
        select(column(key)).select_from(table(place)).where(column(key).is_not(None))
        for place in places
    ]
    if not parts:
        return None
    union = union_all(*parts).subquery()
    known: ColumnElement[Any] = union.c[key]
    return select(known)
