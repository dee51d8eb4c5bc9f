"""The web server: Dash on Flask, who is reading, what is refused, what every answer carries."""

import importlib
from pathlib import Path
from typing import Any

import flask
import structlog
from dash import Dash, html
from flask_caching import Cache

from components import shell, states
from components.figures.theme import use_theme
from data import settings
from data.access.demo_readers import DEMO_READERS, demo_reader
from data.i18n import language, pick_language, t, use_language
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import NoWarehouseError, open_warehouse
from pages._page import PAGES
from pages._requests import refused
from pages._state import use_state
from queries.run import connect, fetcher, read_as, reader_now

#: A callback's body is small; larger ones are refused before they are read.
MOST_BYTES = 2 * 1024 * 1024
#: Paths that are not pages: Dash's own, assets, exports and health.
PREFIXES = ("/_dash", "/_reload", "/assets/", "/export/", "/livez", "/readyz", "/_favicon")
log = structlog.get_logger("server")


def _log_as_json() -> None:
    """Write one JSON line per event, without the values of variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )


def build_server() -> flask.Flask:
    """Return the Flask server with Dash, the guard, the exports and the health checks on it."""
    _log_as_json()
    server = flask.Flask("customer-asset-cockpit")
    server.config.update(
        SECRET_KEY=settings.secret_key(),
        MAX_CONTENT_LENGTH=MOST_BYTES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="cockpit",
    )
    connect(Fetcher(open_warehouse(), store=_cache(server)))
    use_state()
    server.before_request(_prepare)
    app = _dash(server)
    _routes(server)
    policy: dict[str, str] = {}
    _headers(server, policy)
    _warm_up(server)
    # Only after the layout was served once does Dash know all of its inline scripts.
    policy["Content-Security-Policy"] = _content_policy(app)
    return server


def _cache(server: flask.Flask) -> Cache:
    url = settings.value("CACHE_URL")
    seconds = settings.number("CACHE_SECONDS")
    config: dict[str, Any] = {"CACHE_DEFAULT_TIMEOUT": seconds}
    if url:
        config |= {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url}
    else:
        config |= {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 4_000}
    cache = Cache(config=config)
    cache.init_app(server)
    return cache


def _dash(server: flask.Flask) -> Dash:
    app = Dash(
        __name__,
        server=server,
        use_pages=True,
        pages_folder=str(_folder("pages")),
        assets_folder=str(_folder("assets")),
        serve_locally=True,
        suppress_callback_exceptions=True,
        update_title="",
        title="Customer Asset Cockpit",
        compress=True,
    )
    app.layout = _layout
    # Registers the callbacks of the frame, which need the pages that Dash has just imported.
    importlib.import_module("pages._frame")
    importlib.import_module("pages._drawers")

    app.enable_dev_tools(debug=False)
    return app


def _folder(name: str) -> Path:
    return Path(__file__).resolve().parent.parent / name


def _layout() -> Any:
    """Lay out the frame for this reader; without data, say how to get some."""
    from pages._frame import nav_items

    try:
        items = nav_items()
    except NoWarehouseError:
        return html.Main(
            states.empty(
                t("There are no data yet."),
                t("Run `make demo` for the demo company, or import your own files."),
            )
        )
    except WarehouseError as error:
        return html.Main(states.error(t("The warehouse"), str(error)))
    users = (
        [(key, t(each.name)) for key, each in DEMO_READERS.items()] if settings.is_demo() else []
    )
    return shell.shell(
        items,
        user=reader_now().user_id,
        users=users,
        language=language(),
        theme=_theme(),
    )


def _theme() -> str:
    return "dark" if flask.request.cookies.get("theme") == "dark" else "light"


def _prepare() -> Any:
    """Decide who is reading and refuse what is no request of ours."""
    request = flask.request
    use_language(pick_language(request.headers.get("Accept-Language"), request.cookies.get("lang")))
    use_theme(_theme())
    user = flask.session.get("user", "executive")
    if not settings.is_demo():
        return _answer(403, "Sign-in is not set up. Set DEMO=1 on your own machine.")
    read_as(demo_reader(user if user in DEMO_READERS else "executive", fetcher().info()))
    known = {page.path for page in PAGES.values()}
    if request.path not in known and not request.path.startswith(PREFIXES):
        return _answer(404, "There is no such page.")
    if request.method == "POST" and request.path == "/_dash-update-component":
        why = refused()
        return _answer(400, why) if why else None
    return None


def _answer(status: int, sentence: str) -> flask.Response:
    return flask.Response(f"{sentence}\n", status=status, mimetype="text/plain")


def _routes(server: flask.Flask) -> None:
    from pages._export import export_rows

    server.add_url_rule("/livez", "livez", lambda: _answer(200, "alive"))
    server.add_url_rule("/readyz", "readyz", _ready)
    server.add_url_rule("/export/<panel>.<kind>", "export_rows", export_rows)
    server.add_url_rule("/export/<path:_other>", "no_export", _no_export)
    server.add_url_rule("/export/", "no_exports", _no_export)
    server.register_error_handler(WarehouseError, lambda error: _answer(503, str(error)))
    server.register_error_handler(500, lambda _e: _answer(500, "Something went wrong."))


def _no_export(_other: str = "") -> flask.Response:
    return _answer(404, "There is no such file.")


def _ready() -> flask.Response:
    try:
        info = fetcher().info()
    except WarehouseError as error:
        return _answer(503, str(error))
    return _answer(200, f"ready: version {info.number}, as of {info.calendar.as_of}")


def _warm_up(server: flask.Flask) -> None:
    """Ask for the layout once: the first concurrent requests of a worker would miss callbacks."""
    with server.test_client() as client:
        client.get("/_dash-layout")
        client.get("/_dash-dependencies")


def _content_policy(app: Dash) -> str:
    scripts = " ".join(h if h.startswith("'") else f"'{h}'" for h in app.csp_hashes())
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )


def _headers(server: flask.Flask, policy: dict[str, str]) -> None:
    @server.after_request
    def add(response: flask.Response) -> flask.Response:  # pyright: ignore[reportUnusedFunction]
        response.headers.update(policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if not flask.request.path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Cookie, Accept-Language"
        return response
