"""A value is a value: no text that a reader sends becomes a statement, a column or an order."""

import hashlib
from collections.abc import Callable

import pytest

from data.domain.filters import parse
from data.domain.scope import Scope
from tests.conftest import Demo
from tests.pages.visitor import Visitor
from tests.queries.asking import ANY_DIMENSIONS, all_questions, ask
from tests.security.corpus import SQL_INJECTIONS, XSS_PAYLOADS
from tests.warehouse.rows import difference

Visit = Callable[..., Visitor]
Many = Callable[[int, int], int]
ADMIN = Scope("admin", "administrator", teams=None, masked=frozenset())


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(SQL_INJECTIONS) == len(set(SQL_INJECTIONS)) == 200
    assert len(XSS_PAYLOADS) == len(set(XSS_PAYLOADS)) == 40


def fingerprint(demo: Demo) -> str:
    """Return the digest of the live version's file."""
    return hashlib.sha256(demo.warehouse.file(demo.fetcher.live()).read_bytes()).hexdigest()


def test_an_injected_value_finds_nothing_and_changes_nothing(
    duckdb_demo: Demo, many: Many, tell: Callable[[str], None]
) -> None:
    """Each string in each dimension, over the questions in turn: no row, no error, no change."""
    before = fingerprint(duckdb_demo)
    questions = [q for q in all_questions().values() if q.members is not None]
    asked = 0
    for place, text in enumerate(SQL_INJECTIONS[:: many(5, 1)]):
        for turn, dimension in enumerate(d for d in ANY_DIMENSIONS if d != "cohort"):
            filters = duckdb_demo.filters().choosing(dimension, text)
            question = questions[(place + turn) % len(questions)]
            rows = ask(duckdb_demo, question.members, filters, ADMIN)
            assert rows.empty, (dimension, text, question.name)
            asked += 1
    assert fingerprint(duckdb_demo) == before
    tell(f"{asked} injected values in {len(ANY_DIMENSIONS) - 1} dimensions: no row, no change")


def test_an_injected_mark_metric_or_parameter_is_dropped(duckdb_demo: Demo, many: Many) -> None:
    info = duckdb_demo.fetcher.info()
    plain = parse({}, info.calendar, version=info.number)[0]
    for text in SQL_INJECTIONS[:: many(5, 1)]:
        for key in ("period", "compare", "threshold", "weights", "limits", "cohort", "path"):
            filters, _dropped = parse({key: text}, info.calendar, version=info.number)
            assert filters.period == plain.period, (key, text)
            assert filters.threshold == plain.threshold
            assert not filters.chosen.get("cohort")
            assert not filters.path


def test_an_injection_through_the_address_is_answered_without_rows(
    visit: Visit, many: Many, demo: Demo
) -> None:
    visitor = visit("lead")
    honest = visitor.get("/export/cockpit-teams.csv").text
    for text in SQL_INJECTIONS[:: many(20, 2)]:
        for key in ("region", "customer", "seller"):
            response = visitor.client.get("/export/cockpit-teams.csv", query_string={key: text})
            assert response.status_code == 200, (key, text)
            if key == "customer":
                assert response.text.count("\n") == 1, text
            else:
                # No value that the data know: left out, like any other nonsense.
                assert response.text == honest, (key, text)
        for key in ("mark", "metric"):
            response = visitor.client.get("/export/cockpit-teams.csv", query_string={key: text})
            assert response.status_code == 200
            assert response.text == honest, (key, text)


@pytest.mark.parametrize("dimension", ["region", "team"])
def test_a_value_that_looks_like_sql_is_found_by_its_letters(
    duckdb_demo: Demo, dimension: str
) -> None:
    """The same rows as for any other unknown value: none, whatever it spells."""
    odd = duckdb_demo.filters().choosing(dimension, "' OR 1=1 --")
    unknown = duckdb_demo.filters().choosing(dimension, "nowhere")
    for question in list(all_questions().values())[:10]:
        found = ask(duckdb_demo, question.query, odd, ADMIN)
        assert difference(found, ask(duckdb_demo, question.query, unknown, ADMIN)) == ""
