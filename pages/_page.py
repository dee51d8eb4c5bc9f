"""How a page is written: its registration, its panels, its guarded callbacks."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeAlias

import dash
import pandas as pd
import structlog
from dash import Output
from dash.exceptions import PreventUpdate

from components import panel as look
from components import states
from components.choices import turn_list
from components.figures.empty import empty_figure
from data.domain.dimension import DIMENSIONS
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.i18n import t
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import PanelError
from pages import _note_marks
from pages._denials import note_denial
from queries.metrics import METRICS
from queries.question import QUESTIONS, Question
from queries.question import Query as Asking
from queries.run import NotKnownThenError, fetcher, names_customers, reader_now, run, scope_now

FILTERS = "filters"
#: What the browser sent as the Store: a dictionary, unless someone forged it.
Query: TypeAlias = Any
Figure: TypeAlias = dict[str, Any]
P = ParamSpec("P")
log = structlog.get_logger("pages")


@dataclass(frozen=True)
class Page:
    """One page as the navigation and the guard know it."""

    module: str
    path: str
    name: str
    order: int
    permission: str
    icon: str
    group: str


@dataclass(frozen=True)
class Panel:
    """One panel: where it stands, what it asks, and the metric that it explains."""

    id: str
    question: Question
    metric: Metric
    module: str

    @property
    def query(self) -> Asking:
        """The query that answers the panel."""
        return self.question.query


PAGES: dict[str, Page] = {}
PANELS: dict[str, Panel] = {}
#: Output id and property of every guarded callback -> the permission it asks for.
GUARDED: dict[str, str] = {}


class MissingDataError(WarehouseError):
    """The tables that a panel needs hold no rows."""


class ForbiddenError(Exception):
    """The reader lacks the permission."""


def register_page(
    module: str, *, path: str, name: str, order: int, permission: str, icon: str, group: str
) -> None:
    """Register a page with Dash, the navigation and the guard."""
    PAGES[module] = Page(module, path, name, order, permission, icon, group)
    dash.register_page(module, path=path, name=name, title=name, order=order)


def panel(id: str, query: Asking, *, metric: str) -> Panel:
    """Register a panel; its id starts with its page's name."""
    question = QUESTIONS[query.__name__]  # type: ignore[attr-defined]
    module = query_module()
    PANELS[id] = Panel(id, question, METRICS[metric], module)
    return PANELS[id]


def query_module() -> str:
    """Return the page that is being imported: the one registered last."""
    return next(reversed(PAGES))


def chart(of: Panel, *, sub: Any = "", note: Any = "", turn: str = "", **options: Any) -> Any:
    """Return a panel's frame with its chart.

    `turn`: the dimension that its breakdown begins with, where the reader may turn it.
    """
    title = t(of.question.title)
    note = turn_list(turn) if turn else note
    return look.panel(of.id, title, sub=sub, note=note, metric=of.metric.key, **options)


def listing(of: Panel, *, sub: str = "", note: Any = "", **options: Any) -> Any:
    """Return a panel's frame with a list that a callback fills."""
    title = t(of.question.title)
    actions = tuple(options.pop("actions", ()))
    may_open = "rows" in actions and reader_now().may("work-tasks")
    if may_open and names_customers(of.question.members):
        actions = (*actions, "task")
    return look.list_panel(
        of.id, title, sub=sub, note=note, metric=of.metric.key, actions=actions, **options
    )


# --- asking ----------------------------------------------------------------------------------


def asked(query: Query) -> Filters:
    """Return the filters that the page's Store describes, of the version it was stamped with."""
    if not isinstance(query, dict) or not query:
        raise PreventUpdate
    plain = {k: v for k, v in query.items() if isinstance(v, str)}
    plain.pop("user", None)
    info = fetcher().info(version_of(plain.pop("version", "")))
    return Filters.from_query(plain, info.calendar, version=info.number)


def version_of(stamp: Any) -> int | None:
    """Return the version that a Store is stamped with; None where that is no number of one."""
    is_number = isinstance(stamp, str) and stamp.isascii() and stamp.isdigit() and len(stamp) < 9
    return int(stamp) or None if is_number else None


def may_open(of: Panel) -> bool:
    """Whether the reader holds the permission of the panel's page."""
    return scope_now().may(PAGES[of.module].permission)


def rows_of(of: Panel, query: Query) -> pd.DataFrame:
    """Return a panel's rows for the reader; raise where the tables it needs are empty."""
    require_data(of.question, query)
    return run(of.query, asked(query))


def require_rows_data(of: Panel, filters: Filters) -> None:
    """Raise a sentence where the rows of a panel cannot exist."""
    _require(of.question, filters.version)


def require_data(question: Question, query: Query) -> None:
    """Raise a sentence where none of the tables that a question needs holds a row."""
    _require(question, asked(query).version)


def _require(question: Question, version: int) -> None:
    counts = fetcher().info(version).counts
    if not any(counts.get(name, 0) for name in question.needs):
        tables = ", ".join(question.needs)
        raise MissingDataError(
            t("There are no rows in {tables}. Import them to see this panel.", tables=tables)
        )


