"""No mark of another team in anything that leaves the server, and no phone or e-mail of anyone."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest

from data.access.demo_readers import demo_reader
from data.access.reader import scope_of
from data.warehouse.fetch import Fetcher
from pages._page import PAGES, PANELS
from tests.pages.visitor import UPDATE, Visitor
from tests.security.canaries import AMOUNT, MAIL, PHONE, sown, teams_in

VisitOther = Callable[..., Visitor]
Many = Callable[[int, int], int]
#: Addresses that lead down to single customers and deals, and ask for other teams by name.
SEARCHES = (
    "?period=all",
    "?period=all&region={region}&city={city}&path=region,city",
    "?period=all&team={team}&rep={rep}&path=team,rep",
    "?period=last_12&industry={industry}&compare=previous",
    "?period=all&seller_team={team}&seller={rep}",
    "?period=all&tier=high,general,potential,dormant",
    "?period=all&customer={customer}",
)
NONSENSE = ("/nothing", "/export/nothing.csv", "/api/v1/nothing", "/customer/{customer}")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetcher]:
    """The company of marked customers."""
    fetcher = sown(tmp_path_factory.mktemp("canaries"))
    yield fetcher
    fetcher.readers.close()


def own_teams(fetcher: Fetcher, user: str) -> set[str]:
    """Return the teams whose marks a demo user may meet."""
    info = fetcher.info()
    scope = scope_of(demo_reader(user, info), info)
    if scope.reps is not None:
        return {info.reps[r] for r in scope.reps}
    return set(info.dictionary.values["team"] if scope.teams is None else scope.teams)


def foreign_values(fetcher: Fetcher, user: str) -> dict[str, str]:
    """Return a value per dimension that belongs to somebody else where there is one."""
    info, own = fetcher.info(), own_teams(fetcher, user)
    found = {k: v[-1] for k, v in info.dictionary.values.items() if v}
    found["team"] = next((t for t in sorted(info.reps.values()) if t not in own), found["team"])
    found["rep"] = next((r for r, t in info.reps.items() if t not in own), found["rep"])
    return found | {"customer": "C000001"}


def answers(
    visitor: Visitor, values: dict[str, str], *, searches: int, every: int
) -> Iterator[tuple[str, str]]:
    """Yield what a reader can get out of the server: where from, and its text."""
    for search in (s.format(**values) for s in SEARCHES[:searches]):
        for page in PAGES.values():
            opened = visitor.open(page.path, search)
            for output, answer in opened.answers.items():
                yield f"{page.path}{search} {output}", answer.text
        filters = visitor.filters(search)
        for panel in list(PANELS.values())[::every]:
            yield f"rows {panel.id}{search}", visitor.rows(panel.id, filters).text
            explained = visitor.explain(panel.metric.key, filters, panel=panel.id)
            yield f"explain {panel.id}{search}", explained.text
            yield f"csv {panel.id}", visitor.get(f"/export/{panel.id}.csv{search}").text
            book = visitor.get(f"/export/{panel.id}.xlsx{search}")
            if book.status_code == 200:
                yield f"xlsx {panel.id}", unzipped(book.data)
        options = {"filter-drawer.is_open": True, "filters.data": filters}
        yield f"options {search}", visitor.fire("filter-body.children", options).text
    for path in NONSENSE:
        yield path, visitor.get(path.format(**values)).text
    for body in ("{", "[]", json.dumps({"output": values["customer"]})):
        yield f"body {body}", visitor.post(body).text
    yield "layout", visitor.get("/_dash-layout").text
    yield "dependencies", visitor.get("/_dash-dependencies").text


def unzipped(body: bytes) -> str:
    """Return every part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def test_the_marks_are_found_where_they_may_be_seen(
    visit_other: VisitOther, marked: Fetcher
) -> None:
    visitor = visit_other(marked, "executive")
    rows = visitor.get("/export/cockpit-kpis.csv?period=all").text
    assert len(teams_in(rows)) > 3
    deals = visitor.get("/export/funnel-stages.csv?period=all").text
    assert len(set(AMOUNT.findall(deals))) > 3 or len(teams_in(deals)) > 3


@pytest.mark.parametrize("user", ["lead", "rep"])
def test_no_mark_of_another_team_leaves_the_server(
    visit_other: VisitOther,
    marked: Fetcher,
    user: str,
    many: Many,
    tell: Callable[[str], None],
) -> None:
    visitor = visit_other(marked, user)
    own, met, count = {t.upper() for t in own_teams(marked, user)}, set[str](), 0
    width = {"searches": many(2, len(SEARCHES)), "every": many(9, 1)}
    for where, text in answers(visitor, foreign_values(marked, user), **width):
        found = teams_in(text)
        assert found <= own, (where, found - own)
        met |= found
        count += 1
    assert met, "the reader's own customers carry marks, too"
    tell(f"{user}: {count} answers, no mark of another team; own marks of {len(met)} team(s) met")


@pytest.mark.parametrize("user", ["analyst", "lead"])
def test_no_phone_or_mail_address_leaves_the_server(
    visit_other: VisitOther, marked: Fetcher, user: str, many: Many
) -> None:
    visitor = visit_other(marked, user)
    for page in list(PAGES.values())[:: many(3, 1)]:
        for answer in visitor.open(page.path, "?period=all").answers.values():
            assert PHONE not in answer.text
            assert MAIL not in answer.text
    for panel in list(PANELS.values())[:: many(6, 1)]:
        for path in (f"/export/{panel.id}.csv", f"/export/{panel.id}.csv?period=all&metric=orders"):
            text = visitor.get(path).text
            assert PHONE not in text
            assert MAIL not in text


def test_a_callback_is_answered_to_its_own_reader_only(
    visit_other: VisitOther, marked: Fetcher
) -> None:
    """The body that an executive sent, sent again by a lead, gives what the lead may see."""
    executive, lead = visit_other(marked, "executive"), visit_other(marked, "lead")
    filters = executive.filters("?period=all")
    request = {"panel": "cockpit-kpis", "mark": None, "metric": None, "n": 1}
    body = executive.body(
        "rows-body.children", {"rows-request.data": request, "filters.data": filters}
    )
    assert len(teams_in(executive.post(body).text)) > 3
    replayed = lead.client.post(UPDATE, json=body)
    own = {t.upper() for t in own_teams(marked, "lead")}
    assert teams_in(replayed.text) <= own
