"""The frame of every page: navigation, header, filters, drawers, and where state lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html

from components.attributes import attributes
from components.forms import post_form
from components.icons import icon, icon_button
from components.states import skeleton
from components.user_menu import Menu, user_menu
from data.i18n import language, t

GROUPS = ("Value", "Movement", "Action", "Trust")
#: The product's name in the other language.
OTHER_NAMES = {"en": "客户资产驾驶舱", "zh": "Customer Asset Cockpit"}
#: How often a page looks whether newer data is in.
LOOK_AGAIN_MS = 60_000
#: What the page says its language is.
LANGUAGE_CODES = {"en": "en", "zh": "zh-Hans-CN"}
STORES = (
    *("filters", "mark", "rows-request", "explain-request"),
    *("tasks-request", "tasks-undo-request", "tasks-pressed-request", "tasks-done"),
    "tasks-note-do-request",
)


@dataclass(frozen=True)
class NavItem:
    """One page in the navigation: its path, name (English), icon, and one of the four groups."""

    path: str
    name: str
    icon: str
    group: str


def shell(
    nav: Sequence[NavItem],
    *,
    reader: Menu,
    language: str = "en",
    theme: str = "light",
    grid: str = "",
) -> html.Div:
    """Return the frame of every page, with the menu of who reads.

    `grid` is where the browser finds the script of the grid.
    """
    return html.Div(
        [
            dcc.Location(id="url", refresh=False),
            *(dcc.Store(id=name) for name in STORES),
            dcc.Interval(id="tick", interval=LOOK_AGAIN_MS),
            html.A(t("Skip to the content"), href="#content", className="skip"),
            html.Div(id="banner", role="status"),
            _lost(),
            _signed_out(),
            _outdated(),
            _viewing(reader),
            html.Div(
                [
                    _navigation(nav),
                    html.Div(className="nav-shade", **attributes(data_menu="close")),
                    html.Div(
                        [_header(reader, language=language, theme=theme), _main()],
                        className="page",
                    ),
                ],
                className="app",
            ),
            drawer("rows-drawer", "rows-body", t("Rows"), wide=True),
            drawer("explain-drawer", "explain-body", t("Explain this number")),
            drawer("filter-drawer", "filter-body", t("Filters")),
            drawer("tasks-new-drawer", "tasks-new-body", t("New tasks"), said="tasks-new-said"),
            html.Div([], id="tasks-toasts", role="status", **attributes(aria_live="polite")),
            html.Div(id="toasts", role="status", **attributes(aria_live="polite")),
        ],
        className="shell",
        lang=LANGUAGE_CODES[language],
        **attributes(data_grid=grid),
    )


def _navigation(nav: Sequence[NavItem]) -> html.Nav:
    brand = html.A(
        [
            html.Span(icon("layers-fill"), className="brand-mark"),
            html.Span([t("Customer Asset Cockpit"), html.Small(OTHER_NAMES[language()])]),
        ],
        href="/",
        className="brand",
        **attributes(data_nav="/"),
    )
    groups = [_group(name, [item for item in nav if item.group == name]) for name in GROUPS]
    return html.Nav(
        [brand, *(group for group in groups if group)],
        id="navigation",
        className="nav-side",
        **attributes(aria_label=t("Pages")),
    )


def _group(name: str, items: Sequence[NavItem]) -> html.Div | None:
    if not items:
        return None
    links = [html.Li(_link(item)) for item in items]
    return html.Div([html.H2(t(name)), html.Ul(links)], className="nav-group")


def _link(item: NavItem) -> html.A:
    return html.A(
        [icon(item.icon), t(item.name)],
        href=item.path,
        **attributes(data_nav=item.path),
    )


def _header(reader: Menu, *, language: str, theme: str) -> html.Header:
    menu = icon_button(
        "list", t("Menu"), **attributes(data_menu="open", aria_controls="navigation")
    )
    dated = [html.P(id="as-of", className="as-of"), html.Div(id="as-of-choice")]
    when = html.Div(dated, className="as-of-line")
    title = html.Div([html.H1(id="title"), when], className="titles")
    tools = [html.Span(id="scope", className="scope"), user_menu(reader, language, theme)]
    return html.Header(
        [
            html.Div([menu, title, html.Div(tools, className="tools")], className="top"),
            html.Div(id="breadcrumb"),
            html.Div(id="chips"),
        ],
        className="page-head",
    )


def _main() -> html.Main:
    return html.Main(dash.page_container, id="content", tabIndex=-1)


def drawer(id: str, body: str, title: str, *, wide: bool = False, said: str = "") -> dbc.Offcanvas:
    """Return a closed drawer whose body a callback fills; what is `said` stands above it."""
    told = [html.Div(id=said, role="status")] if said else []
    return dbc.Offcanvas(
        [*told, html.Div(skeleton(lines=6), id=body)],
        id=id,
        title=html.Span(title, id=f"{id}-title"),
        labelledBy=f"{id}-title",
        placement="end",
        is_open=False,
        className="drawer wide" if wide else "drawer",
    )


def _lost() -> html.Div:
    words = t("The connection to the server is lost. What you see may be old.")
    again = html.Button(t("Try again"), type="button", **attributes(data_retry="1"))
    return _alarm("connection", "wifi-off", words, again)


def _signed_out() -> html.Div:
    again = html.A(t("Sign in again"), href="/login", **attributes(data_signin="1"))
    return _alarm("signed-out", "lock", t("You are signed out."), again)


def _outdated() -> html.Div:
    words = t("A new version of the cockpit is in use.")
    reload = html.A(t("Reload"), href="/", **attributes(data_reload="1"))
    return _alarm("outdated", "arrow-repeat", words, reload)


def _alarm(id: str, symbol: str, words: str, way_out: Any) -> html.Div:
    """Return a banner that the browser shows when an answer tells it to."""
    return html.Div(
        [icon(symbol), html.Span(words), way_out],
        id=id,
        className="banner lost",
        role="alert",
        hidden=True,
    )


def _viewing(reader: Menu) -> html.Div | None:
    if not reader.viewed_by:
        return None
    words = t(
        "You read as {name} ({role}) would. Nothing can be changed.",
        name=reader.name,
        role=reader.role,
    )
    stop = post_form("/view-as/stop", t("Stop"), csrf=reader.csrf)
    return html.Div(
        [icon("eye"), html.Span(words), stop], className="banner viewing", role="status"
    )


def breadcrumb(steps: Sequence[tuple[str, str]]) -> html.Nav | None:
    """Return the way here as (label, go) steps, the last being where the reader is."""
    if not steps:
        return None
    items = [html.Li(html.A(label, href="#", **attributes(data_go=go))) for label, go in steps[:-1]]
    items.append(html.Li(steps[-1][0], **attributes(aria_current="true")))
    return html.Nav(
        html.Ol(items),
        className="breadcrumb-trail",
        **attributes(aria_label=t("Way here")),
    )
