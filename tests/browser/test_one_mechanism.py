"""Choosing, rows and the way back: the same on every page, by mouse, by keyboard and by address."""

from typing import Any

import pytest

from tests.browser.conftest import Windows
from tests.browser.test_every_page import PAGES, SILENT
from tests.browser.window import Window

pytestmark = pytest.mark.browser

#: Pages without charts, or whose charts choose nothing: a what-if, results of single campaigns.
PLAIN = {"/weights", "/experiments", "/pipeline", "/tasks"}
CHARTS = """() => [...document.querySelectorAll('[data-panel] .js-plotly-plot')]
  .map(plot => plot.closest('[data-panel]').dataset.panel)"""
LINKS = """() => [...document.querySelectorAll('section[data-panel]')].flatMap(frame => {
  const plot = frame.querySelector('.js-plotly-plot');
  const go = (plot?.layout?.meta?.go || []).find(each => each);
  return go ? [{panel: frame.dataset.panel, go}] : [];
})"""


def choosable(opened: Window) -> list[dict[str, Any]]:
    """Return a chart of each kind of mark: one that filters the page, and one that does not."""
    found: list[dict[str, Any]] = opened.page.evaluate(LINKS)
    marks = [each for each in found if each["go"].startswith("mark=")]
    filters = [each for each in found if not each["go"].startswith("mark=")]
    return [*filters[:1], *marks[:1]]


def by_keyboard(opened: Window, panel: str) -> None:
    """Open a chart's table twin and choose its first row, without a mouse."""
    opened.panel(panel).locator("[data-table]").focus()
    opened.page.keyboard.press("Enter")
    link = opened.panel(panel).locator("[data-twin] a").first
    link.focus()
    opened.page.keyboard.press("Enter")
    opened.settle()


@pytest.mark.parametrize("path", [p for p in PAGES if p not in SILENT | PLAIN])
def test_marks_rows_and_the_way_back_are_alike(window: Windows, path: str) -> None:
    opened = window().open(path)
    assert opened.page.evaluate(CHARTS)
    chosen = choosable(opened)
    assert chosen, path
    for each in chosen:
        panel, before = each["panel"], opened.search
        by_keyboard(opened, panel)
        if each["go"].startswith("mark="):
            assert opened.until(lambda p=panel: is_marked(opened, p)), (path, panel)
            opened.panel(panel).focus()
            opened.page.keyboard.press("r")
            assert opened.drawer("rows"), (path, panel)
            opened.close_drawer()
            opened.page.keyboard.press("Escape")
            opened.settle()
            assert not is_marked(opened, panel)
            assert opened.search == before
            continue
        assert opened.until(lambda b=before: opened.search != b), (path, panel)
        opened.page.go_back()
        opened.settle()
        assert opened.until(lambda b=before: opened.search == b), (path, panel)
    assert not opened.errors


def is_marked(opened: Window, panel: str) -> bool:
    """Whether a panel shows a chosen mark."""
    return "has-mark" in (opened.panel(panel).get_attribute("class") or "")


def test_a_breakdown_is_turned_and_the_way_back_turns_it_back(window: Windows) -> None:
    opened = window().open("/")
    turn = opened.panel("cockpit-teams").locator("select")
    assert turn.input_value() == "team"
    turn.select_option("industry")
    opened.settle()
    assert "turned=team:industry" in opened.search
    assert opened.until(lambda: opened.twin("cockpit-teams")["columns"][0] == "Industry")
    opened.page.go_back()
    opened.settle()
    assert opened.until(lambda: opened.twin("cockpit-teams")["columns"][0] == "Team")
    assert opened.until(lambda: turn.input_value() == "team")
    again = window().open("/?turned=team:kind")
    assert again.panel("cockpit-teams").locator("select").input_value() == "kind"


def test_standing_at_a_month_end_is_loud_goes_along_and_ends(window: Windows) -> None:
    opened = window().open("/")
    today = opened.text("#as-of")
    opened.page.locator("#as-of-choice select").select_option(index=2)
    opened.settle()
    assert "as_of=2026-" in opened.search
    assert opened.until(lambda: "reconstructed" in opened.text("#banner"))
    assert opened.text("#as-of") != today
    opened.page.click('[data-nav="/asset"]')
    opened.settle()
    assert "as_of=2026-" in opened.search
    assert "Residual ¥0.00" in opened.text(".say")
    opened.page.locator("#banner a", has_text="Back to today").click()
    opened.settle()
    assert opened.until(lambda: opened.text("#as-of") == today)
    assert not opened.text("#banner")
    assert not opened.errors
