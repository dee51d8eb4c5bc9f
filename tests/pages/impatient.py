"""A server of one word whose worker waits a second for a request, and has two threads."""

from collections.abc import Callable, Iterable
from typing import Any

from pages._worker import Worker


class Impatient(Worker):
    """The worker of the cockpit, with less patience."""

    head_seconds = 1.0


def answer(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Say yes."""
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"yes"]
