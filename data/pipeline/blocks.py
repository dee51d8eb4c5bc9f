"""Blocks of a mapping as SELECT statements: source rows becoming rows of a contract table."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Numeric,
    Select,
    Text,
    and_,
    case,
    false,
    func,
    literal,
    null,
    select,
    true,
    try_cast,
)
from sqlalchemy.types import Boolean as Bool

from data.pipeline.casts import Kind, Use
from data.pipeline.hints import Style
from data.pipeline.mapping import Block, Condition, Field, Lookup, Mapping
from data.pipeline.sources import Source
from data.pipeline.words import NEVER_NEGATIVE, NOTES, WORDS

_EPOCHS = {True: "1904-01-01", False: "1899-12-30"}


@dataclass(frozen=True)
class Plan:
    """Everything a block needs to be read: the mapping, its sources and how each is written."""

    mapping: Mapping
    sources: Dict[str, Source]
    styles: Dict[str, Style]
    time_zone: str
    is_strict: bool = False


def kind_of_column(column: Column[Any]) -> Kind:
    """Return how the text of a contract column is read."""
    if isinstance(column.type, Numeric):
        return "money"
    for type_, kind in (
        (Bool, "boolean"),
        (Integer, "integer"),
        (DateTime, "timestamp"),
        (Date, "date"),
    ):
        if isinstance(column.type, type_):
            return kind  # pyright: ignore[reportReturnType]
    if column.name in ("phone", "email"):
        return column.name
    is_key = column.name in column.table.info["key"] or column.name in column.table.info["refs"]
    if is_key or column.name.endswith("_id"):
        return "key"
    return "note" if column.name in NOTES else "text"


@dataclass(frozen=True)
class Built:
    """A block ready to run: its SELECT and the parts that checks ask about."""

    block: Block
    number: int
    source: Source
    stmt: Select[*tuple[Any, ...]]
    group: list[ColumnElement[Any]]
    where: ColumnElement[bool]

    @property
    def is_summed(self) -> bool:
        """Whether a group loses its meaning when one of its rows is missing."""
        return any(f.take == "sum" for f in self.block.columns.values())


class Builder:
    """Builds the SELECT of each block; declares the typed columns that it needs on the way."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def build(self, block: Block, *, number: int) -> Built:
        """Return one block as a SELECT of _block, _row and its contract columns."""
        source = self.plan.sources[block.file]
        group = [self.key(source, name) for name in block.one_row_per]
        where = and_(true(), *(self.condition(source, c) for c in block.where))
        joined: FromClause = source.typed
        columns: list[ColumnElement[Any]] = []
        for name, field in block.columns.items():
            value, joined = self._value(block, name, field, joined, group)
            columns.append(_as_contract(value, block.target.c[name]).label(name))
        row = func.min(source.typed.c.n) if group else source.typed.c.n
        stmt = (
            select(literal(number).label("_block"), row.label("_row"), *columns)
            .select_from(joined)
            .where(where, source.alive())
        )
        stmt = stmt.where(*(key.is_not(None) for key in group)).group_by(*group)
        return Built(block, number, source, stmt, group, where)

    def key(self, source: Source, name: str) -> ColumnElement[Any]:
        """Return a source column read as a key (or as a day, where the mapping reads it so)."""
        kind = self._kind_used(source, name)
        return source.value(self._use(source, Field(column=name), name, kind=kind))

    def _kind_used(self, source: Source, name: str) -> Kind:
        for block in self.plan.mapping.blocks:
            for target, field in block.columns.items():
                if block.file == source.role and field.column == name:
                    kind = kind_of_column(block.target.c[target])
                    if kind in ("date", "timestamp"):
                        return "date"
        return "key"

    def _use(self, source: Source, field: Field, name: str, *, kind: Kind) -> Use:
        style = self.plan.styles[source.role]
        role = self.plan.mapping.files[source.role]
        is_text = kind not in ("date", "timestamp", "money", "integer", "boolean")
        use = Use(
            column=name,
            kind=kind,
            label=source.sheet.header[source.position(name) - 1],
            nulls=tuple([*role.nulls, *field.nulls]),
            translate=tuple(sorted(field.translate.items())) if is_text else (),
            only_translated=field.only_translated and is_text,
            is_strict=self.plan.is_strict and kind in ("phone", "email"),
        )
        if kind in ("date", "timestamp"):
            epoch = _EPOCHS[source.sheet.epoch_1904] if source.sheet.is_workbook else None
            dates, zone = field.dates or style.dates, self.plan.time_zone
            return replace(use, dates=dates, time_zone=zone, epoch=epoch)
        if kind in ("money", "integer"):
            decimal, currency = field.decimal or style.decimal, field.currency or style.currency
            return replace(use, decimal=decimal, currency=currency)
        return replace(use, longest=2_000) if kind == "note" else use

    def condition(self, source: Source, condition: Condition) -> ColumnElement[bool]:
        """Return a row filter as SQL; it is never NULL."""
        if condition.is_ in ("positive", "negative", "zero"):
            use = self._use(source, Field(column=condition.column), condition.column, kind="money")
            found = _sign_test(source.value(use), condition.is_)
        else:
            found = _text_test(self.key(source, condition.column), condition)
        found = func.coalesce(found, false())
        return ~found if condition.negated else found

    def _value(
        self,
        block: Block,
        name: str,
        field: Field,
        joined: FromClause,
        group: list[ColumnElement[Any]],
    ) -> tuple[ColumnElement[Any], FromClause]:
        source = self.plan.sources[block.file]
        if field.lookup:
            value, joined = self._looked_up(source, field.lookup, joined)
            return (func.any_value(value) if group else value), joined
        if field.number_within is not None:
            keys = [self.key(source, k) for k in field.number_within]
            return _numbered(keys, source), joined
        value = self._plain(source, block, name, field)
        if not group:
            return value, joined
        if field.take == "most":
            return self._most(value, group, source, joined)
        return self._taken(source, value, field), joined

    def _plain(self, source: Source, block: Block, name: str, field: Field) -> ColumnElement[Any]:
        """Return the value of one source row, before any grouping."""
        if field.value is not None:
            return literal(field.value, Text) if field.value else null()
        if field.parts:
            return self._joined_parts(source, field)
        column = block.target.c[name]
        if field.product:
            uses = [self._use(source, field, part, kind="money") for part in field.product]
            value = source.value(uses[0])
            for use in uses[1:]:
                value = value * source.value(use)
        else:
            kind = kind_of_column(column)
            use = self._use(source, field, field.column or "", kind=kind)
            full = f"{block.table}.{name}"
            value = source.value(replace(use, may_be_negative=full not in NEVER_NEGATIVE))
        if field.negative_when:
            is_return = self.condition(source, field.negative_when)
            value = case((is_return, -func.abs(value)), else_=value)
        return value

    def _joined_parts(self, source: Source, field: Field) -> ColumnElement[Any]:
        keys = [self.key(source, part) for part in field.parts]
        texts: list[Any] = [try_cast(key, Text) for key in keys]
        if field.numbered:
            texts.append(try_cast(_numbered(keys, source), Text))
        whole = func.concat_ws(field.separator, *texts)
        return case((and_(*(key.is_not(None) for key in keys)), whole), else_=null())

    def _taken(self, source: Source, value: ColumnElement[Any], field: Field) -> ColumnElement[Any]:
        if field.value is not None:
            return func.min(value)
        plain = {"sum": func.sum, "min": func.min, "max": func.max, "same": func.min}
        if field.take in plain:
            return plain[field.take](value)
        order = func.row(*(self.key(source, name) for name in field.by), source.typed.c.n)
        chosen = func.arg_max if field.take == "last" else func.arg_min
        return chosen(value, order)

    def _most(
        self,
        value: ColumnElement[Any],
        group: list[ColumnElement[Any]],
        source: Source,
        joined: FromClause,
    ) -> tuple[ColumnElement[Any], FromClause]:
        """Join the most frequent value of each group; among equals the last in order."""
        keys = [key.label(f"k{i}") for i, key in enumerate(group)]
        counts = (
            select(*keys, value.label("v"), func.count().label("times"))
            .where(value.is_not(None), source.alive())
            .group_by(*group, value)
            .subquery()
        )
        best = (
            select(
                *(counts.c[key.name] for key in keys),
                func.arg_max(counts.c.v, func.row(counts.c.times, counts.c.v)).label("v"),
            )
            .group_by(*(counts.c[key.name] for key in keys))
            .subquery()
        )
        on = and_(*(key == best.c[f"k{i}"] for i, key in enumerate(group)))
        return func.any_value(best.c.v), joined.outerjoin(best, on)

    def _looked_up(
        self, source: Source, lookup: Lookup, joined: FromClause
    ) -> tuple[ColumnElement[Any], FromClause]:
        """Join one row per key of another source; its column is read as a key."""
        other = self.plan.sources[lookup.file]
        keys = [self.key(other, name).label(f"k{i}") for i, name in enumerate(lookup.on.values())]
        order = func.row(*(self.key(other, name) for name in lookup.by), other.typed.c.n)
        chosen = func.arg_max if lookup.take == "last" else func.arg_min
        found = (
            select(*keys, chosen(self.key(other, lookup.column), order).label("v"))
            .where(other.alive(), *(self.condition(other, c) for c in lookup.where))
            .group_by(*(key.element for key in keys))
            .subquery()
        )
        mine = [self.key(source, name) for name in lookup.on]
        on = and_(*(key == found.c[f"k{i}"] for i, key in enumerate(mine)))
        return found.c.v, joined.outerjoin(found, on)


def _numbered(keys: list[ColumnElement[Any]], source: Source) -> ColumnElement[Any]:
    return func.row_number().over(partition_by=keys, order_by=source.typed.c.n)


def _as_contract(value: ColumnElement[Any], column: Column[Any]) -> ColumnElement[Any]:
    if f"{column.table.name}.{column.name}" in WORDS:
        value = func.lower(value)
    return try_cast(value, column.type)


def _sign_test(value: ColumnElement[Any], sign: str) -> ColumnElement[Any]:
    return {"positive": value > 0, "negative": value < 0, "zero": value == 0}[sign]


def _text_test(text: ColumnElement[Any], condition: Condition) -> ColumnElement[Any]:
    if condition.is_ == "present":
        return text.is_not(None)
    if condition.is_ == "blank":
        return text.is_(None)
    if condition.starts_with is not None:
        return func.starts_with(text, condition.starts_with)
    return text.in_(condition.equals)
