"""Tasks as they are worked off: from a list, with the keyboard, by two people; and notes."""

import pytest

from tests.browser.conftest import Windows
from tests.browser.window import Window

pytestmark = pytest.mark.browser
MINE = "/tasks?tasks=whose:all,state:any"


def rows(opened: Window) -> list[str]:
    """What each task in the list says."""
    return opened.page.locator("#tasks-list tr[data-task-id]").all_inner_texts()


def create(opened: Window, title: str) -> None:
    """Create a task for each customer behind the tiers' bars, of the one of high value."""
    opened.open("/tiers?tier=high", user="lead")
    opened.page.locator("[data-rows]").first.click()
    opened.drawer("rows")
    opened.page.click("#rows-body [data-task]")
    opened.page.wait_for_selector("#tasks-create")
    opened.settle()
    opened.page.fill("#tasks-new-body input[type=text]", title)
    opened.page.click("#tasks-create")
    opened.page.wait_for_selector("#tasks-toasts .toast")
    opened.settle()


def test_from_a_list_to_done_and_back_by_keyboard(window: Windows) -> None:
    opened = window()
    create(opened, "Invite to the fair")
    said = opened.text("#tasks-toasts")
    assert "created" in said
    opened.open(f"{MINE}&find=fair", user="lead")
    count = len(rows(opened))
    assert f"{count} task" in said.replace(",", "")
    keys = opened.page.keyboard
    for key in ("j", "x", "j", "x"):
        keys.press(key)
    assert "2 chosen" in opened.text("#tasks-tools")
    keys.press("d")
    assert opened.until(lambda: sum("Done" in row for row in rows(opened)) == 2)
    opened.page.click("#tasks-toasts [data-tasks-undo]")
    assert opened.until(lambda: not any("Done" in row for row in rows(opened)))
    keys.press("?")
    opened.page.wait_for_selector(".modal.show")
    assert "Choose the task" in opened.text(".modal.show")
    keys.press("Escape")
    opened.page.wait_for_selector(".modal", state="detached")
    keys.press("/")
    keys.type("jx?d")
    assert opened.page.input_value("[data-tasks-search] input") == "fairjx?d"
    assert not any("Done" in row for row in rows(opened))
    assert not opened.errors


def edit(opened: Window, **fields: str) -> None:
    """Open the first task of the list, write into its fields and save."""
    opened.page.locator("[data-tasks-open]").first.click()
    opened.page.wait_for_selector("#tasks-save")
    opened.settle()
    fill(opened, **fields)


def fill(opened: Window, **fields: str) -> None:
    for key, value in fields.items():
        opened.page.fill(f"#tasks-edit-body [id*='\"{key}\"']", value)


def test_two_people_see_both_versions_and_merge_them(window: Windows) -> None:
    first, second = window(), window()
    create(first, "Ask about the contract")
    where = f"{MINE}&find=contract"
    first.open(where, user="lead")
    second.open(where, user="executive")
    edit(first)
    edit(second, title="Ask about both contracts", note="They call at nine")
    second.page.click("#tasks-save")
    second.page.wait_for_selector("#tasks-toasts .toast")
    assert "changed" in second.text("#tasks-toasts")
    fill(first, note="Call after ten", due_on="2026-07-01")
    first.page.click("#tasks-save")
    first.page.wait_for_selector("#tasks-edit-body .versions")
    words = first.text("#tasks-edit-body")
    for part in (
        "Executive",
        "They call at nine",
        "Call after ten",
        "both contracts",
        "1 Jul 2026",
    ):
        assert part in words, part
    note = first.page.locator("#tasks-edit-body fieldset", has_text="They call at nine")
    assert note.locator("input:checked").count() == 0
    note.locator("input").first.check()
    first.settle().page.click("#tasks-save")
    first.page.wait_for_selector("#tasks-toasts .toast:has-text('changed')")
    first.open(f"{MINE}&find=both", user="lead")
    assert any("Ask about both contracts" in r and "1 Jul 2026" in r for r in rows(first))
    edit(first)
    assert first.page.input_value("#tasks-edit-body textarea") == "Call after ten"
    assert not first.errors
    assert not second.errors


