"""What one reader has warmed is never what another one reads: every callback, drawer and export."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from data.access.demo_readers import demo_reader
from data.access.reader import scope_of
from data.domain.scope import Scope
from data.warehouse.fetch import Fetcher, Question
from pages._page import PAGES, PANELS
from queries.cockpit import cockpit_kpis
from queries.run import connect, reading, run, run_page, run_uncached
from tests.conftest import Demo, Memory
from tests.pages.visitor import Visitor
from tests.queries.asking import all_questions
from tests.warehouse.rows import difference

Visit = Callable[..., Visitor]
Many = Callable[[int, int], int]
#: Who warms the cache, and who then reads.
PAIRS = (
    ("executive", "lead"),
    ("lead", "executive"),
    ("rep", "lead"),
    ("admin", "analyst"),
    ("lead", "rep"),
)
SEARCH = "?period=last_12"
#: What an explanation says of the cache itself, which is another thing warmed and alone.
AGE = re.compile(
    r"Not in the cache: computed now\.|From the cache: of [^,\"]+ UTC, \d+ minutes? old\."
)


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda q: q.name)
def test_every_question_warmed_by_another_reader(
    question: Any, duckdb_demo: Demo, many: Many
) -> None:
    filters = duckdb_demo.filters(period="last_12")
    for first, second in PAIRS[: many(2, len(PAIRS))]:
        fetcher = duckdb_demo.cached()
        for user in (first, second):
            with reading(duckdb_demo.reader(user), through=fetcher):
                cached, members = run(question.query, filters), run_page(question.members, filters)
        with reading(duckdb_demo.reader(second), through=fetcher):
            assert difference(cached, run_uncached(question.query, filters)) == ""
            plain = run_uncached(question.members, filters).head(len(members))
            assert difference(members, plain) == ""
        fetcher.readers.close()


def everything(visitor: Visitor, *, every: int) -> dict[str, str]:
    """Return what the application gives a reader: callbacks, and each nth drawer and file."""
    answers: dict[str, str] = {}
    for page in PAGES.values():
        opened = visitor.open(page.path, SEARCH)
        # A profile shows the sessions of this very sign-in, and nothing of the warehouse.
        if page.path != "/profile":
            answers |= {f"{page.path} {name}": a.text for name, a in opened.answers.items()}
    for panel in list(PANELS.values())[::every]:
        filters = visitor.filters(SEARCH)
        answers[f"rows {panel.id}"] = visitor.rows(panel.id, filters).text
        explained = visitor.explain(panel.metric.key, filters, panel=panel.id).text
        answers[f"explain {panel.id}"] = AGE.sub("", explained)
        answers[f"file {panel.id}"] = visitor.get(f"/export/{panel.id}.csv{SEARCH}").text
    options = {"filter-drawer.is_open": True, "filters.data": visitor.filters(SEARCH)}
    answers["options"] = visitor.fire("filter-body.children", options).text
    return answers


def test_every_answer_warmed_by_another_reader(
    visit: Visit, demo: Demo, many: Many, tell: Callable[[str], None]
) -> None:
    pairs, every = PAIRS[: many(1, len(PAIRS))], many(8, 1)
    alone: dict[str, dict[str, str]] = {}
    for second in {reader for _, reader in pairs}:
        connect(Fetcher(demo.warehouse))
        alone[second] = everything(visit(second), every=every)
    for first, second in pairs:
        connect(Fetcher(demo.warehouse, Memory()))
        everything(visit(first), every=every)
        warmed = everything(visit(second), every=every)
        changed = [name for name in warmed if warmed[name] != alone[second][name]]
        assert changed == [], (first, second)
    tell(
        f"{len(pairs)} role pairs, {len(alone['lead'])} answers each (callbacks, drawers, option "
        "lists, files): equal to uncached"
    )


def test_whatever_an_answer_depends_on_is_in_its_key(duckdb_demo: Demo) -> None:
    info = duckdb_demo.fetcher.info()
    scope = scope_of(demo_reader("lead", info), info)
    depends_on = {"filters": duckdb_demo.filters().canonical(), "scope": scope.canonical()}
    question = Question("cockpit_kpis", info.number, depends_on, lambda: cockpit_kpis(None, None))  # type: ignore[arg-type]
    others = [
        replace(question, name="cockpit_teams"),
        replace(question, version=info.number + 1),
        *(replace(question, depends_on={**depends_on, "scope": s}) for s in _scopes(scope)),
        *(
            replace(question, depends_on={**depends_on, "filters": f})
            for f in _filters(duckdb_demo)
        ),
    ]
    keys = {each.key for each in (question, *others)}
    assert len(keys) == len(others) + 1


def _scopes(scope: Scope) -> list[dict[str, object]]:
    """Return scopes that differ in one thing each."""
    changes: tuple[dict[str, Any], ...] = (
        {"teams": None},
        {"teams": frozenset()},
        {"reps": frozenset({"R"})},
        {"masked": frozenset({"phone"})},
        {"masked": frozenset({"email"})},
    )
    return [replace(scope, **change).canonical() for change in changes]


def _filters(demo: Demo) -> list[dict[str, object]]:
    """Return filters that differ in one thing each."""
    plain = demo.filters()
    return [
        demo.filters(period="last_12").canonical(),
        demo.filters(compare="previous").canonical(),
        demo.filters(threshold="45").canonical(),
        *(plain.choosing(name, "x").canonical() for name in ("team", "region", "customer")),
        plain.focused(month="2026-01").canonical(),
    ]
