"""The bad-input table as data: one or more cases per row B1–B65 that concerns the command line.

Left to the page and the API, where the same functions run behind an upload: B23 (scope of a
lead), B52's abort at Content-Length, B53 (background job with viewers), B64 (disconnect).
B59 and B60 are stored as typed here; showing them literally is the pages' case. B65 (undo) is
exact because a batch travels with its version; see test_import.py.
"""

import datetime as dt
import gzip
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.pipeline.clean import Answers
from tests.pipeline.files import (
    csv_file,
    csv_rows,
    fill,
    part_of,
    repacked,
    unsaved_formula,
    workbook,
    xlsx_rows,
)

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


def _truncated(folder: Path) -> list[Path]:
    path = good_xlsx(folder)
    path.write_bytes(path.read_bytes()[:-400])
    return [path]


def _bomb(folder: Path) -> list[Path]:
    path = good_xlsx(folder)
    return [repacked(path, add={"xl/media/padding.xml": b" " * (201 * 1024 * 1024)})]


def _entries(folder: Path) -> list[Path]:
    return [repacked(good_xlsx(folder), add={f"xl/media/{i}.txt": b"x" for i in range(300)})]


def _slip(folder: Path) -> list[Path]:
    return [repacked(good_xlsx(folder), add={"../../evil.xml": b"x"})]


def _nested(folder: Path) -> list[Path]:
    return [repacked(good_xlsx(folder), add={"xl/inner.zip": b"PK\x03\x04"})]


def _entities(folder: Path) -> list[Path]:
    secret = folder / "secret.txt"
    secret.write_text("canary-7f31")
    path = good_xlsx(folder)
    sheet = part_of(path, "xl/worksheets/sheet1.xml")
    attack = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    cut = sheet.index(b"?>") + 2
    part = {"xl/worksheets/sheet1.xml": sheet[:cut] + attack + sheet[cut:]}
    return [repacked(path, add=part)]


def _macros(folder: Path) -> list[Path]:
    path = repacked(good_xlsx(folder), add={"xl/vbaProject.bin": b"\0"})
    return [path.rename(folder / "customer.xlsm")]


def _ods(folder: Path) -> list[Path]:
    path = folder / "customer.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return [path]


def _xlsb(folder: Path) -> list[Path]:
    path = folder / "customer.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", "x")
    return [path]


def _ole(marker: bytes) -> Write:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + marker
    return text("customer.xls", content)


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


def _serial(epoch: int, *days: float) -> Write:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        rows = [(f"O{i}", day, 5) for i, day in enumerate(days, start=1)]
        fill(book, sheet, [ORDERS, *rows])

    options = {"date_1904": epoch == 1904}
    return lambda folder: [workbook(folder, "orders.xlsx", write, **options)]


NO_NUMBERS = ("NaN", "Infinity", "-inf", "50%", "abc", "1.2.3")
NO_DATES = ("31/02/2025", "2025-02-29", "0000-00-00", "99999-01-01", "2025-13-01", "03/04/25")
#: Texts that must be stored exactly as typed.
TYPED = {
    "B58": ('=HYPERLINK("http://x")', "@SUM(1+1)*cmd|'/C calc'!A0", "+1", "-1"),
    "B59": ("<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"),
    "B60": ("'; DROP TABLE customer; --", "Robert'); --", "50% :name %s ? {x}"),
}