def write(opened: Window, **fields: str) -> Window:
    """Write into the fields of the note that is open."""
    opened.page.wait_for_selector("#tasks-note-body textarea")
    opened.settle()
    for key, value in fields.items():
        opened.page.fill(f"#tasks-note-body [id*='\"{key}\"']", value)
    return opened


def kept(opened: Window) -> None:
    opened.page.click("#tasks-note-save")
    opened.page.wait_for_selector("#tasks-toasts .toast:has-text('kept')")


def change(opened: Window, body: str) -> None:
    """Open the note that says something."""
    opened.page.locator(".notes li", has_text=body).locator("[data-note-do=open]").click()
    opened.page.wait_for_selector("#tasks-note-save")


def test_two_people_see_both_versions_of_a_note_and_merge_them(window: Windows) -> None:
    author, lead, other = window(), window(), window()
    author.open("/tasks", user="rep")
    author.page.click(".tasks-head [data-note-do=open]")
    kept(write(author, body="Prices rise in May"))
    for opened, user in ((lead, "executive"), (other, "rep")):
        opened.open("/tasks", user=user)
        change(opened, "Prices rise in May")
    kept(write(lead, body="Prices rise in June", on_day="2026-06-02"))
    write(other, body="Prices rise by 3 %").page.click("#tasks-note-save")
    other.page.wait_for_selector("#tasks-note-body .versions")
    words = other.text("#tasks-note-body")
    for part in ("Executive", "Prices rise in June", "Prices rise by 3 %", "2 Jun 2026"):
        assert part in words, part
    # The day only the lead has changed; the words are for the author to choose.
    day = other.page.locator("#tasks-note-body fieldset", has_text="2 Jun 2026")
    body = other.page.locator("#tasks-note-body fieldset", has_text="3 %")
    assert day.locator("input:checked").get_attribute("value") == "theirs"
    assert body.locator("input:checked").count() == 0
    other.page.click("#tasks-note-save")
    assert other.until(lambda: "whose version is kept" in other.text("#tasks-note-said"))
    body.locator("input").first.check()
    other.settle()
    kept(other)
    lead.open("/tasks")
    line = lead.page.locator(".notes li", has_text="Prices rise by 3 %").inner_text()
    assert "2 Jun 2026" in line
    assert "changed" in line
    for opened in (author, lead, other):
        assert not opened.errors


def test_a_note_stands_on_charts_and_beside_the_number(window: Windows) -> None:
    opened = window().open("/tasks", user="executive")
    opened.page.click("[data-note-do=open]")
    opened.page.wait_for_selector("#tasks-note-save")
    opened.settle()
    body = "Prices <b>rose</b> by 3 %"
    opened.page.fill("#tasks-note-body textarea", body)
    opened.page.fill("#tasks-note-body input[type=date]", "2026-03-10")
    opened.page.click("#tasks-note-save")
    assert opened.until(lambda: body in opened.text("#tasks-notes"))
    opened.open("/growth")
    summaries = opened.page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map(p => p.layout.meta?.summary || '')"
    )
    assert any(body in each for each in summaries)
    assert opened.page.locator(".js-plotly-plot .annotation", has_text="◆").count()
    opened.page.locator("[data-explain]").first.click()
    assert body in opened.drawer("explain")
    opened.close_drawer()
    opened.open("/tasks")
    opened.page.locator(".notes li", has_text=body).locator("[data-note-do=delete]").click()
    assert opened.until(lambda: body not in opened.text("#tasks-notes"))
    opened.page.click("#tasks-toasts [data-note-do=restore]")
    assert opened.until(lambda: body in opened.text("#tasks-notes"))
    assert not opened.errors


def test_the_list_fits_a_phone(window: Windows) -> None:
    create(window(), "Call from the train")
    opened = window(width=390, language="zh", theme="dark")
    opened.open(MINE, user="lead")
    assert opened.fits()
    opened.page.locator("[data-tasks-pick]").first.click()
    assert opened.page.locator("#tasks-tools").is_visible()
    assert opened.fits()
    assert not opened.errors
