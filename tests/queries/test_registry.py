"""Rules that every question and metric keeps: a new one fails until it has what it needs."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Dialect, Select, create_engine

from data.domain.filters import Filters
from data.domain.period import Calendar
from data.domain.scope import Scope
from data.domain.treatment import Treated, Treatment
from data.warehouse.engine import server_engine
from queries.known import why_today_only
from queries.metrics import METRICS
from queries.question import Question
from tests.conftest import ADMIN
from tests.queries.asking import all_questions

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "tests" / "snapshots"
QUESTIONS = all_questions()
EVERY = pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.name)

LEAD = Scope("lead", "lead", teams=frozenset({"Scope Team A", "Scope Team B"}), masked=frozenset())
REP = Scope("rep", "rep", teams=None, reps=frozenset({"Scope Rep"}), masked=frozenset())


def asked(**more: str) -> Filters:
    """Return the fixed filters of the snapshots: days at both edges, two choices, no clock."""
    from datetime import date

    calendar = Calendar(date(2023, 7, 1), date(2026, 6, 20))
    query = {"period": "2026-01-10..2026-06-20", "region": "East", "tier": "high,general"}
    query |= {"weights": "amount:50,potential:30,interaction:20", **more}
    tasks = (
        Treatment("C1", date(2026, 3, 2), "reached"),
        Treatment("C2", date(2026, 6, 1), "lost"),
    )
    return Filters.from_query(query, calendar, version=1).knowing(treated=Treated(tasks))


@cache
def dialect(name: str) -> Dialect:
    """Return a dialect as the engine of a warehouse speaks it, without connecting."""
    if name == "duckdb":
        return create_engine("duckdb:///:memory:").dialect
    urls = {"postgresql": "postgresql+psycopg://x/x", "clickhouse": "clickhousedb://x/x"}
    return server_engine(urls[name]).dialect


DIALECTS = ("duckdb", "postgresql", "clickhouse")


def written(stmt: Select[Any], name: str) -> str:
    """Return a statement with its values filled in, one clause a line."""
    sql = str(stmt.compile(dialect=dialect(name), compile_kwargs={"literal_binds": True}))
    return re.sub(r"\s*\n\s*", "\n", sql).strip() + "\n"


@EVERY
def test_a_question_has_metrics_that_exist(question: Question) -> None:
    assert question.metrics
    assert set(question.metrics) <= set(METRICS)


@EVERY
def test_a_question_and_its_members_take_filters_and_scope(question: Question) -> None:
    for query in (question.query, question.members):
        assert list(inspect.signature(query).parameters)[:2] == ["filters", "scope"]


@EVERY
def test_a_question_says_what_its_rows_are(question: Question) -> None:
    assert (question.query.__doc__ or "").startswith("One row"), question.name
    assert question.title


@EVERY
def test_rows_come_in_a_total_order(question: Question) -> None:
    for query in (question.query, question.members):
        stmt = query(asked(), ADMIN)
        assert list(stmt._order_by_clauses), query


@EVERY
@pytest.mark.parametrize("name", DIALECTS)
def test_the_statement_is_the_one_of_the_snapshot(
    question: Question, name: str, request: pytest.FixtureRequest
) -> None:
    path = SNAPSHOTS / name / f"{question.name}.sql"
    sql = "\n".join(
        f"-- {part}\n{written(query(asked(), LEAD), name)}"
        for part, query in (("question", question.query), ("members", question.members))
    )
    if request.config.option.snapshot_update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sql)
    assert path.exists(), f"write {path} with: python -m pytest tests/queries --snapshot-update"
    assert sql == path.read_text()


def test_no_snapshot_outlives_its_question() -> None:
    for name in DIALECTS:
        found = {path.stem for path in (SNAPSHOTS / name).glob("*.sql")}
        assert found == set(QUESTIONS), name


#: Read the same for every reader: the company's RFM cuts, and comparisons of large groups.
COMPANY_WIDE = {
    *(
        "rfm_cuts",
        "value_cuts",
        "effective_weights",
        "model_facts",
        "model_checks",
        "model_deciles",
    ),
    *("model_findings", "tier_survival", "cohort_survival", "churn_deciles", "churn_checks"),
}


@EVERY
@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("as_of", [{}, {"as_of": "2026-03"}], ids=["today", "then"])
def test_the_scope_is_in_the_statement(
    question: Question, name: str, as_of: dict[str, str]
) -> None:
    for query in (question.query, question.members):
        if query is question.query and question.name in COMPANY_WIDE:
            continue
        if as_of and why_today_only(query, asked(**as_of)) is not None:
            continue
        for scope, literals in ((LEAD, sorted(LEAD.teams or ())), (REP, sorted(REP.reps or ()))):
            sql = written(query(asked(**as_of), scope), name)
            for literal in literals:
                assert f"'{literal}'" in sql
            assert every_table_is_scoped(sql, literals[0]), sql


#: The ranking of a what-if reads the whole company under this name, and gives out no customer.
RANKING = r"(?![`\"]? AS [`\"]?company\b)"
#: Tables that hold no customer: what they say is the same for every reader.
SHARED = {
    *("rfm_cut", "funnel_stage", "benchmark_month", "model_fact", "model_check", "model_decile"),
    *("model_finding", "survival_curve", "team_tree"),
}
#: Read through customer_current, which carries the scope beside it.
BESIDE = {"customer_snapshot", "customer_schedule", "campaign_customer"}


def every_table_is_scoped(sql: str, literal: str) -> bool:
    """Whether each SELECT that reads a mart names the scope before its brackets close."""
    from data.warehouse.marts import MARTS

    names = "|".join(sorted(set(MARTS.tables) - SHARED - BESIDE, key=len, reverse=True))
    matches = list(re.finditer(rf"\b(?:FROM|JOIN) [`\"]?({names})\b{RANKING}", sql))
    for match in matches:
        end = _closing(sql, match.start())
        if f"'{literal}'" not in sql[match.start() : end]:
            return False
    return bool(matches)


def test_the_check_of_the_scope_sees_a_query_without_one() -> None:
    scoped = "SELECT 1 FROM (SELECT 1 FROM customer_day WHERE team IN ('A')) AS x"
    assert every_table_is_scoped(scoped, "A")
    assert not every_table_is_scoped(scoped + " UNION ALL SELECT 1 FROM cube_month", "A")
    assert not every_table_is_scoped(f"({scoped}) UNION ALL (SELECT 1 FROM touch_day)", "A")


def _closing(sql: str, start: int) -> int:
    depth = 0
    for i in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[i], 0)
        if depth < 0:
            return i
    return len(sql)


# --- the code --------------------------------------------------------------------------------


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules of the folders with their syntax trees."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


#: Who may name tables of the warehouse: those that write them, and the one that reads them.
MAY_READ = ("queries/visible/", "data/pipeline/", "data/warehouse/", "data/demo/")
#: Where the tables are; beside them stand constants, which anybody may name.
TABLES = ("data.warehouse.marts", "data.warehouse.schema")
CONSTANTS = "data.warehouse.marts.columns"


def test_only_visible_reads_warehouse_tables() -> None:
    found = [
        f"{name}: {what}"
        for name, tree in modules("queries", "pages", "components", "data")
        if not name.startswith(MAY_READ)
        for what in _tables_named(tree)
    ]
    assert found == []


def _tables_named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(TABLES):
            yield from (a.name for a in node.names if node.module != CONSTANTS)
        elif isinstance(node, ast.ImportFrom) and node.module == "data.warehouse":
            yield from (a.name for a in node.names if a.name in ("marts", "schema"))
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith(TABLES))


CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "current_date", "current_timestamp"}


def test_no_question_reads_a_clock() -> None:
    found = [
        f"{name}:{node.lineno} {node.func.attr}"
        for name, tree in modules("queries")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    ]
    assert found == []


def test_no_question_writes_sql_as_text() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules("queries", "pages", "components")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("text", "eval", "exec")
    ]
    assert found == []


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda m: m.key)
def test_a_metric_is_a_whole_record(metric: Any) -> None:
    assert metric.label
    assert metric.definition.endswith(".")
    assert metric.formula
    assert (metric.expr is None) == bool(metric.parts)
    assert (metric.compose is None) == (not metric.parts)
    assert set(metric.parts) <= set(METRICS)
