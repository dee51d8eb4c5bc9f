"""What the reader library keeps quiet about: error cells, formulas never calculated, extent."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data.pipeline.findings import ImportRefusedError
from data.pipeline.sniff import Bounded, Limits

#: Stands in the clean file for a formula without a saved value.
UNSAVED_FORMULA = "\x1aformula"

_CHUNK = 1 << 20
_LONGEST_ROW = 16 << 20
_MOST_MARKED = 100_000
_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>(?:<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"(?:<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>)?"
)
_FORMULA = re.compile(rb"<(?:\w+:)?c\s[^>]*><(?:\w+:)?f[\s>/]")
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FAR = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{2,3})\d')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,7})"')


@dataclass
class SheetFacts:
    """Cells to overwrite by (row, column) from 1, the number of formulas, and the extent."""

    marked: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    formulas: int = 0
    last_row: int = 0
    last_column: int = 1


@dataclass(frozen=True)
class BookFacts:
    """The parts of the archive that hold each sheet, and the date epoch."""

    parts: dict[str, str]
    is_1904: bool
    has_macros: bool


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def book_facts(path: Path) -> BookFacts:
    """Return which archive part holds which sheet; raise `ImportRefusedError` on damage."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, zlib.error) as error:
        raise ImportRefusedError(
            "E_CORRUPT", "The file is damaged. Save it again and retry."
        ) from error
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target") for tag in _tags(links, "Relationship")
    }
    parts = {
        html.unescape(_attribute(tag, "name")): _part(targets.get(_attribute(tag, r"\w+:id"), ""))
        for tag in _tags(book, "sheet")
    }
    return BookFacts(
        parts=parts,
        is_1904=bool(re.search(r'\bdate1904="(1|true)"', book)),
        has_macros=any(
            name.startswith(("xl/externalLinks/", "xl/embeddings/", "xl/vbaProject"))
            for name in names
        ),
    )


def _tags(text: str, name: str) -> list[str]:
    return re.findall(rf"<(?:\w+:)?{name}\s[^>]*>", text)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def sheet_facts(path: Path, part: str, *, limits: Limits) -> SheetFacts:
    """Read one sheet's XML as a stream and return what the reader library does not tell."""
    facts = SheetFacts()
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return facts
        with archive.open(part) as stream:
            for piece in _whole_rows(Bounded(stream, limit=limits.unpacked_bytes)):
                _look(piece, facts)
    return facts


def _whole_rows(source: Bounded) -> Iterator[bytes]:
    buffer = b""
    while chunk := source.read(_CHUNK):
        buffer += chunk
        cut = buffer.rfind(b"</row>") + 6
        if cut > 6:
            yield buffer[:cut]
            buffer = buffer[cut:]
        elif len(buffer) > _LONGEST_ROW:
            raise ImportRefusedError("E_CORRUPT", "The file is damaged. Save it again and retry.")
    yield buffer


def _look(piece: bytes, facts: SheetFacts) -> None:
    rows = _ROW.findall(piece)
    if rows:
        facts.last_row = max(facts.last_row, int(rows[-1]))
    for letters in set(_FAR.findall(piece)):
        facts.last_column = max(facts.last_column, column_number(letters.decode()))
    has_formulas = bool(_FORMULA.search(piece))
    if has_formulas or b't="e"' in piece:
        for cell in _CELL.finditer(piece):
            _look_at_cell(cell, facts)


def _look_at_cell(cell: re.Match[bytes], facts: SheetFacts) -> None:
    attributes, value = cell.group(1), cell.group(2) or b""
    is_error = b't="e"' in attributes
    is_formula = bool(_FORMULA.match(cell.group(0)))
    address = _ADDRESS.search(attributes)
    if not address or not (is_error or is_formula):
        return
    facts.formulas += is_formula
    is_unsaved = is_formula and not value and b't="str"' not in attributes
    if not (is_error or is_unsaved):
        return
    if len(facts.marked) >= _MOST_MARKED:
        raise ImportRefusedError("E_CELL_ERROR", "More than 100,000 cells show errors.")
    at = (int(address.group(2)), column_number(address.group(1).decode()))
    facts.marked[at] = html.unescape(value.decode("utf-8", "replace")) if value else UNSAVED_FORMULA
