"""Workbooks: formulas, errors, merged cells, title lines, several and hidden sheets."""

from typing import Any

from data.pipeline.clean import Answers
from tests.pipeline.cases.case import MONEY_HEAD, NAMES, Case, both, text
from tests.pipeline.files import fill, unsaved_formula, workbook


def _merged(book: Any) -> None:
    sheet = book.add_worksheet()
    fill(book, sheet, [("customer_id", "name"), ("C1", "Ann"), ("C1", "Ben")])
    sheet.merge_range("A2:A3", "C1")


def _errors(book: Any) -> None:
    sheet = book.add_worksheet()
    fill(book, sheet, [("order_id", "ordered_on", "channel", "amount")])
    for row, (result, amount) in enumerate([(None, 5), (None, 6), ("#DIV/0!", None)], start=1):
        fill_row = (f"O{row}", "2025-03-04", "web", amount)
        for column, cell in enumerate(fill_row):
            if cell is not None:
                sheet.write(row, column, cell)
        if result:
            sheet.write_formula(row, 3, "=1/0", None, result)


def _formulas(book: Any) -> None:
    sheet = book.add_worksheet()
    fill(book, sheet, [("order_id", "ordered_on", "amount")])
    for row in range(1, 5):
        sheet.write(row, 0, f"O{row}")
        sheet.write(row, 1, "2025-03-04")
        sheet.write_formula(row, 2, "=5*2", None, 10)


def _two_sheets(book: Any) -> None:
    for name in ("North", "South"):
        fill(book, book.add_worksheet(name), [("customer_id", "name"), ("C1", "Ann")])
    book.add_worksheet("Secret").hide()


def _hidden_sheet(book: Any) -> None:
    fill(book, book.add_worksheet("customer"), [("customer_id", "name"), ("C1", "Ann")])
    hidden = book.add_worksheet("Secret")
    fill(book, hidden, [("customer_id",), ("C9",)])
    hidden.hide()


def _ghost(book: Any) -> None:
    sheet = book.add_worksheet()
    fill(book, sheet, [("customer_id", "name"), ("C1", "Ann")])
    sheet.write_blank(60_000, 0, None, book.add_format({"bold": True}))


CASES: list[Case] = [
    Case(
        "B37",
        lambda folder: [workbook(folder, "orders.xlsx", _formulas)],
        "W",
        "W_FORMULA",
        "4 cells contain formulas; their last saved values are used.",
        holds=("orders", ("amount",), [("10.0000",)] * 4),
    ),
    Case(
        "B38",
        lambda folder: [unsaved_formula(folder, "customer.xlsx")],
        "Q",
        "E_FORMULA",
        "Cell C2 holds a formula without a saved value. Open and save the file in Excel.",
        (2,),
        holds=("customer", ("customer_id", "birth_year"), [("C2", 1980)]),
    ),
    Case(
        "B39",
        lambda folder: [workbook(folder, "orders.xlsx", _errors)],
        "Q",
        "E_CELL_ERROR",
        "Cell D4 shows #DIV/0!.",
        (4,),
    ),
    Case(
        "B39",
        text("orders.csv", MONEY_HEAD + "O1,2025-03-04,#N/A\nO2,#REF!,5\n"),
        "Q",
        "E_CELL_ERROR",
        "Cell C2 shows #N/A.",
        (2, 3),
        note="csv",
    ),
    Case(
        "B40",
        lambda folder: [workbook(folder, "customer.xlsx", _merged)],
        "R",
        "E_MERGED",
        "Cells A2:A3 are merged. Unmerge them and fill every row.",
    ),
    *both(
        "B41",
        "customer",
        [("Customer list",), (None,), ("customer_id", "name", "region"), ("C1", "Ann", "N")],
        outcome="M",
        code="M_TITLE",
        sentence="The column names seem to be in row 3. Use row 3?",
    ),
    *both(
        "B41",
        "customer",
        [("Customer list",), (None,), ("customer_id", "name", "region"), ("C1", "Ann", "N")],
        outcome="A",
        answers=Answers(header_row=3),
        holds=(*NAMES, [("C1", "Ann")]),
        note="answered",
    ),
    Case(
        "B42",
        lambda folder: [workbook(folder, "book.xlsx", _two_sheets)],
        "M",
        "M_SHEET",
        "The workbook has 2 sheets: North, South. Which one is to be read?",
    ),
    Case(
        "B42",
        lambda folder: [workbook(folder, "book.xlsx", _hidden_sheet)],
        "W",
        "W_HIDDEN",
        "The hidden sheet 'Secret' was not read.",
        holds=(*NAMES, [("C1", "Ann")]),
        note="hidden",
    ),
    Case(
        "B43",
        lambda folder: [workbook(folder, "customer.xlsx", _ghost)],
        "A",
        sentence="1 row read, 1 new, 0 changed, 0 rejected.",
    ),
]
