"""`make proof`: full counts, timing and load; writes the dated report docs/proof.md.

python -m benchmarks.proof [--customers N] [--seeds N] [--seconds N]
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import callbacks, load, pages, scoring, what_if

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
    """Time the models on simulated customers, and against another library where it is installed."""
    sizes = sorted({100_000, customers, 3 * customers})
    lines = [line for size in sizes for line in scoring.report(size, seed=11)]
    return [*lines, "", *scoring.comparison(seed=11)]


def machine() -> str:
    """Return what it was measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def main() -> None:
    """Measure everything and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--viewers", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=120)
    a = parser.parse_args()
    sections = {
        "Import": imports(SAMPLES),
        "Questions over the marts": pages.report(a.customers, rounds=a.rounds, seed=11),
        "Weight lab": what_if.report(a.customers, rounds=a.rounds, seed=11),
        "Models": models(a.customers),
        "Callbacks": callbacks.report(a.customers),
        "Load": load.report(
            a.customers,
            viewers=a.viewers,
            seconds=a.seconds,
            outputs=callbacks.page_outputs(),
        ),
        "Tests with further random seeds": tests(a.seeds),
    }
    lines = [
        "# Proof",
        "",
        f"Written by `make proof` on {datetime.now(UTC):%Y-%m-%d} ({machine()}). Milliseconds"
        " unless another unit is given; ratios are taken within one run.",
    ]
    for title, found in sections.items():
        lines += ["", f"## {title}", "", *found]
    REPORT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
