"""Reading a file the reader named, whatever it is, into clean text tables in the staging folder."""

from pathlib import Path

from data.pipeline.clean import Answers, Sheet
from data.pipeline.findings import ImportRefusedError
from data.pipeline.sniff import Limits, kind_of
from data.pipeline.text_files import read_text
from data.pipeline.workbooks import NamesTable, read_workbook


def read_file(
    path: Path, *, into: Path, answers: Answers, limits: Limits, names_table: NamesTable
) -> list[Sheet]:
    """Return the clean tables of one CSV, gzipped CSV or XLSX; `into` is the path to write.

    Raises `ImportRefusedError` with the file's name when nothing of it can be used.
    """
    try:
        return _read(path, into, answers, limits, names_table)
    except ImportRefusedError as refused:
        refused.file = refused.file or path.name
        raise


def _read(
    path: Path, into: Path, answers: Answers, limits: Limits, names_table: NamesTable
) -> list[Sheet]:
    if not path.is_file():
        raise ImportRefusedError("E_FILE", f"There is no file '{path}'.")
    if path.stat().st_size == 0:
        raise ImportRefusedError("E_EMPTY", "The file is empty.")
    kind = kind_of(path, name=path.name, limits=limits)
    sheet = Sheet(file=path.name, name="", header=(), clean=into, rows=0)
    if kind == "xlsx":
        return read_workbook(
            path, sheet=sheet, answers=answers, limits=limits, names_table=names_table
        )
    return [read_text(path, sheet=sheet, answers=answers, limits=limits)]
