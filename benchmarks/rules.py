"""Time of a run of 25 rules over the whole base, and of one rule's preview.

`python -m benchmarks.rules --customers N` prints Markdown: for every ready rule, and for trees made
of them, how long the engine took to find who meets it and how long the run took in all, tasks
included; then the same rules again, when all of them rest; then the preview over 90 days.
"""

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Engine

from benchmarks.pages import milliseconds
from benchmarks.warehouse import warehouse_of
from data.access.demo_readers import demo_reader
from data.access.reader import Reader
from data.domain.ready_rules import READY
from data.domain.rule import Condition, Group, Rule
from data.state.opening import open_with_users
from data.state.rules import rules, save_rule
from data.warehouse.fetch import Fetcher
from pages._rule_runs import met_on, plain_filters, run_rules
from queries.rules import rule_patterns
from queries.run import connect, reading, run_uncached

RULES = 25


def asked() -> list[Rule]:
    """Return the ready rules, and trees of several conditions to make them 25."""
    ready = [r.taken_over(r.name, r.text) for r in READY.values()]
    trees = [
        Group("all", (Group("any", (a.tree, b.tree)), Condition("value", "at_least", 100)))
        for a, b in pairwise(ready)
        if a.tree.depth == b.tree.depth == 1
    ]
    made = [Rule(f"Tree {i}", tree, "Look into it") for i, tree in enumerate(trees)]
    return [*ready, *made][:RULES]


def report(customers: int) -> list[str]:
    """Return the whole report as lines of Markdown."""
    warehouse, _built = warehouse_of(customers)
    fetcher = Fetcher(warehouse)
    connect(fetcher)
    reader = demo_reader("executive", fetcher.info())
    with tempfile.TemporaryDirectory() as folder:
        database = open_with_users("", var=Path(folder))
        for rule in asked():
            save_rule(database, actor=reader, rule=rule)
        lines = _report(database, reader, customers)
        database.dispose()
    fetcher.readers.close()
    return lines


def _report(database: Engine, reader: Reader, customers: int) -> list[str]:
    day = plain_filters().calendar.as_of
    found: list[tuple[str, float, int]] = []
    with reading(reader):
        for about in rules(database):
            started = time.perf_counter()
            met = len(met_on(about.rule, day, most=customers))
            found.append((about.rule.name, (time.perf_counter() - started) * 1_000, met))
    first, again = _run(database), _run(database)
    lines = [
        f"{customers:,} customers, {len(found)} rules. Finding who meets them:"
        f" {sum(took for _, took, _ in found) / 1_000:.1f} s; first run with its tasks"
        f" {first:.1f} s, the next one {again:.1f} s.",
        "",
        "| rule | meets | finding them, ms |",
        "|---|---|---|",
        *(f"| {name} | {met:,} | {took:.0f} |" for name, took, met in found),
        "",
        f"Preview over 90 days, largest of the exact rules: {_previews(database, reader):.0f} ms.",
    ]
    return lines


def _run(database: Engine) -> float:
    started = time.perf_counter()
    for _ in run_rules(database):
        pass
    return time.perf_counter() - started


def _previews(database: Engine, reader: Reader) -> float:
    exact = [about.rule for about in rules(database) if about.rule.is_exact]
    with reading(reader):
        filters = plain_filters()
        return max(
            milliseconds(lambda rule=rule: run_uncached(rule_patterns(rule), filters))
            for rule in exact
        )


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    print("\n".join(report(parser.parse_args().customers)))


if __name__ == "__main__":
    main()
