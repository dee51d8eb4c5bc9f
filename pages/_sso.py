"""Signing in through an OpenID Connect provider: authorization code with PKCE, checked tokens."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import flask
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from joserfc.errors import JoseError
from requests import RequestException

from data import settings
from data.access.role_mapping import mapping, role_of, text_of
from data.state import sign_in
from data.state.identities import Identity, NoRoleError, StateStore, with_identity
from data.state.sign_in import SignInError
from pages._session import visitor
from pages._sign_in import asked_for, entered
from pages._state import state

#: What an ID token may be signed with; never `none`, and no secret that others share.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY_SECONDS = 60
TIMEOUT_SECONDS = 5
log = structlog.get_logger("sso")


def add_routes(server: flask.Flask) -> None:
    """Put the two addresses on the server; without a provider they lead back."""
    server.add_url_rule("/login/sso", "sso", begin)
    server.add_url_rule("/login/sso/callback", "sso_callback", finish)
    if not _issuer():
        return
    _check_settings()
    oauth = OAuth(server, cache=_LazyStore())
    oauth.register(
        "sso",
        client_id=settings.value("OIDC_CLIENT_ID"),
        client_secret=settings.value("OIDC_CLIENT_SECRET"),
        server_metadata_url=f"{_issuer().rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
            **_authentication(),
        },
    )
    server.extensions["sso"] = oauth


def _authentication() -> dict[str, str]:
    """Return how the application proves itself; without a secret, PKCE alone does."""
    has_secret = bool(settings.value("OIDC_CLIENT_SECRET"))
    return {} if has_secret else {"token_endpoint_auth_method": "none"}


class _LazyStore:
    """The store of sign-ins under way, in the state database that is open when it is needed."""

    def __getattr__(self, name: str) -> Any:
        return getattr(StateStore(state()), name)


def _issuer() -> str:
    return settings.value("OIDC_ISSUER")


def _check_settings() -> None:
    """Refuse a provider that is reached in the clear, and roles that are none."""
    mapping()
    where = urlsplit(_issuer())
    if where.scheme != "https" and where.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise settings.SettingsError("OIDC_ISSUER must begin with https://.")
    if not settings.value("OIDC_CLIENT_ID"):
        raise settings.SettingsError("OIDC_CLIENT_ID is empty. Set the id the provider gave you.")


def begin() -> Any:
    """Send the reader to the provider."""
    if not _issuer():
        return flask.redirect(flask.url_for("login"))
    wanted = asked_for()
    try:
        response = _client().authorize_redirect(_callback_address())
    except (OAuthError, RequestException, RuntimeError, KeyError, ValueError) as error:
        return _refused("provider not reachable", error)
    flask.session["next"] = wanted
    return response


def finish() -> Any:
    """Open a session for the user that the provider vouches for."""
    if not _issuer():
        return flask.redirect(flask.url_for("login"))
    try:
        who = _identity(_claims())
    except (OAuthError, JoseError, RequestException, RuntimeError, KeyError, ValueError) as error:
        return _refused("identity provider", error)
    wanted = str(flask.session.get("next", "/"))
    try:
        token = with_identity(state(), who, visitor=visitor())
    except NoRoleError:
        return flask.redirect(flask.url_for("login", why="role"))
    except SignInError as error:
        return _refused("account", error)
    return entered(token, wanted)


def _client() -> Any:
    client: Any = flask.current_app.extensions["sso"].create_client("sso")
    client.load_server_metadata()
    # What the provider announces does not decide what is accepted.
    client.server_metadata["id_token_signing_alg_values_supported"] = ALGORITHMS
    return client


def _callback_address() -> str:
    public = settings.value("PUBLIC_URL").rstrip("/")
    path = flask.url_for("sso_callback")
    return f"{public}{path}" if public else flask.url_for("sso_callback", _external=True)


def _claims() -> Mapping[str, Any]:
    wanted = {
        "iss": {"essential": True, "value": _issuer()},
        "aud": {"essential": True, "value": settings.value("OIDC_CLIENT_ID")},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }
    token = _client().authorize_access_token(claims_options=wanted, leeway=LEEWAY_SECONDS)
    claims = token.get("userinfo")
    if not claims or not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise OAuthError(error="invalid_token", description="no ID token with a subject")
    return claims


def _identity(claims: Mapping[str, Any]) -> Identity:
    email = text_of(claims, "email") or ""
    return Identity(
        issuer=_issuer(),
        subject=claims["sub"],
        name=text_of(claims, "name") or "",
        wished_id=text_of(claims, "preferred_username") or email.partition("@")[0],
        role=role_of(claims),
        team_id=text_of(claims, settings.value("OIDC_TEAM_CLAIM")),
        rep_id=text_of(claims, settings.value("OIDC_REP_CLAIM")),
    )


def _refused(reason: str, error: Exception) -> Any:
    """Tell the log why; the reader learns no more than that it did not work."""
    log.warning("sign-in refused", reason=reason, why=repr(error)[:300])
    sign_in.log_refusal(state(), reason=reason, visitor=visitor())
    return flask.redirect(flask.url_for("login", why="sso"))
