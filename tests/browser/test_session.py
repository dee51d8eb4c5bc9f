"""What lasts: filters, language and theme; who reads; a lost connection; newer data."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from data.pipeline.load_demo import load_demo
from tests.browser.conftest import Windows
from tests.browser.test_drill import REGIONS, revenue
from tests.browser.test_every_page import PAGES
from tests.conftest import COMPANY, Demo

pytestmark = pytest.mark.browser
UPDATES = re.compile("_dash-update-component")


def test_filters_survive_reload_and_every_page(window: Windows) -> None:
    opened = window().open("/")
    opened.click_bar(REGIONS, opened.bars(REGIONS)[0])
    search, shown = opened.search, revenue(opened)
    opened.page.reload()
    opened.settle()
    assert opened.search == search
    assert revenue(opened) == shown
    for path in [*PAGES, "/"]:
        opened.page.locator(f'#navigation .nav-group [data-nav="{path}"]').click()
        opened.settle()
        assert opened.search == search, path
        assert opened.text("#title") == PAGES[path]
        assert "Region" in opened.text("#chips")
    assert revenue(opened) == shown
    opened.page.go_back()
    opened.settle()
    assert opened.text("#title") == PAGES[list(PAGES)[-1]]
    assert opened.search == search
    assert not opened.errors


def test_a_link_opens_the_same_view_elsewhere(window: Windows) -> None:
    first = window().open("/")
    first.click_bar(REGIONS, first.bars(REGIONS)[0])
    address = first.page.url.removeprefix(first.base)
    assert revenue(window().open(address)) == revenue(first)


def test_the_lead_sees_their_own_numbers_and_is_told_so(window: Windows) -> None:
    opened = window().open("/")
    whole = revenue(opened)
    assert "all teams" in opened.text("#scope")
    opened.as_user("lead")
    assert 0 < revenue(opened) < whole
    assert "all teams" not in opened.text("#scope")
    part = revenue(opened)
    opened.as_user("rep")
    assert 0 < revenue(opened) < part
    assert not opened.page.locator("#rows-body [data-csv]").count()
    opened.page.reload()
    opened.settle()
    assert opened.text(".user-name") == "Sales representative"
    assert not opened.errors


@pytest.mark.usefixtures("as_before")
def test_language_and_theme_belong_to_the_user(window: Windows) -> None:
    opened = window().open("/?period=last_12", user="analyst")
    opened.menu().get_by_role("button", name="中文").click()
    opened.page.wait_for_selector('.shell[lang^="zh"]')
    opened.settle()
    assert opened.text("#title") == "驾驶舱"
    assert opened.search == "?period=last_12"
    opened.menu().get_by_role("button", name="深色").click()
    opened.page.wait_for_selector('html[data-bs-theme="dark"]')
    opened.settle()
    for other in (opened, window()):
        again = other.page.context.new_page()
        again.goto(opened.base + "/growth")
        if other is not opened:
            again.click("button[name=demo][value=analyst]")
        again.wait_for_selector("#title:not(:empty)")
        assert again.get_attribute("html", "data-bs-theme") == "dark"
        assert again.get_attribute(".shell", "lang") == "zh-Hans-CN"


#: What the menu calls a choice, and what the page then is.
LOOKS = (
    ("English", '.shell[lang="en"]'),
    ("Light colours", 'html[data-bs-theme="light"]'),
)


@pytest.fixture
def as_before(window: Windows) -> Iterator[None]:
    """The analyst of all tests reads English on light colours again after the test."""
    yield
    opened = window(language="en").open("/profile", user="analyst")
    for words, done in LOOKS:
        button = opened.menu().get_by_role("button", name=words)
        if button.count():
            button.click()
            opened.page.wait_for_selector(done)
            opened.settle()


@pytest.mark.parametrize(("wanted", "shown"), [("zh-CN", "zh-Hans-CN"), ("fr-FR", "en")])
def test_the_first_visit_follows_the_browser(window: Windows, wanted: str, shown: str) -> None:
    context = window().page.context.browser
    assert context
    fresh = context.new_context(locale=wanted)
    page = fresh.new_page()
    page.goto(window().base)
    assert page.get_attribute("html", "lang") == shown
    page.click("button[name=demo][value=rep]")
    page.wait_for_selector("#title:not(:empty)")
    assert page.get_attribute(".shell", "lang") == shown
    fresh.close()


def test_nonsense_in_the_address_is_named(window: Windows) -> None:
    opened = window().open("/?tier=gold&colour=red&period=last_12")
    said = opened.text("#toasts")
    assert "tier=gold" in said
    assert "colour=red" in said
    assert not opened.page.locator("#chips .removable").count()
    assert not opened.errors


def test_a_lost_connection_is_said_and_healed(window: Windows) -> None:
    opened = window().open("/")
    before = revenue(opened)
    opened.page.context.set_offline(True)
    opened.page.locator(".moves a").first.click()
    opened.page.wait_for_selector("#connection:visible")
    assert "The connection to the server is lost." in opened.text("#connection")
    opened.page.context.set_offline(False)
    # The banner may have gone by itself already: then there is nothing left to press.
    opened.page.evaluate(
        "document.querySelector('#connection:not([hidden]) [data-retry]')?.click()"
    )
    opened.page.wait_for_selector("#connection", state="hidden")
    opened.settle()
    assert opened.until(lambda: 0 < revenue(opened) < before)


def test_a_page_of_an_older_release_asks_to_be_reloaded(window: Windows) -> None:
    opened = window().open("/")
    assert opened.page.locator("#outdated").is_hidden()

    def of_another_release(route: Route) -> None:
        body = {**(route.request.post_data_json or {}), "output": "gone.children"}
        route.continue_(post_data=json.dumps(body))

    opened.page.route(UPDATES, of_another_release)
    opened.click_bar(REGIONS, opened.bars(REGIONS)[0])
    opened.page.wait_for_selector("#outdated:visible")
    said = " ".join(opened.text("#outdated").split())
    assert said == "A new version of the cockpit is in use. Reload"
    opened.page.unroute(UPDATES)
    search = opened.search
    opened.page.click("#outdated a")
    opened.settle()
    assert opened.page.locator("#outdated").is_hidden()
    assert opened.search == search != ""
    assert revenue(opened) > 0


def test_newer_data_are_announced(window: Windows, company: Demo) -> None:
    opened = window().open("/")
    before = opened.text("#as-of")
    load_demo(company.warehouse, COMPANY)
    opened.page.wait_for_timeout(1_500)
    opened.page.evaluate("window.dash_clientside.set_props('tick', {n_intervals: 99})")
    assert opened.until(lambda: "New data is in." in opened.text("#banner"))
    opened.click_bar(REGIONS, opened.bars(REGIONS)[0])
    assert opened.text("#as-of") == before, "an open page keeps its version"
    opened.page.reload()
    opened.settle()
    assert opened.until(lambda: opened.text("#as-of") not in ("", before))
    assert not opened.text("#banner")
    assert not opened.errors
