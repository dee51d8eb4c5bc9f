"""The rejects file: what was rejected and why, ready to be opened in Excel and mended."""

import csv
from collections.abc import Iterable
from pathlib import Path

from data.pipeline.findings import Finding

COLUMNS = ("file", "sheet", "row", "column", "value", "code", "reason")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def escaped(text: str) -> str:
    """Return text that a spreadsheet shows and never runs."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_rejects(findings: Iterable[Finding], path: Path) -> int:
    """Write the rejects as CSV that Excel opens correctly; return the number of lines."""
    lines = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    # Excel needs the byte order mark to read Chinese.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for f in findings:
            texts = (f.file, f.sheet, str(f.row), f.column, f.value, f.code, f.reason)
            writer.writerow([escaped(text) for text in texts])
            lines += 1
    return lines
