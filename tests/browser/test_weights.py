"""The weight lab in a browser: a slider moves the tiers, back undoes it, a draft is kept."""

import pytest

from tests.browser.conftest import Windows
from tests.browser.window import Window

pytestmark = pytest.mark.browser

SLIDER = 'input[id*="weight-range"][id*="amount"]'


def slide(opened: Window, weight: int) -> Window:
    """Move the first weight to a value, the keyboard on its slider."""
    opened.page.focus(SLIDER)
    opened.page.fill(SLIDER, str(weight))
    opened.until(lambda: f"amount:{weight}" in opened.search)
    return opened.settle()


def test_a_slider_moves_the_tiers_and_back_undoes_it(window: Windows) -> None:
    opened = window().open("/weights")
    before = opened.twin("weights-moves")["rows"]
    assert len(before) == 4
    slide(opened, 55)
    assert "amount:55" in opened.search
    assert "The weights add up to 125, not 100." in opened.text("#weights-controls")
    assert opened.until(lambda: len(opened.twin("weights-moves")["rows"]) > 4)
    assert "would move up" in opened.text(".say")
    assert opened.page.evaluate("document.activeElement.type") == "range"
    opened.page.click("text=Make it 100")
    opened.settle()
    assert "amount:44" in opened.search
    assert "The weights add up to 100." in opened.text("#weights-controls")
    opened.page.go_back()
    opened.page.go_back()
    opened.settle()
    assert "weights=" not in opened.search
    assert opened.until(lambda: opened.twin("weights-moves")["rows"] == before)
    assert not opened.errors


def test_a_what_if_stays_on_its_page(window: Windows) -> None:
    opened = window().open("/weights")
    opened.page.click("button:has-text('50/30/20')")
    opened.settle()
    assert "potential:30" in opened.search
    opened.page.click("a[data-nav='/tiers']")
    opened.settle()
    assert "weights=" not in opened.search
    assert not opened.errors


def test_a_draft_is_saved_proposed_and_approved(window: Windows) -> None:
    link = "/weights?weights=amount:50,potential:30,interaction:20&limits=high:85"
    opened = window().open(link).as_user("analyst")
    opened.page.fill("#weights-name", "Half for margin")
    opened.page.click("#weights-save")
    assert opened.until(lambda: "saved as a draft" in opened.text("#weights-said"))
    opened.settle()
    opened.page.locator("button:has-text('Propose version')").first.click()
    assert opened.until(lambda: "is proposed" in opened.text("#weights-said"))
    opened.as_user("executive")
    opened.page.locator("button:has-text('Approve version')").first.click()
    assert opened.until(lambda: "is approved" in opened.text("#weights-said"))
    opened.settle()
    assert "Half for margin" in opened.text("#weights-versions")
    assert not opened.errors


def test_a_proposal_is_rejected_by_keyboard_after_a_question(window: Windows) -> None:
    opened = window(width=390).open("/weights?weights=amount:60,potential:20,interaction:20")
    opened.as_user("analyst")
    opened.page.fill("#weights-name", "Too much for margin")
    opened.page.click("#weights-save")
    assert opened.until(lambda: "saved as a draft" in opened.text("#weights-said"))
    opened.settle().page.locator("button:has-text('Propose version')").first.click()
    assert opened.until(lambda: "is proposed" in opened.text("#weights-said"))
    opened.as_user("executive")
    opened.page.locator('input[id*="weights-why"]').first.focus()
    opened.page.keyboard.type("Margin is counted twice")
    for _ in range(2):
        opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("[role=alertdialog]")
    assert opened.page.evaluate("document.activeElement.textContent") == "No"
    assert opened.fits()
    opened.page.keyboard.press("Shift+Tab")
    opened.page.keyboard.press("Enter")
    assert opened.until(lambda: "is rejected for good" in opened.text("#weights-said"))
    opened.settle()
    assert ": Margin is counted twice" in opened.text("#weights-versions")
    assert not opened.errors
