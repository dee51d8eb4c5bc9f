"""`make proof`: full counts, timing and load; writes the dated report docs/proof.md.

python -m benchmarks.proof [--customers N] [--seeds N] [--seconds N] [--only SECTION]
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    callbacks,
    comparison,
    flood,
    load,
    opening,
    outbox,
    pages,
    rules,
    scoring,
    what_if,
)
from tests.security import sabotage

REPORT = Path("docs/proof.md")
SAMPLES = Path(os.environ.get("COCKPIT_DATA", "../shared/data"))


def tests(seeds: int) -> list[str]:
    """Run the number tests with more random seeds than `make test` does."""
    lines: list[str] = []
    for seed in range(1, seeds + 1):
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "tests/queries",
            "--random-seed",
            str(seed),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        last = [line for line in done.stdout.splitlines() if re.search(r"passed|failed", line)]
        lines.append(f"- seed {seed}: {last[-1].strip('= ') if last else 'no test ran'}")
    return lines


#: Where it is proved who sees what.
RIGHTS = (
    *("tests/security", "tests/queries/test_scope.py", "tests/queries/test_masks.py"),
    *("tests/pages/test_rights.py", "tests/pages/test_access_page.py"),
    *("tests/pages/test_malformed.py", "tests/pages/test_export.py"),
    "tests/browser/test_stored_xss.py",
)


def rights() -> list[str]:
    """Run the tests of who sees what with their full counts, and break the code on purpose."""
    options = ("--full", "-n", "2", "--no-loadscope-reorder", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *options, *RIGHTS]
    with ThreadPoolExecutor() as pool:
        running = pool.submit(subprocess.run, command, capture_output=True, text=True, check=False)
        broken = list(sabotage.tried())
        done = running.result()
    counted = re.findall(r"^counted: (.*)$", done.stdout, re.MULTILINE)
    last = [line for line in done.stdout.splitlines() if re.search(r"\d+ (passed|failed)", line)]
    failed = re.findall(r"^(?:FAILED|ERROR) (.*)$|^(random seed: \d+)", done.stdout, re.MULTILINE)
    return [
        *(f"- {line}" for line in counted),
        f"- {last[-1].strip('= ') if last else 'no test ran'}",
        *(f"- {name or seed}" for name, seed in failed),
        "",
        "Sabotages, each in a copy of the code, with the test that must turn red:",
        "",
        *broken,
    ]


def imports(folder: Path) -> list[str]:
    """Time the import and refresh of the real files, where they are at hand."""
    file = folder / "online_retail.csv.gz"
    if not file.exists():
        return [f"The sample files are not at {folder}; their import was not timed."]
    lines: list[str] = []
    for run in range(3):
        var = Path(f"var/bench/import-{os.getpid()}-{run}")
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "app.py", "import", str(file)],
            env={**os.environ, "VAR": str(var)},
            check=True,
            capture_output=True,
        )
        lines.append(f"{time.perf_counter() - started:.1f} s")
    return [f"Online Retail, 541,909 lines, import and refresh, three runs: {', '.join(lines)}."]


def models(customers: int) -> list[str]:
    """Time the models on simulated customers, and beside another library."""
    sizes = sorted({100_000, customers, 3 * customers})
    lines = [line for size in sizes for line in scoring.report(size, seed=11)]
    both = (comparison.report(size, seed=11) for size in sorted({100_000, customers}))
    return [*lines, *(line for report in both for line in report)]


def machine() -> str:
    """Return what it was measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def main() -> None:
    """Measure everything, or one section of the report, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--viewers", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--only", default="", help="measure this section, keep the others")
    a = parser.parse_args()
    kept = _sections(REPORT.read_text()) if a.only else {}
    found = {
        title: measure() if a.only in ("", title) else kept.get(title, ["Not measured yet."])
        for title, measure in _measures(a).items()
    }
    lines = [
        "# Proof",
        "",
        f"Written by `make proof` on {datetime.now(UTC):%Y-%m-%d} ({machine()}). Milliseconds"
        " unless another unit is given; ratios are taken within one run.",
    ]
    for title, section in found.items():
        lines += ["", f"## {title}", "", *section]
    REPORT.write_text("\n".join(lines) + "\n")


def _measures(a: argparse.Namespace) -> dict[str, Callable[[], list[str]]]:
    """Return the sections of the report with what measures each."""
    return {
        "Import": lambda: imports(SAMPLES),
        "Questions over the marts": lambda: pages.report(a.customers, rounds=a.rounds, seed=11),
        "Weight lab": lambda: what_if.report(a.customers, rounds=a.rounds, seed=11),
        "Rules": lambda: rules.report(a.customers),
        "Outbox": outbox.report,
        "Models": lambda: models(a.customers),
        "Callbacks": lambda: callbacks.report(a.customers),
        "Opening a page": lambda: opening.report(a.customers),
        "Load": lambda: load.report(
            a.customers,
            viewers=a.viewers,
            seconds=a.seconds,
            outputs=callbacks.page_outputs(),
        ),
        "Tests with further random seeds": lambda: tests(a.seeds),
        "Who sees what": rights,
        "Floods": lambda: flood.report(20_000, seconds=20),
    }


def _sections(report: str) -> dict[str, list[str]]:
    """Return the sections of a report by title, as lines without the blank ones around them."""
    found: dict[str, list[str]] = {}
    for part in report.split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        found[title] = text.strip("\n").split("\n")
    return found


if __name__ == "__main__":
    main()
