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


@pytest.fixture(scope="module")
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


def test_whoever_drips_a_body_is_hung_up_on(port: int) -> None:
    with ExitStack() as lines:
        slow = [lines.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in "ab"]
        began = time.monotonic()
        for line, kind in zip(
            slow, ("Content-Length: 60", "Transfer-Encoding: chunked"), strict=True
        ):
            line.sendall(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n{kind}\r\n\r\n".encode())
            line.settimeout(1)
        dripping = set(slow)
        while dripping and time.monotonic() - began < 30:
            dripping = {line for line in dripping if not _has_ended(line)}
        assert not dripping, "the connections have ended"
        assert 3 <= time.monotonic() - began < 20
    assert requests.get(f"http://127.0.0.1:{port}/", timeout=20).text == "yes"


def _has_ended(line: socket.socket) -> bool:
    """Send one more byte and wait a second for what the server says to it."""
    try:
        line.sendall(b"1")
        return line.recv(100) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("size", [1, 1_023, 1_024, 100_000, 2_097_152, 2_097_153, 3_000_000])
def test_a_body_arrives_whole(port: int, size: int) -> None:
    where = f"http://127.0.0.1:{port}/"
    with requests.Session() as session:
        for body in (b"x" * size, iter([b"x" * size]), b"y" * size):
            assert session.post(where, data=body, timeout=20).text == str(size)
        assert session.get(where, timeout=20).text == "yes"


def test_who_asks_whether_to_send_a_body_is_told_to_go_on_once(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(20)
        line.sendall(head + b"Expect: 100-continue\r\n\r\n")
        assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"12345")
        answer = b"".join(iter(lambda: line.recv(1_000), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"\r\n\r\n5")
