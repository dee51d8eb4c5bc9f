"""An application that says which worker answers, after a while where it is asked to."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any


def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Return the number of the process."""
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1.5)
    body = str(os.getpid()).encode()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
