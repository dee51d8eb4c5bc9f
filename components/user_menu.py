"""The menu under the reader's name: role, language, colours, profile, demo users, signing out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components.attributes import attributes
from components.forms import post_form
from components.icons import icon
from components.preferences import other_language, other_theme
from data.i18n import t


@dataclass(frozen=True)
class Menu:
    """Who reads, as the menu says it; `others` are the demo users (id, name) to change to."""

    user: str
    name: str
    role: str
    sees: str
    csrf: str
    profile: str = ""
    others: Sequence[tuple[str, str]] = ()
    #: The administrator who reads as this user; empty: the user does.
    viewed_by: str = ""


def user_menu(reader: Menu, language: str, theme: str) -> html.Details:
    """Return the menu, closed."""
    name = html.Span(reader.name, className="user-name")
    parts: list[Any] = [_who(reader), _choices(reader, language, theme)]
    if reader.profile:
        parts.append(_link(reader.profile, "person-gear", t("Profile and sessions")))
    if reader.others:
        parts.append(_demo_users(reader))
    parts.append(post_form("/logout", [icon("box-arrow-right"), t("Sign out")], csrf=reader.csrf))
    head = html.Summary(
        [icon("person-circle"), name, icon("chevron-down")],
        className="tool",
        **attributes(aria_label=t("{name}: menu", name=reader.name)),
    )
    return html.Details([head, html.Div(parts, className="menu")], className="user-menu")


def _who(reader: Menu) -> html.Div:
    role = f"{reader.user} · {reader.role}" if reader.role != reader.name else reader.user
    return html.Div(
        [html.Strong(reader.name), html.Span(role), html.Span(reader.sees, className="muted")],
        className="menu-who",
    )


def _choices(reader: Menu, language: str, theme: str) -> html.Div:
    forms = [other_language(language, csrf=reader.csrf), other_theme(theme, csrf=reader.csrf)]
    return html.Div(forms, className="menu-choices")


def _link(path: str, picture: str, words: str) -> html.A:
    return html.A([icon(picture), words], href=path, **attributes(data_nav=path))


def _demo_users(reader: Menu) -> html.Div:
    forms: list[Any] = [
        post_form("/login", name, csrf=reader.csrf, look=_mark(user == reader.user), demo=user)
        for user, name in reader.others
    ]
    return html.Div(
        [html.P(t("Demo: read as"), className="muted"), *forms],
        className="menu-demo",
        **attributes(data_demo_users="1"),
    )


def _mark(is_chosen: bool) -> str:
    return "chosen" if is_chosen else ""
