"""What every page must have, driven by the registries: a new page fails until it has it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import app
from data.access.permissions import PERMISSIONS
from pages._about_texts import TEXTS, THE_PANEL
from pages._page import GUARDED, PAGES, PANELS
from queries import all_questions
from queries.metrics import METRICS
from tests.pages.visitor import Visitor, component_ids, parts_of, strict_json

#: What the frame and Dash itself own; everything else belongs to a page.
FRAME_IDS = frozenset(
    "filters toasts chips breadcrumb as-of as-of-choice title scope banner url filter-body filter-said "
    "filter-drawer "
    "rows-body explain-body tasks-new-body tasks-new-said tasks-new-drawer tasks-toasts "
    "tasks-done".split()
)
DASH_IDS = frozenset({"_pages_content", "_pages_store", "_pages_dummy"})
#: A page that asks more than this when it opens is too slow for a phone.
MOST_PANELS = 14

Visit = Callable[..., Visitor]


def _owners(output: str) -> list[str]:
    return [name.rsplit(".", 1)[0] for name in names_of(output)]


def names_of(output: str) -> list[str]:
    """Return the outputs of a callback, without what tells two of the same name apart."""
    return [name.split("@")[0] for name in output.strip(".").split("...")]


def test_the_command_line_makes_the_same_server() -> None:
    assert callable(app.create_app)


def test_every_page_has_a_permission_a_name_and_a_place(visit: Visit) -> None:
    visit()
    assert len({p.path for p in PAGES.values()}) == len(PAGES)
    assert len({p.order for p in PAGES.values()}) == len(PAGES)
    for page in PAGES.values():
        assert page.permission in PERMISSIONS, page.module
        assert page.group in ("Value", "Movement", "Action", "Trust"), page.module
        assert page.name, page.module


def test_every_page_answers(visit: Visit) -> None:
    visitor = visit()
    for page in PAGES.values():
        response = visitor.get(page.path)
        assert response.status_code == 200, page.path
        assert response.mimetype == "text/html", page.path


def test_every_callback_is_guarded_and_has_an_owner(visit: Visit) -> None:
    visitor = visit()
    guarded = {name.split("@")[0] for name in GUARDED}
    prefixes = tuple(f"{p.path.strip('/') or 'cockpit'}-" for p in PAGES.values())
    for output in visitor.dependencies:
        for owner in _owners(output):
            assert owner in FRAME_IDS | DASH_IDS or owner.startswith(prefixes), output
        if not set(_owners(output)) <= DASH_IDS:
            assert all(name in guarded for name in names_of(output)), output


def test_a_page_owns_callbacks_of_its_own_name_only(visit: Visit) -> None:
    visit()
    for panel in PANELS.values():
        path = PAGES[panel.module].path.strip("/") or "cockpit"
        assert panel.id.startswith(f"{path}-"), panel.id


def test_every_callback_of_a_page_has_its_place_in_the_layout(visit: Visit) -> None:
    visitor = visit("admin")
    there: set[str] = set()
    for page in PAGES.values():
        there |= set(component_ids(visitor.open(page.path).layout))
    for output in visitor.dependencies:
        owners = [o for o in _owners(output) if o not in FRAME_IDS | DASH_IDS]
        assert set(owners) <= there, f"{output} is in no layout"


def test_every_panel_asks_a_question_that_exists(visit: Visit) -> None:
    visit()
    known = all_questions()
    for panel in PANELS.values():
        assert known[panel.question.name] is panel.question
        assert callable(panel.question.members), panel.id
        assert panel.metric.key in METRICS
        assert set(panel.question.metrics) <= set(METRICS), panel.id


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("user", ["executive", "lead", "rep", "analyst", "admin"])
def test_every_page_opens_whole(visit: Visit, user: str, language: str) -> None:
    visitor = visit(user, language=language)
    for page in PAGES.values():
        opened = visitor.open(page.path)
        assert opened.answers
        for answer in opened.answers.values():
            assert answer.status in (200, 204), (answer.output, answer.text)
            strict_json(answer.text or "null")
            assert not REFERENCE.search(answer.words), (answer.output, answer.words)


REFERENCE = re.compile(r"Reference \w{8}|编号|could not be drawn|无法绘制")


def test_a_page_is_no_flood_of_questions(visit: Visit) -> None:
    visitor = visit("admin")
    for page in PAGES.values():
        own = f"{page.path.strip('/') or 'cockpit'}-"
        asked = [o for o in visitor.open(page.path).answers if o.strip(".").startswith(own)]
        assert asked, page.path
        alone = [o for o in asked if o.startswith(own)]
        assert len(alone) <= MOST_PANELS, (page.path, alone)


def test_figures_carry_no_template(visit: Visit) -> None:
    visitor = visit()
    for page in PAGES.values():
        assert '"template"' not in visitor.open(page.path).text, page.path


def test_every_panel_has_rows_and_an_explanation(visit: Visit) -> None:
    visitor = visit("executive")
    filters = visitor.filters()
    for panel in PANELS.values():
        for answer in (
            visitor.rows(panel.id, filters),
            visitor.explain(panel.metric.key, filters, panel=panel.id),
        ):
            assert answer.status == 200, (panel.id, answer.text)
            assert not REFERENCE.search(answer.words), (panel.id, answer.words)


#: Panels that show no data: what can be done, said or chosen.
NO_DATA: frozenset[str] = frozenset()


def test_every_panel_offers_an_explanation_and_its_rows_as_csv(visit: Visit) -> None:
    shown: set[str] = set()
    offered: dict[str, set[str]] = {"data-explain": set(), "data-csv": set()}
    for user in ("executive", "admin"):
        visitor = visit(user)
        for page in PAGES.values():
            opened = visitor.open(page.path)
            for props in _marked([opened.layout, [a.values for a in opened.answers.values()]]):
                panel = str(props.get("data-panel", ""))
                shown.add(panel)
                if "data-explain" in props:
                    offered["data-explain"].add(panel)
                offered["data-csv"].add(str(props.get("data-csv", "")))
    shown -= {"", *NO_DATA}
    assert len(shown) > 100
    assert shown <= set(PANELS)
    assert shown <= offered["data-explain"]
    assert {name for name in shown if not name.endswith(CARDS)} <= offered["data-csv"]


def _marked(found: Any) -> Iterator[dict[str, Any]]:
    """Yield every component's properties that name a panel or a file of one."""
    if isinstance(found, dict):
        if {"data-panel", "data-csv"} & set(found):
            yield found
        for inside in found.values():
            yield from _marked(inside)
    elif isinstance(found, list):
        for inside in found:
            yield from _marked(inside)


