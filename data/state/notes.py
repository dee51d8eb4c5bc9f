"""Notes on days, metrics and customers: written, changed by author or lead, and taken back."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, insert, or_, select, update

from data.access.reader import Reader
from data.domain.note import Note, NoteError
from data.state.audit import record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.tables import note

WRITE, OTHERS = "write-notes", "assign-tasks"
_n = note.c
GONE = "There is no such note that you may change. Look at the list again."


class UnknownNoteError(StateError):
    """There is no such note that the actor may change."""


class ChangedNoteError(StateError):
    """The note is not any more what was read: somebody has changed it, or another window."""


@dataclass(frozen=True)
class NoteRecord:
    """One note as the state database knows it."""

    note_id: int
    on_day: date | None
    metric: str | None
    customer_id: str | None
    body: str
    audience: str
    author: str
    author_team: str | None
    made_at: datetime
    changed_at: datetime
    deleted_at: datetime | None
    version: int
    #: Who changed it last; None where it is as it was written.
    changed_by: str | None = None


@dataclass(frozen=True)
class NoteReader:
    """Who reads notes: by name, and the teams whose notes that reader may see (None: all)."""

    user_id: str
    teams: frozenset[str] | None


@dataclass(frozen=True)
class NoteQuery:
    """Which notes are looked for; what is empty narrows nothing."""

    since: date | None = None
    until: date | None = None
    metric: str = ""
    words: str = ""
    #: Notes on a day alone say something of every metric.
    is_of_days: bool = False


def notes(
    database: Engine, reader: NoteReader, query: NoteQuery, *, limit: int
) -> list[NoteRecord]:
    """Return the notes that a reader may see, the latest day first.

    Whether their customers are within the reader's scope is for the caller to look at.
    """
    order = (_n.on_day.is_(None), _n.on_day.desc(), _n.note_id.desc())
    seen = (_n.deleted_at.is_(None), _seen_by(reader))
    stmt = select(note).where(*seen, *_wanted(query)).order_by(*order).limit(limit)
    with reading(database) as connection:
        return [NoteRecord(**row) for row in connection.execute(stmt).mappings()]


def _seen_by(reader: NoteReader) -> ColumnElement[bool]:
    is_own = _n.author == reader.user_id
    is_team = _n.audience == "team"
    if reader.teams is not None:
        is_team = and_(is_team, _n.author_team.in_(sorted(reader.teams)))
    return or_(is_own, is_team, _n.audience == "company")


def _wanted(query: NoteQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.since:
        wanted.append(_n.on_day >= query.since)
    if query.until:
        wanted.append(_n.on_day < query.until)
    if query.metric:
        about = _n.metric == query.metric
        of_days = and_(_n.metric.is_(None), _n.customer_id.is_(None))
        wanted.append(or_(about, of_days) if query.is_of_days else about)
    for word in query.words.split():
        wanted.append(func.lower(_n.body).contains(word.lower(), autoescape=True))
    return wanted


def note_of(database: Engine, reader: NoteReader, note_id: int) -> NoteRecord | None:
    """Return one note that a reader may see, a deleted one too; None where there is none."""
    with reading(database) as connection:
        stmt = select(note).where(_n.note_id == note_id, _seen_by(reader))
        row = connection.execute(stmt).mappings().first()
    return NoteRecord(**row) if row else None


# --- writing ---------------------------------------------------------------------------------


def write_note(database: Engine, *, actor: Reader, said: Note, team: str | None) -> NoteRecord:
    """Keep a new note; `team` is the author's, whose readers see what is for the team."""
    require(database, actor=actor, permission=WRITE, subject="note/new")
    _check_team(said, team)
    now = utc_now()
    with writing(database) as connection:
        number = (connection.execute(select(func.max(_n.note_id))).scalar() or 0) + 1
        row: dict[str, Any] = {
            "note_id": number,
            **asdict(said),
            "body": said.body.strip(),
            "author": actor.user_id,
            "author_team": team,
            "made_at": now,
            "changed_at": now,
            "version": 1,
        }
        connection.execute(insert(note).values(**row))
        _log(connection, actor, "note-written", number, {"audience": said.audience})
        return _found(connection, number)


def change_note(
    database: Engine, *, actor: Reader, note_id: int, version: int, said: Note
) -> NoteRecord:
    """Change a note that is still as it was read.

    Another's note takes `assign-tasks`; that its author is led by the actor has been checked by
    who asks.
    """
    return _change(database, actor, (note_id, version), "note-changed", said=said)


def delete_note(database: Engine, *, actor: Reader, note_id: int, version: int) -> NoteRecord:
    """Take a note away; `restore_note` brings it back."""
    return _change(database, actor, (note_id, version), "note-deleted", deleted_at=utc_now())


def restore_note(database: Engine, *, actor: Reader, note_id: int, version: int) -> NoteRecord:
    """Bring a deleted note back."""
    return _change(database, actor, (note_id, version), "note-restored", deleted_at=None)


def _change(
    database: Engine,
    actor: Reader,
    read: tuple[int, int],
    action: str,
    *,
    said: Note | None = None,
    **values: Any,
) -> NoteRecord:
    number, version = read
    require(database, actor=actor, permission=WRITE, subject=f"note/{number}")
    with writing(database) as connection:
        before = _found(connection, number)
        is_back = action == "note-restored"
        if not _may_change(before, actor) or bool(before.deleted_at) is not is_back:
            raise UnknownNoteError(GONE)
        if before.version != version:
            raise ChangedNoteError(
                "The note has been changed meanwhile. Open it again; nothing was saved."
            )
        if said:
            _check_team(said, before.author_team)
            _check_author(said, before, actor)
            values |= {**asdict(said), "body": said.body.strip()}
        made = {"changed_at": utc_now(), "changed_by": actor.user_id, "version": version + 1}
        connection.execute(update(note).where(_n.note_id == number).values(**values, **made))
        _log(connection, actor, action, number, {"audience": values.get("audience", "")})
        return _found(connection, number)


def _may_change(before: NoteRecord, actor: Reader) -> bool:
    if before.author == actor.user_id:
        return True
    return before.audience != "own" and actor.may(OTHERS)


def _check_author(said: Note, before: NoteRecord, actor: Reader) -> None:
    if said.audience == "own" and before.author != actor.user_id:
        raise NoteError("Only its author keeps a note for nobody else. Delete it instead.")


def _check_team(said: Note, team: str | None) -> None:
    if said.audience == "team" and not team:
        raise NoteError("Who belongs to no team writes for the company or for nobody else.")


def _found(connection: Connection, number: int) -> NoteRecord:
    row = connection.execute(select(note).where(_n.note_id == number)).mappings().first()
    if row is None:
        raise UnknownNoteError(GONE)
    return NoteRecord(**row)


def _log(
    connection: Connection, actor: Reader, action: str, number: int, details: dict[str, Any]
) -> None:
    about = {"actor": actor.acting, "action": action, "subject": f"note/{number}"}
    record(connection, **about, details=details)
