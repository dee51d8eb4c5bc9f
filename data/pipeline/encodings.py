"""Which encoding a text file is written in, or which row and column cannot be read."""

import codecs
import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from data.pipeline.findings import ImportRefusedError, Warned


class ByteSource(Protocol):
    """Anything that gives the next bytes."""

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, empty at the end."""
        ...


Opener = Callable[[], ByteSource]

_CHUNK = 1 << 20
#: Lines looked at to tell Chinese from Western text.
_SAMPLE_LINES = 2_000
#: Above this share of well-formed UTF-8 among the non-ASCII lines, a file mixes two encodings.
_MIXED_SHARE = 0.2


@dataclass
class _Evidence:
    """What the non-ASCII lines of a file that is not UTF-8 look like."""

    first_bad: int = 0
    bad_line: bytes = b""
    header: bytes = b""
    bad: int = 0
    good: int = 0
    common: int = 0
    rare: int = 0
    gb_fails: bool = False


def detect(opener: Opener) -> tuple[str, list[Warned]]:
    """Return the Python codec of a text file and what to tell the reader about it."""
    head = opener().read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked_utf16(opener, "utf-16")
    if half := _utf16_without_mark(head):
        return _checked_utf16(opener, half)
    if _decodes(opener, "utf-8"):
        return "utf-8-sig", []
    return _legacy(opener)


def _checked_utf16(opener: Opener, codec: str) -> tuple[str, list[Warned]]:
    if not _decodes(opener, codec):
        raise ImportRefusedError("E_ENCODING", _sentence(1, ""))
    return codec, [Warned("N_ENCODING", "Encoding detected: UTF-16.")]


def _utf16_without_mark(head: bytes) -> str | None:
    """Western UTF-16 without a byte order mark has a NUL in every second byte."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even = head[0 : pairs * 2 : 2].count(0)
    odd = head[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.05:
        return "utf-16-be"
    return None


def _decodes(opener: Opener, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    source = opener()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _legacy(opener: Opener) -> tuple[str, list[Warned]]:
    seen = _evidence(opener)
    mixed = seen.good > _MIXED_SHARE * (seen.good + seen.bad)
    chinese = seen.common >= seen.rare and not seen.gb_fails
    if not mixed and chinese and _decodes(opener, "gb18030"):
        return "gb18030", [Warned("N_ENCODING", "Encoding detected: GB18030.")]
    if not mixed and not chinese and _decodes(opener, "cp1252"):
        guess = "Encoding guessed: Windows-1252. Check the names in the preview."
        return "cp1252", [Warned("W_ENCODING", guess)]
    raise ImportRefusedError("E_ENCODING", _sentence(seen.first_bad, _bad_column(seen)))


def _evidence(opener: Opener) -> _Evidence:
    seen = _Evidence()
    for number, line in enumerate(_lines(opener()), start=1):
        if number == 1:
            seen.header = line
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            seen.good += 1
        except UnicodeDecodeError:
            _count_bad(seen, line, number=number)
    return seen


def _count_bad(seen: _Evidence, line: bytes, *, number: int) -> None:
    seen.bad += 1
    if seen.first_bad == 0:
        seen.first_bad, seen.bad_line = number, line
    if seen.bad > _SAMPLE_LINES:
        return
    try:
        text = line.decode("gb18030")
    except UnicodeDecodeError:
        seen.gb_fails = True
        return
    for character in islice((c for c in text if c > "\x7f"), 500):
        if _is_common_chinese(character):
            seen.common += 1
        else:
            seen.rare += 1


def _is_common_chinese(character: str) -> bool:
    """Tell the 3,755 frequent characters and the punctuation, first in GB 2312 (leads A1-D7)."""
    with suppress(UnicodeEncodeError):
        return character.encode("gb2312")[0] <= 0xD7
    return False


def _lines(source: ByteSource) -> Iterator[bytes]:
    rest = b""
    while chunk := source.read(_CHUNK):
        pieces = (rest + chunk).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        rest = pieces.pop()
        yield from pieces
    if rest:
        yield rest


def _bad_column(seen: _Evidence) -> str:
    """Return the name of the first column whose bytes are not UTF-8."""
    names = seen.header.decode("utf-8", "replace").lstrip("\ufeff")
    separator = max(",;\t|", key=names.count)
    columns = next(csv.reader([names], delimiter=separator), [])
    cells = seen.bad_line.split(separator.encode())
    for name, cell in zip(columns, cells, strict=False):
        try:
            cell.decode("utf-8")
        except UnicodeDecodeError:
            return name.strip()
    return ""


def _sentence(row: int, column: str) -> str:
    where = f"Row {row}, column {column}" if column else f"Row {row}"
    return (
        f"{where}: these bytes are not valid UTF-8 or GB18030. "
        "Save the file as 'CSV UTF-8' and try again."
    )
