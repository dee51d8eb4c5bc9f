"""From rows of text to a clean file: where the column names are, and every row of one width."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from data.pipeline.findings import Finding, ImportRefusedError, QuestionError, Warned, plain_name
from data.pipeline.sniff import Limits

Record = tuple[int, list[str]]

#: Rows looked at to find the column names.
_LOOK_AHEAD = 20
#: Malformed rows kept in memory; a file with more is not the file that was meant.
_MOST_MALFORMED = 200_000
_DATA_LIKE = re.compile(
    r"[-+]?[\d.,]*\d[\d.,]*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|[^@\s]+@[^@\s]+\.\w+"
)


@dataclass(frozen=True)
class Answers:
    """What the reader decided beforehand about how the files are to be read."""

    sheet: str | None = None
    header_row: int | None = None
    dates: str | None = None
    decimal: str | None = None
    currency: str | None = None
    ignore_unknown: bool = False
    strict_contacts: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of text: the clean file, its column names and what was found on the way."""

    file: str
    name: str
    header: tuple[str, ...]
    clean: Path
    rows: int
    rejected: list[Finding] = field(default_factory=list[Finding])
    warned: list[Warned] = field(default_factory=list[Warned])
    epoch_1904: bool = False
    is_workbook: bool = False
    header_row: int = 1


@dataclass
class _Output:
    rows: int = 0
    rejected: list[Finding] = field(default_factory=list[Finding])


def write_clean(
    records: Iterable[Record], *, sheet: Sheet, answers: Answers, limits: Limits
) -> Sheet:
    """Write the rows below the column names to `sheet.clean` and return the completed sheet."""
    source = iter(records)
    first = list(islice((r for r in source if _filled(r[1])), _LOOK_AHEAD))
    if not first:
        raise ImportRefusedError("E_EMPTY", "The file is empty.")
    at, header, body = _split_header(first, answers=answers)
    _check_header(header, limits=limits)
    output = _Output()
    with sheet.clean.open("w", encoding="utf-8", newline="") as target:
        rows = _checked(chain(body, source), header=header, sheet=sheet, output=output)
        csv.writer(target, lineterminator="\n").writerows(rows)
    if output.rows == 0:
        raise ImportRefusedError("E_NO_ROWS", "The file has column names but no rows.")
    return replace(
        sheet, header=tuple(header), rows=output.rows, rejected=output.rejected, header_row=at
    )


def _filled(cells: list[str]) -> bool:
    return any(cell and not cell.isspace() for cell in cells)


def _split_header(first: list[Record], *, answers: Answers) -> tuple[int, list[str], list[Record]]:
    """Return the row of the column names, the names, and the records below that were looked at."""
    if answers.header_row == 0:
        width = max(len(cells) for _, cells in first)
        return 0, [f"column {i + 1}" for i in range(width)], first
    at = _header_index(first, answers=answers)
    cells = [cell.strip() for cell in first[at][1]]
    while cells and not cells[-1]:
        cells.pop()
    names = [name or f"column {i + 1}" for i, name in enumerate(cells)]
    return first[at][0], names, first[at + 1 :]


def _header_index(first: list[Record], *, answers: Answers) -> int:
    if answers.header_row is not None:
        found = [i for i, (row, _) in enumerate(first) if row == answers.header_row]
        if not found:
            raise ImportRefusedError("E_HEADER", f"Row {answers.header_row} holds no column names.")
        return found[0]
    titled = _title_rows(first)
    if titled:
        row = first[titled][0]
        raise QuestionError(
            "M_TITLE",
            f"The column names seem to be in row {row}. Use row {row}?",
            fix=f"Answer with --header-row {row}.",
        )
    if any(_DATA_LIKE.fullmatch(cell.strip()) for cell in first[0][1]):
        raise QuestionError(
            "M_HEADER",
            "The first row looks like data. Does the file have column names?",
            fix="Answer with --header-row 1 if it has, with --header-row 0 if it has none.",
        )
    return 0


def _title_rows(first: list[Record]) -> int:
    """Return how many rows stand above the column names: one filled cell each, then many."""
    widths = [sum(1 for cell in cells if cell.strip()) for _, cells in first]
    if widths[0] > 1 or max(widths) < 3:
        return 0
    at = next((i for i, width in enumerate(widths) if width >= max(2, max(widths) - 1)), 0)
    names = first[at][1]
    return 0 if any(_DATA_LIKE.fullmatch(cell.strip()) for cell in names) else at


def _check_header(header: list[str], *, limits: Limits) -> None:
    if len(header) > limits.columns:
        raise too_wide(len(header), limits=limits)
    seen: dict[str, int] = {}
    for number, name in enumerate(header, start=1):
        plain = plain_name(name)
        if plain in seen:
            raise ImportRefusedError(
                "E_DUP_COLUMN",
                f"Column '{name}' appears twice (columns {seen[plain]} and {number}).",
            )
        seen[plain] = number


def too_wide(columns: int, *, limits: Limits) -> ImportRefusedError:
    """Return the refusal of a table with too many columns."""
    return ImportRefusedError(
        "E_WIDE", f"The file has {columns:,} columns; the limit is {limits.columns}."
    )


def _checked(
    records: Iterable[Record], *, header: list[str], sheet: Sheet, output: _Output
) -> Iterator[list[str | int]]:
    width = len(header)
    for row, cells in records:
        if not cells or (not cells[0].strip() and not _filled(cells)):
            continue
        output.rows += 1
        if len(cells) != width and _filled(cells[width:]) | (len(cells) < width):
            _reject_width(output, len(cells), width=width, sheet=sheet, row=row)
            continue
        yield [row, *cells[:width]]


def _reject_width(output: _Output, found: int, *, width: int, sheet: Sheet, row: int) -> None:
    reason = f"Row {row} has {found} fields, expected {width}."
    if len(output.rejected) >= _MOST_MALFORMED:
        raise ImportRefusedError("E_COLUMNS", f"Too many rows have the wrong width. {reason}")
    output.rejected.append(Finding(sheet.file, sheet.name, row, "", "", "E_COLUMNS", reason))
