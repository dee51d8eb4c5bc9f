"""Every registered question gets the same rows, in the same order, from all three engines."""

import pytest

from data.domain.filters import Filters
from data.domain.scope import Scope
from queries.known import why_today_only
from queries.question import Question
from tests.conftest import ADMIN, Demo
from tests.queries.asking import all_questions, ask, readers
from tests.warehouse.rows import difference

#: A plain page, one with days at both edges and moving dimensions, one with everything else.
ASKED: tuple[dict[str, str], ...] = (
    {},
    {
        "period": "2025-02-11..2026-03-20",
        "region": "East Coast 东部沿海,Northeast 东北",
        "threshold": "60",
    },
    {"period": "last_month", "tier": "high,general", "kind": "business", "compare": "previous"},
    {"period": "last_year", "lifecycle": "mature,growing", "cohort": "2024-03,2024-04,2023-07"},
)
#: The same, looked back from: the days after are there and must not count.
LOOKED_BACK: tuple[dict[str, str], ...] = (
    {"as_of": "2026-02"},
    {"as_of": "2025-11", "tier": "high,general", "period": "last_12", "compare": "previous"},
)


@pytest.mark.parametrize("question", all_questions().values(), ids=lambda q: q.name)
def test_a_question_and_its_members_agree(
    question: Question, duckdb_demo: Demo, server_demo: Demo
) -> None:
    for query in (question.query, question.members):
        for filters, scope in _asked(duckdb_demo):
            if filters.calendar.is_past and why_today_only(query, filters) is not None:
                continue
            expected = ask(duckdb_demo, query, filters, scope)
            found = ask(server_demo, query, filters, scope)
            assert difference(expected, found) == "", (filters.to_query(), scope.role)


def _asked(demo: Demo) -> list[tuple[Filters, Scope]]:
    lead, rep = (readers(demo.fetcher.info())[user] for user in ("lead", "rep"))
    pages = [demo.filters(**query) for query in (*ASKED, *LOOKED_BACK)]
    return list(zip(pages, (lead, rep, ADMIN, ADMIN, rep, lead), strict=True))
