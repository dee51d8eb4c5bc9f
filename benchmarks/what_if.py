"""Time of the weight lab: re-scoring and re-tiering the whole base for weights never asked before.

`python -m benchmarks.what_if --customers N` prints Markdown: per question the first run and the
warm ones of random weights and limits, each uncached and through every layer a page uses, the
three questions of one move of a slider together, and a lookup in the cache.
"""

import argparse
import random
import statistics

from benchmarks.pages import milliseconds, percentile
from benchmarks.warehouse import warehouse_of
from data.access.demo_readers import demo_reader
from data.domain.filters import Filters, parse
from data.domain.model import PRESETS
from data.domain.what_if import WhatIf
from data.warehouse.fetch import Fetcher
from queries.question import Query
from queries.run import reading, run, run_uncached
from queries.what_if import effective_weights, what_if_members, what_if_movers, what_if_tiers

ASKED: tuple[Query, ...] = (what_if_tiers, what_if_movers, effective_weights)
READERS = ("executive", "lead", "analyst")


class Kept:
    """A cache in a dictionary, as the web server's is used."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return the cached bytes, or None."""
        return self.kept.get(key)

    def set(self, key: str, value: bytes, timeout: int | None = None) -> bool:  # noqa: ARG002 -- kept for ever
        """Keep bytes under the key."""
        self.kept[key] = value
        return True


def random_what_if(draw: random.Random) -> WhatIf:
    """Return weights that add up to 100, and limits, as somebody might try them."""
    preset = PRESETS[draw.choice(sorted(PRESETS))]
    weights = WhatIf({d: draw.randint(1, 100) for d in preset}).at_100().weights
    high = draw.randint(60, 95)
    return WhatIf(
        weights,
        high_score=high,
        potential_growth=draw.randint(50, 90),
        potential_score=draw.randint(30, high),
        dormant_days=draw.randint(90, 365),
    )


def report(customers: int, *, rounds: int, seed: int) -> list[str]:
    """Return the whole report as lines of Markdown."""
    warehouse, _built = warehouse_of(customers)
    fetcher = Fetcher(warehouse, Kept())
    info = fetcher.info()
    plain = parse({}, info.calendar, version=info.number)[0]
    draw = random.Random(seed)
    tried = [plain.trying(random_what_if(draw)) for _ in range(rounds)]
    lines = [
        f"{customers:,} customers, {rounds} random what-ifs (seed {seed}), milliseconds:",
        "",
        "| question | first | p50 | p95 | largest |",
        "|---|---|---|---|---|",
    ]
    times: dict[str, list[float]] = {}
    for query in (*ASKED, what_if_members):
        limit = tried if query is not what_if_members else tried[:3]
        times[_name(query)] = [_uncached(query, f, fetcher, place=i) for i, f in enumerate(limit)]
    lines += [_line(name, found) for name, found in times.items()]
    together = [sum(each) for each in zip(*(times[_name(q)] for q in ASKED), strict=True)]
    lines.append(_line("one move of a slider: the three, one after the other", together))
    lines.append(_line("the same from the cache", _cached(tried, fetcher)))
    return lines


def _name(query: Query) -> str:
    return query.__name__  # type: ignore[attr-defined]


def _uncached(query: Query, filters: Filters, fetcher: Fetcher, *, place: int) -> float:
    with reading(demo_reader(READERS[place % len(READERS)], fetcher.info()), through=fetcher):
        return milliseconds(lambda: run_uncached(query, filters))


def _cached(tried: list[Filters], fetcher: Fetcher) -> list[float]:
    def ask(filters: Filters) -> None:
        for query in ASKED:
            run(query, filters)

    with reading(demo_reader(READERS[0], fetcher.info()), through=fetcher):
        for filters in tried:
            ask(filters)
        return [milliseconds(lambda filters=filters: ask(filters)) for filters in tried]


def _line(name: str, found: list[float]) -> str:
    warm = found[1:] or found
    cells = (found[0], statistics.median(warm), percentile(warm, 95), max(warm))
    return f"| {name} | {' | '.join(f'{value:.1f}' for value in cells)} |"


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
