"""A server of one word whose worker waits a second for a request, three for its body, and has two threads."""

from collections.abc import Callable, Iterable
from typing import Any

from pages._worker import Worker


class Impatient(Worker):
    """The worker of the cockpit, with less patience."""

    head_seconds = 1.0
    body_seconds = 3.0


def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Say yes, or how many bytes were sent."""
    sent = len(environ["wsgi.input"].read())
    said = str(sent).encode() if sent else b"yes"
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))])
    return [said]
