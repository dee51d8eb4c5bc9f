"""Requests that never end keep nobody else waiting (T31)."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

WORKER = ("--worker-class", "tests.pages.impatient.Impatient", "--threads", "2")


@pytest.fixture
def port() -> Iterator[int]:
    """A server with the cockpit's kind of worker, by its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{number}", *WORKER]
    server = subprocess.Popen(
        [*command, "--no-control-socket", "--log-level", "critical", "tests.pages.impatient:answer"]
    )
    try:
        for _ in range(200):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", number)) == 0:
                    break
            time.sleep(0.1)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_whoever_never_ends_a_request_is_hung_up_on(port: int) -> None:
    with ExitStack() as lines:
        slow = [lines.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in "ab"]
        for line in slow:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow")
        time.sleep(0.3)
        # Both threads read the slow ones; this one is answered when they have been given up.
        assert requests.get(f"http://127.0.0.1:{port}/", timeout=20).text == "yes"
        for line in slow:
            line.settimeout(20)
            assert line.recv(100) == b"", "the connection has ended"
    assert requests.get(f"http://127.0.0.1:{port}/", timeout=20).text == "yes"
