"""What a change of a scoring model version must meet; who does not is refused with a sentence."""

from datetime import date

from sqlalchemy import Connection

from data.access.reader import Reader
from data.state import account_rows, model_rows
from data.state.audit import NotAllowedError
from data.state.engine import StateError
from data.state.model_rows import ModelRecord

PROPOSE, APPROVE = "propose-model", "approve-model"
#: The shipped model holds for every month that no later one claims.
BEGINNING = date(1900, 1, 1)
MOST_NOTE_LETTERS = 500
#: What to do instead, by the state in which a version is found.
INSTEAD = {
    "draft": "Propose it first.",
    "proposed": "It waits for a decision.",
    "approved": "It stays as it is; draft a new version from it.",
    "retired": "It stays as it is; draft a new version from it.",
}


class ModelStateError(StateError):
    """The version is not in a state in which this can be done to it."""


class EffectiveMonthError(StateError):
    """The version cannot take effect from this month."""


class ModelNoteError(StateError):
    """A version is turned down without a reason, or with one that is no line of text."""


class OwnProposalError(NotAllowedError):
    """Who proposed a version may not approve it while someone else can."""


def expect(connection: Connection, version: int, *, state: str, done: str) -> ModelRecord:
    """Return the version if it is in the state that is needed, and refuse otherwise."""
    met = model_rows.found(connection, version)
    if met.state != state:
        raise ModelStateError(
            f"Version {version} is {met.state}; only a version that is {state} can be {done}. "
            f"{INSTEAD[met.state]}"
        )
    return met


def check_note(version: int, note: str, *, done: str) -> None:
    """Raise a sentence where a note is no reason for what is done to a version."""
    if not note.strip() or len(note) > MOST_NOTE_LETTERS or not note.isprintable():
        raise ModelNoteError(
            f"Say why version {version} is {done}, in one line of at most {MOST_NOTE_LETTERS} "
            "letters."
        )


def check_other_hand(connection: Connection, actor: Reader, proposal: ModelRecord) -> None:
    """Refuse the approval of one's own proposal, unless nobody else could give it."""
    able = account_rows.holders(connection, APPROVE)
    others = [user for user in able if user != actor.user_id]
    if actor.user_id == proposal.proposed_by and others:
        raise OwnProposalError(
            f"'{actor.user_id}' proposed version {proposal.version}, so someone else approves it: "
            f"{' or '.join(others)}."
        )


def check_month(effective: date, open_month: date | None) -> None:
    """Refuse what is no first of a month, or a month that is closed."""
    if effective.day != 1:
        raise EffectiveMonthError(
            f"{effective} is no month. Name the first day of the month from which it holds."
        )
    if open_month is not None and effective < open_month:
        raise EffectiveMonthError(
            f"{effective:%Y-%m} is closed, and what was reported for it stays. "
            f"The first open month is {open_month:%Y-%m}."
        )


def check_order(effective: date, newest: ModelRecord) -> None:
    """Refuse a month before that of the newest approved version."""
    if effective < month_of(newest):
        raise EffectiveMonthError(
            f"Version {newest.version} is in force from {newest.effective_month:%Y-%m}, and what "
            "came before it stays as it was. Choose that month or a later one."
        )


def month_of(approved: ModelRecord) -> date:
    """Return the month from which an approved version is in force."""
    # The table holds that an approved version has a month.
    return approved.effective_month or BEGINNING
