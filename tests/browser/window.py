"""A browser window as a reader uses it: opens pages, waits for answers, reads what is shown."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Request

#: Longest wait for the answers of one step on a busy machine.
PATIENCE = 40.0
#: Without requests for so long, a page has its answers.
QUIET = 0.35


class Window:
    """One window with its own cookies, noting requests, failures and console errors."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE * 2000)
        self.base = base
        self.asked: list[str] = []
        self.errors: list[str] = []
        self._open: set[Request] = set()
        self._last = time.monotonic()
        page.on("request", self._began)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.on("response", self._answered)
        page.on("pageerror", lambda error: self.errors.append(f"error: {error}"))
        page.on("console", self._said)

    def _began(self, request: Request) -> None:
        self._open.add(request)
        self._last = time.monotonic()
        if "_dash-update-component" in request.url:
            self.asked.append((request.post_data_json or {}).get("output", ""))

    def _ended(self, request: Request) -> None:
        self._open.discard(request)
        self._last = time.monotonic()

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.errors.append(f"{response.status} {response.url}")

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text}")

    def open(self, path: str = "/", *, user: str = "executive") -> "Window":
        """Go to an address, sign in where asked to, and wait until everything is drawn."""
        self.page.goto(self.base + path, wait_until="domcontentloaded")
        if self.page.locator(f"button[name=demo][value={user}]").count():
            self.page.click(f"button[name=demo][value={user}]")
        self.page.wait_for_selector("#title:not(:empty)")
        return self.settle()

    def settle(self) -> "Window":
        """Wait until no answer is due any more and the page is idle.

        A page busy with drawing has not yet sent what a click asks for, so silence counts only
        from the moment the page itself is at rest.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.page.wait_for_timeout(60)
            busy = self.page.evaluate(REST)
            if busy:
                self._last = time.monotonic()
            if not self._open and time.monotonic() - self._last > QUIET:
                break
        return self

    def as_user(self, user: str) -> "Window":
        """Change to another demo user in the menu, which signs in anew and comes back here."""
        self.menu()
        with self.page.expect_navigation():
            self.page.click(f"[data-demo-users] form:has([name=demo][value={user}]) button")
        self.page.wait_for_selector("#title:not(:empty)")
        return self.settle()

    def menu(self) -> Locator:
        """Open the menu under the reader's name."""
        self.page.click(".user-menu:not([open]) > summary")
        return self.page.locator(".user-menu .menu")

    # --- reading ------------------------------------------------------------------------------

    @property
    def search(self) -> str:
        """The address behind its question mark, readable."""
        return self.page.evaluate("decodeURIComponent(location.search)")

    def text(self, selector: str) -> str:
        """What a reader reads in an element."""
        return self.page.inner_text(selector)

    def panel(self, name: str) -> Locator:
        """The frame of a panel."""
        return self.page.locator(f'section[data-panel="{name}"]')

    def twin(self, name: str) -> dict[str, Any]:
        """What a chart says of itself: summary, columns, rows, and what choosing a row does."""
        return self.page.evaluate(
            "name => document.querySelector(`[data-panel='${name}'] .js-plotly-plot`).layout.meta",
            name,
        )

    def bars(self, name: str) -> list[dict[str, Any]]:
        """Every bar of a chart that can be chosen: where it is, what it does, how large it is."""
        return self.page.evaluate(BARS, name)

    def until(self, holds: Callable[[], bool]) -> bool:
        """Wait up to ten seconds for what a slow machine draws late; return whether it holds."""
        for _ in range(100):
            if holds():
                return True
            self.page.wait_for_timeout(100)
        return holds()

    def click_bar(self, name: str, bar: dict[str, Any]) -> "Window":
        """Click the middle of a bar."""
        self.panel(name).scroll_into_view_if_needed()
        self.settle()
        found = next(b for b in self.bars(name) if b["go"] == bar["go"])
        self.page.mouse.click(found["x"], found["y"])
        return self.settle()

    def drill(self, name: str, bar: dict[str, Any]) -> "Window":
        """Click a bar that leads down and wait until its chart shows what is below."""
        before, search = self.twin(name)["columns"][0], self.search
        self.click_bar(name, bar)
        if self.search == search:
            # The page was still being drawn and moved away under the mouse.
            self.click_bar(name, bar)
        for _ in range(50):
            if self.twin(name)["columns"][0] != before:
                break
            self.page.wait_for_timeout(100)
        return self.settle()

    def drawer(self, name: str) -> str:
        """What an open drawer says, once it is filled."""
        self.page.wait_for_selector(f"#{name}-drawer.show")
        self.settle()
        self.page.wait_for_function(f"!document.querySelector('#{name}-body .skeleton')")
        return self.text(f"#{name}-body")

    def close_drawer(self) -> None:
        """Close the open drawer with the keyboard."""
        self.page.keyboard.press("Escape")
        self.page.wait_for_selector(".offcanvas.show", state="detached")
        self.page.wait_for_selector(".offcanvas-backdrop", state="detached")

    def fits(self) -> bool:
        """Whether nothing is wider than the window, once the charts have followed its size."""
        self.settle()
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        for _ in range(30):
            if not self.page.evaluate(wide):
                return True
            self.page.wait_for_timeout(100)
        return False


#: Draw twice, then say whether the page kept the caller waiting.
REST = """() => new Promise(done => {
  const asked = performance.now();
  const drawn = () => setTimeout(() => done(performance.now() - asked > 400), 0);
  requestAnimationFrame(() => requestAnimationFrame(drawn));
})"""

BARS = """name => {
  const plot = document.querySelector(`[data-panel='${name}'] .js-plotly-plot`);
  const plain = value => Array.isArray(value) ? value[0] : value;
  const found = [];
  const drawn = [...plot.querySelectorAll('.barlayer .trace')];
  const traces = plot.data.filter(trace => trace.type === 'bar');
  traces.forEach((trace, t) => {
    if (!trace.customdata) return;
    const points = [...(drawn[t]?.querySelectorAll('.point path') || [])];
    points.forEach((path, i) => {
      const box = path.getBoundingClientRect();
      const go = plain(trace.customdata[i]);
      if (go && box.width > 2 && box.height > 2)
        found.push({go, x: box.x + box.width / 2, y: box.y + box.height / 2,
                    value: trace.orientation === 'h' ? trace.x[i] : trace.y[i]});
    });
  });
  return found;
}"""


def number(text: str) -> float:
    """Return the first number of a text as it is written in English."""
    found = re.search(r"[−-]?[\d,]+(\.\d+)?", text)
    assert found, text
    return float(found.group().replace(",", "").replace("−", "-"))
