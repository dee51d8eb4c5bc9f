"""Servers of a few lines that let callers wait, or hang up on every third of them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def _listening(take: Callable[[socket.socket], None]) -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(50)

        def let_in() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                take(line)

        threading.Thread(target=let_in, daemon=True).start()
        yield int(door.getsockname()[1])
        door.shutdown(socket.SHUT_RDWR)


@contextmanager
def silent() -> Iterator[int]:
    """Let everybody in and never say a word; yields the port."""
    held: list[socket.socket] = []
    with _listening(held.append) as port:
        yield port
    for line in held:
        line.close()


@contextmanager
def flapping(target: str) -> Iterator[int]:
    """Pass everything on to a socket file, but hang up on every third caller; yields the port."""
    count = 0
    held: list[socket.socket] = []

    def take(line: socket.socket) -> None:
        nonlocal count
        count += 1
        if count % 3 == 0:
            line.close()
            return
        other = socket.socket(socket.AF_UNIX)
        other.connect(target)
        held.extend((line, other))
        for here, there in ((line, other), (other, line)):
            threading.Thread(target=_pass_on, args=(here, there), daemon=True).start()

    with _listening(take) as port:
        yield port
    for line in held:
        line.close()


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    try:
        while piece := here.recv(65536):
            there.sendall(piece)
        there.shutdown(socket.SHUT_WR)
    except OSError:
        return
