"""Language and colours: chosen in the menu or on the profile, kept with the account."""

from typing import Any

import flask

from components.preferences import PATH
from data.state.engine import StateError
from data.state.preferences import PREFERENCES, PreferenceError, check, prefer
from pages._session import is_own_form, remember, signed_now
from pages._sign_in import asked_for
from pages._state import refusal, state


def add_routes(server: flask.Flask) -> None:
    """Put the address on the server."""
    server.add_url_rule(PATH, "preferences", choose, methods=["POST"])


def choose() -> Any:
    """Keep what the form names in this browser and, of who reads as oneself, with the account."""
    response = flask.make_response(flask.redirect(asked_for(), code=303))
    if not is_own_form():
        return response
    form = flask.request.form
    wanted = {name: form[name] for name in PREFERENCES if name in form}
    try:
        _keep(wanted)
    except StateError as error:
        status = 400 if isinstance(error, PreferenceError) else 503
        return flask.Response(refusal(error) + "\n", status, mimetype="text/plain")
    for name, value in wanted.items():
        remember(response, name, value)
    return response


def _keep(wanted: dict[str, str]) -> None:
    check(wanted)
    signed = signed_now()
    if signed and not signed.viewed_by:
        prefer(state(), actor=signed.reader, wanted=wanted)
