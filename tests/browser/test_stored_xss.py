"""Forty payloads in every text of the data, read in a real browser: none of them runs."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import served
from tests.browser.window import Window
from tests.companies import Table, company
from tests.security.corpus import XSS_PAYLOADS

pytestmark = pytest.mark.browser

#: Notes what runs or is stopped by the policy, before any script of the page.
WATCH = """
window.__reports = [];
document.addEventListener('securitypolicyviolation', e =>
  window.__reports.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
"""
#: Attributes that would run or lead to script, and elements that no page of ours has.
DANGER = """() => {
  const found = [];
  for (const it of document.querySelectorAll('*')) {
    for (const { name, value } of it.attributes) {
      if (name.startsWith('on')) found.push(it.tagName + ' ' + name);
      if (/^\\s*(javascript|vbscript)\\s*:/i.test(value) && /^(href|src|action|formaction|data|xlink:href|srcdoc)$/.test(name))
        found.push(it.tagName + ' ' + name + '=' + value);
    }
    if (/^(IFRAME|OBJECT|EMBED|BASE|MARQUEE|MATH|VIDEO|AUDIO)$/.test(it.tagName)) found.push(it.tagName);
  }
  return found;
}"""
PATHS = ("/", "/growth", "/funnel", "/tiers", "/weights", "/clv", "/churn", "/access", "/profile")
#: Drawers that list customers and deals by name.
PANELS = (("/", "cockpit-teams"), ("/funnel", "funnel-stages"), ("/tiers", "tiers-mix"))


def poisoned() -> dict[str, Table]:
    """Return a company in which every text is a payload, each payload somewhere."""
    n = len(XSS_PAYLOADS)
    text = {i: XSS_PAYLOADS[i % n] for i in range(5 * n)}
    return {
        "team": [
            {"team_id": "T", "name": text[0], "parent_team_id": None},
            *({"team_id": text[i], "name": text[i], "parent_team_id": "T"} for i in range(1, 4)),
        ],
        "rep": [
            {"rep_id": text[i], "name": text[i + 4], "team_id": text[1 + i % 3]} for i in range(9)
        ],
        "customer": [
            {
                "customer_id": f"{text[i]}{i}",
                "name": text[i],
                "region": text[i % 7],
                "city": text[7 + i % 9],
                "industry": text[16 + i % 8],
                "source": text[24 + i % 8],
                "rep_id": text[i % 9],
            }
            for i in range(2 * n)
        ],
        "orders": [
            {
                "order_id": f"O{i}",
                "customer_id": f"{text[i % (2 * n)]}{i % (2 * n)}",
                "rep_id": text[i % 9],
                "ordered_on": date(2025 + i % 2, 1 + i % 6, 1 + i % 27),
                "amount": Decimal(i % 50 + 1),
            }
            for i in range(12 * n)
        ],
        "opportunity": [
            {
                "opportunity_id": f"{text[i]}{i}",
                "customer_id": None,
                "lead_name": text[i],
                "rep_id": text[i % 9],
                "stage": ("lead", "quoted", "won")[i % 3],
                "status": ("open", "lost", "won")[i % 3],
                "lost_reason": text[32 + i % 8],
                "source": text[24 + i % 8],
                "created_on": date(2026, 1 + i % 5, 3),
                "closed_on": None if i % 3 == 0 else date(2026, 6, 3),
                "amount": Decimal(100 + i),
            }
            for i in range(2 * n)
        ],
    }


@pytest.fixture(scope="module")
def poison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the poisoned company."""
    folder = tmp_path_factory.mktemp("poison")
    fetcher = company(folder, poisoned(), date(2026, 6, 20))
    with served(folder, folder / "server.log") as address:
        yield address
    fetcher.readers.close()


@pytest.fixture
def page(chromium: Browser, poison: str) -> Iterator[Page]:
    """A page of the administrator, with everything watched."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    found = context.new_page()
    found.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    found.goto(f"{poison}/login")
    found.locator('button[name="demo"][value="admin"]').click()
    found.wait_for_selector("#title:not(:empty)")
    yield found
    context.close()


def check(window: Window, where: str) -> None:
    """Fail where anything ran, was stopped by the policy only, or stands ready to run."""
    page = window.page
    assert page.evaluate("window.__pwn") is None, where
    assert page.evaluate(DANGER) == [], where
    assert page.evaluate("window.__reports") == [], where


def test_no_payload_runs_on_any_page_drawer_or_filter(
    page: Page, poison: str, tell: Callable[[str], None]
) -> None:
    window = Window(page, poison)
    shown: set[str] = set()
    for path in PATHS:
        window.open(f"{path}?period=all&compare=previous")
        check(window, path)
        shown |= seen(window)
    for path, name in PANELS:
        window.open(f"{path}?period=all")
        window.panel(name).locator("[data-rows]").click()
        window.drawer("rows")
        check(window, f"rows of {name}")
        shown |= seen(window)
    window.open("/?period=all")
    page.locator(".chip.add").click()
    window.drawer("filter")
    check(window, "filters")
    everywhere = {"region": 3, "city": 20, "team": 1, "customer": 5, "source": 25, "nonsense": 9}
    for key, place in everywhere.items():
        page.goto(f"{poison}/?period=all&{query(key, XSS_PAYLOADS[place])}&path={key}")
        page.wait_for_selector("#title:not(:empty)")
        window.settle()
        check(window, f"chip and breadcrumb of {key}")
    assert len(shown) > len(XSS_PAYLOADS) // 2, "the payloads are really on the pages"
    tell(
        f"{len(XSS_PAYLOADS)} stored payloads in every text, {len(PATHS)} pages, {len(PANELS)} "
        f"drawers, filters and addresses in Chromium: none ran, no policy report; "
        f"{len(shown)} of them read as text"
    )


def query(key: str, value: str) -> str:
    """Return a choice as it stands in an address."""
    from urllib.parse import quote

    escaped = value.replace("~", "~~").replace(",", "~c").replace(":", "~d")
    return f"{key}={quote(escaped)}"


def seen(window: Window) -> set[str]:
    """Return the payloads that stand as text on the page, in charts, tables and lists."""
    text: Any = window.page.evaluate("document.body.textContent")
    figures = window.page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map(p => JSON.stringify(p.layout.meta)).join()"
    )
    words = f"{text} {figures}".replace('\\"', '"')
    return {payload for payload in XSS_PAYLOADS if payload[:40] in words}
