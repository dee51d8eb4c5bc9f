"""Choosing marks: down to single customers and back, rows that add up to what was chosen."""

import pytest

from tests.browser.conftest import Windows
from tests.browser.window import Window, number

pytestmark = pytest.mark.browser

#: Filters of the first step down, which have something below them.
DOWN = ("region=", "team=", "seller_team=")
REGIONS, GROWTH = "cockpit-regions", "cockpit-growth"


def revenue(opened: Window) -> float:
    """The revenue card's whole figure."""
    card = opened.page.locator('[data-card="revenue"] .kpi-value span')
    return number(card.get_attribute("title") or "")


def test_a_click_leads_from_region_to_city_to_customers_and_back(window: Windows) -> None:
    opened = window().open("/")
    whole, first = revenue(opened), opened.bars(REGIONS)[0]
    opened.drill(REGIONS, first)
    assert opened.search.startswith("?region=")
    assert "Region" in opened.text("#chips")
    assert "All" in opened.text("#breadcrumb")
    part = revenue(opened)
    assert 0 < part < whole
    assert opened.twin(REGIONS)["columns"][0] == "City"

    city = opened.bars(REGIONS)[0]
    assert city["go"].startswith("city=")
    opened.drill(REGIONS, city)
    assert 0 < revenue(opened) < part
    assert opened.twin(REGIONS)["columns"][0] == "Customer"
    assert opened.bars(REGIONS)[0]["go"].startswith("customer=")

    opened.page.keyboard.press("Escape")
    opened.settle()
    assert "city=" not in opened.search
    assert opened.until(lambda: revenue(opened) == part)
    opened.page.go_back()
    opened.settle()
    assert "city=" in opened.search, "Escape is a step that Back takes back"
    opened.page.locator("#breadcrumb a", has_text="All").click()
    opened.settle()
    assert opened.until(lambda: opened.search == "")
    assert opened.until(lambda: revenue(opened) == whole)
    assert not opened.errors


def test_the_browsers_back_returns_each_step(window: Windows) -> None:
    opened = window().open("/")
    whole = revenue(opened)
    opened.click_bar(REGIONS, opened.bars(REGIONS)[1])
    part = revenue(opened)
    opened.page.go_back()
    opened.settle()
    assert opened.until(lambda: opened.search == "")
    assert opened.until(lambda: revenue(opened) == whole)
    opened.page.go_forward()
    opened.settle()
    assert opened.until(lambda: revenue(opened) == part)


def test_a_chip_takes_its_filter_away(window: Windows) -> None:
    opened = window().open("/?industry=Retail+零售&region=East+Coast+东部沿海")
    opened.page.locator("#chips .removable button").first.click()
    opened.settle()
    assert "industry" not in opened.search
    opened.page.locator("#chips .removable button").first.click()
    opened.settle()
    assert opened.search == ""
    assert not opened.page.locator("#chips .removable").count()


