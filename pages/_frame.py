"""The frame's callbacks: URL to filters, chips, breadcrumb, banner and the filter drawer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import dash
from dash import ALL, Input, Output, State, html

from components import filter_bar, shell, states
from components.as_of import as_of_choice, looking_back
from data.domain.choices import CHOSEN
from data.domain.dimension import DIMENSIONS
from data.domain.filters import THRESHOLDS, Filters, parse
from data.domain.period import month_start
from data.domain.what_if import PARAMETERS
from data.i18n import day, filter_words, label_of, t
from data.warehouse.engine import WarehouseError
from pages._choosing import closed_months
from pages._page import (
    FILTERS,
    PAGES,
    Query,
    asked,
    guarded,
    version_of,
)
from pages._told import warehouse_words
from queries.options import options
from queries.run import fetcher, reader_now, run, scope_now

#: Everyone who may open any page may use the frame.
FRAME = "view-cockpit"
FILTERABLE = ("team", "rep", "region", "city", "industry", "kind", "source", "tier", "lifecycle")
#: Stamp of a page that was opened while no version could be read; it then asks for the live one.
UNREAD = "0"
TOASTS = Output("toasts", "children")


def nav_items() -> list[shell.NavItem]:
    """Return the navigation's entries that the reader may open, in order."""
    reader = reader_now()
    pages = sorted(PAGES.values(), key=lambda page: page.order)
    return [
        shell.NavItem(p.path, p.name, p.icon, p.group) for p in pages if reader.may(p.permission)
    ]


@guarded(
    Output(FILTERS, "data"),
    TOASTS,
    Input("url", "search"),
    State(FILTERS, "data"),
    permission=FRAME,
)
def read_url(search: str | None, before: Query) -> Any:
    """Mirror the URL into the Store, stamped with the page's version; name what made no sense."""
    try:
        info = fetcher().info(_stamped(before))
    except WarehouseError:
        # Every panel asks, and says why it has no answer; the filters hold when it has one again.
        unread = dict(parse_qsl(_text(search).lstrip("?")))
        return {**unread, "version": UNREAD, "user": reader_now().user_id}, []
    filters, dropped = info.searched(_text(search))
    query = {**filters.to_query(), "version": str(info.number), "user": reader_now().user_id}
    return dash.no_update if query == before else query, _named(dropped)


def _named(dropped: Sequence[str]) -> list[Any]:
    if not dropped:
        return []
    words = t("Left out of the filters, because it makes no sense: {what}", what="; ".join(dropped))
    return [states.toast(words, tone="warn")]


def _text(search: Any) -> str:
    return search if isinstance(search, str) else ""


def _stamped(before: Query) -> int | None:
    """Return the page's own version while it can be read, else the live one."""
    stamped = version_of(before.get("version")) if isinstance(before, dict) else None
    try:
        return fetcher().info(stamped).number if stamped else None
    except WarehouseError:
        return None


def _trail(filters: Filters) -> Any:
    """Return the way of clicks that led here; each step goes back to it."""
    steps = [key for key in filters.path if filters.values(key)]
    if not steps:
        return []
    info = fetcher().info(filters.version)
    trail = [(t("All"), "&".join(f"-{key}" for key in steps))]
    for place, key in enumerate(steps):
        names = ", ".join(_name(info, key, v) for v in filters.values(key))
        later = "&".join(f"-{k}" for k in steps[place + 1 :])
        step = t("{what}: {name}", what=t(DIMENSIONS[key].label), name=names)
        trail.append((step, later))
    return shell.breadcrumb(trail)


def _name(info: Any, key: str, value: str) -> str:
    name = info.label(key, value)
    return label_of(key, value) if name == value else name


@guarded(
    Output("as-of", "children"),
    Output("title", "children"),
    Output("scope", "children"),
    Output("chips", "children"),
    Output("breadcrumb", "children"),
    Output("as-of-choice", "children"),
    Input(FILTERS, "data"),
    Input("url", "pathname"),
    permission=FRAME,
)
def show_head(query: Query, path: str | None) -> Any:
    """Say what this is, when it was true, whose customers are seen, which ones and how come."""
    page = next((p for p in PAGES.values() if p.path == path), None)
    name = t(page.name) if page else t("Not found")
    try:
        filters = asked(query)
    except WarehouseError:
        return "", name, "", [], [], []
    info = fetcher().info(filters.version)
    facts = {"day": day(filters.calendar.as_of), "number": info.number}
    if scope_now().is_company_wide and not filters.calendar.is_past:
        count = f"{info.customers:,}"
        when = t("As of {day} · version {number} · {count} customers", count=count, **facts)
    else:
        when = t("As of {day} · version {number}", **facts)
    chips = filter_bar.chips(filter_words(filters, info.labels))
    return when, name, scope_words(), chips, _trail(filters), _as_of(filters)


def _as_of(filters: Filters) -> Any:
    """Return the choice of a closed month end, where there is one."""
    calendar = filters.calendar
    months = closed_months(replace(filters, calendar=calendar.live))
    return as_of_choice(months, month_start(calendar.as_of) if calendar.is_past else None)


