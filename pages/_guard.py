"""What happens before every request: who reads, may that be, and is it a request of ours."""

import threading
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import flask

from components.figures.theme import use_theme
from data import settings
from data.access.reader import Reader
from data.i18n import pick_language, t, use_language
from data.state.engine import StateError
from pages._api_header import has_misplaced_token, is_of_machine
from pages._denials import note_denial
from pages._policy import ANYONE, NOBODY, SIGNED_IN, needed_for, page_paths
from pages._requests import refused
from pages._session import LOOPBACK, is_own_origin, resolve, theme
from queries.run import read_as

UPDATE = "/_dash-update-component"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Questions that a worker answers at once: more would only wait for each other.
MOST_TOGETHER = 8
#: Of one reader; half of the places stay for the others.
MOST_AT_ONCE = 4
#: A browser sends six at once: two wait for the four before them, so that it is not turned away.
MOST_WAITING = 2
PATIENCE_SECONDS = 5.0
#: How long one waits while the others' questions are answered.
QUEUE_SECONDS = 30.0
_lock = threading.Condition()
_under_way: Counter[str] = Counter()
_waiting: Counter[str] = Counter()


def add_guard(server: flask.Flask) -> None:
    """Let every request pass the guard first, and count the reader out at its end."""
    server.before_request(_guard)
    server.teardown_request(_leave)


def _guard() -> Any:
    request = flask.request
    read_as(None)
    use_language(pick_language(request.headers.get("Accept-Language"), request.cookies.get("lang")))
    use_theme(theme())
    if request.method not in SAFE and not is_own_origin():
        return answer(403, t("The request does not come from a page of this application."))
    needed = needed_for(request.url_rule.rule if request.url_rule else None)
    if needed == NOBODY or _is_no_page():
        return answer(404, t("There is no such page."))
    if is_of_machine() and has_misplaced_token(request):
        return answer(400, t("A token belongs into the header Authorization, never in an address."))
    if request.path in ("/livez", "/readyz") or request.path.startswith("/assets/"):
        return None
    try:
        reader = resolve()
    except StateError:
        return answer(503, t("The application's own database does not answer. Try again soon."))
    return None if needed == ANYONE else _admit(reader, needed)


def _is_no_page() -> bool:
    rule = flask.request.url_rule
    is_catch_all = rule is not None and rule.rule in ("/", "/<path:path>")
    return is_catch_all and flask.request.path not in page_paths()


def _admit(reader: Reader | None, needed: str) -> Any:
    """Return what stops a reader, or None."""
    if reader is None:
        return _ask_to_sign_in()
    if needed != SIGNED_IN and not reader.may(needed):
        note_denial(reader, needed, flask.request.path)
        return answer(403, t("You may not see this. Ask an administrator for the right."))
    if flask.request.path == UPDATE and (why := refused()):
        return answer(400, why)
    if needed == "export" or flask.request.path == UPDATE or is_of_machine():
        return _enter(reader)
    return None


def _ask_to_sign_in() -> Any:
    request = flask.request
    if request.method == "GET" and request.path in page_paths():
        here = request.full_path.rstrip("?")
        wanted = {"next": here} if here != "/" else {}
        return flask.redirect(flask.url_for("login", **wanted))
    return answer(401, t("You are signed out. Sign in again."))


def _enter(reader: Reader) -> Any:
    if not _has_turn(reader.acting):
        busy = answer(429, t("Too many questions are being answered right now."))
        busy.headers["Retry-After"] = "1"
        return busy
    flask.g.entered = reader.acting
    return None


def _has_turn(who: str) -> bool:
    """Take a place among the reader's questions, waiting a moment for one; False: none got free."""
    with _lock:
        if _under_way[who] >= MOST_AT_ONCE and _waiting[who] >= MOST_WAITING:
            return False
        _waiting[who] += 1
        is_free = _lock.wait_for(lambda: _has_own(who), PATIENCE_SECONDS) and _lock.wait_for(
            lambda: _has_own(who) and _under_way.total() < MOST_TOGETHER, QUEUE_SECONDS
        )
        _waiting[who] -= 1
        _under_way[who] += is_free
        return is_free


def _has_own(who: str) -> bool:
    return _under_way[who] < MOST_AT_ONCE


def _leave(_error: BaseException | None) -> None:
    if who := flask.g.pop("entered", None):
        _leave_of(who)


def _leave_of(who: str) -> None:
    """Give a reader's place free for the question that waits for it."""
    with _lock:
        _under_way[who] -= 1
        for counted in (_under_way, _waiting):
            if not counted[who]:
                del counted[who]
        _lock.notify_all()


def answer(status: int, sentence: str) -> flask.Response:
    """Return one sentence; as JSON to machines."""
    if flask.request.path.startswith("/api/"):
        response = flask.jsonify(error=sentence)
        response.status_code = status
        return response
    return flask.Response(f"{sentence}\n", status=status, mimetype="text/plain")


def trusted_hosts() -> list[str] | None:
    """Return the names by which the application may be addressed; None: any.

    In demo mode nobody needs a password, so a foreign name that leads to this machine must not do.
    """
    if public := settings.value("PUBLIC_URL"):
        return [urlsplit(public).hostname or "", *LOOPBACK]
    return LOOPBACK if settings.is_demo() else None
