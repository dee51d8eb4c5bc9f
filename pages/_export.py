"""CSV of the rows behind a panel, all of them, with the filters of its URL."""

import flask

from data.domain.filters import parse
from data.export import write_csv
from pages import _rows
from pages._frame import marked
from pages._page import PAGES, PANELS
from queries.run import fetcher, run_page, scope_now


def export_csv(panel: str) -> flask.Response:
    """Return the rows as a file that Excel opens in either language."""
    found = PANELS.get(panel)
    scope = scope_now()
    if found is None:
        flask.abort(404)
    if not scope.may("export") or not scope.may(PAGES[found.module].permission):
        flask.abort(403)
    query = flask.request.args.to_dict()
    mark = query.pop("mark", None)
    info = fetcher().info()
    filters, _dropped = parse(query, info.calendar, version=info.number)
    rows = _rows.named(
        run_page(found.question.members, marked(filters, mark), limit=None), filters
    )
    columns = _rows.columns_of(rows, found)
    text = write_csv([c.label for c in columns], rows[[c.key for c in columns]].itertuples(index=False))
    response = flask.Response(text, mimetype="text/csv; charset=utf-8")
    name = f"{panel}_{info.calendar.as_of}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
