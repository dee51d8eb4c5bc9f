"""Every page in both languages and themes, on a desk, a tablet and a phone."""

import re
from itertools import product

import pytest

from tests.browser.conftest import Windows
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
RAW = re.compile(r"\{\w+\}|\bmsgid\b")


def test_the_list_of_pages_is_the_navigation(window: Windows) -> None:
    opened = window().open("/")
    links = opened.page.locator("#navigation .nav-group a").all()
    assert {link.get_attribute("data-nav") for link in links} == set(PAGES)


@pytest.mark.parametrize(("path", "language", "theme"), LOOKS)
def test_a_page_is_drawn_whole(window: Windows, path: str, language: str, theme: str) -> None:
    opened = window(language=language, theme=theme).open(path)
    current = opened.page.locator('#navigation .nav-group [aria-current="page"]')
    assert opened.text("#title") == current.inner_text().strip()
    assert (opened.text("#title") == PAGES[path]) is (language == "en")
    assert opened.page.title()
    assert opened.page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-Hans-CN"}[language]
    assert opened.page.get_attribute("html", "data-bs-theme") == theme
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
def test_a_page_asks_each_question_once(window: Windows, path: str) -> None:
    opened = window().open(path)
    assert len(opened.asked) <= MOST_REQUESTS, opened.asked
    twice = {name for name in opened.asked if opened.asked.count(name) > 1}
    assert not twice


@pytest.mark.parametrize("path", PAGES)
def test_charts_keep_their_labels_inside(window: Windows, path: str) -> None:
    for width in (1440, 390):
        opened = window(width=width).open(path)
        cut = opened.page.evaluate(CUT)
        assert not cut, (width, cut)


#: Texts that reach out of their chart by more than a hair.
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.main-svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.right > frame.right + 2 || box.left < frame.left - 2);
  }).map(text => `${plot.closest('[data-panel]')?.dataset.panel}: ${text.textContent}`);
})"""


def test_print_hides_the_controls(window: Windows) -> None:
    opened = window().open("/")
    opened.page.emulate_media(media="print")
    for selector in ("#navigation", ".tools", ".panel-tools", ".chip.add"):
        assert not opened.page.locator(selector).first.is_visible(), selector
    assert opened.page.locator("#title").is_visible()
    assert opened.page.locator("#as-of").is_visible()
    assert opened.page.pdf(format="A4")[:4] == b"%PDF"
