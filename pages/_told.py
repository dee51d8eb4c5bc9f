"""What a reader is told where a panel could not be drawn, in the panel's own shape."""

import secrets
from typing import Any

import dash
import structlog

from components import states
from components.figures.empty import empty_figure
from data.i18n import t
from data.warehouse.engine import GoneError, WarehouseError
from data.warehouse.fetch import (
    BusyError,
    HeavyError,
    OtherReleaseError,
    PanelError,
    SlowError,
)
from data.warehouse.versions import DamagedError, NoWarehouseError
from queries.run import NotKnownThenError

log = structlog.get_logger("pages")


class MissingDataError(WarehouseError):
    """The tables that a panel needs hold no rows."""


class ForbiddenError(Exception):
    """The reader lacks the permission."""


def told(shape: Any, where: str, error: Exception) -> Any:
    """Return what the reader is told about a panel that could not be drawn."""
    if isinstance(error, ForbiddenError):
        return failed(shape, states.sentence_for("forbidden"))
    if isinstance(error, NotKnownThenError):
        return _everywhere(shape, not_known_words(error))
    if isinstance(error, MissingDataError):
        return failed(shape, str(error), is_error=False)
    if isinstance(error, PanelError):
        return _unanswered(shape, where, error)
    if isinstance(error, WarehouseError):
        kind = _kind_of(error)
        log.warning("warehouse not read", why=repr(error))
        return failed(shape, states.sentence_for(kind), is_worth_another_try=kind in PASSING)
    return failed(shape, *_unknown(where))


#: What the warehouse cannot do, in the reader's words; the error's own are for the log.
KINDS: dict[type[WarehouseError], str] = {
    GoneError: "gone",
    OtherReleaseError: "release",
    DamagedError: "damaged",
    NoWarehouseError: "nothing",
    HeavyError: "heavy",
    BusyError: "busy",
}


#: What may be over when the reader asks again.
PASSING = frozenset({"panel", "busy", "gone"})


def warehouse_words(error: WarehouseError) -> str:
    """Return what a reader is told where a whole version cannot be read."""
    log.warning("warehouse not read", why=repr(error))
    if isinstance(error, SlowError):
        return t(
            "Took longer than {seconds} s and was stopped. Narrow the dates.", seconds=error.seconds
        )
    return states.sentence_for(KINDS.get(type(error), "unreachable"))


def not_known_words(error: NotKnownThenError) -> str:
    """Return why a question cannot be asked of a past month end, and what to do."""
    reasons = {
        "model": t(
            "Risk and expected loss are what the models say of customers today; they are not kept"
            " with a month end."
        ),
        "check": t("How well the models do is tested at each refresh, and only of today's models."),
        "parts": t(
            "Of a month end the tier, the lifecycle, the score and the value are kept, and not what"
            " the score is made of, signals and cut points."
        ),
        "waiting": t("What waits for an answer or a follow-up is known as it stands today."),
        "done_here": t("What was done and decided here is known as it stands today."),
        "handed_on": t("Who looks after a customer is known as it stands today."),
    }
    other = t("This figure is not kept with a month end.")
    return f"{reasons.get(error.reason, other)} {t('Go back to today to see it.')}"


def _everywhere(shape: Any, sentence: str) -> Any:
    """Return a sentence for each panel that a callback fills: its charts, or else its lists."""
    if not isinstance(shape, list | tuple):
        return failed(shape, sentence, is_error=False)
    has_charts = any(part.component_property == "figure" for part in shape)
    return [
        failed(part, sentence, is_error=False)
        if place == 0 or not has_charts or part.component_property == "figure"
        else ""
        for place, part in enumerate(shape)
    ]


def _unanswered(shape: Any, where: str, error: PanelError) -> Any:
    """Return what the reader is told about a panel that the warehouse did not answer."""
    if error.kind == "failed":
        return failed(shape, *_unknown(where))
    log.warning("panel not answered", where=where, kind=error.kind, why=repr(error.__cause__))
    kind = _kind_of(error)
    words = _slow_words(error) if isinstance(error, SlowError) else states.sentence_for(kind)
    return failed(shape, words, is_worth_another_try=kind in PASSING)


def _slow_words(error: SlowError) -> str:
    return t(
        "Took longer than {seconds} s and was stopped. Narrow the dates or export instead.",
        seconds=error.seconds,
    )


def _kind_of(error: WarehouseError) -> str:
    """Return which sentence a panel shows; "panel" where the warehouse does not answer."""
    return KINDS.get(type(error), "panel")


def _unknown(where: str) -> tuple[str, str]:
    ref = secrets.token_hex(4)
    log.exception("panel failed", where=where, ref=ref)
    return states.sentence_for("unknown"), ref


def failed(
    output: Any,
    sentence: str,
    ref: str = "",
    *,
    is_error: bool = True,
    is_worth_another_try: bool = False,
) -> Any:
    """Return a sentence in the shape of the output: a figure or a component."""
    if isinstance(output, list | tuple):
        first, *rest = output
        how = {"is_error": is_error, "is_worth_another_try": is_worth_another_try}
        said = failed(first, sentence, ref, **how)
        return [said, *(_beside(part, sentence, ref) for part in rest)]
    if output.component_property == "figure":
        words = f"{sentence} {t('Reference {ref}', ref=ref)}" if ref else sentence
        return empty_figure(words, is_worth_another_try=is_worth_another_try)
    if output.component_property != "children":
        return dash.no_update
    if not is_error:
        return states.empty(sentence)
    return states.error("", sentence, ref, is_worth_another_try=is_worth_another_try)


def _beside(output: Any, sentence: str, ref: str) -> Any:
    """Return what the second output of a callback shows: a chart says why it is empty."""
    is_chart = output.component_property == "figure"
    return failed(output, sentence, ref) if is_chart else dash.no_update
