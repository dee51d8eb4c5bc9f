"""A case of the bad-input table, and the ways to write its files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.pipeline.clean import Answers
from tests.pipeline.files import csv_file, csv_rows, xlsx_rows

Write = Callable[[Path], list[Path]]


@dataclass(frozen=True)
class Case:
    """What is written, and what must come of it."""

    row: str
    write: Write
    #: A accepted, W accepted with a warning, M a question, Q quarantined rows, R refused.
    outcome: str
    code: str = ""
    sentence: str = ""
    rejected: tuple[int, ...] = ()
    answers: Answers = field(default_factory=Answers)
    #: SQL-free check of what was staged: table -> expected rows of some columns.
    holds: tuple[str, tuple[str, ...], list[tuple[Any, ...]]] | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """The name of the test."""
        return f"{self.row}{'-' + self.note if self.note else ''}"


def text(name: str, content: str | bytes, *, encoding: str = "utf-8") -> Write:
    """One CSV file written as it is."""
    return lambda folder: [csv_file(folder, name, content, encoding=encoding)]


def grid(name: str, *rows: tuple[Any, ...]) -> tuple[Write, Write]:
    """The same rows as CSV and as XLSX."""
    return (
        lambda folder: [csv_rows(folder, name, rows)],
        lambda folder: [xlsx_rows(folder, name, rows)],
    )


def both(row: str, name: str, rows: list[tuple[Any, ...]], **rest: Any) -> list[Case]:
    """A case as CSV and as XLSX."""
    as_csv, as_xlsx = grid(name, *rows)
    note = rest.pop("note", "")
    dash = f"{note}-" if note else ""
    return [
        Case(row, as_csv, note=f"{dash}csv", **rest),
        Case(row, as_xlsx, note=f"{dash}xlsx", **rest),
    ]


CUSTOMER = "customer_id,name\n"
NAMES = ("customer", ("customer_id", "name"))
ORDERS = ("order_id", "ordered_on", "amount")
MONEY_HEAD = "order_id,ordered_on,amount\n"


def order(amount: str, day: str = "2025-03-04") -> str:
    """One order file with one amount."""
    cell = f'"{amount}"' if "," in amount else amount
    return f"{MONEY_HEAD}O1,{day},{cell}\n"


def good_xlsx(folder: Path) -> Path:
    """A clean customer workbook."""
    return xlsx_rows(folder, "customer", [("customer_id", "name"), ("C1", "Ann")])
