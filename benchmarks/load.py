"""Viewers on a real server: each opens pages, waits and changes filters; loopback only, bounded."""

import random
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from benchmarks.callbacks import body_of
from benchmarks.pages import filter_sets, percentile
from benchmarks.warehouse import warehouse_of
from data.access.reader import SYSTEM
from data.state import accounts
from data.state.engine import writing
from data.state.opening import open_with_users
from data.state.sessions import open_session
from data.warehouse.fetch import Fetcher
from pages._session import cookie_name

PORT = 8099
ADDRESS = f"http://127.0.0.1:{PORT}"
PAGE_BYTES = 4096
#: Seconds of thought between two interactions.
THINK = (5.0, 15.0)


@dataclass
class Seen:
    """What all viewers together saw."""

    times: list[float] = field(default_factory=list[float])
    errors: list[str] = field(default_factory=list[str])
    lock: threading.Lock = field(default_factory=threading.Lock)


def serve(var: Path) -> Any:
    """Start the server on the warehouse and wait until it is ready."""
    import os

    environment = {**os.environ, "VAR": str(var), "PORT": str(PORT), "HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(120):
        time.sleep(0.5)
        try:
            if requests.get(f"{ADDRESS}/readyz", timeout=2).ok:
                return process
        except requests.RequestException:
            continue
    process.kill()
    raise SystemExit("The server did not get ready within a minute.")


def signed_in(var: Path, viewers: int) -> list[str]:
    """Return the session of each of so many executives; nobody may ask more than four at once."""
    database = open_with_users(var=var)
    known = {account.user_id for account in accounts.accounts(database)}
    tokens: list[str] = []
    for user in (f"viewer{number}" for number in range(viewers)):
        if user not in known:
            accounts.add_account(database, actor=SYSTEM, user_id=user, role="executive")
        who = accounts.account(database, user)
        with writing(database) as connection:
            where = {"how": "benchmark", "address": "127.0.0.1", "browser": "benchmark"}
            tokens.append(open_session(connection, who, **where))
    database.dispose()
    return tokens


def browser(token: str = "") -> requests.Session:
    """Return a session that sends what the page would send, signed in where a token is given."""
    session = requests.Session()
    session.headers["Origin"] = ADDRESS
    if token:
        session.cookies.set(cookie_name(), token)
    return session


def ask(session: requests.Session, body: dict[str, Any], seen: Seen) -> None:
    """Fire one callback; note how long it took, and what was wrong with the answer."""
    started = time.perf_counter()
    try:
        answer = session.post(f"{ADDRESS}/_dash-update-component", json=body, timeout=30)
        problem = "" if answer.ok and b'"response"' in answer.content else str(answer)
    except requests.RequestException as error:
        problem = type(error).__name__
    took = (time.perf_counter() - started) * 1000
    with seen.lock:
        seen.times.append(took)
        if problem:
            seen.errors.append(problem)


def view(
    outputs: list[str], queries: list[dict[str, str]], seen: Seen, until: float, *, token: str
) -> None:
    """Be one viewer: six callbacks one after the other, then a pause."""
    session = browser(token)
    draw = random.Random()
    time.sleep(draw.uniform(0, THINK[1]))
    while time.monotonic() < until:
        query = draw.choice(queries)
        for output in draw.sample(outputs, min(6, len(outputs))):
            ask(session, body_of(output, query), seen)
        time.sleep(draw.uniform(*THINK))


def resident(pid: int) -> int:
    """Return the resident bytes of a process and of all that it has started."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(") ", 1)[1].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
        pages[int(path.parent.name)] = int(fields[21])

    def is_ours(process: int) -> bool:
        while process and process != pid:
            process = parents.get(process, 0)
        return process == pid

    return sum(size for process, size in pages.items() if is_ours(process)) * PAGE_BYTES


def report(customers: int, *, viewers: int, seconds: int, outputs: list[str]) -> list[str]:
    """Return what so many viewers saw in so many seconds."""
    warehouse, _built = warehouse_of(customers)
    info = Fetcher(warehouse).info()
    queries = [{**f.to_query(), "version": str(info.number)} for f in filter_sets(info, 40, seed=5)]
    process = serve(warehouse.var)
    seen = Seen()
    try:
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(
                target=view,
                args=(outputs, queries, seen, until),
                kwargs={"token": token},
                daemon=True,
            )
            for token in signed_in(warehouse.var, viewers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=seconds + 60)
        memory = resident(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=40)
    return [
        f"{viewers} viewers for {seconds} s, thinking {THINK[0]:.0f}–{THINK[1]:.0f} s, load on "
        f"the same two cores: {len(seen.times):,} callbacks, p50 "
        f"{statistics.median(seen.times):.0f} ms, p95 {percentile(seen.times, 95):.0f} ms, p99 "
        f"{percentile(seen.times, 99):.0f} ms, {len(seen.errors)} errors; server memory "
        f"{memory / 1e6:,.0f} MB.",
    ]
