"""Writers of test files: CSV in any dialect, XLSX with any cell, archives that lie."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

Rows = Sequence[Sequence[Any]]


def csv_file(folder: Path, name: str, text: str | bytes, *, encoding: str = "utf-8") -> Path:
    """Write text (or bytes as they are) under a name and return the path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def csv_rows(folder: Path, name: str, rows: Rows) -> Path:
    """Write simple rows as comma-separated values; dates as ISO, None as blank."""
    lines = [",".join(_plain(cell) for cell in row) for row in rows]
    return csv_file(folder, f"{name}.csv", "\n".join(lines) + "\n")


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    text = str(cell)
    if any(c in text for c in ',"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def xlsx_rows(folder: Path, name: str, rows: Rows, *, sheet: str = "Sheet1") -> Path:
    """Write rows as a workbook: text as text, numbers as numbers, dates as date cells."""
    path = folder / f"{name}.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        fill(book, book.add_worksheet(sheet), rows)
    return path


def fill(book: Any, sheet: Any, rows: Rows) -> None:
    """Write rows into a worksheet of xlsxwriter."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(r, c, cell, day)
            elif isinstance(cell, int | float):
                sheet.write_number(r, c, cell)
            elif cell is not None:
                sheet.write_string(r, c, str(cell))


def workbook(folder: Path, name: str, write: Callable[[Any], None], **options: Any) -> Path:
    """Write a workbook with a function that gets the xlsxwriter book."""
    path = folder / name
    with xlsxwriter.Workbook(path, options) as book:
        write(book)
    return path


def unsaved_formula(folder: Path, name: str) -> Path:
    """Write a customer workbook whose cell C2 is a formula that was never calculated."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["customer_id", "name", "birth_year"])
    sheet.append(["C1", "Ann", "=1900+80"])
    sheet.append(["C2", "Ben", 1980])
    path = folder / name
    book.save(path)
    return path


def repacked(path: Path, *, add: dict[str, bytes], drop: tuple[str, ...] = ()) -> Path:
    """Rewrite an archive with parts added, replaced or dropped."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in add and entry.filename not in drop:
                new.writestr(entry.filename, old.read(entry))
        for part, text in add.items():
            new.writestr(part, text)
    path.write_bytes(content.getvalue())
    return path


def part_of(path: Path, part: str) -> bytes:
    """Return one part of an archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(part)
