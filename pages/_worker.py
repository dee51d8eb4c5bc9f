"""The server's worker: a request that never ends costs a thread for seconds, never a reader's."""

import io
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

#: Threads of a worker. Few of them answer at once (`pages._guard`); the others read requests, so
#: that some dozens of slow connections leave room.
THREADS = 64
#: How long the head of a request may take to arrive, and then its body.
HEAD_SECONDS = 10.0
BODY_SECONDS = 20.0
#: More is not read before the application answers: it takes less, and says so (413).
MOST_BYTES = 2 * 1024 * 1024 + 1


class Worker(ThreadWorker):
    """Gunicorn's threads, with an end to how long a request may take to be sent.

    The parser reads a socket as long as bytes drip in; nothing in gunicorn's settings ends that
    (https://gunicorn.org/reference/settings/, `timeout` is of the worker and not of a request).
    """

    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        #: Connection whose head or body is being read -> when that must be complete.
        self.reading: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it."""
        self.reading[conn] = time.monotonic() + self.head_seconds
        try:
            return super().handle(conn)
        finally:
            self.reading.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Read the body of a request whose head is complete, and answer it."""
        until = self.reading[conn] = time.monotonic() + self.body_seconds
        _take_in(req, conn.sock)
        self.reading.pop(conn, None)
        return time.monotonic() < until and super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Hang up on those who have taken too long; called about once a second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self.reading.items()):
            if until < now:
                _hang_up(conn.sock)


def _take_in(req: Any, line: socket.socket) -> None:
    """Read the body into its own buffer, so that the application never waits for it."""
    if req._expected_100_continue:
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        req._expected_100_continue = False
    taken = req.body.read(MOST_BYTES)
    beyond = req.body.buf.getvalue()
    req.body.buf = io.BytesIO()
    req.body.buf.write(taken + beyond)


def _hang_up(line: socket.socket) -> None:
    """End both directions: the thread that reads the socket sees its end and gives it up."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
