"""Who sees what, on screen: users, one user's rights, the matrix of roles, self-test and log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.attributes import attributes
from components.choices import NOTHING
from components.tables import Column, short_table
from data.i18n import t

YES, NO = "✓", "–"


@dataclass(frozen=True)
class UserLine:
    """One user in the list, in words."""

    user: str
    name: str
    role: str
    place: str
    state: str
    seen: str


@dataclass(frozen=True)
class Choices:
    """What a user may be given: (value, label) of each role, team and representative."""

    roles: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]
    reps: Sequence[tuple[str, str]]


def user_table(users: Sequence[UserLine], chosen: str) -> html.Div:
    """Return the users as a table whose first cell chooses one."""
    heads = (t("User"), t("Role of the user"), t("Sees"), t("State"), t("Last sign-in"))
    kinds = ("", "", " minor", "", " minor")
    head = html.Tr(
        [html.Th(h, scope="col", className=f"text{k}") for h, k in zip(heads, kinds, strict=True)]
    )
    lines = [_user_line(user, kinds, is_chosen=user.user == chosen) for user in users]
    table = html.Table([html.Thead(head), html.Tbody(lines)], className="plain-table")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _user_line(user: UserLine, kinds: Sequence[str], *, is_chosen: bool) -> html.Tr:
    button = html.Button(
        [html.Strong(user.name), html.Span(user.user, className="muted")],
        id={"type": "access-choose", "key": user.user},
        type="button",
        className="pick chosen" if is_chosen else "pick",
    )
    cells = (button, user.role, user.place, user.state, user.seen)
    return html.Tr(
        [html.Td(cell, className=f"text{k}") for cell, k in zip(cells, kinds, strict=True)]
    )


def user_form(
    values: Mapping[str, str], choices: Choices, buttons: Sequence[tuple[str, str]], view: Any
) -> html.Div:
    """Return one user's role and place as a form; `buttons` are (action, label)."""
    fields = [
        _choice("role", t("Role of the user"), choices.roles, values["role"]),
        _choice("team", t("Team, for a sales lead"), choices.teams, values["team"]),
        _choice("rep", t("Representative, for a rep"), choices.reps, values["rep"]),
    ]
    found = [_action(action, label) for action, label in buttons]
    return html.Div([*fields, html.Div([*found, view], className="lab-actions")])


def _choice(key: str, label: str, options: Sequence[tuple[str, str]], value: str) -> html.Label:
    select = dbc.Select(
        id={"type": "access-field", "key": key},
        value=value or NOTHING,
        options=[{"value": v, "label": words} for v, words in options],
    )
    return html.Label([html.Span(label), select], className="field")


def _action(action: str, label: str) -> html.Button:
    ids = {"type": "access-do", "key": action}
    look = "btn btn-primary" if action == "role" else "btn btn-outline"
    return html.Button(label, id=ids, type="button", className=look)


def matrix_table(heads: Sequence[str], lines: Sequence[Sequence[Any]]) -> html.Div:
    """Return rights (down) by role (across); True is a tick, False a dash, texts stay."""
    head = html.Tr([html.Th(h, scope="col", className="text") for h in heads])
    body = [
        html.Tr(
            [
                html.Th(line[0], scope="row", className="text"),
                *(html.Td(_mark(cell), className="text") for cell in line[1:]),
            ]
        )
        for line in lines
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="plain-table matrix")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _mark(cell: Any) -> Any:
    if not isinstance(cell, bool):
        return cell
    words = html.Span(t("yes") if cell else t("no"), className="visually-hidden")
    sign = html.Span(YES if cell else NO, **attributes(aria_hidden="true"))
    return html.Span([sign, words], className="good" if cell else "muted")


def check_table(rows: Sequence[Mapping[str, Any]]) -> html.Div:
    """Return the self-test by page: questions, rows, and whether all answers were equal."""
    columns = [
        Column("page", t("Page"), main=True),
        Column("questions", t("Questions"), "count"),
        Column("rows", t("Rows compared"), "count"),
        Column("verdict", t("Cached against uncached"), main=True),
    ]
    return short_table(rows, columns, id="access-checks")


def log_table(rows: Sequence[Mapping[str, Any]]) -> html.Div:
    """Return rows of the audit log."""
    columns = [
        Column("sequence", t("Row"), "count"),
        Column("at", t("When (UTC)"), main=True),
        Column("actor", t("Who")),
        Column("action", t("What"), main=True),
        Column("subject", t("About")),
        Column("details", t("Details")),
    ]
    return short_table(rows, columns, id="access-log-table", worded=True)


def card(title: str, *children: Any, sub: str = "") -> html.Section:
    """Return a titled part of a page that is no panel: nothing explains or exports it."""
    head = [html.H2(title, className="panel-title")]
    words = [html.P(sub, className="panel-sub")] if sub else []
    return html.Section([html.Header([*head, *words]), *children], className="card panel")


def session_table(rows: Sequence[Mapping[str, Any]]) -> html.Div:
    """Return the browsers in which a user is signed in."""
    columns = [
        Column("browser", t("Browser"), main=True),
        Column("address", t("Address")),
        Column("made_at", t("Signed in (UTC)"), main=True),
        Column("seen_at", t("Last used (UTC)")),
        Column("mark", t("Which")),
    ]
    return short_table(rows, columns, id="profile-sessions-table")


def token_table(rows: Sequence[Mapping[str, Any]]) -> html.Div:
    """Return a user's API tokens, those in force with a button that ends them."""
    times = (t("Expires (UTC)"), t("Last used (UTC)"))
    heads = (t("Token"), t("What it is for"), t("What it may read"), *times, t("State"), "")
    head = html.Tr([html.Th(h, scope="col", className="text") for h in heads])
    body = [_token_line(row) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="plain-table")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _token_line(row: Mapping[str, Any]) -> html.Tr:
    button = html.Button(
        t("Revoke"),
        id={"type": "profile-revoke", "key": row["prefix"]},
        type="button",
        className="btn btn-outline",
    )
    names = ("name", "reads", "expires_at", "seen_at", "standing")
    cells = [html.Code(f"{row['prefix']}…"), *(row[n] for n in names)]
    cells.append(button if row["is_usable"] else "")
    return html.Tr([html.Td(cell, className="text") for cell in cells])
