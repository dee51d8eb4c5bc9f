"""Who is reading in this request: the session behind the cookie, and the forms' tokens."""

from typing import cast

import flask
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from data import settings
from data.access.demo_readers import placed
from data.access.reader import Reader
from data.state.sessions import SignedIn, signed_in
from data.state.sign_in import Visitor
from data.state.tokens import owner_of
from data.warehouse.engine import WarehouseError
from pages._api_header import is_of_machine, token_of
from pages._state import state
from queries.run import fetcher, read_as

#: In-process callers, such as the first request at start, say here who reads; the network cannot.
READER_KEY = "cockpit.reader"
#: The cookies that the pages read what a reader prefers from, by column of the account.
PREFERRED = {"language": "lang", "theme": "theme"}
YEAR = 365 * 24 * 3600
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
MOST_TOKEN_LETTERS = 100


def is_behind_tls() -> bool:
    """Whether readers reach the application by https."""
    return settings.value("PUBLIC_URL").startswith("https://")


def cookie_name(name: str = "cockpit") -> str:
    """Return a cookie's name; behind TLS, browsers refuse it from any other host or by http."""
    return f"__Host-{name}" if is_behind_tls() else name


def resolve() -> Reader | None:
    """Find out who reads in this request; None where nobody is signed in."""
    given = flask.request.environ.get(READER_KEY)
    is_machine = is_of_machine()
    signed = None if given or is_machine else _of_cookie()
    flask.g.signed = signed
    reader: Reader | None = given or (signed and reader_of(signed))
    if is_machine and not given:
        reader = _of_token()
    read_as(reader)
    return reader


def _of_cookie() -> SignedIn | None:
    token = flask.request.cookies.get(cookie_name(), "")
    return signed_in(state(), token) if 0 < len(token) <= MOST_TOKEN_LETTERS else None


def _of_token() -> Reader | None:
    """Return the owner of the token in the header; a cookie counts for nothing here."""
    token = token_of(flask.request)
    found = owner_of(state(), token) if token else None
    if found is None:
        return None
    owner, reader = found
    return placed_reader(reader, is_demo=owner.is_demo)


def reader_of(signed: SignedIn) -> Reader:
    """Return who reads through a session; a demo user has a place in the data at hand."""
    return placed_reader(signed.reader, is_demo=signed.account.is_demo)


def placed_reader(reader: Reader, *, is_demo: bool) -> Reader:
    """Return a reader; a demo user with a place in the data at hand where there are any."""
    try:
        return placed(reader, fetcher().info()) if is_demo else reader
    except WarehouseError:
        return reader


def signed_now() -> SignedIn | None:
    """Return the session of this request."""
    return cast(SignedIn | None, flask.g.get("signed"))


def keep(response: flask.Response, token: str) -> None:
    """Give the browser its session's token; it forgets it when it is closed."""
    response.set_cookie(
        cookie_name(), token, httponly=True, samesite="Lax", secure=is_behind_tls(), path="/"
    )


def drop(response: flask.Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(
        cookie_name(), httponly=True, samesite="Lax", secure=is_behind_tls(), path="/"
    )


def remember(response: flask.Response, name: str, value: str) -> None:
    """Let the browser keep a preference; its own script reads the theme before anything shows."""
    response.set_cookie(PREFERRED[name], value, max_age=YEAR, samesite="Lax", path="/")


def visitor() -> Visitor:
    """Return where this request comes from."""
    request = flask.request
    return Visitor(request.remote_addr or "", request.headers.get("User-Agent", ""))


def theme() -> str:
    """Return the colours that this browser has chosen."""
    return "dark" if flask.request.cookies.get("theme") == "dark" else "light"


def csrf_token() -> str:
    """Return the token that a form of this browser carries."""
    return generate_csrf()


def is_own_form() -> bool:
    """Whether the form that was sent carries this browser's token."""
    try:
        validate_csrf(flask.request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def is_own_origin() -> bool:
    """Whether a request that changes something was sent by a page of ours.

    Every browser names the origin of a POST; a request without one is no browser's.
    """
    origin = flask.request.headers.get("Origin", "")
    public = settings.value("PUBLIC_URL").rstrip("/")
    return bool(origin) and origin == (public or flask.request.host_url.rstrip("/"))
