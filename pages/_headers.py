"""What every answer carries: content policy, no storing, no sniffing, no framing."""

from typing import Any

import flask
from dash import Dash

from pages._session import is_behind_tls

#: Public files that are the same for everybody.
KEPT_BY_BROWSERS = ("/assets/", "/_dash-component-suites/")
#: For a file whose address names its moment of change (`?m=`): another file has another address.
FOR_GOOD = "public, max-age=31536000, immutable"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: For the answers that no browser shall run anything of: the sign-in page and plain sentences.
BARE = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def add_headers(server: flask.Flask, policy: dict[str, str]) -> None:
    """Add the headers to every answer; `policy` is filled once Dash knows its inline scripts."""

    @server.after_request
    def add(response: flask.Response) -> flask.Response:  # pyright: ignore[reportUnusedFunction]
        response.headers.update(FIXED)
        is_sign_in = flask.request.path.startswith("/login")
        response.headers["Content-Security-Policy"] = BARE if is_sign_in else policy.get("", BARE)
        if is_behind_tls():
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not flask.request.path.startswith(KEPT_BY_BROWSERS):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Cookie, Accept-Language"
        elif "m" in flask.request.args and response.status_code in (200, 304):
            response.headers["Cache-Control"] = FOR_GOOD
        return response


def content_policy(app: Dash) -> str:
    """Return what pages may load and run: our own files, and Dash's two inline scripts by hash."""
    hashes: Any = app.csp_hashes()
    scripts = " ".join(h if h.startswith("'") else f"'{h}'" for h in hashes)
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )
