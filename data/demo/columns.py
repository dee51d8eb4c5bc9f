"""Arrow columns made from numpy arrays: ids, words, money, days and times, no Python loop per row.

`MISSING` stands for "unknown" in every integer array; it becomes a null on the way out.
"""

# pyarrow ships no type information, so what it returns is typed Any here and nowhere else.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, Text

from data.warehouse.schema import CONTRACT

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = Any
Batch: TypeAlias = Any

MISSING = -2_000_000_000
DIGITS = 10
_ZERO = ord("0")


class ContractMismatchError(TypeError):
    """The columns of a batch are not those of its contract table."""


def ids(prefix: str, numbers: Ints, *, width: int = DIGITS) -> Column:
    """Text keys: the prefix and the number padded with zeros; null where the number is negative."""
    head = np.frombuffer(prefix.encode("ascii"), dtype=np.uint8)
    text = np.empty((len(numbers), len(head) + width), dtype=np.uint8)
    text[:, : len(head)] = head
    rest = np.maximum(numbers, 0)
    for place in range(text.shape[1] - 1, len(head) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        text[:, place] = digit + _ZERO
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * text.shape[1]
    column = pa.Array.from_buffers(
        pa.string(), len(numbers), [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    )
    return _blank(column, numbers < 0)


def words(vocabulary: Sequence[str], codes: Ints) -> Column:
    """The word of each code; null where the code is negative."""
    return pa.array(vocabulary, pa.string()).take(pa.array(codes, mask=codes < 0))


def joined(*parts: Column, blank: Flags | None = None) -> Column:
    """The texts of several columns put end to end; null where `blank` says so."""
    column = pc.binary_join_element_wise(*parts, "")
    return column if blank is None else _blank(column, blank)


def either(first: Column, second: Column) -> Column:
    """The first column's text, or the second's where the first is null."""
    return pc.coalesce(first, second)


def constant(text: str | None, size: int) -> Column:
    """The same text in every row, or nothing but nulls."""
    return pa.nulls(size, pa.string()) if text is None else pa.repeat(pa.scalar(text), size)


def money(tenthousandths: Ints, *, blank: Flags | None = None) -> Column:
    """DECIMAL(18,4) from integers of one ten-thousandth."""
    pairs = np.empty((len(tenthousandths), 2), dtype=np.int64)
    pairs[:, 0] = tenthousandths
    pairs[:, 1] = tenthousandths >> 63
    valid = None if blank is None else pa.py_buffer(np.packbits(~blank, bitorder="little"))
    return pa.Array.from_buffers(
        pa.decimal128(18, 4), len(tenthousandths), [valid, pa.py_buffer(pairs)]
    )


def days(values: Ints) -> Column:
    """Dates from days since 1970-01-01."""
    return pa.array(values.astype(np.int32), pa.date32(), mask=values == MISSING)


def times(seconds: Ints) -> Column:
    """UTC timestamps from seconds since 1970-01-01."""
    stamps = (seconds * 1_000_000).astype("datetime64[us]")
    return pa.array(stamps, pa.timestamp("us"), mask=seconds == MISSING)


def whole(values: Ints) -> Column:
    """32-bit integers."""
    return pa.array(values.astype(np.int32), pa.int32(), mask=values == MISSING)


def flags(values: Flags) -> Column:
    """Booleans."""
    return pa.array(values, pa.bool_())


def batch(name: str, columns: dict[str, Column]) -> tuple[str, Batch]:
    """The named contract table's rows, checked to have exactly its columns in its order."""
    schema = pa.schema([(c.name, _arrow_type(c.type)) for c in CONTRACT.tables[name].columns])
    if list(columns) != schema.names:
        raise ContractMismatchError(f"{name} needs the columns {schema.names}, not {[*columns]}.")
    return name, pa.Table.from_arrays([columns[c] for c in schema.names], schema=schema)


def _blank(column: Column, where: Flags) -> Column:
    if not where.any():
        return column
    return pc.if_else(pa.array(where), pa.scalar(None, pa.string()), column)


def _arrow_type(kind: object) -> Any:
    if isinstance(kind, Numeric):
        return pa.decimal128(18, 4)
    simple: dict[type[object], Any] = {
        Text: pa.string(),
        Date: pa.date32(),
        DateTime: pa.timestamp("us"),
        Integer: pa.int32(),
        Boolean: pa.bool_(),
    }
    return simple[type(kind)]
