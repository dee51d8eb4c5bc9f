"""Text files: encodings, separators, quotation marks, line ends, and files with nothing in them."""

from data.pipeline.clean import Answers
from tests.pipeline.cases.case import CUSTOMER, NAMES, Case, both, text
from tests.pipeline.files import workbook

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
]
