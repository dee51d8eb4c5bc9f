"""A worker that is killed is replaced (F10); one that is asked to stop finishes its work (F22)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import requests

LIKE_OURS = ("--worker-class", "pages._worker.Worker", "--threads", "8", "--no-control-socket")


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str = "/") -> str:
        return requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=30).text


@pytest.fixture
def served() -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *LIKE_OURS]
    options = ("--workers", "2", "--graceful-timeout", "30", "--log-level", "critical")
    process = subprocess.Popen([*command, *options, "tests.faults.waiting:answer"])
    try:
        for _ in range(200):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Served(process, port)
    finally:
        process.terminate()
        process.wait(timeout=40)


def test_work_in_flight_is_finished_before_the_end(served: Served) -> None:
    served.get()
    with ThreadPoolExecutor(4) as readers:
        answers = [readers.submit(served.get, "/slow") for _ in range(4)]
        time.sleep(0.7)
        served.process.terminate()
        assert all(answer.result().isdigit() for answer in answers)
    assert served.process.wait(timeout=40) == 0
    with pytest.raises(requests.ConnectionError):
        served.get()


def test_a_killed_worker_is_replaced_and_the_other_serves_on(served: Served) -> None:
    victim = int(served.get())
    os.kill(victim, signal.SIGKILL)
    failed, seen = 0, set[int]()
    until = time.monotonic() + 30
    while time.monotonic() < until and not (len(seen - {victim}) >= 2):
        try:
            seen.add(int(served.get()))
        except requests.ConnectionError:
            failed += 1
    assert failed <= 1, "only what was on its way"
    assert len(seen - {victim}) >= 2, "a new worker has taken its place"
