"""Our own large files: compressed once as small as is worth it, and the grid's only when drawn."""

import brotli
import dash_ag_grid as dag
import flask

from pages._headers import KEPT_BY_BROWSERS

#: Of 11: a tenth smaller than what is used for answers, at a second for the largest file, once.
QUALITY = 9
GRID = "dash_ag_grid.min.js"
#: Where the browser finds the script of the grid.
GRID_SOURCE = f"/_dash-component-suites/dash_ag_grid/{GRID}?m={dag.__version__}"


def leave_grid_out() -> None:
    """Keep the script of the grid out of what every page loads; assets/grid.js asks for it."""
    for resource in dag._js_dist:  # pyright: ignore[reportPrivateUsage]
        if resource["relative_package_path"] == GRID:
            resource["dynamic"] = True


def compress_files(server: flask.Flask) -> None:
    """Send our files, which are the same for everybody, as they were compressed the first time."""
    kept: dict[str, tuple[str | None, bytes]] = {}

    @server.after_request
    def compressed(response: flask.Response) -> flask.Response:  # pyright: ignore[reportUnusedFunction]
        path, tag = flask.request.path, response.headers.get("ETag")
        if not _is_ours(response):
            return response
        if kept.get(path, ("", b""))[0] != tag:
            response.direct_passthrough = False
            kept[path] = (tag, brotli.compress(response.get_data(), quality=QUALITY))
        # The file that the answer was to be read from.
        response.close()
        response.direct_passthrough = False
        response.set_data(kept[path][1])
        response.headers["Content-Encoding"] = "br"
        response.vary.add("Accept-Encoding")
        return response


def _is_ours(response: flask.Response) -> bool:
    asked = flask.request
    is_text = (response.mimetype or "").startswith("text/")
    return (
        asked.method == "GET"
        and asked.path.startswith(KEPT_BY_BROWSERS)
        and response.status_code == 200
        and is_text
        and "Content-Encoding" not in response.headers
        and "Range" not in asked.headers
        and asked.accept_encodings["br"] > 0
    )