def with_names(rows: pd.DataFrame, dimension: str, query: Query) -> pd.DataFrame:
    """Return the rows of a breakdown with the names that readers know in `name`."""
    if "name" in rows or dimension not in ("team", "rep", "seller", "seller_team"):
        return rows
    info = fetcher().info(asked(query).version)
    kind = {"seller": "rep", "seller_team": "team"}.get(dimension, dimension)
    names = [None if k == "(none)" else info.label(kind, k) for k in rows["key"]]
    return rows.assign(name=names)


def valued(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return a breakdown's rows with one metric as `value` and `before`."""
    return rows.rename(columns={key: "value", f"{key}_before": "before"})


def partial_months(rows: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return month rows with `is_partial`: the month that is not over at the as-of day."""
    last = asked(query).calendar.last_closed
    months = pd.to_datetime(rows["month"]).dt.date
    return rows.assign(month=months, is_partial=[month >= last for month in months])


def label_of_dimension(dimension: str) -> str:
    """Return the dimension's name in the reader's language."""
    return t(DIMENSIONS[dimension].label)


# --- guarding --------------------------------------------------------------------------------


def guarded(
    *parts: Any, permission: str = "", **options: Any
) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Register a callback that asks for its page's permission and never breaks the page.

    A failure becomes the sentence of this one panel; the others go on.
    """
    outputs = [part for part in parts if isinstance(part, Output)]
    shape: Any = outputs if len(outputs) > 1 else outputs[0]

    def decorate(body: Callable[P, Any]) -> Callable[P, Any]:
        needed = permission or PAGES[body.__module__].permission
        GUARDED.update({str(output): needed for output in outputs})

        @wraps(body)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                _require_permission(needed, str(outputs[0]))
                return _noted(outputs, body(*args, **kwargs))
            except PreventUpdate:
                raise
            except Exception as error:  # noqa: BLE001 -- the last resort of one panel: told and logged
                return _told(shape, str(outputs[0]), error)

        # Dash copies it onto what it calls: the door lets only callbacks through that carry it.
        answer.permission = needed  # pyright: ignore[reportFunctionMemberAccess]
        dash.callback(*parts, **options)(answer)
        return body

    return decorate


def _noted(outputs: list[Output], answer: Any) -> Any:
    """Return an answer; figures of panels carry what readers have noted on their months."""
    panels = [PANELS.get(str(output.component_id)) for output in outputs]
    keys = [panel.metric.key if panel else "" for panel in panels]
    return _note_marks.laid_over(answer, keys)


def _require_permission(needed: str, where: str) -> None:
    reader = reader_now()
    if not reader.may(needed):
        note_denial(reader, needed, where)
        raise ForbiddenError


def _told(shape: Any, where: str, error: Exception) -> Any:
    """Return what the reader is told about a panel that could not be drawn."""
    if isinstance(error, ForbiddenError):
        return failed(shape, states.sentence_for("forbidden"))
    if isinstance(error, NotKnownThenError):
        return _everywhere(shape, not_known_words())
    if isinstance(error, MissingDataError):
        return failed(shape, str(error), is_error=False)
    if isinstance(error, PanelError):
        return failed(shape, *_unanswered(where, error))
    if isinstance(error, WarehouseError):
        return failed(shape, str(error))
    return failed(shape, *_unknown(where))


def not_known_words() -> str:
    """Return why a question cannot be asked of a past month end."""
    return t(
        "This needs more than what is kept of a month end: dated facts, tier, lifecycle, score,"
        " value and who had churned. Go back to today to see it."
    )


def _everywhere(shape: Any, sentence: str) -> Any:
    """Return a sentence for each panel that a callback fills: its charts, or else its lists."""
    if not isinstance(shape, list | tuple):
        return failed(shape, sentence, is_error=False)
    has_charts = any(part.component_property == "figure" for part in shape)
    return [
        failed(part, sentence, is_error=False)
        if place == 0 or not has_charts or part.component_property == "figure"
        else ""
        for place, part in enumerate(shape)
    ]


def _unanswered(where: str, error: PanelError) -> tuple[str, str]:
    """Return what the reader is told about a panel that the warehouse did not answer."""
    if error.kind == "failed":
        return _unknown(where)
    log.warning("panel not answered", where=where, kind=error.kind, why=repr(error.__cause__))
    return states.sentence_for({"slow": "timeout"}.get(error.kind, error.kind)), ""


def _unknown(where: str) -> tuple[str, str]:
    ref = secrets.token_hex(4)
    log.exception("panel failed", where=where, ref=ref)
    return states.sentence_for("unknown"), ref


def failed(output: Any, sentence: str, ref: str = "", *, is_error: bool = True) -> Any:
    """Return a sentence in the shape of the output: a figure or a component."""
    if isinstance(output, list | tuple):
        first, *rest = output
        told = failed(first, sentence, ref, is_error=is_error)
        return [told, *(_beside(part, sentence, ref) for part in rest)]
    if output.component_property == "figure":
        words = f"{sentence} {t('Reference {ref}', ref=ref)}" if ref else sentence
        return empty_figure(words)
    if output.component_property != "children":
        return dash.no_update
    return states.error("", sentence, ref) if is_error else states.empty(sentence)


def _beside(output: Any, sentence: str, ref: str) -> Any:
    """Return what the second output of a callback shows: a chart says why it is empty."""
    is_chart = output.component_property == "figure"
    return failed(output, sentence, ref) if is_chart else dash.no_update
