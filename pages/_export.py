"""CSV of the rows behind a panel, all of them, with the filters of its URL."""

import flask

from data.domain.filters import parse
from data.export import write_csv
from pages import _rows
from pages._drawers import marked, metric_of
from pages._page import PANELS, may_open
from queries.run import fetcher, run_page, scope_now


def export_csv(panel: str) -> flask.Response:
    """Return the rows as a file that Excel opens in either language."""
    found = PANELS.get(panel)
    if found is None:
        flask.abort(404)
    if not scope_now().may("export") or not may_open(found):
        flask.abort(403)
    query = flask.request.args.to_dict()
    mark = query.pop("mark", "")
    metric = metric_of(found, query.pop("metric", ""))
    info = fetcher().info()
    filters, _dropped = parse(query, info.calendar, version=info.number)
    narrowed = marked(filters, mark, metric)
    rows = _rows.named(run_page(found.question.members, narrowed, limit=None), filters)
    columns = _rows.columns_of(rows, found)
    lines = rows[[c.key for c in columns]].itertuples(index=False)
    text = write_csv([c.label for c in columns], lines)
    response = flask.Response(text, mimetype="text/csv; charset=utf-8")
    name = f"{panel}_{info.calendar.as_of}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
