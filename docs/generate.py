"""Writes the generated parts of the documentation; `--check` says whether they are fresh."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from data.access.permissions import PERMISSIONS  # noqa: E402 -- the path must be set first
from data.i18n import t, use_language  # noqa: E402
from data.settings import SETTINGS  # noqa: E402
from data.state.rule_tables import STATE  # noqa: E402
from data.warehouse.marts import MARTS  # noqa: E402
from data.warehouse.schema import CONTRACT  # noqa: E402
from queries import all_questions  # noqa: E402
from queries.metrics import METRICS  # noqa: E402

DOCS = ROOT / "docs"
NOTE = "<!-- Written by `make docs`; change the code it is read from instead. -->"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return [*lines, *(f"| {' | '.join(c.replace('|', '∣') for c in row)} |" for row in rows)]


def _chinese(text: str) -> str:
    use_language("zh")
    found = t(text)
    use_language("en")
    return found


def metrics() -> str:
    """Return the glossary: every metric in both languages, with its formula."""
    lines = ["# Metrics", "", NOTE, ""]
    for metric in METRICS.values():
        lines += [
            f"## {metric.label} · {_chinese(metric.label)}",
            "",
            f"`{metric.key}` · {metric.unit} · {metric.kind} · owner: {metric.owner}",
            "",
            metric.definition,
            "",
            _chinese(metric.definition),
            "",
            f"Formula: {metric.formula}",
            "",
        ]
    return "\n".join(lines)


def reference() -> str:
    """Return the settings, permissions, contract tables, marts, state tables and questions."""
    settings = [
        (f"`{s.name}`", "secret" if s.is_secret else f"`{s.default}`" if s.default else "", s.help)
        for s in SETTINGS.values()
    ]
    contract = [
        (f"`{x.name}`", str(x.comment), ", ".join(c.name for c in x.columns))
        for x in CONTRACT.tables.values()
    ]
    marts = [(f"`{x.name}`", str(x.comment)) for x in MARTS.tables.values()]
    state = [(f"`{x.name}`", str(x.comment)) for x in STATE.sorted_tables]
    questions = [
        (f"`{q.name}`", q.title, (q.query.__doc__ or "").split("\n")[0])
        for q in sorted(all_questions().values(), key=lambda q: q.name)
    ]
    permissions = [(f"`{k}`", v) for k, v in PERMISSIONS.items()]
    parts = [
        "# Reference",
        "",
        NOTE,
        "",
        "## Settings",
        "",
        *_table(("name", "default", "meaning"), settings),
        "",
        "## Contract tables",
        "",
        *_table(("table", "one row is", "columns"), contract),
        "",
        "## Marts",
        "",
        *_table(("mart", "one row is"), marts),
        "",
        "## State tables",
        "",
        *_table(("table", "one row is"), state),
        "",
        "## Questions",
        "",
        *_table(("name", "title", "answer"), questions),
        "",
        "## Permissions",
        "",
        *_table(("name", "allows"), permissions),
        "",
    ]
    return "\n".join(parts)


def main() -> int:
    """Write or check every generated file; return the exit code."""
    wanted = {DOCS / "metrics.md": metrics(), DOCS / "reference.md": reference()}
    stale = [p for p, text in wanted.items() if not p.exists() or p.read_text() != text]
    if "--check" in sys.argv:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is not fresh. Run `make docs`.\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
