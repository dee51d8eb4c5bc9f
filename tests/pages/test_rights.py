"""Nobody sees another team's customers: not in a panel, a drawer, an export, by any trick."""

import json
import re
from collections.abc import Callable

import pytest

from data.access.roles import ROLES, Role
from pages._page import PAGES, PANELS
from queries import visible
from queries.run import reading, run
from tests.conftest import Demo
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
FORBIDDEN = "You may not see this."
#: Drills down to single customers, where names and numbers stand on the axis.
SEARCHES = (
    "",
    "?period=all",
    "?region={region}&city={city}&path=region,city",
    "?team={team}&rep={rep}&path=team,rep",
    "?period=last_12&industry={industry}",
    "?tier=high&compare=previous",
)


def customers_of(demo: Demo, user: str) -> set[str]:
    """Return the numbers of all customers and prospects that a user may see."""

    def everyone(filters, scope):
        from sqlalchemy import select

        return select(visible.everyone(filters, scope, "customer_id").c.customer_id).order_by(
            "customer_id"
        )

    everyone.key = f"everyone.{user}"
    with reading(demo.reader(user), through=demo.fetcher):
        return set(run(everyone, demo.filters(period="all"))["customer_id"])


@pytest.fixture
def hidden(demo: Demo) -> set[str]:
    """Customers that the executive sees and the lead must not."""
    found = customers_of(demo, "executive") - customers_of(demo, "lead")
    assert len(found) > 500
    return found


def leaks(text: str, hidden: set[str]) -> set[str]:
    """Return the hidden customers whose number stands in a text."""
    return set(re.findall(r"C\d{6,}", text)) & hidden


def chosen_by(demo: Demo) -> dict[str, str]:
    """Return one value per dimension of somebody else's customers, to ask for."""
    found: dict[str, str] = {}
    for name, values in demo.fetcher.info().dictionary.values.items():
        if values:
            found[name] = values[-1]
    return found


def test_the_canaries_are_found_where_they_may_be_seen(
    visit: Visit, demo: Demo, hidden: set[str]
) -> None:
    visitor = visit("executive")
    assert leaks(visitor.rows("cockpit-kpis", visitor.filters()).text, hidden)
    assert leaks(visitor.get("/export/cockpit-teams.csv").text, hidden)


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_no_callback_shows_another_teams_customer(
    visit: Visit, demo: Demo, hidden: set[str], user: str
) -> None:
    visitor = visit(user)
    asked = chosen_by(demo)
    for page in PAGES.values():
        for search in SEARCHES:
            opened = visitor.open(page.path, search.format(**asked))
            for output, answer in opened.answers.items():
                assert not leaks(answer.text, hidden), (page.path, search, output)


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_no_drawer_shows_another_teams_customer(visit: Visit, hidden: set[str], user: str) -> None:
    visitor = visit(user)
    for search in ("", "?period=all"):
        filters = visitor.filters(search)
        answers = {panel: visitor.rows(panel, filters) for panel in PANELS}
        # An explanation is of a metric, whichever panel it is opened from.
        of = {panel.metric.key: panel.id for panel in PANELS.values()}
        answers |= {key: visitor.explain(key, filters, panel=panel) for key, panel in of.items()}
        for name, answer in answers.items():
            assert answer.status == 200
            assert not leaks(answer.text, hidden), name


def test_no_export_shows_another_teams_customer(visit: Visit, hidden: set[str]) -> None:
    visitor = visit("lead")
    for panel in PANELS:
        response = visitor.get(f"/export/{panel}.csv?period=all")
        assert response.status_code == 200, panel
        assert not leaks(response.text, hidden), panel


def test_asking_for_another_teams_customer_by_number_gives_nothing(
    visit: Visit, demo: Demo, hidden: set[str]
) -> None:
    visitor = visit("lead")
    wanted = sorted(hidden)[0]
    search = f"?period=all&customer={wanted}"
    answer = visitor.rows("cockpit-kpis", visitor.filters(search))
    assert "No row is behind this figure" in answer.words
    assert visitor.get(f"/export/cockpit-kpis.csv{search}").text.count("\n") == 1


def test_a_lead_sees_smaller_numbers(visit: Visit) -> None:
    texts = []
    for user in ("executive", "lead", "rep"):
        visitor = visit(user)
        texts.append(visitor.open("/").answers["cockpit-kpis.children"].words)
    assert len(set(texts)) == 3


def test_one_cache_serves_readers_apart(visit: Visit) -> None:
    alone = visit("lead").open("/").answers["cockpit-teams.figure"].text
    visit("executive").open("/")
    assert visit("lead").open("/").answers["cockpit-teams.figure"].text == alone


