"""The filter on a coded column, spelt as the engine answers it fastest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Boolean, ColumnElement, Dialect, Text, bindparam, false
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

from data.warehouse.dialects.types import Coded

#: Values that fit the one-hot integer beside a coded column (a signed 32-bit integer).
BITS = 31


class CodedIn(ColumnElement[bool]):
    """`column IN (values)` on a coded dimension, spelt with the dictionary of the version read.

    Of several choices a row has to meet each: they are spelt as one, of what they have in common.
    The dictionary hangs on the dialect of the version's own engine (`speak`), so that a statement
    is spelt while it is compiled and compiled once per engine.
    """

    __visit_name__ = "coded_in"
    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012 -- SQLAlchemy's protocol
        ("column", InternalTraversal.dp_clauseelement),
        ("hot", InternalTraversal.dp_clauseelement),
        ("choices", InternalTraversal.dp_plain_obj),
    ]

    def __init__(self, column: ColumnElement[str], hot: Any, *choices: Iterable[str]) -> None:
        self.column = column
        self.hot: ColumnElement[int] | None = hot
        self.choices: tuple[tuple[str, ...], ...] = tuple(tuple(sorted(c)) for c in choices)

    @property
    def dimension(self) -> str:
        """The dimension whose dictionary decodes the values."""
        return cast("Coded", self.column.type).dimension

    @property
    def _from_objects(self) -> list[Any]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return list(self.column._from_objects)  # pyright: ignore[reportPrivateUsage]


@dataclass(frozen=True)
class Dictionary:
    """The values of every coded dimension in one version, in code order, and the team tree."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    #: team -> every team of its subtree, itself included.
    subtree: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def expanded(self, dimension: str, choices: Iterable[Iterable[str]]) -> list[str]:
        """Return the known values as stored on rows that every one of the choices holds."""
        wanted = set(self.values.get(dimension, ()))
        for values in choices:
            wanted &= self._stored(dimension, values)
        return sorted(wanted)

    def _stored(self, dimension: str, values: Iterable[str]) -> set[str]:
        """Return the values as stored on rows: a team stands for its whole subtree."""
        if dimension != "team":
            return set(values)
        return {leaf for v in values for leaf in self.subtree.get(v, frozenset({v}))}

    def mask(self, dimension: str, values: Iterable[str]) -> int:
        """Return the one-hot mask of known values."""
        codes = {v: i for i, v in enumerate(self.values.get(dimension, ()))}
        return sum(1 << codes[v] for v in set(values))


def speak(dialect: Dialect, dictionary: Dictionary) -> None:
    """Let a version's dialect spell coded filters with the version's dictionary."""
    cast("Any", dialect).cockpit_dictionary = dictionary


@compiles(CodedIn)
def _coded_in(element: CodedIn, compiler: SQLCompiler, **kw: Any) -> str:
    dictionary: Dictionary | None = getattr(compiler.dialect, "cockpit_dictionary", None)
    if dictionary is None:
        each = (_is_in(element.column, c, compiler, **kw) for c in element.choices)
        return " AND ".join(each)
    values = dictionary.expanded(element.dimension, element.choices)
    if not values:
        return compiler.process(false(), **kw)
    known = dictionary.values[element.dimension]
    if compiler.dialect.name == "duckdb" and element.hot is not None and len(known) <= BITS:
        return _is_hot(compiler.process(element.hot, **kw), dictionary, element.dimension, values)
    return _is_in(element.column, values, compiler, **kw)


def _is_hot(hot: str, dictionary: Dictionary, dimension: str, values: list[str]) -> str:
    """Return the filter on the one-hot column; an equality, which a scan reads first, for one."""
    mask = dictionary.mask(dimension, values)
    return f"{hot} = {mask}" if len(values) == 1 else f"({hot} & {mask}) <> 0"


def _is_in(column: Any, values: Iterable[str], compiler: SQLCompiler, **kw: Any) -> str:
    bound = (compiler.process(bindparam(None, v, Text(), unique=True), **kw) for v in values)
    if compiler.dialect.name == "duckdb":
        # Else the engine would turn every row's code into text.
        bound = (f"CAST({value} AS {column.type.dimension}_t)" for value in bound)
    names = ", ".join(bound)
    return f"{compiler.process(column, **kw)} IN ({names})"