#: Rows of cards have a drawer each, which offers the file.
CARDS = ("-kpis", "-own", "-stake")


def test_a_panel_without_a_number_of_its_own_is_explained_as_a_whole(visit: Visit) -> None:
    for language in ("en", "zh"):
        visitor = visit("analyst", language=language)
        filters = visitor.filters()
        for name, text in TEXTS.items():
            answer = visitor.explain(THE_PANEL, filters, panel=name)
            assert answer.status == 200, name
            assert not REFERENCE.search(answer.words), (name, answer.words)
            assert (text in answer.words) is (language == "en"), name
            if language == "en":
                missing = [part for part in PARTS if part not in answer.words]
                assert missing == [], (name, answer.words)
    assert not set(TEXTS) - set(PANELS)


#: What the explanation of a panel says besides its definition.
PARTS = ("Figures in it", "Rows", "Filters", "You see", "As of ", "SELECT")


def test_every_metric_of_a_panel_is_explained_completely(visit: Visit) -> None:
    visitor = visit("analyst")
    filters = visitor.filters()
    seen: set[str] = set()
    for panel in PANELS.values():
        for key in (*panel.question.metrics, panel.metric.key):
            if key in seen:
                continue
            seen.add(key)
            answer = visitor.explain(key, filters, panel=panel.id)
            for part in WHOLE:
                assert part in answer.words, (panel.id, key, part)
            assert METRICS[key].definition in answer.words, (panel.id, key)
            assert f"/definitions?defined={key}" in str(answer.values), (panel.id, key)
            assert "the figure is" not in answer.words, (panel.id, key, answer.words)


#: What every explanation says, whatever the number.
WHOLE = ("Owner", "Formula", "Rows", "Filters", "You see", "Data", "SQL", "SELECT", "row")


def test_every_definition_names_a_test_that_is_there(visit: Visit) -> None:
    visitor = visit()
    index = visitor.open("/definitions").answers[DEFINITIONS]
    every: set[str] = set()
    for metric in METRICS.values():
        assert metric.definition in index.words, metric.key
        assert f"definition-{metric.key}" in index.text
        values = {"filters.data": visitor.filters(f"?defined={metric.key}")}
        about = visitor.fire(DEFINITIONS, values).words
        named = re.findall(r"tests/[\w/]+(?:\.sql)?", about)
        assert named, metric.key
        every.update(named)
        for path in named:
            assert (ROOT / path).with_suffix(".sql" if path.endswith(".sql") else ".py").is_file()
    assert len(every) > 60


DEFINITIONS = "..definitions-form.children...definitions-list.children.."
ROOT = Path(__file__).parents[2]


def test_a_definition_is_found_by_its_key(visit: Visit) -> None:
    visitor = visit(language="zh")
    cards = visitor.open("/definitions", "?defined=churn_rate").answers[DEFINITIONS].words
    other = METRICS["churn_rate"].definition
    assert other in cards
    assert cards.index(other) < cards.index(METRICS["revenue"].label)


def test_every_mark_opens_its_rows(visit: Visit) -> None:
    visitor = visit("executive")
    for page in PAGES.values():
        opened = visitor.open(page.path)
        charts = [p for o in opened.answers for p in parts_of(o) if p.endswith(".figure")]
        for chart in charts:
            panel = chart.removesuffix(".figure")
            for mark in _some(_marks(opened.of(chart).value)):
                rows = visitor.rows(panel, opened.filters, mark=mark)
                assert rows.status == 200, (panel, mark)
                assert not REFERENCE.search(rows.words), (panel, mark, rows.words)


def _marks(figure: dict[str, object]) -> list[str]:
    found = re.findall(r'"mark=([^"]+)"', json.dumps(figure))
    return list(dict.fromkeys(found))


def _some(marks: list[str]) -> list[str]:
    return [*marks[:2], *marks[len(marks) // 2 :][:1], *marks[-1:]]


def test_sql_is_for_the_analyst_only(visit: Visit) -> None:
    for user, may in (("executive", False), ("lead", False), ("rep", False), ("analyst", True)):
        visitor = visit(user)
        words = visitor.explain("revenue", visitor.filters(), panel="cockpit-kpis").words
        assert ("SELECT" in words) is may, user
