"""A server with a demo company of its own, and one Chromium for all browser tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.window import Window
from tests.conftest import COMPANY, Demo, loaded

ROOT = Path(__file__).parents[2]
CHROMIUM = which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync"),
)
STARTED_WITHIN = 60.0
#: The five readers' pages; a page that is added stands here, too.
Windows = Callable[..., Window]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo company that the server reads; a test may publish it again."""
    demo = loaded("", tmp_path_factory.mktemp("browser"), COMPANY)
    yield demo
    demo.close()


@pytest.fixture(scope="session")
def address(company: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that lives as long as the tests."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    with served(company.warehouse.var, log) as found:
        yield found


@contextmanager
def served(var: Path, log: Path) -> Iterator[str]:
    """Serve the data of a folder and return the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "serve", "--port", str(port), "--workers", "1"]
    environment = {**os.environ, "VAR": str(var), "HOST": "127.0.0.1"}
    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out) as process,
    ):
        found = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{found}/readyz", process, log)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=40)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text()[-3000:]}")


@contextmanager
def started() -> Iterator[Browser]:
    """Start a Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing. `make chromium` installs it.")
    with started() as browser:
        yield browser


def new_window(
    chromium: Browser,
    address: str,
    *,
    language: str = "en",
    theme: str = "light",
    width: int = 1440,
) -> Window:
    """Return a window with cookies of its own; whoever asks for it closes its context."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    cookies = (("lang", language), ("theme", theme))
    context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies])
    return Window(context.new_page(), address)


@pytest.fixture
def window(chromium: Browser, address: str) -> Iterator[Windows]:
    """Open windows, each with cookies of its own; they close with the test."""
    made: list[Window] = []

    def opened(**look: Any) -> Window:
        made.append(new_window(chromium, address, **look))
        return made[-1]

    yield opened
    for each in made:
        each.page.context.close()
