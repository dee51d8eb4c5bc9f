"""CSV in any common shape: encoding, separator, line ends and quoting, read as a stream."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from data.pipeline.clean import Answers, Record, Sheet, too_wide, write_clean
from data.pipeline.encodings import ByteSource, Opener, detect
from data.pipeline.findings import ImportRefusedError, Warned
from data.pipeline.sniff import Bounded, Limits

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

#: A single cell longer than this is taken for a quotation mark that never closes.
LONGEST_CELL = 10_000_000
_HEAD_CHARACTERS = 200_000
_HEAD_ROWS = 100


def read_text(path: Path, *, sheet: Sheet, answers: Answers, limits: Limits) -> Sheet:
    """Write a CSV (or gzipped CSV) as the clean file of `sheet` and return it completed."""
    with ExitStack() as opened:
        return _read(_opener(path, limits=limits, opened=opened), sheet, answers, limits)


def _opener(path: Path, *, limits: Limits, opened: ExitStack) -> Opener:
    packed = _is_packed(path)
    limit = limits.unpacked_bytes if packed else None

    def opener() -> ByteSource:
        stream = opened.enter_context(gzip.open(path, "rb") if packed else path.open("rb"))  # noqa: SIM115 -- closed by the stack
        return Bounded(stream, limit=limit)

    return opener


def _is_packed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _read(opener: Opener, sheet: Sheet, answers: Answers, limits: Limits) -> Sheet:
    codec, notes = detect(opener)
    separator, skip = _separator(_text(opener(), codec).read(_HEAD_CHARACTERS))
    if separator != ",":
        said = f"Separator detected: {SEPARATORS[separator]}."
        notes = [*notes, Warned("N_SEPARATOR", said)]
    sheet.warned.extend(Warned(w.code, w.sentence, sheet.file) for w in notes)
    records = _records(_text(opener(), codec), separator=separator, skip=skip, limits=limits)
    return write_clean(records, sheet=sheet, answers=answers, limits=limits)


class _Raw(io.RawIOBase):
    """Lets the standard text reader pull bytes from a bounded source."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        chunk = self._source.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _text(source: ByteSource, codec: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedReader(_Raw(source), 1 << 20), encoding=codec)


def _separator(head: str) -> tuple[str, int]:
    """Return the separator and how many lines to skip: Excel may say `sep=;` in the first one."""
    if head[:4].lower() == "sep=" and head[4:5] in SEPARATORS:
        return head[4], 1
    return max(SEPARATORS, key=lambda separator: _fit(head, separator)), 0


def _fit(head: str, separator: str) -> tuple[float, int]:
    """Return how well the first rows split: share of rows with the usual width, then the width."""
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(io.StringIO(head), delimiter=separator):
            if cells:
                widths[len(cells)] += 1
            if widths.total() >= _HEAD_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    return (rows / widths.total(), width) if width > 1 else (0.0, 0)


def _records(
    stream: io.TextIOWrapper, *, separator: str, skip: int, limits: Limits
) -> Iterator[Record]:
    before = csv.field_size_limit(LONGEST_CELL)
    row = skip
    try:
        for _ in range(skip):
            stream.readline()
        for cells in csv.reader(_without_nul(stream), delimiter=separator, strict=True):
            row += 1
            if row == 1 and len(cells) > limits.columns:
                raise too_wide(len(cells), limits=limits)
            yield row, cells
    except csv.Error as error:
        raise ImportRefusedError(
            "E_QUOTE", f"Row {row + 1}: a quotation mark is opened and never closed."
        ) from error
    finally:
        csv.field_size_limit(before)


def _without_nul(stream: io.TextIOWrapper) -> Iterator[str]:
    """NUL becomes another control character, which the checks reject with its row and column."""
    for line in stream:
        yield line.replace("\0", "\x01") if "\0" in line else line
