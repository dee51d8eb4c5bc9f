"""The rejects file: what was rejected and why, ready to be opened in Excel and mended."""

from collections.abc import Iterable
from pathlib import Path

from data.export import write_csv
from data.pipeline.findings import Finding

COLUMNS = ("file", "sheet", "row", "column", "value", "code", "reason")


def write_rejects(findings: Iterable[Finding], path: Path) -> int:
    """Write the rejects as CSV; return the number of lines."""
    rows = [(f.file, f.sheet, str(f.row), f.column, f.value, f.code, f.reason) for f in findings]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_csv(COLUMNS, rows), encoding="utf-8", newline="")
    return len(rows)
