"""A demo warehouse of a wanted size, built once and kept, with the time each part took."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from data.pipeline.load_demo import Company, load_demo
from data.warehouse.fetch import Fetcher, OtherReleaseError
from data.warehouse.versions import Warehouse, live, open_warehouse

FOLDER = Path("var/bench")


@dataclass(frozen=True)
class Built:
    """How long a version took to build, in seconds, and how large it is, in bytes."""

    customers: int
    orders: int
    generate: float
    refresh: float
    size: int
    #: Step of the refresh -> seconds.
    steps: dict[str, float]


def warehouse_of(customers: int) -> tuple[Warehouse, Built]:
    """Return the demo warehouse of a size, built now or kept from an earlier run."""
    warehouse = open_warehouse("", var=FOLDER / str(customers))
    note = warehouse.var / "built.json"
    if not note.exists() or not _is_readable(warehouse):
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps(asdict(_build(warehouse, customers))))
    return warehouse, Built(**json.loads(note.read_text()))


def _is_readable(warehouse: Warehouse) -> bool:
    """Whether the kept version is one of this release."""
    try:
        Fetcher(warehouse).info()
    except OtherReleaseError:
        return False
    return True


def _build(warehouse: Warehouse, customers: int) -> Built:
    started = time.perf_counter()
    steps: dict[str, float] = {}
    now = {"name": "demo rows", "at": started}

    def progress(stage: str, _done: int, _total: int | None) -> None:
        if stage != now["name"]:
            at = time.perf_counter()
            steps[str(now["name"])] = at - float(now["at"])
            now.update(name=stage, at=at)

    report = load_demo(warehouse, Company(customers=customers), progress=progress)
    generate = steps.pop("demo rows")
    total = time.perf_counter() - started
    size = warehouse.file(live(warehouse)).stat().st_size
    return Built(customers, report.counts["orders"], generate, total - generate, size, steps)
