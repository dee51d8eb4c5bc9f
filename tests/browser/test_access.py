"""Everything by keyboard, named for a screen reader, readable in both themes."""

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Windows

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_grave_in_open_drawers(window: Windows, theme: str) -> None:
    opened = window(theme=theme).open("/?region=East+Coast+东部沿海&path=region").as_user("analyst")
    opened.page.locator('[data-card="revenue"] [data-explain]').click()
    opened.drawer("explain")
    assert not violations(opened), "explain"
    opened.close_drawer()
    opened.page.locator(".chip.add").click()
    opened.drawer("filter")
    assert not violations(opened), "filter"
    opened.close_drawer()
    opened.open("/")
    opened.panel("cockpit-teams").locator("[data-rows]").click()
    opened.drawer("rows")
    assert not violations(opened), "rows"


def test_nothing_grave_on_a_phone_with_its_menu_open(window: Windows) -> None:
    opened = window(width=390).open("/")
    opened.page.locator('[data-menu="open"]').click()
    opened.page.wait_for_timeout(300)
    assert not violations(opened)
    opened.page.keyboard.press("Escape")
    assert not opened.page.evaluate("document.body.classList.contains('nav-open')")


def test_tab_reaches_the_buttons_of_panels_with_a_visible_focus(window: Windows) -> None:
    opened = window().open("/")
    opened.page.locator("#content").focus()
    reached = []
    for _ in range(24):
        opened.page.keyboard.press("Tab")
        reached.append(opened.page.evaluate(FOCUS))
    assert any(each["rows"] for each in reached)
    assert all(each["outline"] for each in reached), [e for e in reached if not e["outline"]]


FOCUS = """() => {
  const it = document.activeElement, look = getComputedStyle(it);
  return {what: it.outerHTML.slice(0, 90), rows: it.dataset.rows || '',
          outline: parseFloat(look.outlineWidth) >= 1 && look.outlineStyle !== 'none'
            || look.boxShadow !== 'none'};
}"""


def test_r_opens_the_rows_and_escape_closes_them(window: Windows) -> None:
    opened = window().open("/")
    opened.panel("cockpit-teams").focus()
    opened.page.keyboard.press("r")
    assert "rows" in opened.drawer("rows")
    opened.close_drawer()
    assert not opened.page.locator(".offcanvas.show").count()


def test_enter_on_a_row_of_the_table_filters(window: Windows) -> None:
    opened = window().open("/")
    frame = opened.panel("cockpit-regions")
    frame.locator("[data-table]").focus()
    opened.page.keyboard.press("Enter")
    link = frame.locator(".twin th a").first
    link.focus()
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert "region=" in opened.search
    assert frame.locator("[data-table]").get_attribute("aria-pressed") == "true"
    assert "City" in frame.locator(".twin").inner_text()
    opened.page.keyboard.press("Escape")
    opened.settle()
    assert opened.search == ""
