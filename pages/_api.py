"""The read-only API: a question of the pages, answered as JSON to the owner of a token."""

import json
from typing import Any

import flask

from components import states
from data.i18n import t
from data.warehouse.engine import WarehouseError
from pages._asking import Answer
from pages._export import note_export
from pages._page import PANELS, Panel, may_open
from pages._told import not_known_words
from queries.run import NotKnownThenError, fetcher, run, run_page, scope_now

PATH = "/api/v1/ask/<question>"


def ask(question: str) -> flask.Response:
    """Answer a question of a page that the token's owner may open, with the owner's scope.

    With `members=1` the rows behind the answer, which takes the right to export and is logged.
    """
    query = flask.request.args.to_dict()
    wants_members = query.pop("members", "") == "1"
    panel = _panel(question)
    if panel is None or (wants_members and not scope_now().may("export")):
        return _said(404, t("There is no such question."))
    try:
        info = fetcher().info()
        filters, dropped = info.parsed(query)
        if wants_members:
            rows = run_page(panel.question.members, filters, limit=None)
            note_export(f"api/{question}", rows=len(rows), kind="json", filters=filters.to_search())
        else:
            rows = run(panel.query, filters)
    except NotKnownThenError as error:
        return _said(409, not_known_words(error))
    except WarehouseError:
        return _said(503, states.sentence_for("unreachable"))
    answer = {
        "question": question,
        "version": info.number,
        "as_of": filters.calendar.as_of,
        "filters": filters.to_query(),
        "left_out": dropped,
        "rows": Answer(rows).records(),
    }
    return _json(200, answer)


def _panel(question: str) -> Panel | None:
    """Return a panel that asks this and that the reader may open; absent and forbidden are one."""
    return next((p for p in PANELS.values() if p.question.name == question and may_open(p)), None)


def _said(status: int, sentence: str) -> flask.Response:
    return _json(status, {"error": sentence})


def _json(status: int, answer: dict[str, Any]) -> flask.Response:
    text = json.dumps(answer, ensure_ascii=False, default=_plain, allow_nan=False)
    return flask.Response(text, status=status, mimetype="application/json")


def _plain(value: Any) -> Any:
    """Return what JSON does not know: numbers without numpy around them, days as text."""
    return value.item() if hasattr(value, "item") else str(value)
