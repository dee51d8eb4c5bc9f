"""Coming in and going out, as a reader does it: the page, the menu, a session that ends."""

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Windows
from tests.browser.window import Window

pytestmark = pytest.mark.browser

HERE = "/tiers?period=last_12"
SESSION = "cockpit"


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh", "dark")])
def test_the_page_is_readable_by_everybody_on_a_phone(
    window: Windows, language: str, theme: str
) -> None:
    page = window(language=language, theme=theme, width=390)
    page.page.goto(page.base + HERE)
    assert not violations(page)
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.page.get_attribute("html", "data-bs-theme") == theme
    said = page.text(".demo .banner")
    assert ("without a password" if language == "en" else "不用密码") in said
    assert page.page.locator("script").count() == 0


def test_signing_in_leads_to_the_page_asked_for_and_out_to_the_first(window: Windows) -> None:
    opened = window().open(HERE, user="lead")
    assert opened.page.url.endswith(HERE)
    assert opened.text(".user-name") == "Sales lead"
    assert not violations(opened)
    opened.menu().get_by_text("Sign out").click()
    opened.page.wait_for_selector("button[name=demo]")
    opened.page.go_back()
    opened.page.wait_for_timeout(500)
    assert "Sign in" in opened.text("body"), "the way back shows nothing of before"


def test_the_menu_closes_by_escape_and_by_a_click_beside_it(window: Windows) -> None:
    opened = window().open("/")
    for close in (
        lambda: opened.page.keyboard.press("Escape"),
        lambda: opened.page.mouse.click(700, 30),
    ):
        opened.menu()
        assert not violations(opened)
        close()
        assert not opened.page.locator(".user-menu[open]").count()
    assert opened.search == ""


def test_another_demo_user_sees_the_same_page_with_other_eyes(window: Windows) -> None:
    opened = window().open(HERE, user="executive").as_user("rep")
    assert opened.page.url.endswith(HERE)
    assert opened.text(".user-name") == "Sales representative"
    assert "all teams" not in opened.text("#scope")
    assert not opened.errors


def end_session(opened: Window) -> None:
    """Let the session end behind the open page's back."""
    opened.page.context.clear_cookies(name=SESSION)


def test_a_session_that_ended_is_said_and_leads_back_here(window: Windows) -> None:
    opened = window().open(HERE, user="lead")
    end_session(opened)
    opened.page.locator("[data-rows]").first.click()
    opened.page.wait_for_selector("#signed-out:visible")
    assert opened.text("#signed-out").split("\n") == ["You are signed out.", "Sign in again"]
    assert "Reference" not in opened.text("body")
    opened.page.click("[data-signin]")
    opened.page.click("button[name=demo][value=lead]")
    opened.page.wait_for_selector("#title:not(:empty)")
    assert opened.page.url.endswith(HERE)


def test_signing_in_again_in_another_window_heals_this_one(window: Windows) -> None:
    opened = window().open("/", user="lead")
    end_session(opened)
    opened.page.locator("[data-rows]").first.click()
    opened.page.wait_for_selector("#signed-out:visible")
    other = opened.page.context.new_page()
    other.goto(opened.base)
    other.click("button[name=demo][value=lead]")
    other.wait_for_selector("#title:not(:empty)")
    opened.page.bring_to_front()
    opened.page.evaluate("window.dispatchEvent(new Event('focus'))")
    opened.page.wait_for_selector("#signed-out", state="hidden")
    assert opened.until(lambda: "rows" in opened.text("#rows-body"))


def test_nothing_on_any_page_breaks_the_content_policy(window: Windows) -> None:
    opened = window()
    opened.page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', e =>"
        " broken.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`), true)"
    )
    for path in ("/", "/tiers", "/churn"):
        opened.open(path, user="analyst")
        opened.page.locator("[data-rows]").first.click()
        opened.settle()
        assert not opened.page.evaluate("broken"), path
