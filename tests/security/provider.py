"""An identity provider for tests: the mock's flow, with tokens that a test may spoil."""

import json
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server

CLIENT = "cockpit"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
Spoil = Callable[[dict[str, Any]], str | None]


def signed(claims: dict[str, Any], *, key: Any = KEY, alg: str = "RS256", kid: str = "one") -> str:
    """Return an ID token."""
    return jwt.encode({"alg": alg, "kid": kid}, claims, key, algorithms=[alg])


@dataclass
class Provider:
    """A provider that listens; `spoil` makes the ID token from the honest claims."""

    address: str
    spoil: Spoil = signed
    #: Claims that the token holds beside the mock's own.
    extra: dict[str, Any] = field(default_factory=dict)
    #: What the token endpoint was sent, newest last.
    asked: list[dict[str, str]] = field(default_factory=list)

    def consent(self, address: str, subject: str) -> str:
        """Let a user sign in at the provider; return where the browser is sent back to."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]


def shared_secret(claims: dict[str, Any]) -> str:
    """Return a token that is signed with a secret, as who only knows the public key could."""
    return signed(claims, key=OctKey.import_key(KEY.as_pem(private=False)), alg="HS256")


def unsigned(claims: dict[str, Any]) -> str:
    """Return a token that nobody has signed."""
    head = jwt.encode({"alg": "HS256"}, claims, OctKey.generate_key(256)).split(".")
    return f"eyJhbGciOiJub25lIn0.{head[1]}."


def changed(**claims: Any) -> Spoil:
    """Return what signs the claims with some of them changed, or left out where None."""

    def spoil(honest: dict[str, Any]) -> str:
        made = {k: v for k, v in {**honest, **claims}.items() if v is not None}
        return signed(made)

    return spoil


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider on loopback."""
    with warnings.catch_warnings():
        # The mock uses what authlib is about to move elsewhere.
        warnings.simplefilter("ignore")
        import oidc_provider_mock

        mock = oidc_provider_mock.app(require_nonce=True)
    server = make_server("127.0.0.1", 0, mock, threaded=True)
    made = Provider(f"http://127.0.0.1:{server.server_port}")

    @mock.before_request
    def note() -> None:
        import flask

        if flask.request.path == "/oauth2/token":
            made.asked.append(flask.request.form.to_dict())

    @mock.after_request
    def spoil(response: Any) -> Any:
        import flask

        if flask.request.path == "/jwks":
            response.set_data(json.dumps({"keys": [KEY.as_dict(private=False)]}))
        if flask.request.path == "/oauth2/token" and response.status_code == 200:
            body = response.get_json()
            body["id_token"] = made.spoil(_claims(body["id_token"]) | made.extra)
            if body["id_token"] is None:
                del body["id_token"]
            response.set_data(json.dumps(body))
        return response

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join(5)
            server.server_close()


def _claims(token: str) -> dict[str, Any]:
    import base64

    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def long_ago() -> int:
    """Return a moment before every token."""
    return int(time.time()) - 3_600
