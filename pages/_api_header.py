"""How a machine says who it is: a token in the header Authorization, and nowhere else."""

import flask

PREFIX = "/api/"
#: Names under which a token might be sent in an address, where logs and histories keep it.
MISPLACED = frozenset({"token", "access_token", "api_key", "apikey", "key", "authorization"})
SCHEME = "Bearer "
MOST_TOKEN_LETTERS = 100


def token_of(request: flask.Request) -> str:
    """Return the token of the request's header; empty where it carries none."""
    given = request.headers.get("Authorization", "")
    token = given.removeprefix(SCHEME) if given.startswith(SCHEME) else ""
    return token if len(token) <= MOST_TOKEN_LETTERS else ""


def is_of_machine() -> bool:
    """Whether the present request is for the API."""
    return flask.request.path.startswith(PREFIX)


def has_misplaced_token(request: flask.Request) -> bool:
    """Whether a token is sent in the address."""
    return any(name.lower() in MISPLACED for name in request.args)
