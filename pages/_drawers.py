"""The drawers: the rows behind a panel, and the explanation of a number."""

from typing import Any

from dash import Input, Output, State

from components import explain, states
from components.notes import note_words
from data.domain.filters import Filters, parse
from data.i18n import filter_words, t
from pages import _rows
from pages._about import explained
from pages._about_texts import TEXTS, THE_PANEL
from pages._causes import NAMED, causes, movement
from pages._explaining import fresh_words, link_to, month_end_words, proof
from pages._frame import FRAME, scope_words
from pages._note_marks import of_metric
from pages._page import FILTERS, PANELS, ForbiddenError, Panel, Query, asked, guarded, may_open
from queries.metrics import METRICS
from queries.run import fetcher, run, scope_now, sql_of
from queries.single import metric_total


def marked(filters: Filters, mark: str, metric: str = "") -> Filters:
    """Return the filters narrowed to a panel's mark, and to one of its metrics."""
    found, _ = parse({"focus": mark}, filters.calendar, version=filters.version)
    narrowed = filters.focused(**found.focus) if found.focus else filters
    return narrowed.focused(metric=metric) if metric else narrowed


def wanted(request: Any, key: str) -> str:
    """Return one text of what a drawer was asked for; empty where it holds none."""
    found = request.get(key) if isinstance(request, dict) else None
    return found if isinstance(found, str) else ""


def metric_of(panel: Panel, key: str) -> str:
    """Return the metric asked for where it is one of the panel's, else nothing."""
    return key if key in (*panel.question.metrics, panel.metric.key) else ""


@guarded(
    Output("rows-body", "children"),
    Input("rows-request", "data"),
    State(FILTERS, "data"),
    permission=FRAME,
    prevent_initial_call=True,
)
def show_rows(request: Any, query: Query) -> Any:
    """Open the rows behind a panel, or behind its selected mark, with the sum they make."""
    panel = PANELS.get(wanted(request, "panel"))
    if panel is None:
        return states.empty(t("This panel has no rows."))
    if not may_open(panel):
        raise ForbiddenError
    metric = metric_of(panel, wanted(request, "metric"))
    filters = marked(asked(query), wanted(request, "mark"), metric)
    scope = scope_now()
    csv, may_work = scope.may("export"), scope.may("work-tasks")
    return _rows.body(panel, filters, csv=csv, may_work=may_work)


@guarded(
    Output("explain-body", "children"),
    Input("explain-request", "data"),
    State(FILTERS, "data"),
    permission=FRAME,
    prevent_initial_call=True,
)
def show_explanation(request: Any, query: Query) -> Any:
    """Explain a number: definition, formula with its values, filters, freshness, SQL, rows."""
    metric = METRICS.get(wanted(request, "metric"))
    panel = PANELS.get(wanted(request, "panel"))
    if panel is not None and panel.id in TEXTS and wanted(request, "metric") == THE_PANEL:
        if not may_open(panel):
            raise ForbiddenError
        return explained(panel, asked(query))
    if metric is None or panel is None or not metric_of(panel, metric.key):
        return states.empty(t("This number has no definition."))
    if not may_open(panel):
        raise ForbiddenError
    filters = asked(query).focused(metric=metric.key)
    info = fetcher().info(filters.version)
    row = run(metric_total, filters).iloc[0]
    parts = [(METRICS[k].label, row[k], METRICS[k].unit) for k in metric.parts]
    return explain.explain_body(
        metric,
        value=row[metric.key],
        parts=parts,
        filters_words=filter_words(filters.unfocused(), info.labels),
        scope=scope_words(),
        freshness=fresh_words(panel, asked(query)),
        proof=proof(metric, filters, row),
        moved=[movement(cause, metric) for cause in causes(filters)[:NAMED]],
        compared=month_end_words(metric, filters),
        definition_link=link_to(metric),
        sql=sql_of(metric_total, filters) if scope_now().may("see-sql") else "",
        panel=panel.id,
        owner=t(metric.owner),
        pending=t(metric.pending) if metric.pending else "",
        notes=note_words(of_metric(metric.key)),
    )
