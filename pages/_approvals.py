"""Decisions on quotes as pages use them: the overlay of this process, and a decision made."""

import threading
from typing import Any

import pandas as pd

from data import settings
from data.domain.approvals import APPROVED, Approvals
from data.domain.filters import Filters
from data.i18n import day_and_time, t
from data.state import quotes as decided
from data.state.quotes import Decision, UnknownQuoteError
from pages._state import actor_now, state
from queries import quotes
from queries.run import run_page

_lock = threading.Lock()
_kept: dict[str, Approvals] = {}


def approvals_now(_filters: Filters) -> Approvals:
    """Return the limit and the decisions; they are read again when a newer one is there."""
    number, limit = decided.newest(state()), settings.number("APPROVAL_LIMIT")
    with _lock:
        found = _kept.get(str(state().url))
        if found is None or (found.number, found.limit) != (number, limit):
            pairs = [(d.quote_id, d.status) for d in decided.decisions(state()).values()]
            found = Approvals(number, limit, tuple(sorted(pairs)))
            _kept[str(state().url)] = found
        return found


def decide(filters: Filters, quote_id: str, *, seen: str, status: str, note: str) -> str:
    """Decide on a quote as the reader, who saw it in a status, and return what was done.

    That it is there and above the limit comes from the warehouse, with the reader's rights; who
    may decide, and that nobody decided since, from data.state, which logs refused attempts.
    """
    decided.require_right(state(), actor=actor_now(), quote_id=quote_id)
    lists = (quotes.quote_members, quotes.decided_members)
    rows = pd.concat([run_page(query, filters.unfocused(), limit=None) for query in lists])
    mine = rows[(rows["quote_id"] == quote_id) & (rows["above_limit"] == 1)]
    if mine.empty:
        raise UnknownQuoteError(f"Quote {quote_id} does not wait for your decision. Look again.")
    made = decided.decide(
        state(), actor=actor_now(), quote_id=quote_id, seen=seen, status=status, note=note
    )
    who = {"quote": quote_id, "name": str(mine["name"].iloc[0] or "")}
    if made.status == APPROVED:
        return t("Quote {quote} of {name} is approved. It is in the audit log.", **who)
    return t("Quote {quote} of {name} is returned. It is in the audit log.", **who)


def with_decisions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with who decided, when and why."""
    known = decided.decisions(state())
    return [{**row, **_told(known.get(row["quote_id"]))} for row in rows]


def _told(made: Decision | None) -> dict[str, str]:
    if made is None:
        return {"decided_by": "", "decided_at": "", "note": ""}
    at = day_and_time(made.decided_at)
    return {"decided_by": made.decided_by, "decided_at": at, "note": made.note}
