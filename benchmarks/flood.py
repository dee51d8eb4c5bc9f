"""What others' floods do to one who reads: sign-ins, slow connections and heavy questions at once.

python -m benchmarks.flood [--customers N] [--seconds N]
"""

import argparse
import random
import socket
import threading
import time
from collections.abc import Callable

import requests

from benchmarks.callbacks import body_of
from benchmarks.load import ADDRESS, PORT, Seen, ask, browser, serve, signed_in
from benchmarks.pages import filter_sets, percentile
from benchmarks.warehouse import warehouse_of
from data.warehouse.fetch import Fetcher
from tests.pages.visitor import TOKEN

#: What the one who reads looks at, and what the one who floods asks for at once.
READS = ("cockpit-teams.figure", "cockpit-kpis.children", "tiers-mix.figure")
SIGN_INS = SLOW = 50
HEAVY = 30

Until = Callable[[], bool]


def guess(number: int, is_over: Until, answers: list[int]) -> None:
    """Try passwords of one name after the other."""
    while not is_over():
        try:
            session = browser()
            token = TOKEN.search(session.get(f"{ADDRESS}/login?why=again", timeout=30).text)
            form = {"csrf_token": token.group(1) if token else "", "user": f"guess{number}"}
            form["password"] = f"not-it-{random.random()}"
            answers.append(session.post(f"{ADDRESS}/login", data=form, timeout=30).status_code)
        except requests.RequestException:
            answers.append(0)


def crawl(is_over: Until) -> None:
    """Send a request so slowly that it never ends."""
    while not is_over():
        try:
            with socket.create_connection(("127.0.0.1", PORT), timeout=10) as line:
                line.sendall(b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\n")
                while not is_over():
                    line.sendall(b"X-Slow: 1\r\n")
                    time.sleep(1)
        except OSError:
            time.sleep(0.2)


def press(session: requests.Session, queries: list[dict[str, str]], is_over: Until) -> None:
    """Ask for something that no cache knows, again and again."""
    ignored = Seen()
    while not is_over():
        query = {**random.choice(queries), "threshold": str(random.randint(30, 365))}
        ask(session, body_of("churn-teams.figure", query), ignored)


def read(token: str, queries: list[dict[str, str]], seconds: float) -> Seen:
    """Be the one who reads for so many seconds."""
    seen, session, until = Seen(), browser(token), time.monotonic() + seconds
    while time.monotonic() < until:
        ask(session, body_of(random.choice(READS), random.choice(queries)), seen)
        time.sleep(0.1)
    return seen


def beside(work: list[Callable[[Until], None]], reader: Callable[[], Seen]) -> Seen:
    """Return what the reader saw while all of the work was going on."""
    over = threading.Event()
    threads = [threading.Thread(target=w, args=(over.is_set,), daemon=True) for w in work]
    for thread in threads:
        thread.start()
    try:
        return reader()
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=40)


def report(customers: int, *, seconds: int) -> list[str]:
    """Return what one reader saw alone and beside each flood, as lines of Markdown."""
    warehouse, _built = warehouse_of(customers)
    info = Fetcher(warehouse).info()
    queries = [{**f.to_query(), "version": str(info.number)} for f in filter_sets(info, 40, seed=5)]
    process = serve(warehouse.var)
    answers: list[int] = []
    try:
        reader, flooder = signed_in(warehouse.var, 2)
        guesses = [lambda over, n=n: guess(n, over, answers) for n in range(SIGN_INS)]
        slow = [crawl for _ in range(SLOW)]
        heavy = [lambda over: press(browser(flooder), queries, over) for _ in range(HEAVY)]
        floods: dict[str, list[Callable[[Until], None]]] = {
            "alone": [],
            f"beside {SIGN_INS} who guess passwords": guesses,
            f"beside {SLOW} connections that never end a request": slow,
            f"beside a user with {HEAVY} heavy questions at a time": heavy,
        }
        read(reader, queries, seconds / 2)
        seen = {
            name: beside(work, lambda: read(reader, queries, seconds))
            for name, work in floods.items()
        }
    finally:
        process.terminate()
        process.wait(timeout=40)
    checked = answers.count(401)
    return [
        f"One reader at {customers:,} customers, {seconds} s each, everything on these cores:",
        "",
        "| | questions | p50 ms | p95 ms | errors |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {len(s.times)} | {percentile(s.times, 50):.0f} |"
            f" {percentile(s.times, 95):.0f} | {len(s.errors)} |"
            for name, s in seen.items()
        ),
        "",
        f"{len(answers):,} guesses, {checked:,} of them checked against a password; the others"
        " were told to wait.",
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=20)
    a = parser.parse_args()
    print("\n".join(report(a.customers, seconds=a.seconds)))
