"""The web server: Dash on Flask, who is reading, what is refused, what every answer carries."""

import importlib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import flask
import structlog
from dash import Dash, html
from dash.exceptions import DependencyException
from werkzeug.middleware.proxy_fix import ProxyFix

from components import shell, states
from data import settings
from data.access.reader import SYSTEM
from data.i18n import language, t
from data.logs import log_as_json
from data.state.engine import StateError
from data.state.session_rows import LONGEST
from data.state.sign_in import demo_users
from data.warehouse.engine import WarehouseError
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import NoWarehouseError, check_reading, open_warehouse
from pages._approvals import approvals_now
from pages._cache import answer_store
from pages._files import GRID_SOURCE, compress_files, leave_grid_out
from pages._guard import add_guard, answer, trusted_hosts
from pages._headers import add_headers, content_policy
from pages._health import alive, ready
from pages._page import PAGES
from pages._policy import guard_layouts
from pages._preferences import add_routes as add_preferences
from pages._scheduler import start_scheduler
from pages._session import READER_KEY, cookie_name, csrf_token, is_behind_tls, theme
from pages._sign_in import add_routes as add_sign_in
from pages._sso import add_routes as add_sso
from pages._state import state, use_state
from pages._told import not_known_words, warehouse_words
from pages._treated import treated_now
from queries.run import NotKnownThenError, connect, fetcher, overlaid_by, reader_now

#: A callback's body is small; larger ones are refused before they are read.
MOST_BYTES = 2 * 1024 * 1024
MOST_FORM_BYTES = 64 * 1024
#: How long a form's token is good: as long as a session.
FORM_SECONDS = int(LONGEST.total_seconds())
log = structlog.get_logger("server")


def build_server() -> flask.Flask:
    """Return the Flask server with Dash, the guard, the exports and the health checks on it."""
    log_as_json()
    server = flask.Flask(
        "customer-asset-cockpit", static_folder=None, template_folder=str(_folder("components"))
    )
    server.config.update(_configuration())
    if proxies := settings.number("PROXIES"):
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
    warehouse = open_warehouse()
    check_reading(warehouse)
    connect(Fetcher(warehouse, store=answer_store(server)))
    use_state()
    overlaid_by(approvals=approvals_now, treated=treated_now)
    add_guard(server)
    app = _dash(server)
    _routes(server)
    policy: dict[str, str] = {}
    add_headers(server, policy)
    _warm_up(server)
    # Only after the layout was served once does Dash know all of its inline scripts.
    policy[""] = content_policy(app)
    start_scheduler()
    return server


def _configuration() -> dict[str, Any]:
    """Return Flask's settings; its own cookie carries the forms' tokens only."""
    return {
        "SECRET_KEY": settings.secret_key(),
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MOST_FORM_BYTES,
        "TRUSTED_HOSTS": trusted_hosts(),
        "SESSION_COOKIE_NAME": cookie_name("cockpit-form"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_behind_tls(),
        "WTF_CSRF_TIME_LIMIT": FORM_SECONDS,
    }


def _dash(server: flask.Flask) -> Dash:
    _refuse_hooks()
    leave_grid_out()
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
        # Each of these could be switched on by the environment.
        enable_mcp=False,
        websocket_callbacks=False,
        health_endpoint=None,
    )
    app.layout = _layout
    # Registers the callbacks of the frame, which need the pages that Dash has just imported.
    importlib.import_module("pages._frame")
    importlib.import_module("pages._drawers")
    importlib.import_module("pages._task_drawer")
    guard_layouts()

    app.enable_dev_tools(debug=False)
    # Before Dash's own compression: what runs last is registered first.
    compress_files(server)
    return app


def _refuse_hooks() -> None:
    """Refuse to start where an installed package would change every page behind our back."""
    if found := sorted(each.name for each in entry_points(group="dash_hooks")):
        raise settings.SettingsError(
            f"Installed packages hook into Dash: {', '.join(found)}. Uninstall them."
        )


def _folder(name: str) -> Path:
    return Path(__file__).resolve().parent.parent / name


def _layout() -> Any:
    """Lay out the frame for this reader; without data, say how to get some."""
    from pages._frame import nav_items

    try:
        fetcher().info()
    except NoWarehouseError:
        return html.Main(
            states.empty(
                states.sentence_for("nothing"),
                t("Run `make demo` for the demo company, or import your own files."),
            )
        )
    except WarehouseError as error:
        # Tasks, access and profile do without; panels and the banner say what is the matter.
        log.warning("laid out without the warehouse", why=repr(error))
    return shell.shell(
        nav_items(), reader=_menu(), language=language(), theme=theme(), grid=GRID_SOURCE
    )


def _menu() -> shell.Menu:
    """Return who reads, and what the menu under the name offers."""
    reader = reader_now()
    paths = {page.path for page in PAGES.values() if reader.may(page.permission)}
    return shell.Menu(
        user=reader.user_id,
        name=t(reader.name),
        role=t(reader.role.name),
        sees=t(reader.role.sees),
        csrf=csrf_token(),
        profile="/profile" if "/profile" in paths else "",
        others=[] if reader.viewed_by else [(u.user_id, t(u.name)) for u in demo_users(state())],
        viewed_by=reader.viewed_by or "",
    )


def _routes(server: flask.Flask) -> None:
    from pages._access import MATRIX_PATH, export_matrix
    from pages._api import PATH, ask
    from pages._export import export_brief, export_rows
    from pages._task_export import PATH as TASKS_PATH
    from pages._task_export import export_tasks

    add_sign_in(server)
    add_preferences(server)
    add_sso(server)
    server.add_url_rule("/livez", "livez", alive)
    server.add_url_rule("/readyz", "readyz", ready)
    server.add_url_rule("/export/<panel>.<kind>", "export_rows", export_rows)
    server.add_url_rule("/export/brief.<kind>", "export_brief", export_brief)
    server.add_url_rule(MATRIX_PATH, "export_matrix", export_matrix)
    server.add_url_rule(TASKS_PATH, "export_tasks", export_tasks)
    server.add_url_rule(PATH, "api_ask", ask)
    server.register_error_handler(NotKnownThenError, _not_known)
    server.register_error_handler(WarehouseError, _unreachable)
    server.register_error_handler(StateError, _without_state)
    server.register_error_handler(DependencyException, _no_such_part)
    server.register_error_handler(500, lambda _e: answer(500, t("Something went wrong.")))


def _no_such_part(_error: DependencyException) -> flask.Response:
    return answer(404, t("There is no such page."))


def _not_known(error: NotKnownThenError) -> flask.Response:
    return answer(409, not_known_words(error))


def _unreachable(error: WarehouseError) -> flask.Response:
    log.error("warehouse not reachable", why=repr(error))
    return answer(503, warehouse_words(error))


def _without_state(error: StateError) -> flask.Response:
    log.error("state database not reachable", why=repr(error))
    return answer(503, t("The application's own database does not answer. Try again soon."))


def _warm_up(server: flask.Flask) -> None:
    """Ask for the layout once: the first concurrent requests of a worker would miss callbacks."""
    with server.test_client() as client:
        for path in ("/_dash-layout", "/_dash-dependencies"):
            client.get(path, environ_overrides={READER_KEY: SYSTEM})
