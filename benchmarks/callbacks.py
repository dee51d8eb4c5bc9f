"""Time of the callbacks of every page through the real server code: uncached, cached, and a no-op.

Each page's callbacks that listen to the filters alone are called with new filters (uncached), again
with the same (cached), and compared with the drawer's that stays closed.
"""

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.pages import filter_sets, milliseconds, percentile
from benchmarks.warehouse import warehouse_of
from data.access.demo_readers import DEMO_READERS

ORIGIN = "http://localhost"


@dataclass(frozen=True)
class Called:
    """Milliseconds of one callback's answers and the size of one, in bytes."""

    output: str
    uncached: list[float]
    cached: list[float]
    size: int


def client_of(var: Path) -> Any:
    """Return a Flask test client of the application on a warehouse, as an executive's browser."""
    import os

    os.environ["VAR"] = str(var)
    from app import create_app
    from pages._session import READER_KEY

    client = create_app().test_client()
    client.environ_base |= {READER_KEY: DEMO_READERS["executive"], "HTTP_ORIGIN": ORIGIN}
    return client


def page_outputs() -> list[str]:
    """Return the outputs of page callbacks whose only input is the filters' Store.

    Panels that are asked together are one output, as Dash spells it: `..first.prop...second.prop..`
    """
    import dash

    found: list[str] = []
    for output, entry in dash.get_app().callback_map.items():
        inputs = entry["inputs"]
        if len(inputs) == 1 and inputs[0]["id"] == "filters" and not entry.get("state"):
            found.append(output)
    # These ask the warehouse nothing, or not as an executive.
    return [o for o in found if not o.strip(".").startswith(("access-", "profile-"))]


def body_of(output: str, query: dict[str, str]) -> dict[str, Any]:
    """Return the body that the browser would send."""
    several = output.startswith("..")
    parts = [part.rpartition(".") for part in output.strip(".").split("...")]
    outputs = [{"id": component, "property": name} for component, _, name in parts]
    return {
        "output": output,
        "outputs": outputs if several else outputs[0],
        "inputs": [{"id": "filters", "property": "data", "value": query}],
        "changedPropIds": ["filters.data"],
        "state": [],
    }


def call(client: Any, body: dict[str, Any]) -> Any:
    """Return the server's answer to a callback."""
    return client.post("/_dash-update-component", json=body)


def report(customers: int, *, rounds: int = 6, seed: int = 12) -> list[str]:
    """Return the report as lines of Markdown."""
    warehouse, _built = warehouse_of(customers)
    client = client_of(warehouse.var)
    from queries.run import fetcher

    info = fetcher().info()
    queries = [
        {**f.to_query(), "version": str(info.number)} for f in filter_sets(info, rounds, seed=seed)
    ]
    called = [_timed(client, output, queries) for output in page_outputs()]
    noop = _noop(client, queries[0])
    lines = [
        "| callback | uncached p50 | uncached p95 | cached p50 | answer |",
        "|---|---|---|---|---|",
    ]
    for c in called:
        cells = (
            c.output.strip(".").replace("...", " + "),
            f"{statistics.median(c.uncached):.1f}",
            f"{percentile(c.uncached, 95):.1f}",
            f"{statistics.median(c.cached):.1f}",
            f"{c.size / 1000:.1f} kB",
        )
        lines.append(f"| {' | '.join(cells)} |")
    cached = [ms for c in called for ms in c.cached]
    uncached = [ms for c in called for ms in c.uncached]
    ratio = statistics.median(cached) / noop
    return [
        *lines,
        "",
        f"All callbacks: uncached p50 {statistics.median(uncached):.1f} ms, p95 "
        f"{percentile(uncached, 95):.1f} ms; cached p50 {statistics.median(cached):.1f} ms, "
        f"{ratio:.1f}× a guarded callback that does next to nothing ({noop:.1f} ms).",
    ]


def _timed(client: Any, output: str, queries: list[dict[str, str]]) -> Called:
    uncached: list[float] = []
    cached: list[float] = []
    size = 0
    for query in queries:
        body = body_of(output, query)
        uncached.append(milliseconds(lambda body=body: call(client, body)))
        cached.append(
            statistics.median(milliseconds(lambda body=body: call(client, body)) for _ in range(3))
        )
        size = max(size, len(call(client, body).data))
    return Called(output, uncached, cached, size)


def _noop(client: Any, query: dict[str, str]) -> float:
    """Return the time of a guarded callback with nothing to do: the filter drawer stays closed."""
    body = {
        **body_of("filter-body.children", query),
        "inputs": [{"id": "filter-drawer", "property": "is_open", "value": False}],
        "changedPropIds": ["filter-drawer.is_open"],
        "state": [{"id": "filters", "property": "data", "value": query}],
    }
    return statistics.median(milliseconds(lambda: call(client, body)) for _ in range(30))
