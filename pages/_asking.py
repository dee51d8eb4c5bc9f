"""`ask`: what a page would show, for scripts and for checking, through the same path."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.access.demo_readers import placed
from data.access.reader import Reader
from data.domain.filters import Filters
from data.export import cell
from data.state.accounts import AccountError, account
from data.state.opening import open_with_users
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher
from data.warehouse.info import VersionInfo
from data.warehouse.versions import open_warehouse
from pages._approvals import approvals_now
from pages._treated import treated_now
from queries import all_questions
from queries.members import members_of
from queries.metrics import METRICS
from queries.question import Query
from queries.run import overlaid_by, reading, run, run_page, sql_of
from queries.single import metric_total


class UnknownQuestionError(WarehouseError):
    """There is neither a metric nor a question of that name."""


@dataclass
class Answer:
    """Rows, or a statement, and what should be said about the filters."""

    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    sql: str = ""
    notes: list[str] = field(default_factory=list)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, blanks as None."""
        keys = [str(c) for c in self.rows.columns]
        return [
            {k: None if cell(v) == "" else v for k, v in zip(keys, row, strict=True)}
            for row in self.rows.itertuples(index=False)
        ]

    def lines(self) -> list[list[Any]]:
        """Return the rows as they are written to a file."""
        return [[cell(v) for v in row] for row in self.rows.itertuples(index=False)]


def answer(what: str, search: str, *, reader: str, members: bool, sql: bool) -> Answer:
    """Answer a metric or a question as a reader, with filters as in a URL."""
    questions = all_questions()
    if what == "list":
        names = [("metric", k, m.label) for k, m in METRICS.items()]
        names += [("question", q.name, q.title) for q in questions.values()]
        return Answer(pd.DataFrame(names, columns=["kind", "name", "title"]))
    overlaid_by(approvals=approvals_now, treated=treated_now)
    found = Fetcher(open_warehouse())
    info = found.info()
    filters, dropped = info.searched(search)
    notes = [f"Left out, because it makes no sense: {d}" for d in dropped]
    query, filters = _query(what, filters, members=members)
    with reading(_reader_named(reader, info), through=found):
        if sql:
            return Answer(sql=sql_of(query, filters), notes=notes)
        rows = run_page(query, filters, limit=None) if members else run(query, filters)
    return Answer(rows, notes=notes)


def _reader_named(user_id: str, info: VersionInfo) -> Reader:
    """Return a user of the state database; a demo user has a place in the data at hand."""
    database = open_with_users()
    try:
        found = account(database, user_id)
    finally:
        database.dispose()
    if not found.is_usable:
        raise AccountError(f"'{user_id}' is closed. Name another user.")
    return placed(found.reader(), info) if found.is_demo else found.reader()


def _query(what: str, filters: Filters, *, members: bool) -> tuple[Query, Filters]:
    if what in METRICS:
        return (members_of(what) if members else metric_total), filters.focused(metric=what)
    questions = all_questions()
    if what in questions:
        return (questions[what].members if members else questions[what].query), filters
    raise UnknownQuestionError(
        f"There is neither a metric nor a question '{what}'. `python app.py ask list` names them."
    )
