"""Time of every page's questions over the marts, over raw orders, and of the callbacks around them.

`make bench` (or `python -m benchmarks.pages --customers N`) prints Markdown: SQL p50 and p95 warm
and the first (cold) run with random filters, what the path around the SQL adds, the same metrics
over raw orders by their reference SQL, and the refresh. Ratios are taken within one run.
"""

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.warehouse import Built, warehouse_of
from data.access.demo_readers import demo_reader
from data.access.reader import scope_of
from data.domain.escaping import escaped
from data.domain.filters import Filters, parse
from data.warehouse.fetch import Fetcher, Question
from data.warehouse.info import VersionInfo
from queries import all_questions
from queries.question import Question as Asked

REFERENCE = Path("tests/reference")
PERIODS = ("ytd", "last_12", "last_month", "quarter", "all", "2025-01-17..2025-11-05")
DIMENSIONS = ("region", "industry", "source", "tier", "lifecycle", "team", "kind")
USERS = ("executive", "lead", "analyst")


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one question: the first run, then the warm ones, and the whole path."""

    name: str
    cold: float
    sql: list[float]
    added: list[float]

    @property
    def p95(self) -> float:
        """The 95th percentile of the warm SQL times."""
        return percentile(self.sql, 95)


def percentile(values: list[float], share: int) -> float:
    """Return a percentile by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]


def filter_sets(info: VersionInfo, count: int, *, seed: int) -> Iterator[Filters]:
    """Yield random filters: a period, and none to five dimensions with one to three values."""
    draw = random.Random(seed)
    for _ in range(count):
        query = {"period": draw.choice(PERIODS)}
        for name in draw.sample(DIMENSIONS, draw.randint(0, 5)):
            values = [v for v in info.dictionary.values[name] if "," not in v and v != "prospect"]
            chosen = draw.sample(values, min(len(values), draw.randint(1, 3)))
            query[name] = ",".join(escaped(v) for v in chosen)
        yield parse(query, info.calendar, version=info.number)[0]


def milliseconds(work: Callable[[], Any]) -> float:
    """Return how long a call took."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def time_question(fetcher: Fetcher, asked: Asked, filters: list[Filters]) -> Timed:
    """Time one question: SQL alone (compiled beforehand) and the whole uncached path."""
    info = fetcher.info()
    engine = fetcher.readers.engine(info.number)
    sql: list[float] = []
    added: list[float] = []
    cold = 0.0
    for place, each in enumerate(filters):
        scope = scope_of(demo_reader(USERS[place % len(USERS)], info), info)
        stmt = asked.query(each, scope)
        text = str(stmt.compile(engine, compile_kwargs={"literal_binds": True}))
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection

            def run(raw: Any = raw, text: str = text) -> Any:
                return raw.execute(text).to_arrow_table()

            first = milliseconds(run)
            warm = statistics.median(milliseconds(run) for _ in range(3))
        cold = cold or first
        sql.append(warm)
        question = Question(
            asked.name, info.number, {}, lambda each=each, scope=scope: asked.query(each, scope)
        )
        whole = statistics.median(
            milliseconds(lambda question=question: fetcher.uncached(question)) for _ in range(3)
        )
        added.append(max(0.0, whole - warm))
    return Timed(asked.name, cold, sql, added)


def time_raw(fetcher: Fetcher, key: str, filters: Filters) -> float | None:
    """Return milliseconds of a metric's reference SQL; None where it reads no orders."""
    reference = REFERENCE / f"{key}.sql"
    if not reference.exists():
        return None
    text = reference.read_text()
    if not re.search(r"\b(FROM|JOIN)\s+orders\b", text, re.IGNORECASE):
        return None
    values = {
        "since": filters.period.since,
        "until": filters.period.until,
        "as_of": filters.calendar.as_of,
        "threshold": filters.threshold,
    }
    used = {k: v for k, v in values.items() if re.search(rf"\${k}\b", text)}
    with fetcher.readers.engine(filters.version).connect() as connection:
        raw: Any = connection.connection.driver_connection
        for table in ("customer", "opportunity", "rep"):
            # The reference SQL reads who is chosen from these; here everybody is.
            raw.execute(
                f"CREATE OR REPLACE TEMP VIEW chosen_{table} AS SELECT {table}_id FROM {table}"
            )
        return statistics.median(
            milliseconds(lambda: raw.execute(text, used).fetchall()) for _ in range(3)
        )


def report(customers: int, *, rounds: int, seed: int) -> list[str]:
    """Return the whole report as lines of Markdown."""
    warehouse, built = warehouse_of(customers)
    fetcher = Fetcher(warehouse)
    info = fetcher.info()
    filters = list(filter_sets(info, rounds, seed=seed))
    lines = [*_refresh_lines(built), "", *_head()]
    every: list[float] = []
    ratios: list[float] = []
    for asked in all_questions().values():
        timed = time_question(fetcher, asked, filters)
        every += timed.sql
        whole = parse({"period": "last_12"}, info.calendar, version=info.number)[0]
        raw = time_raw(fetcher, asked.metrics[0], whole)
        if raw:
            # The reference answers for everybody; so does the question it is compared with.
            ratios.append(raw / max(time_question(fetcher, asked, [whole]).sql[0], 0.01))
        lines.append(_line(timed, raw))
    lines += [
        "",
        f"All questions: SQL p50 {statistics.median(every):.1f} ms, "
        f"p95 {percentile(every, 95):.1f} ms, largest {max(every):.1f} ms over {len(every)} runs "
        f"with random filters (seed {seed}).",
    ]
    if ratios:
        lines.append(
            f"Raw orders against the marts: median {statistics.median(ratios):.0f}×, "
            f"least {min(ratios):.1f}×."
        )
    return lines


def _refresh_lines(built: Built) -> list[str]:
    slowest = sorted(built.steps.items(), key=lambda s: -s[1])[:5]
    return [
        f"{built.customers:,} customers, {built.orders:,} orders: generated and loaded in "
        f"{built.generate:.0f} s, refreshed in {built.refresh:.0f} s, {built.size / 1e6:,.0f} MB "
        "with contract tables.",
        "Slowest steps: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest) + ".",
    ]


def _head() -> list[str]:
    return [
        "| question | SQL cold | SQL p50 | SQL p95 | path adds p50 | raw orders |",
        "|---|---|---|---|---|---|",
    ]


def _line(timed: Timed, raw: float | None) -> str:
    cells = (
        timed.name,
        f"{timed.cold:.1f}",
        f"{statistics.median(timed.sql):.1f}",
        f"{timed.p95:.1f}",
        f"{statistics.median(timed.added):.1f}",
        f"{raw:.0f}" if raw else "–",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    print("\n".join(report(arguments.customers, rounds=arguments.rounds, seed=arguments.seed)))


if __name__ == "__main__":
    main()
