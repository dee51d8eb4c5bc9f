"""Quotes that wait, with the director's buttons beside those above the limit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from data.domain.approvals import APPROVED, RETURNED, WAITING
from data.i18n import BLANK, day, figure, label_of, t

Row = Mapping[str, Any]
NOTE = "pipeline-note"


def quote_table(
    rows: Sequence[Row], name: Callable[[str], str], *, id: str, may_decide: bool
) -> html.Div:
    """Return the quotes; those above the limit carry what may still be done to them.

    Rows: quote_id, name, stage, seller, submitted_on, days, quote_waiting, above_limit,
    quote_status; where decided also decided_by, decided_at and note.
    """
    is_decided = any(row["quote_status"] != WAITING for row in rows)
    heads = [
        (t("Quote"), "text"),
        (t("Stage"), "text minor"),
        (t("Deal owner"), "text minor"),
        (t("Decided") if is_decided else t("Submitted (UTC)"), "text minor"),
        (t("Amount"), "number"),
        ("", "text"),
    ]
    head = html.Tr([html.Th(text, scope="col", className=kind) for text, kind in heads])
    lines = [_line(row, name, may_decide=may_decide) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(lines)], className="plain-table")
    return html.Div(table, id=id, className="table-scroll", tabIndex=0)


def _line(row: Row, name: Callable[[str], str], *, may_decide: bool) -> html.Tr:
    who = [html.B(row["name"] or row["opportunity_id"]), html.P(row["quote_id"], className="muted")]
    is_waiting = row["quote_status"] == WAITING
    since = t("{day}, {days}", day=day(row["submitted_on"]), days=figure(row["days"], "days"))
    cells = (
        (who, "text"),
        (label_of("stage", row["stage"] or ""), "text minor"),
        (name(row["seller"] or ""), "text minor"),
        (since if is_waiting else _decided(row), "text minor"),
        (figure(row["quote_waiting"], "money"), "number"),
        (_state(row, may_decide=may_decide), "text"),
    )
    return html.Tr([html.Td(cell, className=kind) for cell, kind in cells])


def _decided(row: Row) -> list[Any]:
    words = " · ".join(part for part in (row["decided_by"], row["decided_at"]) if part)
    note = [html.P(row["note"], className="muted")] if row["note"] else []
    return [words or BLANK, *note]


def _state(row: Row, *, may_decide: bool) -> Any:
    """Return what stands beside a quote: buttons for the director, words for everybody else."""
    status = row["quote_status"]
    if not row["above_limit"]:
        return t("below the limit")
    words = label_of("quote_status", status) if status != WAITING else t("waits for approval")
    if not may_decide:
        return words
    offered = [s for s in (APPROVED, RETURNED) if s != status]
    said = [] if status == WAITING else [html.Span(f"{words} ", className="muted")]
    return html.Div([*said, *(_button(row, s) for s in offered)], className="decide")


def _button(row: Row, status: str) -> html.Button:
    is_yes = status == APPROVED
    return html.Button(
        t("Approve") if is_yes else t("Send back"),
        id={"type": "pipeline-decide", "key": f"{status}|{row['quote_status']}|{row['quote_id']}"},
        type="button",
        className="btn btn-primary" if is_yes else "btn btn-outline",
    )


def note_field() -> html.Label:
    """Return the field for the reason of a return."""
    field = dbc.Input(id=NOTE, type="text", maxLength=500, debounce=False, autocomplete="off")
    return html.Label(
        [html.Span(t("Why, in one line; needed to send back")), field], className="field"
    )
