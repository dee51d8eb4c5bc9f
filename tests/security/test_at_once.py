"""Fifty threads that change their role with every question: nobody gets another's answer (T36)."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from data.warehouse.fetch import Fetcher
from pages import _guard
from tests.pages.visitor import ORIGIN, UPDATE, Visitor
from tests.security.canaries import sown, teams_in

VisitOther = Callable[..., Visitor]
Many = Callable[[int, int], int]
USERS = ("executive", "lead", "rep", "analyst", "admin")
THREADS = 50


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetcher]:
    """The company of marked customers."""
    fetcher = sown(tmp_path_factory.mktemp("canaries"))
    yield fetcher
    fetcher.readers.close()


def bodies_of(reader: Visitor) -> list[Any]:
    """Return questions whose answers name customers, and one that names the reader's place."""
    filters = reader.filters("?period=all")
    request = {"panel": "cockpit-kpis", "mark": None, "metric": None, "n": 1}
    values = {"rows-request.data": request, "filters.data": filters, "url.pathname": "/"}
    return [reader.body(output, values) for output in ("rows-body.children", "scope.children")]


def test_threads_that_change_their_role_are_never_mixed_up(
    visit_other: VisitOther,
    marked: Fetcher,
    monkeypatch: pytest.MonkeyPatch,
    many: Many,
    tell: Callable[[str], None],
) -> None:
    # As many of one reader at once as there are threads: none is told to come again.
    for limit in ("MOST_TOGETHER", "MOST_AT_ONCE", "MOST_WAITING"):
        monkeypatch.setattr(_guard, limit, THREADS)
    readers = [visit_other(marked, user) for user in USERS]
    cookies = [reader.client.get_cookie("cockpit").value for reader in readers]
    # The same bodies for all: nothing but the session says who asks.
    bodies = bodies_of(readers[0])
    wanted = [[reader.post(body).text for body in bodies] for reader in readers]
    assert len({rows for rows, _place in wanted}) >= 3, "executive, lead and rep differ"
    assert len(teams_in(wanted[0][0])) > len(teams_in(wanted[1][0])) > 0
    gate, wrong, seen = threading.Barrier(THREADS), list[Any](), list[int]()
    seconds = many(4, 60)

    def ask(thread: int) -> None:
        client = readers[0].client.application.test_client()
        gate.wait()
        until, asked = time.monotonic() + seconds, 0
        for turn in itertools.count(thread):
            who, what = turn % len(USERS), turn // len(USERS) % len(bodies)
            client.set_cookie("cockpit", cookies[who])
            response = client.post(UPDATE, json=bodies[what], headers={"Origin": ORIGIN})
            asked += 1
            if (response.status_code, response.text) != (200, wanted[who][what]):
                wrong.append((USERS[who], response.status_code, teams_in(response.text)))
            # At least each role once, however slow the machine is.
            if time.monotonic() > until and asked >= len(USERS):
                break
        seen.append(asked)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask, range(THREADS)))
    assert wrong == [], (len(wrong), wrong[:5])
    tell(f"{sum(seen):,} answers to {THREADS} threads of changing roles: none of another reader")
