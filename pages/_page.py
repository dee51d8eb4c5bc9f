"""How a page is written: its registration, its panels, its guarded callbacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, ParamSpec, TypeAlias

import dash
import pandas as pd
from dash import Input, Output
from dash.exceptions import PreventUpdate

from components import panel as look
from components.choices import turn_list
from data.domain.dimension import DIMENSIONS
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.i18n import t
from pages import _note_marks
from pages._about_texts import TEXTS as ABOUT
from pages._about_texts import THE_PANEL
from pages._denials import note_denial
from pages._told import ForbiddenError, MissingDataError, told
from queries.metrics import METRICS
from queries.question import QUESTIONS, Question
from queries.question import Query as Asking
from queries.run import fetcher, names_customers, reader_now, run, scope_now

FILTERS = "filters"
#: What the browser sent as the Store: a dictionary, unless someone forged it.
Query: TypeAlias = Any
Figure: TypeAlias = dict[str, Any]
P = ParamSpec("P")


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
    """Return a panel's frame with its chart; it is called as its question where no `title` is.

    `turn`: the dimension that its breakdown begins with, where the reader may turn it.
    """
    title = options.pop("title", "") or t(of.question.title)
    note = turn_list(turn) if turn else note
    return look.panel(of.id, title, sub=sub, note=note, metric=explained_by(of), **options)


def explained_by(of: Panel) -> str:
    """Return what a panel's ⓘ asks for: its metric, or the panel as a whole."""
    return THE_PANEL if of.id in ABOUT else of.metric.key


def listing(of: Panel, *, sub: str = "", note: Any = "", **options: Any) -> Any:
    """Return a panel's frame with a list that a callback fills."""
    title = t(of.question.title)
    actions = tuple(options.pop("actions", ()))
    may_open = "rows" in actions and reader_now().may("work-tasks")
    if may_open and names_customers(of.question.members):
        actions = (*actions, "task")
    return look.list_panel(
        of.id, title, sub=sub, note=note, metric=explained_by(of), actions=actions, **options
    )


# --- asking ----------------------------------------------------------------------------------


def asked(query: Query) -> Filters:
    """Return the filters that the page's Store describes, of the version it was stamped with."""
    if not isinstance(query, dict) or not query:
        raise PreventUpdate
    plain = {k: v for k, v in query.items() if isinstance(v, str)}
    plain.pop("user", None)
    info = fetcher().info(version_of(plain.pop("version", "")))
    return info.parsed(plain)[0]


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

    def decorate(body: Callable[P, Any]) -> Callable[P, Any]:
        needed = permission or PAGES[body.__module__].permission

        @wraps(body)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Any:
            return _answered(needed, outputs, lambda: body(*args, **kwargs))

        _registered(answer, needed, outputs, parts, **options)
        return body

    return decorate


def together(panels: Mapping[Output, Callable[[Query], Any]], *, permission: str = "") -> None:
    """Register panels that the filters alone decide as one request, in which each fails alone."""
    needed = permission or PAGES[next(iter(panels.values())).__module__].permission

    def answer(query: Query) -> Any:
        return [_answered(needed, [o], partial(draw, query)) for o, draw in panels.items()]

    _registered(answer, needed, list(panels), [*panels, Input(FILTERS, "data")])


def _registered(
    answer: Any, needed: str, outputs: list[Output], parts: Sequence[Any], **options: Any
) -> None:
    GUARDED.update({str(output): needed for output in outputs})
    # Dash copies it onto what it calls: the door lets only callbacks through that carry it.
    answer.permission = needed
    dash.callback(*parts, **options)(answer)


def _answered(needed: str, outputs: list[Output], body: Callable[[], Any]) -> Any:
    where = str(outputs[0])
    try:
        _require_permission(needed, where)
        return _noted(outputs, body())
    except PreventUpdate:
        raise
    except Exception as error:  # noqa: BLE001 -- the last resort of one panel: told and logged
        return told(outputs if len(outputs) > 1 else outputs[0], where, error)


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