def test_a_mark_opens_exactly_its_rows(window: Windows) -> None:
    opened = window().open("/")
    marks = [bar for bar in opened.bars(GROWTH) if bar["go"].startswith("mark=")]
    assert marks
    for bar in (marks[0], marks[len(marks) // 2], marks[-1]):
        opened.click_bar(GROWTH, bar)
        assert opened.until(
            lambda: "has-mark" in (opened.panel(GROWTH).get_attribute("class") or "")
        )
        opened.panel(GROWTH).locator("[data-rows]").click()
        found = opened.drawer("rows")
        assert number(found) == abs(bar["value"]), bar["go"]
        opened.close_drawer()
        opened.page.keyboard.press("Escape")
        opened.settle()
        assert "has-mark" not in (opened.panel(GROWTH).get_attribute("class") or "")
    assert opened.search == ""


def test_a_mark_and_its_open_rows_can_be_sent_as_a_link(window: Windows) -> None:
    opened = window().open("/funnel")
    bar = next(b for b in opened.bars("funnel-reasons") if "%" in b["go"])
    opened.click_bar("funnel-reasons", bar)
    assert opened.until(lambda: is_marked(opened))
    painted = opened.page.evaluate(SELECTED)
    assert painted
    opened.panel("funnel-reasons").locator("[data-rows]").click()
    rows = opened.drawer("rows")
    link = opened.page.url
    assert "#mark=funnel-reasons" in link
    opened.page.reload()
    opened.settle()
    assert opened.drawer("rows") == rows
    assert opened.until(lambda: is_marked(opened))
    assert opened.until(lambda: opened.page.evaluate(SELECTED) == painted)
    assert bar["value"] == number(rows)
    opened.close_drawer()
    assert opened.until(lambda: "rows=" not in opened.page.url)
    assert is_marked(opened)
    opened.page.go_back()
    assert opened.until(lambda: not is_marked(opened))
    opened.page.go_forward()
    assert opened.until(lambda: is_marked(opened))
    opened.page.keyboard.press("Escape")
    assert opened.until(lambda: not is_marked(opened))
    assert "#" not in opened.page.url
    assert not opened.errors


def test_a_link_to_what_is_not_there_does_no_harm(window: Windows) -> None:
    opened = window().open("/#mark=nothing-here%7Cstate%3Anew&rows=nothing%7C%3Cimg%3E")
    assert revenue(opened) > 0
    opened.page.locator(".moves a").first.click()
    opened.settle()
    assert "#" not in opened.page.url
    assert not opened.errors


SELECTED = """document.querySelector("[data-panel='funnel-reasons'] .js-plotly-plot")
    .data.find((trace) => trace.selectedpoints)?.selectedpoints.join()"""


def is_marked(opened: Window) -> bool:
    """Whether the panel of reasons shows a chosen mark."""
    return "has-mark" in (opened.panel("funnel-reasons").get_attribute("class") or "")


@pytest.mark.parametrize("search", ["", "?period=last_12", "?region=East+Coast+东部沿海"])
def test_the_rows_of_a_card_add_up_to_it(window: Windows, search: str) -> None:
    opened = window().open("/" + search)
    shown = revenue(opened)
    opened.page.locator('[data-card="revenue"] [data-explain]').click()
    opened.drawer("explain")
    opened.page.locator("#explain-body [data-rows]").click()
    found = opened.drawer("rows")
    assert number(found.split("Revenue in all:")[1]) == pytest.approx(shown, abs=0.005)


def test_the_rows_of_a_team_bar_add_up_to_it(window: Windows) -> None:
    opened = window().open("/")
    bar = opened.bars("cockpit-teams")[0]
    opened.click_bar("cockpit-teams", bar)
    opened.panel("cockpit-teams").locator("[data-rows]").click()
    found = opened.drawer("rows")
    assert number(found.split("Revenue in all:")[1]) == pytest.approx(revenue(opened), abs=0.005)
    assert revenue(opened) == pytest.approx(bar["value"], rel=1e-3), "drawn to four digits"


def test_a_movement_filters_the_page(window: Windows) -> None:
    opened = window().open("/")
    before = revenue(opened)
    opened.page.locator(".moves a").first.click()
    opened.settle()
    assert opened.page.locator("#chips .removable").count() == 1
    assert 0 < revenue(opened) < before


@pytest.mark.parametrize("path", ["/tiers", "/clv", "/growth", "/funnel", "/churn"])
def test_every_page_can_be_drilled_twice(window: Windows, path: str) -> None:
    opened = window().open(path)
    panels = opened.page.evaluate(
        "[...document.querySelectorAll('[data-panel] .js-plotly-plot')]"
        ".map(p => p.closest('[data-panel]').dataset.panel)"
    )
    for panel in panels:
        drills = [b for b in opened.bars(panel) if b["go"].startswith(DOWN)]
        if drills:
            break
    else:
        pytest.fail(f"no panel of {path} leads down")
    opened.drill(panel, drills[0])
    deeper = [b for b in opened.bars(panel) if "mark=" not in b["go"]]
    assert deeper, f"{panel}: nothing below {drills[0]['go']}"
    opened.drill(panel, deeper[0])
    opened.page.wait_for_function("document.querySelectorAll('#breadcrumb li').length === 3")
    assert not opened.errors


def test_the_bottleneck_of_the_sentence_is_marked_in_its_panel(window: Windows) -> None:
    opened = window().open("/funnel")
    opened.page.locator("#funnel-say a").first.click()
    opened.settle()
    assert opened.until(
        lambda: "has-mark" in (opened.panel("funnel-flow").get_attribute("class") or "")
    )
    opened.panel("funnel-flow").locator("[data-rows]").click()
    assert number(opened.drawer("rows")) > 0
