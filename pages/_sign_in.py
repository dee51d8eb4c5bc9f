"""Signing in and out: the page before all others, and the forms that change who reads."""

from typing import Any
from urllib.parse import urlsplit

import flask

from data import settings
from data.access.passwords import BusyError
from data.access.roles import ROLES
from data.i18n import language, t
from data.state import sessions, sign_in
from data.state.engine import StateError
from data.state.preferences import PREFERENCES
from data.state.sign_in import SignInError
from data.state.throttle import TooManyError
from pages._session import (
    PREFERRED,
    csrf_token,
    drop,
    is_own_form,
    keep,
    remember,
    signed_now,
    theme,
    visitor,
)
from pages._state import state

#: What was chosen on this page a moment ago; it holds against what the account says.
CHOSEN = "chosen"
MOST_ADDRESS_LETTERS = 2_000
#: What the page says after a sign-in through the identity provider came to nothing.
TEXTS = {
    "sso": "The identity provider did not sign you in. Try again, or ask an administrator.",
    "role": "You are known, but have no role here yet. Ask an administrator for one.",
    "expired": "The form had expired. Try again.",
}
Answer = Any


def add_routes(server: flask.Flask) -> None:
    """Put the addresses of signing in and out on the server."""
    server.add_url_rule("/login", "login", show_login)
    server.add_url_rule("/login", "do_login", do_login, methods=["POST"])
    server.add_url_rule("/logout", "logout", do_logout, methods=["POST"])
    server.add_url_rule("/view-as", "view_as", begin_view, methods=["POST"])
    server.add_url_rule("/view-as/stop", "stop_view", stop_view, methods=["POST"])


# --- the page --------------------------------------------------------------------------------


def show_login() -> Answer:
    """Show the page; a choice of language or theme is kept in a cookie."""
    for name, cookie in PREFERRED.items():
        value = flask.request.args.get(cookie, "")
        if value in PREFERENCES[name]:
            response = flask.make_response(flask.redirect(_login_address(asked_for())))
            remember(response, name, value)
            flask.session[CHOSEN] = sorted({*flask.session.get(CHOSEN, []), name})
            return response
    if signed_now() and "why" not in flask.request.args:
        return flask.redirect(asked_for())
    return login_page(said=t(TEXTS.get(flask.request.args.get("why", ""), "")))


def login_page(*, status: int = 200, said: str = "", user: str = "") -> flask.Response:
    """Return the page with a sentence about what went wrong."""
    body = flask.render_template(
        "sign_in.html",
        t=t,
        lang=language(),
        theme=theme(),
        roles=ROLES,
        demo_users=sign_in.demo_users(state()),
        sso=settings.value("OIDC_ISSUER") and settings.value("OIDC_NAME"),
        csrf=csrf_token(),
        next=asked_for(),
        said=said,
        user=user[:100],
    )
    return flask.Response(body, status=status, mimetype="text/html")


def asked_for() -> str:
    """Return the page that the reader came for, or that the form was sent from."""
    wanted = flask.request.values.get("next", "")
    return safe_next(wanted or _referring_page())


def _referring_page() -> str:
    """Return path and query of the page of ours that this request comes from."""
    from_page = urlsplit(flask.request.headers.get("Referer", ""))
    if from_page.netloc != flask.request.host:
        return ""
    return from_page._replace(scheme="", netloc="", fragment="").geturl()


def safe_next(wanted: str) -> str:
    """Return an address within the application, or the first page."""
    is_odd = "\\" in wanted or not wanted.isprintable() or len(wanted) > MOST_ADDRESS_LETTERS
    if is_odd or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    parts = urlsplit(wanted)
    is_ours = not parts.scheme and not parts.netloc and not parts.path.startswith("/log")
    return wanted if is_ours else "/"


def _login_address(wanted: str) -> str:
    return flask.url_for("login", next=wanted) if wanted != "/" else flask.url_for("login")


# --- signing in ------------------------------------------------------------------------------


def do_login() -> Answer:
    """Open a session for a password, or for a demo user in demo mode."""
    form = flask.request.form
    if not is_own_form():
        return login_page(status=400, said=t(TEXTS["expired"]))
    user = form.get("user", "")
    try:
        if "demo" in form:
            token = sign_in.as_demo_user(state(), form["demo"][:100], visitor=visitor())
        else:
            password = form.get("password", "")
            token = sign_in.with_password(state(), user, password, visitor=visitor())
    except TooManyError as error:
        words = t(
            "Too many sign-ins failed. Try again in {seconds} seconds.", seconds=error.seconds
        )
        return _later(login_page(status=429, said=words, user=user), error.seconds)
    except BusyError:
        words = t("Many people are signing in right now. Try again in a moment.")
        return _later(login_page(status=503, said=words, user=user), 2)
    except SignInError:
        words = t("This name and password do not match. Check both and try again.")
        return login_page(status=401, said=words, user=user)
    return entered(token, asked_for())


def entered(token: str, wanted: str) -> flask.Response:
    """Return the answer to a sign-in: another token than before, and the page asked for."""
    if before := signed_now():
        sessions.sign_out(state(), before)
    chosen = flask.session.get(CHOSEN, [])
    flask.session.clear()
    response = flask.make_response(flask.redirect(safe_next(wanted), code=303))
    keep(response, token)
    signed = sessions.signed_in(state(), token)
    for name in PREFERRED:
        if name not in chosen and (value := signed and getattr(signed.account, name)):
            remember(response, name, value)
    return response


def _later(response: flask.Response, seconds: int) -> flask.Response:
    response.headers["Retry-After"] = str(seconds)
    return response


def do_logout() -> Answer:
    """End the session of this browser."""
    if not is_own_form():
        return flask.redirect("/", code=303)
    if signed := signed_now():
        sessions.sign_out(state(), signed)
    flask.session.clear()
    response = flask.make_response(flask.redirect(flask.url_for("login"), code=303))
    drop(response)
    return response


# --- reading as somebody else ----------------------------------------------------------------


def begin_view() -> Answer:
    """Let an administrator read as the user that the form names."""
    signed = signed_now()
    if signed and is_own_form():
        try:
            sessions.view_as(state(), signed, flask.request.form.get("user", ""))
        except StateError:
            return flask.Response(t("There is no such user.") + "\n", 404, mimetype="text/plain")
    return flask.redirect("/", code=303)


def stop_view() -> Answer:
    """Let an administrator read as oneself again."""
    signed = signed_now()
    if signed and is_own_form():
        sessions.stop_viewing(state(), signed)
    return flask.redirect("/", code=303)
