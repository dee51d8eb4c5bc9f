"""Drawers: filters, the rows, and what a number means; for the reader who may see it."""

import pytest

from tests.browser.conftest import Windows
from tests.browser.test_every_page import PAGES, SILENT
from tests.browser.window import Window, number

pytestmark = pytest.mark.browser


def explain(opened: Window, metric: str) -> str:
    """Open the explanation of a card and return it."""
    opened.page.locator(f'[data-card="{metric}"] [data-explain]').click()
    return opened.drawer("explain")


def test_a_number_is_explained(window: Windows) -> None:
    opened = window().open("/?industry=Retail+零售&period=last_12")
    said = explain(opened, "churn_rate")
    for heading in ("Formula", "Filters", "You see", "Data", "Owner"):
        assert heading in said, heading
    assert "As of 20 Jun 2026, version" in said
    assert "Retail 零售" in said
    card = opened.page.locator('[data-card="churn_rate"] .kpi-value span').inner_text()
    assert said.startswith(card.split()[0])
    assert "SELECT" not in said


def test_the_values_of_a_formula_make_the_number(window: Windows) -> None:
    opened = window().open("/")
    explain(opened, "churn_rate")
    parts = [
        number(t) for t in opened.page.locator("#explain-body dd:not(.result)").all_inner_texts()
    ]
    result = number(opened.page.locator("#explain-body dd.result").inner_text())
    assert len(parts) == 2
    assert parts[0] / parts[1] * 100 == pytest.approx(result, abs=0.06)


def test_sql_is_shown_to_the_analyst_only(window: Windows) -> None:
    opened = window().open("/").as_user("analyst")
    assert "SELECT" in explain(opened, "revenue")
    opened.close_drawer()
    opened.as_user("lead")
    assert "SELECT" not in explain(opened, "revenue")


@pytest.mark.parametrize("path", [p for p in PAGES if p not in SILENT])
def test_panels_open_their_rows(window: Windows, path: str) -> None:
    opened = window().open(path)
    buttons = opened.page.locator("#content [data-rows]").all()
    for button in {
        id(b): b for b in (buttons[0], buttons[len(buttons) // 2], buttons[-1])
    }.values():
        button.click()
        said = opened.drawer("rows")
        assert "row" in said or "No row" in said or "There are no rows" in said, said
        assert "could not" not in said, (button.get_attribute("data-rows"), said)
        opened.close_drawer()
    assert not opened.errors


def test_a_long_list_is_a_grid_that_can_be_read_on_a_phone(window: Windows) -> None:
    opened = window(width=390).open("/?period=all")
    opened.panel("cockpit-teams").locator("[data-rows]").click()
    opened.drawer("rows")
    opened.page.wait_for_selector("#rows-body .ag-row")
    headings = opened.page.locator("#rows-body .ag-header-cell:visible").count()
    assert 1 <= headings <= 3
    assert opened.fits()


def test_the_filter_drawer_sets_period_and_industry(window: Windows) -> None:
    opened = window().open("/")
    before = opened.text('[data-card="revenue"] .kpi-value')
    opened.page.locator(".chip.add").click()
    opened.drawer("filter")
    _choose(opened, "Show", "Last 12 whole months")
    _choose(opened, "Industry", "")
    opened.page.keyboard.press("Escape")
    opened.page.locator("#filter-apply").click()
    opened.page.wait_for_selector(".offcanvas.show", state="detached")
    opened.settle()
    assert "period=last_12" in opened.search
    assert "industry=" in opened.search
    assert opened.until(lambda: "Jun 2025" in opened.text("#chips"))
    assert "Industry" in opened.text("#chips")
    assert opened.text('[data-card="revenue"] .kpi-value') != before
    assert not opened.errors


def test_own_dates_are_taken(window: Windows) -> None:
    opened = window().open("/")
    opened.page.locator(".chip.add").click()
    opened.drawer("filter")
    _choose(opened, "Show", "Own dates")
    dates = opened.page.locator('#filter-body input[type="date"]')
    dates.nth(0).fill("2026-02-01")
    dates.nth(1).fill("2026-03-15")
    opened.page.locator("#filter-apply").click()
    opened.page.wait_for_selector(".offcanvas.show", state="detached")
    opened.settle()
    assert opened.search == "?period=2026-02-01..2026-03-15"
    assert "1 Feb – 15 Mar 2026" in opened.text("#chips")


def _choose(opened: Window, label: str, option: str) -> None:
    """Choose an option of a labelled list; the first one where none is named."""
    field = opened.page.locator("#filter-body label.field", has_text=label).first
    field.locator("button").first.click()
    options = opened.page.locator('[role="option"], .dash-options-list-option')
    found = options.filter(has_text=option) if option else options
    found.first.click()


def test_all_filters_can_be_cleared(window: Windows) -> None:
    opened = window().open("/?period=last_12&tier=high")
    opened.page.locator(".chip.add").click()
    opened.drawer("filter")
    opened.page.get_by_role("button", name="Clear all").click()
    opened.settle()
    assert opened.search == ""
