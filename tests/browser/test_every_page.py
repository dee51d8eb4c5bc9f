"""Every page in both languages and themes, on a desk, a tablet and a phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.conftest import Windows, new_window
from tests.browser.window import Window

pytestmark = pytest.mark.browser

PAGES = {
    "/": "Cockpit",
    "/asset": "Asset statement",
    "/tiers": "Tiers",
    "/migration": "Tier migration",
    "/weights": "Weight lab",
    "/clv": "Value",
    "/growth": "Growth",
    "/funnel": "Funnel",
    "/churn": "Churn",
    "/prosperity": "False prosperity",
    "/experiments": "Experiments",
    "/definitions": "Definitions",
    "/pipeline": "Open deals",
    "/team": "Team",
    "/queue": "Follow-up queue",
    "/tasks": "Tasks",
    "/rules": "Rules",
    "/alerts": "Alerts",
    "/profile": "Profile",
}
#: Pages that do not speak of customers and begin with no sentence about them.
SILENT = {"/definitions", "/rules", "/alerts", "/profile"}
#: Pairwise: every page in both languages and both themes, in half of the combinations.
LOOKS = [
    (path, language, ("light", "dark")[(n + m) % 2])
    for (n, path), (m, language) in product(enumerate(PAGES), enumerate(("en", "zh")))
]
WIDTHS = (1440, 1024, 390)
#: A page that asks more when it opens is too slow on a phone: its panels and the frame's own.
MOST_REQUESTS = 12
BLANKS = re.compile(r"\b(nan|NaN|None|undefined|null|NaT|Infinity|\[object Object\])\b")
FAILED = re.compile(r"could not be drawn|无法绘制|Reference \w{8}")
#: What a sentence about a chart has more letters than.
LEAST = {"en": 15, "zh": 7}
RAW = re.compile(r"\{\w+\}|\bmsgid\b")


def test_the_list_of_pages_is_the_navigation(window: Windows) -> None:
    opened = window().open("/")
    links = opened.page.locator("#navigation .nav-group a").all()
    assert {link.get_attribute("data-nav") for link in links} == set(PAGES)


@dataclass(frozen=True)
class Visit:
    """A page in one look, as it is before anybody touches it."""

    path: str
    language: str
    theme: str
    window: Window
    asked: tuple[str, ...]


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def visit(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Visit]:
    """Open a page once for all that is only read from it; the last of its tests resizes it."""
    path, language, theme = request.param
    window = new_window(chromium, address, language=language, theme=theme).open(path)
    yield Visit(path, language, theme, window, tuple(window.asked))
    window.page.context.close()


def test_a_page_asks_each_question_once(visit: Visit) -> None:
    assert len(visit.asked) <= MOST_REQUESTS, visit.asked
    twice = {name for name in visit.asked if visit.asked.count(name) > 1}
    assert not twice


def test_charts_keep_their_labels_inside(visit: Visit) -> None:
    cut = visit.window.page.evaluate(CUT)
    assert not cut, (1440, cut)


def test_every_chart_says_in_a_sentence_what_it_shows(visit: Visit) -> None:
    for plot in visit.window.page.locator(".js-plotly-plot").all():
        assert plot.get_attribute("role") == "img"
        said = plot.get_attribute("aria-label") or ""
        assert len(said) > LEAST[visit.language], said


def test_nothing_grave_on_any_page(visit: Visit) -> None:
    assert not violations(visit.window)


def test_a_page_is_drawn_whole(visit: Visit) -> None:
    opened, path, language = visit.window, visit.path, visit.language
    current = opened.page.locator('#navigation .nav-group [aria-current="page"]')
    assert opened.text("#title") == current.inner_text().strip()
    assert (opened.text("#title") == PAGES[path]) is (language == "en")
    assert opened.page.title()
    assert opened.page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-Hans-CN"}[language]
    assert opened.page.get_attribute("html", "data-bs-theme") == visit.theme
    words = readable(opened)
    for wrong in (BLANKS, FAILED, RAW):
        assert not wrong.search(words), wrong.search(words)
    assert path in SILENT or "  " not in re.sub(r"\n+", "\n", opened.text(".say"))
    if language == "zh":
        assert not english(opened), english(opened)
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": 900})
        assert opened.fits(), width
    assert not opened.errors


def readable(opened: Window) -> str:
    """Return everything that can be read on the page, in charts too."""
    return opened.page.evaluate(
        "[document.body.innerText, ...[...document.querySelectorAll('svg text')]"
        ".map(e => e.textContent)].join('\\n')"
    )


def english(opened: Window) -> list[str]:
    """Return the product's own texts that are still English on a Chinese page."""
    texts = opened.page.evaluate(
        "[...document.querySelectorAll('.panel-title, .panel-sub, .kpi-label, .kpi-change,"
        " .nav-group h2, .nav-group a, .chip, .as-of, .scope, th')].map(e => e.innerText)"
    )
    return [
        text
        for text in texts
        if text.strip() and not re.search(r"[一-鿿]", text) and re.search(r"[A-Za-z]{3}", text)
    ]


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("zh", "light")])
def test_the_access_page_is_drawn_whole(window: Windows, language: str, theme: str) -> None:
    opened = window(language=language, theme=theme).open("/").as_user("admin").open("/access")
    opened.page.click("#access-verify")
    opened.settle()
    words = readable(opened)
    for wrong in (BLANKS, FAILED, RAW):
        assert not wrong.search(words), wrong.search(words)
    if language == "zh":
        assert not english(opened), english(opened)
    for width in WIDTHS:
        opened.page.set_viewport_size({"width": width, "height": 900})
        assert opened.fits(), width
    assert not opened.errors


@pytest.mark.parametrize("path", PAGES)
def test_charts_keep_their_labels_inside_on_a_phone(window: Windows, path: str) -> None:
    cut = window(width=390).open(path).page.evaluate(CUT)
    assert not cut, (390, cut)


#: Texts that reach out of their chart by more than a hair.
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.main-svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.right > frame.right + 2 || box.left < frame.left - 2);
  }).map(text => `${plot.closest('[data-panel]')?.dataset.panel}: ${text.textContent}`);
})"""


def test_what_is_drawn_anew_is_not_announced_for_nothing(window: Windows) -> None:
    """Each change of the store makes every element look at it: n elements, n times n looks."""
    opened = window().open("/")
    opened.page.evaluate(
        "() => { window.changes = 0; dash_stores[0].subscribe(() => window.changes++); }"
    )
    opened.page.click('#navigation .nav-group [data-nav="/queue"]')
    assert opened.settle().text("#title") == PAGES["/queue"]
    drawn = opened.page.locator("#content *").count()
    assert drawn > 400, "a page of many elements"
    assert 0 < opened.page.evaluate("window.changes") < drawn / 2


def test_print_hides_the_controls(window: Windows) -> None:
    opened = window().open("/")
    opened.page.emulate_media(media="print")
    for selector in ("#navigation", ".tools", ".panel-tools", ".chip.add"):
        assert not opened.page.locator(selector).first.is_visible(), selector
    assert opened.page.locator("#title").is_visible()
    assert opened.page.locator("#as-of").is_visible()
    assert opened.page.pdf(format="A4")[:4] == b"%PDF"