FORGED = (
    {"version": "999999"},
    {"version": "-1"},
    {"version": "abc"},
    {"version": "1" * 40},
    {"user": "admin"},
    {"user": "executive", "teams": "null", "role": "administrator"},
    {"scope": "all", "permissions": "export,see-sql"},
    {"team": ""},
    {"version": None},
    {"version": {"a": 1}},
)


@pytest.mark.parametrize("forged", FORGED, ids=str)
def test_a_forged_store_changes_nothing(
    visit: Visit, hidden: set[str], forged: dict[str, str]
) -> None:
    visitor = visit("lead")
    honest = visitor.open("/")
    filters = {**visitor.filters(), **forged}
    for output in ("cockpit-teams.figure", "cockpit-kpis.children", "scope.children"):
        answer = visitor.fire(output, {"filters.data": filters, "url.pathname": "/"})
        assert answer.status == 200, answer.text
        assert not leaks(answer.text, hidden)
        if answer.text != honest.of(output).text:
            assert "version" in forged
            assert not re.search(r"Reference \w{8}", answer.words), answer.words
    rows = visitor.rows("cockpit-kpis", filters)
    assert rows.status == 200
    assert not leaks(rows.text, hidden)


@pytest.mark.parametrize("filters", [None, [], "x", 7, {"a": {"b": []}}, {"period": [1]}], ids=str)
def test_a_store_of_another_shape_breaks_nothing(visit: Visit, filters: object) -> None:
    visitor = visit("lead")
    for output in ("cockpit-teams.figure", "cockpit-kpis.children", "chips.children"):
        answer = visitor.fire(output, {"filters.data": filters})
        assert answer.status in (200, 204), answer.text


def test_only_the_session_says_who_reads(visit: Visit) -> None:
    visitor = visit("lead")
    visitor.client.set_cookie("user", "admin")
    forged = {**visitor.filters(), "user": "admin"}
    words = visitor.fire(
        "scope.children",
        {"filters.data": forged, "url.pathname": "/"},
    ).words
    assert "all teams" not in words
    visitor.client.set_cookie("cockpit", "forged.session.value")
    assert visitor.fire("filters.data", {"url.search": ""}).status == 401


# --- permissions ---------------------------------------------------------------------------


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> str:
    """A reader who may open the cockpit and nothing else."""
    monkeypatch.setitem(ROLES, "analyst", Role("analyst", "Guest", frozenset({"view-cockpit"})))
    return "analyst"


def test_a_page_without_its_permission_gives_a_sentence_and_no_data(
    visit: Visit, guest: str
) -> None:
    visitor = visit(guest)
    for page in PAGES.values():
        own = f"{page.path.strip('/') or 'cockpit'}-"
        for output, answer in visitor.open(page.path).answers.items():
            if output.startswith(own) and page.permission != "view-cockpit":
                said = answer.words.replace("<br>", " ")
                # Whether a form is hidden is no place for a sentence.
                assert FORBIDDEN in said or output.endswith(".hidden"), (output, said)
                assert "¥" not in answer.text, output


def test_a_drawer_of_a_forbidden_page_opens_empty(visit: Visit, guest: str) -> None:
    visitor = visit(guest)
    filters = visitor.filters()
    for panel in PANELS.values():
        may = PAGES[panel.module].permission == "view-cockpit"
        answer = visitor.rows(panel.id, filters)
        assert (FORBIDDEN in answer.words) is not may, panel.id
        if not may:
            explained = visitor.explain(panel.metric.key, filters, panel=panel.id)
            assert FORBIDDEN in explained.words, panel.id


def test_the_navigation_names_only_what_may_be_opened(visit: Visit, guest: str) -> None:
    visitor = visit(guest)
    layout = json.loads(visitor.get("/_dash-layout").text)
    for page in PAGES.values():
        may = page.permission == "view-cockpit"
        assert (f'"data-nav": "{page.path}"' in json.dumps(layout)) is may, page.path


def test_an_export_without_its_permission_is_refused(visit: Visit, guest: str) -> None:
    for user in (guest, "rep"):
        visitor = visit(user)
        for panel in PANELS:
            response = visitor.get(f"/export/{panel}.csv")
            assert response.status_code == 403, panel
            assert response.text.count("\n") <= 6
        words = visitor.rows("cockpit-kpis", visitor.filters()).words
        assert "Download all rows" not in words


def test_a_reader_without_any_permission_sees_sentences(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLES, "analyst", Role("analyst", "None", frozenset()))
    answer = visit("analyst").fire("cockpit-kpis.children", {"filters.data": {"version": "1"}})
    assert FORBIDDEN in answer.words


def test_the_head_counts_customers_only_for_whom_all_are_theirs(visit: Visit) -> None:
    head = "scope.children"
    for user, may in (("executive", True), ("lead", False), ("rep", False)):
        visitor = visit(user)
        values = {"filters.data": visitor.filters(), "url.pathname": "/"}
        assert ("customers" in visitor.fire(head, values).words) is may, user