CASES: list[Case] = [
    *both(
        "B1",
        "customer",
        [("customer_id", "name"), ("C1", "Ann"), ("C2", "Ben")],
        outcome="A",
        sentence="2 rows read, 2 new, 0 changed, 0 rejected.",
        holds=(*NAMES, [("C1", "Ann"), ("C2", "Ben")]),
    ),
    Case(
        "B2",
        text("customer.csv", "\ufeff" + CUSTOMER + "C1,Ann\n"),
        "A",
        holds=(*NAMES, [("C1", "Ann")]),
    ),
    Case(
        "B3",
        text("customer.csv", CUSTOMER + "C1,𠮷野家有限公司\n", encoding="gb18030"),
        "A",
        "N_ENCODING",
        "Encoding detected: GB18030.",
        holds=(*NAMES, [("C1", "𠮷野家有限公司")]),
    ),
    *(
        Case(
            "B4",
            text("customer.csv", mark + (CUSTOMER + "C1,王芳\n").encode(codec)),
            "A",
            "N_ENCODING",
            "Encoding detected: UTF-16.",
            holds=(*NAMES, [("C1", "王芳")]),
            note=codec,
        )
        for codec, mark in (
            ("utf-16-le", b"\xff\xfe"),
            ("utf-16-be", b"\xfe\xff"),
            ("utf-16-le", b""),
        )
    ),
    Case(
        "B5",
        text("customer.csv", CUSTOMER + "C1,José Müller\nC2,Große\n", encoding="cp1252"),
        "W",
        "W_ENCODING",
        "Encoding guessed: Windows-1252. Check the names in the preview.",
        holds=(*NAMES, [("C1", "José Müller"), ("C2", "Große")]),
    ),
    Case(
        "B6",
        text("customer.csv", b"customer_id,name\nC1,M\xfcller\nC2,M\xc3\xbcller\n"),
        "R",
        "E_ENCODING",
        "Row 2, column name: these bytes are not valid UTF-8 or GB18030. "
        "Save the file as 'CSV UTF-8' and try again.",
    ),
    *(
        Case(
            "B7",
            text("customer.csv", f"customer_id{s}name\nC1{s}Ann\n"),
            "A",
            "N_SEPARATOR",
            f"Separator detected: {word}.",
            holds=(*NAMES, [("C1", "Ann")]),
            note=word,
        )
        for s, word in ((";", "semicolon"), ("\t", "tab"), ("|", "vertical bar"))
    ),
    Case(
        "B8",
        text("orders.csv", "order_id;ordered_on;amount\nO1;2025-03-04;1.234,56\n"),
        "M",
        "M_DECIMAL",
        "Are amounts written 1.234,56 (comma decimals)?",
    ),
    Case(
        "B8",
        text("orders.csv", "order_id;ordered_on;amount\nO1;2025-03-04;1.234,56\n"),
        "A",
        answers=Answers(decimal=","),
        holds=("orders", ("amount",), [("1234.5600",)]),
        note="answered",
    ),
    Case(
        "B9",
        text("customer.csv", CUSTOMER + 'C1,"Ann\nLee ""Jr"""\nC2,Ben\n'),
        "A",
        holds=(*NAMES, [("C1", 'Ann\nLee "Jr"'), ("C2", "Ben")]),
    ),
    *(
        Case(
            "B10",
            text("customer.csv", CUSTOMER + rows),
            "R",
            "E_QUOTE",
            "Row 2: a quotation mark is opened and never closed.",
            note=note,
        )
        for note, rows in (("end", 'C1,"Ann\nC2,Ben\n'), ("later", 'C1,"Ann\nC2,"Ben"\n'))
    ),
    Case(
        "B11",
        text("customer.csv", "customer_id,name,region,city,source\nC1,Ann,N\nC2,Ben,N,X,web\n"),
        "Q",
        "E_COLUMNS",
        "Row 2 has 3 fields, expected 5.",
        (2,),
        holds=(*NAMES, [("C2", "Ben")]),
    ),
    Case(
        "B12",
        text("customer.csv", "customer_id,name\r\nC1,Ann\rC2,Ben\nC3,Cid"),
        "A",
        holds=(*NAMES, [("C1", "Ann"), ("C2", "Ben"), ("C3", "Cid")]),
    ),
    *(
        Case("B13", text("customer.csv", rows), "R", "E_EMPTY", "The file is empty.", note=note)
        for note, rows in (("zero", ""), ("spaces", "  \n \n"), ("commas", ",,\n,,\n"))
    ),
    Case(
        "B13",
        lambda folder: [workbook(folder, "customer.xlsx", lambda book: book.add_worksheet())],
        "R",
        "E_EMPTY",
        "The file is empty.",
        note="xlsx",
    ),
    *both(
        "B14",
        "customer",
        [("customer_id", "name")],
        outcome="R",
        code="E_NO_ROWS",
        sentence="The file has column names but no rows.",
    ),
    *both(
        "B15",
        "customer",
        [("C1", "Ann", "13912345678"), ("C2", "Ben", "13912345679")],
        outcome="M",
        code="M_HEADER",
        sentence="The first row looks like data. Does the file have column names?",
    ),
    *both(
        "B16",
        "customer",
        [("customer_id", "foo", "bar"), ("C1", "a", "b")],
        outcome="M",
        code="M_COLUMNS",
        sentence="2 columns are not known: foo, bar. Ignore or map them.",
    ),
    *both(
        "B16",
        "customer",
        [("customer_id", "foo", "bar"), ("C1", "a", "b")],
        outcome="A",
        answers=Answers(ignore_unknown=True),
        holds=("customer", ("customer_id",), [("C1",)]),
        note="ignored",
    ),
    *both(
        "B17",
        "customer",
        [("name", "amount"), ("Ann", "x")],
        outcome="R",
        code="E_MISSING",
        sentence="Required column missing: customer_id. Found: name, amount.",
    ),
    *both(
        "B18",
        "customer",
        [("customer_id", "name", "name"), ("C1", "a", "b")],
        outcome="R",
        code="E_DUP_COLUMN",
        sentence="Column 'name' appears twice (columns 2 and 3).",
    ),
    *both(
        "B19",
        "客户",
        [("客户编号", " Customer Name ", "行业"), ("C1", "王芳", "零售")],
        outcome="A",
        holds=("customer", ("customer_id", "name", "industry"), [("C1", "王芳", "零售")]),
    ),
    *both(
        "B20",
        "customer",
        [("customer_id", "name"), ("C1", "Ann"), ("C1", "Ann")],
        outcome="W",
        code="W_REPEATED",
        sentence="1 repeated row was merged.",
        holds=(*NAMES, [("C1", "Ann")]),
    ),
    *both(
        "B21",
        "customer",
        [("customer_id", "name"), ("C001", "Ann"), ("C001", "Ben"), ("C2", "Cid")],
        outcome="Q",
        code="E_DUP_KEY",
        sentence="customer_id C001 is in rows 2 and 3 with different values.",
        rejected=(2, 3),
        holds=(*NAMES, [("C2", "Cid")]),
    ),
    *both(
        "B24",
        "customer",
        [("customer_id", "name"), ("00123", "Ann")],
        outcome="A",
        holds=(*NAMES, [("00123", "Ann")]),
    ),
    *both(
        "B25",
        "customer",
        [("customer_id", "phone"), ("C1", "1.38E+10")],
        outcome="Q",
        code="E_SCI",
        sentence="Row 2, phone: Excel shortened this number (1.38E+10). Format the column as text.",
        rejected=(2,),
    ),
    *both(
        "B26",
        "orders",
        [ORDERS, ("O1", "2025-03-04", "1e308"), ("O2", "2025-03-04", "1e309")],
        outcome="Q",
        code="E_RANGE",
        sentence="Row 2, amount: 1e308 is outside −1e12 … 1e12.",
        rejected=(2, 3),
    ),
    *both(
        "B27",
        "orders",
        [ORDERS, *((f"O{i}", "2025-03-04", word) for i, word in enumerate(NO_NUMBERS))],
        outcome="Q",
        code="E_NUMBER",
        sentence="Row 2, amount: 'NaN' is not a number.",
        rejected=(2, 3, 4, 5, 6, 7),
    ),
    *both(
        "B28",
        "orders",
        [
            (*ORDERS, "cost", "channel"),
            ("O1", "2025-03-04", 5, "N/A", "NA"),
            ("O2", "2025-03-04", 5, "-", "None"),
        ],
        outcome="A",
        holds=(
            "orders",
            ("order_id", "cost", "channel"),
            [("O1", None, "NA"), ("O2", None, "None")],
        ),
    ),
    *both(
        "B29",
        "orders",
        [ORDERS, *((f"O{i}", "2025-03-04", -i) for i in range(1, 4))],
        outcome="W",
        code="W_REFUNDS",
        sentence="3 negative amounts are treated as refunds.",
    ),
    *both(
        "B29",
        "contract",
        [
            ("contract_id", "customer_id", "starts_on", "ends_on", "amount"),
            ("K1", "C1", "2025-01-01", "2025-12-31", -5),
        ],
        outcome="Q",
        code="E_NEGATIVE",
        sentence="Row 2, amount: -5 is negative, which this column cannot be.",
        rejected=(2,),
        note="forbidden",
    ),
    *(
        Case(
            "B30",
            text("orders.csv", order(given)),
            "W" if kept.startswith("-") else "A",
            answers=Answers(currency=currency),
            holds=("orders", ("amount",), [(kept,)]),
            note=given,
        )
        for given, kept, currency in (
            ("$1,234.50", "1234.5000", "USD"),
            ("¥1234", "1234.0000", "CNY"),
            ("(500)", "-500.0000", None),
            ("１２３", "123.0000", None),
            ("-$5", "-5.0000", "USD"),
            ("12 元", "12.0000", "CNY"),
        )
    ),
    Case(
        "B30",
        text("orders.csv", MONEY_HEAD + "O1,2025-03-04,$5\nO2,2025-03-04,¥6\n"),
        "Q",
        "E_CURRENCY",
        "Row 3, amount: '¥' is not the currency of this file (USD).",
        (3,),
        Answers(currency="USD"),
        note="mixed",
    ),
    Case(
        "B31",
        text(
            "orders.csv",
            MONEY_HEAD
            + "O1,2025-03-04,0.30000000000000004\nO2,2025-03-04,2.00005\nO3,2025-03-04,2.00015\n",
        ),
        "W",
        "W_ROUNDED",
        "3 amounts were rounded to 4 decimals.",
        holds=("orders", ("amount",), [("0.3000",), ("2.0000",), ("2.0002",)]),
    ),
    *both(
        "B32",
        "orders",
        [ORDERS, *((f"O{i}", word, 5) for i, word in enumerate(NO_DATES))],
        outcome="Q",
        code="E_DATE",
        sentence="Row 2, ordered_on: 31/02/2025 is not a date.",
        rejected=(2, 3, 4, 5, 6, 7),
    ),
    *both(
        "B33",
        "orders",
        [ORDERS, ("O1", "03/04/2025", 5)],
        outcome="M",
        code="M_DATES",
        sentence="Are dates day/month or month/day?",
    ),
    *both(
        "B33",
        "orders",
        [ORDERS, ("O1", "03/04/2025", 5), ("O2", "04/25/2025", 5)],
        outcome="Q",
        code="E_DATE",
        sentence="Row 3, ordered_on: 04/25/2025 is not a date.",
        rejected=(3,),
        answers=Answers(dates="dmy"),
        holds=("orders", ("ordered_on",), [(dt.date(2025, 4, 3),)]),
        note="contradicted",
    ),
    *both(
        "B34",
        "rep",
        [("rep_id", "name", "hired_on", "left_on"), ("R1", "Ann", "2025-03-04", "2024-01-01")],
        outcome="Q",
        code="E_DATE_ORDER",
        sentence="Row 2: left_on is before hired_on.",
        rejected=(2,),
    ),
    *both(
        "B34",
        "orders",
        [ORDERS, ("O1", "2199-03-04", 5), ("O2", "1969-03-04", 5)],
        outcome="W",
        code="W_FUTURE",
        sentence="1 date lies after 2026-01-01, the day of this import.",
        note="future",
    ),
    Case(
        "B35",
        text(
            "activity.csv",
            "activity_id,kind,happened_at\nA1,call,2025-03-09T01:30:00-05:00\n"
            "A2,call,2025-07-01 12:00\n",
        ),
        "A",
        holds=(
            "activity",
            ("happened_at",),
            [
                (dt.datetime.fromisoformat("2025-03-09 06:30"),),
                (dt.datetime.fromisoformat("2025-07-01 16:00"),),
            ],
        ),
    ),
    Case(
        "B35",
        text("activity.csv", "activity_id,kind,happened_at\nA1,call,2025-03-09 02:30\n"),
        "Q",
        "E_DST",
        "Row 2, happened_at: 2025-03-09 02:30 does not exist in America/New_York: "
        "clocks skip that hour.",
        (2,),
        note="gap",
    ),
    Case(
        "B36",
        _serial(1900, 45720, 60, -5, 99999999),
        "Q",
        "E_DATE",
        "Row 4, ordered_on: -5 is not a date.",
        (3, 4, 5),
        holds=("orders", ("ordered_on",), [(dt.date(2025, 3, 4),)]),
    ),
    Case(
        "B36",
        _serial(1904, 44258),
        "A",
        holds=("orders", ("ordered_on",), [(dt.date(2025, 3, 4),)]),
        note="1904",
    ),
    *(
        Case(
            "B36",
            lambda folder, epoch=epoch: [
                workbook(
                    folder,
                    "orders.xlsx",
                    lambda book: fill(
                        book, book.add_worksheet(), [ORDERS, ("O1", dt.date(2025, 3, 4), 5)]
                    ),
                    date_1904=epoch,
                )
            ],
            "A",
            holds=("orders", ("ordered_on",), [(dt.date(2025, 3, 4),)]),
            note=f"cell-{epoch}",
        )
        for epoch in (False, True)
    ),
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
    Case(
        "B44",
        _ole("EncryptedPackage".encode("utf-16-le")),
        "R",
        "E_PASSWORD",
        "The file is protected by a password. Remove it and try again.",
    ),
    Case(
        "B45",
        _ole(b""),
        "R",
        "E_TYPE",
        "This is an old Excel file (.xls). Save it as .xlsx or CSV.",
    ),
    Case(
        "B45",
        _xlsb,
        "R",
        "E_TYPE",
        "This is a binary Excel file (.xlsb). Save it as .xlsx or CSV.",
        note="xlsb",
    ),
    Case(
        "B45",
        _ods,
        "R",
        "E_TYPE",
        "This is an OpenDocument file (.ods). Save it as .xlsx or CSV.",
        note="ods",
    ),
    *(
        Case(
            "B46",
            text("customer.csv", content),
            "R",
            "E_TYPE",
            f"The content is not CSV or XLSX (it looks like {what}).",
            note=what,
        )
        for what, content in (
            ("HTML", b"\n<!DOCTYPE html><html><body>Sign in</body></html>"),
            ("JSON", b'{"customer_id": "C1"}'),
            ("a PNG picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
            ("a program", b"\x7fELF" + b"\0" * 50),
            ("PDF", b"%PDF-1.7\n"),
            ("XML", b"<?xml version='1.0'?><x/>"),
        )
    ),
    Case(
        "B46",
        lambda folder: [good_xlsx(folder).rename(folder / "customer.csv")],
        "R",
        "E_TYPE",
        "The file is named '.csv', but its content is XLSX.",
        note="xlsx-as-csv",
    ),
    Case(
        "B46",
        text("customer.xlsx", CUSTOMER + "C1,Ann\n"),
        "R",
        "E_TYPE",
        "The file is named '.xlsx', but its content is CSV.",
        note="csv-as-xlsx",
    ),
    Case("B47", _truncated, "R", "E_CORRUPT", "The file is damaged. Save it again and retry."),
    Case("B48", _bomb, "R", "E_BOMB", "The file unpacks to more than 200 MB."),
    Case(
        "B48",
        lambda folder: [
            csv_file(
                folder, "customer.csv.gz", gzip.compress(CUSTOMER.encode() + b" " * (201 << 20), 1)
            )
        ],
        "R",
        "E_BOMB",
        "The file unpacks to more than 200 MB.",
        note="gz",
    ),
    Case("B49", _entries, "R", "E_BOMB", "The file holds 310 parts; the limit is 200."),
    Case(
        "B49", _slip, "R", "E_CORRUPT", "The file is damaged. Save it again and retry.", note="slip"
    ),
    Case(
        "B49",
        _nested,
        "R",
        "E_CORRUPT",
        "The file is damaged. Save it again and retry.",
        note="nested",
    ),
    Case("B50", _entities, "R", "E_CORRUPT", "The file is damaged. Save it again and retry."),
    Case("B51", _macros, "W", "W_MACROS", "Macros and links in the file are ignored."),
    *both(
        "B54",
        "customer",
        [
            ("customer_id", *(f"c{i}" for i in range(1, 1_000))),
            ("C1", *("x" for _ in range(1, 1_000))),
        ],
        outcome="R",
        code="E_WIDE",
        sentence="The file has 1,000 columns; the limit is 200.",
    ),
    Case(
        "B55",
        text("customer.csv", CUSTOMER + f"C1,{'q' * 5_000_000}\nC2,Ben\n"),
        "Q",
        "E_LONG",
        "Row 2, name: 5,000,000 characters; the limit is 200.",
        (2,),
        holds=(*NAMES, [("C2", "Ben")]),
    ),
    *both(
        "B56",
        "customer",
        [
            ("customer_id", "name"),
            ("C1\u00a0", "Jose\u0301 "),
            ("Ｃ２", "👨‍👩‍👧 Shop"),
            ("C3", "\u3000李\u3000"),
        ],
        outcome="A",
        holds=(*NAMES, [("C1", "José"), ("C2", "👨‍👩‍👧 Shop"), ("C3", "李")]),
    ),
    *both(
        "B56",
        "customer",
        [("customer_id", "name"), ("C1", "Ann"), ("Ｃ１", "Ann")],
        outcome="W",
        code="W_KEYS_EQUAL",
        sentence="customer_id: 1 value written in several ways (blanks, accents, full-width) "
        "is read as one: C1.",
        note="equal",
    ),
    *(
        Case(
            "B57",
            text("customer.csv", CUSTOMER + f"C1,An{bad}n\n"),
            "Q",
            "E_CONTROL",
            "Row 2, name: contains an invisible control character.",
            (2,),
            note=f"{ord(bad):04x}",
        )
        for bad in ("\0", "\x07", "\u202e")
    ),
    *(
        case
        for row, words in TYPED.items()
        for case in both(
            row,
            "customer",
            [("customer_id", "name"), *((f"C{i}", word) for i, word in enumerate(words))],
            outcome="A",
            holds=(*NAMES, [(f"C{i}", word) for i, word in enumerate(words)]),
        )
    ),
    Case(
        "B61",
        lambda folder: [
            csv_file(folder, "team.csv", "team_id,name\nNorth,North\nSouth,South\n"),
            csv_file(
                folder,
                "rep.csv",
                "rep_id,name,team\n"
                + "".join(f"R{i},Rep,North\n" for i in range(7))
                + "R9,Rep,Nroth\n",
            ),
        ],
        "Q",
        "E_REF",
        "Row 9, team: 'Nroth' is not known. Did you mean 'North'?",
        (9,),
    ),
    *both(
        "B61",
        "orders",
        [(*ORDERS, "customer_id"), ("O1", "2025-03-04", 5, ""), ("O2", "2025-03-04", 5, "C9")],
        outcome="Q",
        code="E_REF",
        sentence="Row 3, customer_id: 'C9' is not known.",
        rejected=(3,),
        holds=("orders", ("order_id", "customer_id"), [("O1", None)]),
        note="blank-customer",
    ),
    *both(
        "B62",
        "customer",
        [
            ("customer_id", "phone", "email"),
            ("C1", "12", "nobody"),
            ("C2", "+86 139 1234 5678", "a@b.cn"),
        ],
        outcome="W",
        code="W_CONTACT",
        sentence="1 phone number does not look right, the first in row 2.",
    ),
    *both(
        "B62",
        "customer",
        [("customer_id", "email"), ("C1", "ann.lee@nowhere")],
        outcome="Q",
        code="E_EMAIL",
        sentence="Row 2, email: a***@nowhere is not an e-mail address.",
        rejected=(2,),
        answers=Answers(strict_contacts=True),
        note="strict",
    ),
]
