"""The notes that a reader may see: on charts of months and in the explanation of a number.

They lie in the state database and are laid over a figure after it is drawn, so that no cached
answer of the warehouse holds them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import structlog

from components.figures.notes import with_notes
from components.notes import NoteLine
from data.domain.period import DAY, add_months, month_start
from data.i18n import day, t
from data.state import accounts, notes
from data.state.engine import StateError
from data.state.notes import NoteQuery, NoteReader, NoteRecord
from pages._state import state
from queries.metrics import METRICS
from queries.run import fetcher, reader_now, scope_now

#: Notes that one chart, or one explanation, tells.
MOST_TOLD = 60
log = structlog.get_logger("notes")


def note_reader() -> NoteReader:
    """Return who reads notes: whoever belongs to a team reads those of the teams above it, too."""
    reader, scope = reader_now(), scope_now()
    if scope.is_company_wide:
        return NoteReader(reader.user_id, None)
    above: set[str] = set()
    team = own_team()
    while team and team not in above:
        above.add(team)
        team = fetcher().info().parents.get(team)
    return NoteReader(reader.user_id, frozenset(above | set(scope.teams or ())))


def own_team() -> str | None:
    """Return the reader's team, for whom notes to a team are; None over the whole company."""
    reader = reader_now()
    if reader.rep_id:
        return fetcher().info().reps.get(reader.rep_id)
    return reader.team_id


def authors() -> dict[str, str]:
    """Return the names of those who may have written notes."""
    found = accounts.accounts(state())
    return {each.user_id: t(each.name) if each.is_demo else each.name for each in found}


def line_of(
    found: NoteRecord, names: dict[str, str], *, customer: str = "", is_mine: bool = False
) -> NoteLine:
    """Return a note in words; `is_mine`: the reader may change it."""
    metric = METRICS.get(found.metric or "")
    about = [day(found.on_day)] if found.on_day else []
    about += [t(metric.label)] if metric else []
    about += [customer] if customer else []
    return NoteLine(
        note=found.note_id,
        version=found.version,
        about=" · ".join(about),
        body=found.body,
        author=names.get(found.author, found.author),
        audience=found.audience,
        when=_when(found, names),
        is_mine=is_mine,
    )


def _when(found: NoteRecord, names: dict[str, str]) -> str:
    """Return when a note was written, and when and by whom it was changed."""
    written = t("written {day}", day=day(found.made_at.date()))
    if not found.changed_by:
        return written
    who = names.get(found.changed_by, found.changed_by)
    changed = t("changed {day} by {name}", day=day(found.changed_at.date()), name=who)
    return f"{written} · {changed}"


def of_metric(key: str) -> list[NoteLine]:
    """Return the notes on a metric, and those on days, which say something of every metric."""
    found = _read(NoteQuery(metric=key, is_of_days=True))
    names = authors() if found else {}
    return [line_of(each, names) for each in found]


def laid_over(answer: Any, keys: Sequence[str]) -> Any:
    """Return an answer of one or more outputs with notes on figures; `keys` are their metrics."""
    if len(keys) == 1:
        return _over(answer, keys[0])
    if not isinstance(answer, list | tuple) or len(answer) != len(keys):
        return answer
    return [_over(part, key) for part, key in zip(answer, keys, strict=True)]


def _over(figure: Any, metric: str) -> Any:
    """Return a figure with the notes of its months, where it has an axis of months."""
    span = _months(figure) if metric else None
    if span is None:
        return figure
    since, until = span
    found = _read(NoteQuery(since=since, until=until, metric=metric, is_of_days=True))
    if not found:
        return figure
    names = authors()
    lines = [(month_start(n.on_day or since), line_of(n, names)) for n in found]
    return with_notes(figure, lines)


def _read(query: NoteQuery) -> list[NoteRecord]:
    """Return notes about no customer; without the state database there are none."""
    try:
        found = notes.notes(state(), note_reader(), query, limit=MOST_TOLD)
    except StateError:
        log.exception("notes not read")
        return []
    return [each for each in found if each.customer_id is None]


def _months(figure: Any) -> tuple[date, date] | None:
    """Return the months that a figure spans; None where its axis is no axis of months."""
    layout = figure.get("layout") if isinstance(figure, dict) else None
    axis = layout.get("xaxis", {}) if isinstance(layout, dict) else {}
    if axis.get("type") != "date" or not axis.get("range"):
        return None
    first, last = (date.fromisoformat(str(end)[:10]) for end in axis["range"])
    # Half a month of room lies before the first and behind the last.
    return add_months(month_start(first), 1), month_start(last) + DAY * 31