def scope_words() -> Any:
    """Return whose customers the reader sees."""
    return [t("You see"), "\u00a0", html.B(_seen())]


def scope_text() -> str:
    """Return the same as plain text."""
    return f"{t('You see')} {_seen()}"


def _seen() -> str:
    scope = scope_now()
    info = fetcher().info()
    if scope.is_company_wide:
        return t("all teams")
    dimension, values = ("team", scope.teams) if scope.reps is None else ("rep", scope.reps)
    names = [info.label(dimension, v) for v in sorted(values or ())]
    shown = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
    return shown or t("no customers")


@guarded(
    Output("banner", "children"),
    Input("tick", "n_intervals"),
    Input(FILTERS, "data"),
    permission=FRAME,
)
def show_banner(_ticks: int | None, query: Query) -> Any:
    """Say that newer data is in, or that the warehouse does not answer."""
    found = fetcher()
    try:
        newest = found.live()
        filters = asked(query)
    except WarehouseError as error:
        return states.banner(warehouse_words(error))
    if found.unreachable_since:
        return states.stale(
            filters.calendar.as_of, t("The warehouse is not reachable. Trying again.")
        )
    told: list[Any] = _standing_in(newest)
    if newest != filters.version:
        told.append(states.banner(t("New data is in. Reload the page to read it.")))
    if filters.calendar.is_past:
        at = month_start(filters.calendar.as_of)
        told.append(looking_back(at, is_pinned=filters.calendar.is_pinned))
    return told


def _standing_in(number: int) -> list[Any]:
    """Return a banner where the newest data are damaged and older ones are read."""
    if (newest := fetcher().stands_in_for()) is None:
        return []
    facts = {"number": number, "day": day(fetcher().info(number).calendar.as_of)}
    return [
        states.banner(
            t(
                "The newest data, version {newest}, are damaged. You are reading version {number},"
                " as of {day}, until they are built anew.",
                newest=newest,
                **facts,
            )
        )
    ]


# --- filter drawer ---------------------------------------------------------------------------


@guarded(
    Output("filter-body", "children"),
    Input("filter-drawer", "is_open"),
    State(FILTERS, "data"),
    permission=FRAME,
    prevent_initial_call=True,
)
def show_filter_form(is_open: bool | None, query: Query) -> Any:
    """Fill the form with what can be chosen within the reader's scope."""
    if not is_open:
        return dash.no_update
    filters = asked(query)
    info = fetcher().info(filters.version)
    rows = run(options, filters)
    found = {
        key: [
            (r.value, _name(info, key, r.value), int(r.customers))
            for r in rows[rows["dimension"] == key].itertuples()
        ]
        for key in FILTERABLE
    }
    return filter_bar.filter_form(filters, {k: v for k, v in found.items() if len(v) > 1})


@guarded(
    Output("url", "search"),
    Output("filter-drawer", "is_open"),
    Output("filter-said", "children"),
    Input("filter-apply", "n_clicks"),
    State({"type": "filter", "key": ALL}, "value"),
    State({"type": "filter", "key": ALL}, "id"),
    State(FILTERS, "data"),
    permission=FRAME,
    prevent_initial_call=True,
)
def apply_filters(clicks: int | None, values: list[Any], ids: list[Any], query: Query) -> Any:
    """Write the form into the URL, from which everything follows; say what is wrong in it."""
    if not clicks:
        return dash.no_update, dash.no_update, dash.no_update
    form = {i["key"]: v for i, v in zip(ids, values, strict=True)}
    filters, wrong = _from_form(form, asked(query))
    if wrong:
        return dash.no_update, dash.no_update, " ".join(wrong)
    return filters.to_search(), False, ""


def _from_form(form: dict[str, Any], before: Filters) -> tuple[Filters, list[str]]:
    """Return the filters of the form, and a sentence for each field that makes no sense."""
    query = {
        k: v
        for k, v in before.to_query().items()
        if k in ("cohort", "customer", "path", "as_of", *PARAMETERS, *CHOSEN)
    }
    if form.get("period") == "custom":
        query["period"] = f"{form.get('since')}..{form.get('until')}"
    elif form.get("period"):
        query["period"] = str(form["period"])
    for key in ("compare", "threshold"):
        if form.get(key):
            query[key] = str(form[key])
    filters, dropped = parse(query, before.calendar, version=before.version)
    for key in FILTERABLE:
        filters = filters.choosing(key, *(str(v) for v in form.get(key) or ()))
    return filters, _wrong(form, dropped)


def _wrong(form: dict[str, Any], dropped: Sequence[str]) -> list[str]:
    keys = {each.partition("=")[0] for each in dropped}
    told: list[str] = []
    if "period" in keys:
        told.append(t("Choose a first and a last day, the first not after the last."))
    # A browser hands over nothing where a number lies outside its field's limits.
    if "threshold" in keys or ("threshold" in form and not form["threshold"]):
        limits = {"least": THRESHOLDS[0], "most": THRESHOLDS[-1]}
        told.append(t("Days without an order: a whole number from {least} to {most}.", **limits))
    return told
