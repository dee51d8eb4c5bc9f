"""How long a page takes in a real browser: from the address to the first figures and to all.

`python -m benchmarks.opening --customers N [--rounds N]` prints Markdown, milliseconds. A first
visit has an empty browser cache, later ones do not; the server has the answers in its cache, and
the browser runs on the same cores.
"""

import argparse
import statistics
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from benchmarks.load import ADDRESS, serve, signed_in
from benchmarks.warehouse import warehouse_of
from pages._session import cookie_name
from tests.browser.conftest import started

PAGES = ("/", "/asset", "/growth", "/funnel", "/tiers", "/migration", "/clv", "/churn", "/team")
PATIENCE = 60_000
#: Milliseconds since the navigation began, once cards and the first chart are there.
FIRST = """() => {
  const page = document.querySelector('#content');
  const drawn = page?.querySelector('.js-plotly-plot .main-svg');
  return drawn && !page.querySelector('.kpi .skeleton-line') ? performance.now() : 0;
}"""
#: The same once nothing waits any more: no skeleton in sight and no request under way.
ALL = """() => {
  const page = document.querySelector('#content');
  const empty = page?.querySelectorAll('.skeleton, [data-dash-is-loading=true]') ?? [];
  const inSight = found => found.getBoundingClientRect().top < innerHeight;
  const ends = performance.getEntriesByType('resource').map(found => found.responseEnd);
  const quiet = performance.now() - Math.max(0, ...ends);
  const isDrawn = page && ends.length && ![...empty].some(inSight);
  return isDrawn && quiet > 250 ? performance.now() - 250 : 0;
}"""


@dataclass(frozen=True)
class Visit:
    """Milliseconds to the first figures and to all in sight, kilobytes, requests of all kinds."""

    first: float
    whole: float
    kilobytes: float
    requests: int


def window(browser: Browser, token: str) -> BrowserContext:
    """Return a signed-in window with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": cookie_name(), "value": token, "url": ADDRESS}])
    return context


def visited(context: BrowserContext, path: str) -> Visit:
    """Open an address in a new tab and return what it took."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda found: sizes.append(found["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(ADDRESS + path, wait_until="commit")
    first = _when(page, FIRST)
    whole = _when(page, ALL)
    page.close()
    return Visit(first, whole, sum(sizes) / 1000, sum(1 for size in sizes if size))


def _when(page: Any, condition: str) -> float:
    return float(page.wait_for_function(condition, polling="raf", timeout=PATIENCE).json_value())


def report(customers: int, *, rounds: int = 3) -> list[str]:
    """Return the report as lines of Markdown."""
    warehouse, _built = warehouse_of(customers)
    process = serve(warehouse.var)
    try:
        (token,) = signed_in(warehouse.var, 1)
        with started() as browser:
            lines = [_line(browser, token, path, rounds) for path in PAGES]
    finally:
        process.terminate()
        process.wait(timeout=40)
    return [
        "| page | first visit: first figures | all in sight | kB | requests"
        " | later: first figures | all in sight | kB |",
        "|---|---|---|---|---|---|---|---|",
        *lines,
    ]


def _line(browser: Browser, token: str, path: str, rounds: int) -> str:
    first: list[Visit] = []
    later: list[Visit] = []
    _warm(browser, token, path)
    for _ in range(rounds):
        context = window(browser, token)
        first.append(visited(context, path))
        later.append(visited(context, path))
        context.close()
    cells = (
        *(_median(first, name) for name in ("first", "whole", "kilobytes", "requests")),
        *(_median(later, name) for name in ("first", "whole", "kilobytes")),
    )
    return f"| {path} | {' | '.join(cells)} |"


def _warm(browser: Browser, token: str, path: str) -> None:
    """Ask once what the page asks, so that its answers are in the server's cache."""
    context = window(browser, token)
    visited(context, path)
    context.close()


def _median(visits: list[Visit], name: str) -> str:
    return f"{statistics.median(getattr(visit, name) for visit in visits):,.0f}"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print("\n".join(report(arguments.customers, rounds=arguments.rounds)))


if __name__ == "__main__":
    main()
