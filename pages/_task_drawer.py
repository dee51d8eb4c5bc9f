"""The drawer of new tasks: for the customers behind a list or a mark, or one for nobody."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import dash
from dash import ALL, Input, Output, State

from components.states import banner
from components.task_forms import NewTasks, new_form
from components.tasks import undo_toast
from data.domain.filters import Filters
from data.domain.task import Draft, Origin, Owner, TaskError, from_texts
from data.i18n import label_of, t, tn
from data.state import tasks
from data.state.engine import StateError
from pages._drawers import marked, metric_of, wanted
from pages._page import (
    FILTERS,
    PANELS,
    ForbiddenError,
    Panel,
    Query,
    asked,
    guarded,
    may_open,
)
from pages._state import FormError, actor_now, refusal, state
from pages._task_list import customers, default_owner, today_of
from pages._task_writes import SAYS, WORK, owner_options, texts_of
from queries.run import names_customers, run_page

REQUEST, DRAWER, BODY = "tasks-request", "tasks-new-drawer", "tasks-new-body"
SAID = "tasks-new-said"
#: Customers of a list for whom tasks are offered at once.
MOST_NEW = 200
#: What stands for whoever looks after each customer.
EACH = "each"
DUE_AFTER = timedelta(days=7)
FIELDS = ("title", "owner", "due_on", "priority", "note")


@guarded(
    Output(BODY, "children"),
    Output(SAID, "children"),
    Input(REQUEST, "data"),
    State(FILTERS, "data"),
    permission=WORK,
    prevent_initial_call=True,
)
def show_form(request: Any, query: Query) -> Any:
    """Offer a task for each customer behind the panel or its mark, by whoever looks after them."""
    filters = asked(query)
    panel = PANELS.get(wanted(request, "panel"))
    ids = _behind(panel, request, filters) if panel else []
    named = customers(filters.unfiltered(), ids[:MOST_NEW])
    listed = [(i, _label(named[i])) for i in ids[:MOST_NEW] if i in named]
    each = [(EACH, t("Whoever looks after the customer"))] if listed else []
    form = NewTasks(
        customers=listed,
        owners=[*each, *owner_options()],
        due_on=(today_of(filters) + DUE_AFTER).isoformat(),
        title=t("Follow up") if listed else "",
        is_cut=len(ids) > MOST_NEW,
    )
    return new_form(form), []


def _label(row: Any) -> str:
    name = row["name"] or row["customer_id"]
    return f"{name} · {label_of('tier', row['tier'])}" if row["tier"] else str(name)


def _behind(panel: Panel, request: Any, filters: Filters) -> list[str]:
    """Return the customers behind a panel, in its order, and one more than can be chosen."""
    if not may_open(panel):
        raise ForbiddenError
    if not names_customers(panel.question.members):
        return []
    metric = metric_of(panel, wanted(request, "metric"))
    narrowed = marked(filters, wanted(request, "mark"), metric)
    rows = run_page(panel.question.members, narrowed, limit=MOST_NEW + 1)
    return list(dict.fromkeys(str(key) for key in rows["customer_id"] if key))


@guarded(
    *SAYS,
    Output(SAID, "children", allow_duplicate=True),
    Output(DRAWER, "is_open"),
    Input("tasks-create", "n_clicks"),
    State({"type": "tasks-new", "key": ALL}, "value"),
    State({"type": "tasks-new", "key": ALL}, "id"),
    State("tasks-customers", "value"),
    State(REQUEST, "data"),
    State(FILTERS, "data"),
    permission=WORK,
    prevent_initial_call=True,
)
def create(clicks: int | None, values: Any, ids: Any, chosen: Any, *stores: Any) -> Any:
    """Open the tasks, all or none, and say how many."""
    if not clicks:
        return (dash.no_update,) * 4
    request, query = stores
    filters = asked(query)
    texts = texts_of(values, ids, known=FIELDS)
    try:
        drafts = _drafts(filters, texts, _texts(chosen), origin=_origin(request))
        opened = tasks.open_tasks(state(), actor=actor_now(), drafts=drafts)
    except (StateError, TaskError, FormError) as error:
        return dash.no_update, dash.no_update, banner(refusal(error)), True
    words = tn("{count} task is created.", "{count} tasks are created.", len(opened.task_ids))
    return undo_toast(words, tasks_undo=opened.action_id), opened.action_id, [], False


def _texts(chosen: Any) -> list[str]:
    found = chosen if isinstance(chosen, list) else []
    return [each for each in found if isinstance(each, str)][:MOST_NEW]


def _origin(request: Any) -> Origin:
    panel = PANELS.get(wanted(request, "panel"))
    if panel is None:
        return Origin()
    return Origin("chart" if wanted(request, "mark") else "list", panel.question.name)


def _drafts(
    filters: Filters, texts: dict[str, str], chosen: Sequence[str], *, origin: Origin
) -> list[Draft]:
    """Return the tasks that the form asks for, of customers whom the reader may see."""
    named = customers(filters.unfiltered(), chosen)
    if not named and (chosen or origin.kind != "hand"):
        raise FormError(t("Choose at least one customer."))
    is_each = texts.get("owner") == EACH
    said = from_texts({k: v for k, v in texts.items() if not (k == "owner" and is_each)})
    if not named:
        return [Draft(origin=origin, **said)]
    return [
        Draft(customer_id=key, origin=origin, **{**said, "owner": _owner(row, said)})
        for key, row in named.items()
    ]


def _owner(row: Any, said: dict[str, Any]) -> Owner:
    return said.get("owner") or default_owner(row)
