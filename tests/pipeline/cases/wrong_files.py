"""Files that are refused whole: of another kind, locked, damaged, or built to do harm."""

import gzip
import zipfile
from pathlib import Path

from tests.pipeline.cases.case import CUSTOMER, Case, Write, good_xlsx, text
from tests.pipeline.files import csv_file, part_of, repacked


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


CASES: list[Case] = [
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
]
