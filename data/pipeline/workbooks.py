"""XLSX as text without loss: dates by the workbook's epoch, whole numbers, error cells."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from data.pipeline.clean import Answers, Record, Sheet, too_wide, write_clean
from data.pipeline.findings import ImportRefusedError, QuestionError, Warned, counted, listed
from data.pipeline.sheet_xml import (
    BookFacts,
    SheetFacts,
    book_facts,
    column_letters,
    sheet_facts,
)
from data.pipeline.sniff import Limits

#: A sheet is held as a dense block while it is read; beyond this the block would not fit.
_MOST_CELLS = 30_000_000
_DAMAGED = "The file is damaged. Save it again and retry."
#: Excel shows 15 significant digits.
_SHOWN_DIGITS = ".15g"


#: Tells whether a sheet's name says which contract table it fills.
NamesTable = Callable[[str], bool]


@dataclass(frozen=True)
class _Book:
    path: Path
    book: CalamineWorkbook
    facts: BookFacts
    answers: Answers
    limits: Limits


def read_workbook(
    path: Path, *, sheet: Sheet, answers: Answers, limits: Limits, names_table: NamesTable
) -> list[Sheet]:
    """Write each chosen sheet of a workbook as a clean file and return them in sheet order."""
    source = _Book(path, _open(path), book_facts(path), answers, limits)
    chosen, hidden = _choose(source, names_table=names_table)
    notes = [
        Warned("W_HIDDEN", f"The hidden sheet '{name}' was not read.", sheet.file)
        for name in hidden
    ]
    if source.facts.has_macros:
        notes.append(Warned("W_MACROS", "Macros and links in the file are ignored.", sheet.file))
    return [
        _read_sheet(
            source,
            into=replace(
                sheet,
                name=name,
                clean=sheet.clean.with_name(f"{sheet.clean.stem}_{number}{sheet.clean.suffix}"),
                warned=list(notes) if number == 0 else [],
                epoch_1904=source.facts.is_1904,
                is_workbook=True,
            ),
        )
        for number, name in enumerate(chosen)
    ]


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise ImportRefusedError(
            "E_PASSWORD", "The file is protected by a password. Remove it and try again."
        ) from error
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise ImportRefusedError("E_CORRUPT", _DAMAGED) from error


def _choose(source: _Book, *, names_table: NamesTable) -> tuple[list[str], list[str]]:
    """Return the names of the sheets to read and of those left out because they are hidden."""
    sheets = [s for s in source.book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    hidden = [s.name for s in sheets if s.visible != SheetVisibleEnum.Visible]
    if source.answers.sheet is not None:
        if source.answers.sheet not in [s.name for s in sheets]:
            raise ImportRefusedError("E_SHEET", f"There is no sheet '{source.answers.sheet}'.")
        return [source.answers.sheet], [n for n in hidden if n != source.answers.sheet]
    filled = [s.name for s in sheets if s.name not in hidden and _is_filled(source, s)]
    if not filled:
        raise ImportRefusedError("E_EMPTY", "The file is empty.")
    if len(filled) > 1 and not all(names_table(name) for name in filled):
        raise QuestionError(
            "M_SHEET",
            f"The workbook has {len(filled)} sheets: {listed(filled)}. Which one is to be read?",
            fix="Answer with --sheet NAME, or name every sheet after a table.",
        )
    return filled, hidden


def _is_filled(source: _Book, sheet: SheetMetadata) -> bool:
    _refuse_extent(_facts(source, sheet.name), limits=source.limits)
    return _content(source, sheet.name).start is not None


def _facts(source: _Book, name: str) -> SheetFacts:
    return sheet_facts(source.path, source.facts.parts.get(name, ""), limits=source.limits)


def _content(source: _Book, name: str) -> CalamineSheet:
    try:
        return source.book.get_sheet_by_name(name)
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise ImportRefusedError("E_CORRUPT", _DAMAGED) from error


def _refuse_extent(facts: SheetFacts, *, limits: Limits) -> None:
    if facts.last_column > limits.columns:
        raise too_wide(facts.last_column, limits=limits)
    if facts.last_row * facts.last_column > _MOST_CELLS:
        raise ImportRefusedError(
            "E_SIZE", f"The sheet spans {facts.last_row * facts.last_column:,} cells. Split it."
        )


def _read_sheet(source: _Book, *, into: Sheet) -> Sheet:
    facts = _facts(source, into.name)
    _refuse_extent(facts, limits=source.limits)
    content = _content(source, into.name)
    if facts.formulas > len(facts.marked):
        into.warned.append(_formula_warning(facts, into))
    records = _records(content, facts)
    done = write_clean(records, sheet=into, answers=source.answers, limits=source.limits)
    _refuse_merged(content, done)
    return done


def _formula_warning(facts: SheetFacts, into: Sheet) -> Warned:
    verb = "contain formulas; their" if facts.formulas > 1 else "contains a formula; its"
    value = "values are" if facts.formulas > 1 else "value is"
    return Warned(
        "W_FORMULA",
        f"{counted(facts.formulas, 'cell')} {verb} last saved {value} used.",
        into.file,
    )


def _refuse_merged(content: CalamineSheet, done: Sheet) -> None:
    for (top, left), (bottom, right) in content.merged_cell_ranges or []:
        if bottom + 1 >= done.header_row:
            cells = f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
            raise ImportRefusedError(
                "E_MERGED", f"Cells {cells} are merged. Unmerge them and fill every row."
            )


def _records(content: CalamineSheet, facts: SheetFacts) -> Iterator[Record]:
    start = content.start
    before = [""] * (start[1] if start else 0)
    marked_rows = {row for row, _ in facts.marked}
    for row, cells in enumerate(content.iter_rows(), start=1):
        texts = before + [_as_text(cell) for cell in cells]
        if row in marked_rows:
            _overwrite(texts, facts, row=row)
        yield row, texts


def _overwrite(texts: list[str], facts: SheetFacts, *, row: int) -> None:
    for column in range(1, len(texts) + 1):
        mark = facts.marked.get((row, column))
        if mark is not None:
            texts[column - 1] = mark


def _as_text(cell: object) -> str:
    """Return a cell as the text that loses nothing: ISO dates, whole numbers, 15 digits."""
    if isinstance(cell, str):
        return cell.replace("\0", "\x01")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | int):
        return _number_text(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _number_text(number: float) -> str:
    text = format(number, _SHOWN_DIGITS)
    return format(Decimal(text), "f") if "e" in text and abs(number) < 1e18 else text
