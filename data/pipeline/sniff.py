"""What a file really is, told by its content, and what an archive would unpack to."""

import gzip
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from data.pipeline.findings import ImportRefusedError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How large a file may be; None lifts a limit, which only the command line may do."""

    file_bytes: int | None = 50 * MEGABYTE
    unpacked_bytes: int | None = 200 * MEGABYTE
    unpack_ratio: int = 100
    archive_entries: int = 200
    columns: int = 200
    text: int = 200


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "PDF"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "an SQLite database"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
)
_ARCHIVED = (
    ("xl/workbook.bin", "This is a binary Excel file (.xlsb). Save it as .xlsx or CSV."),
    ("word/document.xml", "The content is not CSV or XLSX (it looks like Word)."),
    ("content.xml", "This is an OpenDocument file (.ods). Save it as .xlsx or CSV."),
    ("Index/Document.iwa", "This is a Numbers file (.numbers). Save it as .xlsx or CSV."),
)
_DAMAGED = "The file is damaged. Save it again and retry."


def kind_of(path: Path, *, name: str, limits: Limits) -> str:
    """Return "csv", "gz" or "xlsx"; refuse everything else, and files over the size limit."""
    size = path.stat().st_size
    if limits.file_bytes is not None and size > limits.file_bytes:
        raise ImportRefusedError("E_SIZE", _size_sentence(size, limits.file_bytes))
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_archive(path, limits=limits)
        _check_name(name, says=(".csv", ".txt", ".tsv"), is_="XLSX")
        return "xlsx"
    if head.startswith(_OLE):
        raise _ole_refusal(path)
    if head.startswith(b"\x1f\x8b"):
        head = _unpacked_head(path)
        _refuse_foreign(head)
        return "gz"
    _refuse_foreign(head)
    _check_name(name, says=(".xlsx", ".xlsm", ".xls"), is_="CSV")
    return "csv"


def _size_sentence(size: int, limit: int) -> str:
    return f"The file is {_human(size)}; the limit is {_human(limit)}. Split it or use the API."


def _human(size: int) -> str:
    gigabytes = size / 1024**3
    return f"{gigabytes:.1f} GB" if gigabytes >= 1 else f"{round(size / MEGABYTE):,} MB"


def _unpacked_head(path: Path) -> bytes:
    try:
        with gzip.open(path) as stream:
            return stream.read(4096)
    except (OSError, EOFError) as error:
        raise ImportRefusedError("E_CORRUPT", _DAMAGED) from error


def _check_name(name: str, *, says: tuple[str, ...], is_: str) -> None:
    if name.lower().endswith(says):
        raise ImportRefusedError(
            "E_TYPE", f"The file is named '{Path(name).suffix}', but its content is {is_}."
        )


def _refuse_foreign(head: bytes) -> None:
    seems = next((what for magic, what in _FOREIGN if head.startswith(magic)), None)
    seems = seems or _markup(head)
    if seems:
        raise ImportRefusedError(
            "E_TYPE", f"The content is not CSV or XLSX (it looks like {seems})."
        )


def _markup(head: bytes) -> str | None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<(!doctype html|html|head|body|!--|script|meta|div|table)", text):
        return "HTML"
    if text.startswith((b"<?xml", b"<!doctype")):
        return "XML"
    if re.match(rb"(\{\s*(\"|\})|\[\s*(\{|\[|\]))", text):
        return "JSON"
    return None


def _ole_refusal(path: Path) -> ImportRefusedError:
    with path.open("rb") as stream:
        content = stream.read(16 * MEGABYTE)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return ImportRefusedError(
            "E_PASSWORD", "The file is protected by a password. Remove it and try again."
        )
    return ImportRefusedError(
        "E_TYPE", "This is an old Excel file (.xls). Save it as .xlsx or CSV."
    )


def _check_archive(path: Path, *, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_entries(entries, limits=limits)
            _refuse_document_types(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportRefusedError("E_CORRUPT", _DAMAGED) from error
    except (ValueError, zlib.error) as error:
        raise ImportRefusedError("E_CORRUPT", _DAMAGED) from error


def _check_entries(entries: list[zipfile.ZipInfo], *, limits: Limits) -> None:
    names = {entry.filename for entry in entries}
    if any(".." in Path(name).parts or name.startswith(("/", "\\")) for name in names):
        raise ImportRefusedError("E_CORRUPT", _DAMAGED)
    if any(name.lower().endswith((".zip", ".gz", ".7z")) for name in names):
        raise ImportRefusedError("E_CORRUPT", _DAMAGED)
    _check_unpacked(entries, limits=limits)
    for marker, sentence in _ARCHIVED:
        if marker in names:
            raise ImportRefusedError("E_TYPE", sentence)
    if "xl/workbook.xml" not in names:
        raise ImportRefusedError(
            "E_TYPE", "The content is not CSV or XLSX (it looks like a ZIP archive)."
        )


def _check_unpacked(entries: list[zipfile.ZipInfo], *, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    most = limits.unpacked_bytes
    if most is not None and unpacked > most:
        raise ImportRefusedError("E_BOMB", f"The file unpacks to more than {most // MEGABYTE} MB.")
    if unpacked > MEGABYTE and unpacked > packed * limits.unpack_ratio:
        raise ImportRefusedError(
            "E_BOMB", f"The file unpacks to more than {limits.unpack_ratio} times its size."
        )
    if len(entries) > limits.archive_entries:
        raise ImportRefusedError(
            "E_BOMB",
            f"The file holds {len(entries):,} parts; the limit is {limits.archive_entries}.",
        )


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    """Refuse what no workbook has and every attack on an XML reader needs: a document type."""
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            head = part.read(4096)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise ImportRefusedError("E_CORRUPT", _DAMAGED)


class Readable(Protocol):
    """Anything that gives the next bytes."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, empty at the end."""
        ...


class Bounded:
    """A stream of unpacked bytes that refuses to give more than the limit."""

    def __init__(self, stream: Readable, *, limit: int | None) -> None:
        self._stream = stream
        self._limit = limit
        self._given = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes; raise `ImportRefusedError` past the limit or on damage."""
        try:
            chunk = self._stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise ImportRefusedError("E_CORRUPT", _DAMAGED) from error
        self._given += len(chunk)
        if self._limit is not None and self._given > self._limit:
            raise ImportRefusedError(
                "E_BOMB", f"The file unpacks to more than {self._limit // MEGABYTE} MB."
            )
        return chunk
