"""Files of the rows behind a panel, all of them, with the filters of its URL."""

from collections.abc import Callable, Sequence
from typing import Any

import flask

from data.domain.filters import Filters
from data.export import TooManyRowsError, write_csv, write_sheets, write_xlsx
from data.i18n import t
from data.paper import NoFontError, write_pdf
from data.state.audit import record
from data.state.engine import writing
from pages import _rows
from pages._brief import SAID, paper, sheets
from pages._drawers import marked, metric_of
from pages._page import PANELS, may_open
from pages._state import state
from queries.run import fetcher, reader_now, run_page, scope_now

#: Kind of file -> how it is written, and what it is called on the wire.
WRITERS: dict[str, tuple[Callable[[Sequence[str], Any], str | bytes], str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

BRIEFS: dict[str, tuple[Callable[[Filters], bytes], str]] = {
    "pdf": (lambda filters: write_pdf(paper(filters)), "application/pdf"),
    "xlsx": (lambda filters: write_sheets(sheets(filters)), WRITERS["xlsx"][1]),
}


def export_rows(panel: str, kind: str) -> flask.Response:
    """Return the rows as a file; that it left, and with how many rows, is in the audit log."""
    found = PANELS.get(panel)
    if found is None or kind not in WRITERS:
        flask.abort(404)
    if not scope_now().may("export") or not may_open(found):
        flask.abort(403)
    query = flask.request.args.to_dict()
    mark = query.pop("mark", "")
    metric = metric_of(found, query.pop("metric", ""))
    info = fetcher().info()
    filters, _dropped = info.parsed(query)
    narrowed = marked(filters, mark, metric)
    rows = _rows.named(run_page(found.question.members, narrowed, limit=None), filters)
    columns = _rows.columns_of(rows, found)
    write, mimetype = WRITERS[kind]
    lines = rows[[c.key for c in columns]].itertuples(index=False)
    try:
        body = write([c.label for c in columns], lines)
    except TooManyRowsError:
        flask.abort(413, t("A workbook cannot hold so many rows. Download them as CSV."))
    note_export(panel, rows=len(rows), kind=kind, filters=narrowed.to_search())
    return file_of(body, f"{panel}_{filters.calendar.as_of}.{kind}", mimetype)


def export_brief(kind: str) -> flask.Response:
    """Return the one-page brief as PDF or as a workbook, with the filters of the URL."""
    if kind not in BRIEFS:
        flask.abort(404)
    if not scope_now().may("export") or not scope_now().may("view-cockpit"):
        flask.abort(403)
    info = fetcher().info()
    query = flask.request.args.to_dict()
    filters, _dropped = info.parsed(query)
    write, mimetype = BRIEFS[kind]
    try:
        body = write(filters)
    except NoFontError:
        flask.abort(
            503,
            t(
                "The PDF needs a font with Chinese letters, and none was found here. Install"
                " fonts-noto-cjk or name one in BRIEF_FONT. The workbook says the same."
            ),
        )
    note_export("brief", rows=len(SAID), kind=kind, filters=filters.to_search())
    return file_of(body, f"brief_{filters.calendar.as_of}.{kind}", mimetype)


def note_export(subject: str, *, rows: int, kind: str, filters: str = "") -> None:
    """Write the audit row of a file before it leaves; without the row no file leaves."""
    reader = reader_now()
    with writing(state()) as connection:
        record(
            connection,
            actor=reader.acting,
            action="exported",
            subject=subject,
            details={"rows": rows, "kind": kind, "filters": filters, "role": reader.role.key},
        )


def file_of(body: str | bytes, name: str, mimetype: str) -> flask.Response:
    """Return a file that the browser saves and never shows."""
    response = flask.Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
