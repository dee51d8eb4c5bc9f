"""The state database as pages use it: opened once per process, its refusals as sentences."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from data import settings
from data.access.reader import Reader
from data.domain.model import ModelError, ScoringModel
from data.domain.note import NoteError
from data.domain.task import TaskError
from data.i18n import language, t
from data.state import models
from data.state.account_rows import UnknownAccountError
from data.state.accounts import AccountError, LastAdministratorError, PasswordError
from data.state.alerts import UnknownAlertError
from data.state.audit import NotAllowedError
from data.state.engine import StateError
from data.state.model_checks import (
    EffectiveMonthError,
    ModelNoteError,
    ModelStateError,
    OwnProposalError,
)
from data.state.model_rows import UnknownModelError
from data.state.notes import ChangedNoteError, UnknownNoteError
from data.state.opening import open_with_users
from data.state.outbox import UnknownMessageError
from data.state.preferences import PreferenceError
from data.state.quotes import QuoteChangedError, QuoteNoteError, UnknownQuoteError
from data.state.rules import (
    ForeignRuleError,
    StaleRuleError,
    TooManyRulesError,
    UnknownRuleError,
)
from data.state.sign_in import SignInError
from data.state.task_rows import UnknownTaskError
from data.state.tasks import TaskActionError
from data.state.throttle import TooManyError
from data.state.tokens import TokenError
from queries.run import fetcher, reader_now

#: What a refusal says in a language in which data.state does not speak.
TEXTS: dict[type[Exception], str] = {
    OwnProposalError: "Whoever proposed a version does not approve it: someone else must.",
    ForeignRuleError: "This belongs to somebody else. Make one of your own like it.",
    StaleRuleError: "Somebody has changed this rule meanwhile. Reload it, or save over it.",
    UnknownRuleError: "There is no such rule any more.",
    TooManyRulesError: "You have as many of these as one person may have. Remove one first.",
    UnknownAlertError: "There is no such alert any more.",
    UnknownMessageError: "There is no such dead letter any more.",
    QuoteChangedError: "Somebody has decided on this quote meanwhile. Look at it again.",
    UnknownQuoteError: "This quote does not wait for your decision. Look at the list again.",
    QuoteNoteError: "Say in one line why the quote is returned.",
    NotAllowedError: "You may not do this. The attempt is in the audit log.",
    ModelStateError: "Somebody has changed this version meanwhile. Look at the list again.",
    ModelNoteError: "Say in one line why the version is returned or rejected.",
    UnknownModelError: "There is no such version of the scoring model.",
    EffectiveMonthError: "The version cannot take effect from this month. Choose a later one.",
    UnknownAccountError: "There is no such user.",
    LastAdministratorError: "This is the last administrator. Make another one first.",
    PasswordError: "The password cannot be this one: choose a longer one that nobody guesses, or"
    " ask whoever keeps your password.",
    AccountError: "The account cannot be changed in this way.",
    PreferenceError: "This language or these colours cannot be chosen.",
    SignInError: "The present password is not this one.",
    TooManyError: "Too many attempts. Wait a while and try again.",
    UnknownTaskError: "There is no such task any more.",
    TaskActionError: "There is nothing of yours to undo.",
    TaskError: "A task cannot be so. It needs a title of one line and an owner; a day is a date.",
    UnknownNoteError: "There is no such note any more that you may change.",
    ChangedNoteError: "The note has been changed meanwhile. Open it again; nothing was saved.",
    NoteError: "A note cannot be so. It says something, of a day, a metric or a customer.",
    TokenError: "A token needs a name of at most 60 letters and holds for 1 to 365 days.",
    ModelError: "A scoring model cannot be so. Check its name, weights and limits.",
    StateError: "The state database did not do it, and nothing was changed. Try again.",
}


class FormError(ValueError):
    """A form cannot be kept as it is; the sentence is in the reader's language."""


@dataclass
class _Held:
    """The one engine of this process, and where it is opened."""

    url: str = ""
    var: Path | None = None
    engine: Engine | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_held = _Held()


def use_state() -> None:
    """Let this process use the state database of the settings, opened when first asked for."""
    with _held.lock:
        _held.url, _held.var, _held.engine = settings.value("STATE_URL"), settings.var(), None


def state() -> Engine:
    """Return the engine of the state database; raise StateError where it cannot be opened."""
    with _held.lock:
        if _held.engine is None:
            _held.engine = open_with_users(_held.url, var=_held.var)
        return _held.engine


def actor_now() -> Reader:
    """Return who is reading as the one who writes, with the rights held at this moment."""
    return reader_now()


def live_model(version: int) -> ScoringModel:
    """Return the scoring model by which a version's customers were scored."""
    number = fetcher().info(version).model
    try:
        return models.model(state(), number).definition
    except UnknownModelError:
        # A warehouse that another installation filled: it ships the same first model.
        return ScoringModel(version=number)


def refusal(error: StateError | ModelError | TaskError | NoteError | FormError) -> str:
    """Return why something was refused, in the reader's language."""
    if language() == "en" or isinstance(error, FormError):
        return str(error)
    return next(t(said) for kind, said in TEXTS.items() if isinstance(error, kind))
