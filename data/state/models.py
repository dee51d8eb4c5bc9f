"""Scoring models as versions: drafted, proposed, decided by someone else, in force from a month.

draft → proposed → approved; a proposal may go back to draft or be rejected (retired). An approved
version stays in force for its months for ever, unless another one is approved for its first month.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from data.access.reader import SYSTEM, Reader
from data.domain.canonical import canonical_json
from data.domain.model import ModelError, ScoringModel
from data.state import model_checks as checks
from data.state import model_rows
from data.state.audit import record, require, utc_now
from data.state.engine import reading, writing
from data.state.model_checks import APPROVE, BEGINNING, PROPOSE
from data.state.model_rows import ModelRecord, UnknownModelError, subject_of


def models(database: Engine) -> list[ModelRecord]:
    """Return every version, oldest first."""
    with reading(database) as connection:
        return model_rows.all_of(connection)


def model(database: Engine, version: int) -> ModelRecord:
    """Return one version; raise UnknownModelError where there is none."""
    with reading(database) as connection:
        return model_rows.found(connection, version)


def approved_models(database: Engine) -> list[ModelRecord]:
    """Return the approved versions by effective month: each is in force until the next one's."""
    with reading(database) as connection:
        return model_rows.approved(connection)


def approved_model(database: Engine, *, on: date | None = None) -> ModelRecord:
    """Return the version in force on a day; without a day, the one of the latest month."""
    in_force = [m for m in approved_models(database) if on is None or checks.month_of(m) <= on]
    if not in_force:
        raise UnknownModelError(f"No scoring model is in force on {on}. Name a later day.")
    return in_force[-1]


# --- writing ---------------------------------------------------------------------------------


def draft_model(
    database: Engine,
    *,
    actor: Reader,
    definition: ScoringModel,
    name: str,
    from_version: int | None = None,
) -> ModelRecord:
    """Add a draft under the next version number."""
    require(database, actor=actor, permission=PROPOSE, subject="scoring-model/new")
    named = replace(definition, name=name)
    with writing(database) as connection:
        before = from_version and model_rows.found(connection, from_version).definition
        made = model_rows.insert_draft(
            connection, made_by=actor.user_id, definition=named, from_version=from_version
        )
        changed = named.changes(before) if before else {}
        _log(connection, actor, "model-drafted", made, {"changes": changed})
        return made


def propose_model(database: Engine, *, actor: Reader, version: int) -> ModelRecord:
    """Put a draft before those who approve."""
    require(database, actor=actor, permission=PROPOSE, subject=subject_of(version))
    with writing(database) as connection:
        checks.expect(connection, version, state="draft", done="proposed")
        made = model_rows.change(
            connection, version, state="proposed", proposed_by=actor.user_id, proposed_at=utc_now()
        )
        _log(connection, actor, "model-proposed", made)
        return made


def approve_model(
    database: Engine,
    *,
    actor: Reader,
    version: int,
    effective_month: date,
    open_month: date | None = None,
) -> ModelRecord:
    """Put a proposed version in force from a month on; months before it keep their model.

    `open_month` is the first month that is not closed, where there are data.
    """
    require(database, actor=actor, permission=APPROVE, subject=subject_of(version))
    checks.check_month(effective_month, open_month)
    with writing(database) as connection:
        proposal = checks.expect(connection, version, state="proposed", done="approved")
        checks.check_other_hand(connection, actor, proposal)
        newest = model_rows.approved(connection)[-1]
        checks.check_order(effective_month, newest)
        replaced = newest if newest.effective_month == effective_month else None
        if replaced:
            retired = model_rows.change(connection, replaced.version, state="retired")
            _log(connection, actor, "model-retired", retired, {"replaced_by": version})
        # Why it was returned before is answered now; the audit log keeps it.
        made = _decide(
            connection, actor, version, state="approved", effective_month=effective_month, note=""
        )
        details = {
            "effective_month": f"{effective_month:%Y-%m}",
            "proposed_by": proposal.proposed_by,
        }
        _log(connection, actor, "model-approved", made, details)
        return made


def return_model(database: Engine, *, actor: Reader, version: int, note: str) -> ModelRecord:
    """Give a proposal back as a draft, which may be proposed again; the note says why."""
    return _turn_down(database, actor, version, note=note, state="draft")


def reject_model(database: Engine, *, actor: Reader, version: int, note: str) -> ModelRecord:
    """Turn a proposal down for good; the note says why."""
    return _turn_down(database, actor, version, note=note, state="retired")


def record_fit(
    database: Engine, *, actor: Reader, version: int, fitted: Mapping[str, Any]
) -> ModelRecord:
    """Keep what was fitted: in the version itself the first time, in a new draft ever after.

    The same parameters again change nothing, and the version that holds them is returned.
    """
    require(database, actor=actor, permission=PROPOSE, subject=subject_of(version))
    parameters = _parameters(fitted)
    with writing(database) as connection:
        before = model_rows.found(connection, version)
        if (same := model_rows.holding(connection, version, parameters)) is not None:
            return same
        if before.fitted is None and before.state != "retired":
            made = model_rows.change(connection, version, fitted=parameters)
            _log(connection, actor, "model-fitted", made)
            return made
        made = model_rows.insert_draft(
            connection,
            made_by=actor.user_id,
            definition=before.definition,
            from_version=version,
            fitted=parameters,
        )
        _log(connection, actor, "model-refitted", made)
        return made


def keep_fit(database: Engine, *, actor: Reader, version: int, fitted: Mapping[str, Any]) -> int:
    """Keep what a version in force has learnt and return the version that holds it.

    That is the version itself at its first fit. Where it has learnt from other data before (its
    `origin` differs), a new version with the same definition takes its place and its month: a
    company that is loaded in place of another is not judged by what the other has taught.
    """
    require(database, actor=actor, permission=APPROVE, subject=subject_of(version))
    parameters = _parameters(fitted)
    with writing(database) as connection:
        before = checks.expect(connection, version, state="approved", done="fitted")
        if before.fitted is None:
            made = model_rows.change(connection, version, fitted=parameters)
            _log(connection, actor, "model-fitted", made)
            return version
        if before.fitted.get("origin") == fitted.get("origin"):
            return version
        made = model_rows.insert_draft(
            connection,
            made_by=actor.user_id,
            definition=before.definition,
            from_version=version,
            fitted=parameters,
        )
        retired = model_rows.change(connection, version, state="retired")
        _log(connection, actor, "model-retired", retired, {"replaced_by": made.version})
        month = checks.month_of(before)
        made = _decide(connection, actor, made.version, state="approved", effective_month=month)
        _log(connection, actor, "model-fitted-to-other-data", made)
        return made.version


def ship_model(connection: Connection) -> None:
    """Put the five dimensions in force from the beginning, where there is no version yet."""
    if model_rows.all_of(connection):
        return
    made = model_rows.insert_draft(connection, made_by=SYSTEM.user_id, definition=ScoringModel())
    made = _decide(connection, SYSTEM, made.version, state="approved", effective_month=BEGINNING)
    _log(connection, SYSTEM, "model-shipped", made)


# --- what the writes share -------------------------------------------------------------------


def _turn_down(
    database: Engine, actor: Reader, version: int, *, note: str, state: str
) -> ModelRecord:
    done = "returned" if state == "draft" else "rejected"
    require(database, actor=actor, permission=APPROVE, subject=subject_of(version))
    checks.check_note(version, note, done=done)
    with writing(database) as connection:
        checks.expect(connection, version, state="proposed", done=done)
        made = _decide(connection, actor, version, state=state, note=note.strip())
        _log(connection, actor, f"model-{done}", made, {"note": made.note})
        return made


def _decide(connection: Connection, actor: Reader, version: int, **values: Any) -> ModelRecord:
    return model_rows.change(
        connection, version, decided_by=actor.user_id, decided_at=utc_now(), **values
    )


def _parameters(fitted: Mapping[str, Any]) -> str:
    try:
        text = canonical_json(fitted)
    except (TypeError, ValueError) as error:
        raise ModelError(
            f"A fit is plain JSON with finite numbers: {error}. Leave such a fit out."
        ) from error
    if not fitted:
        raise ModelError("A fit without any parameter is no fit. Leave it out.")
    return text


def _log(
    connection: Connection,
    actor: Reader,
    action: str,
    made: ModelRecord,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write the audit row of a change, with seals of what the version says."""
    told = {"from": made.from_version, **model_rows.seals(connection, made.version)}
    record(
        connection,
        actor=actor.user_id,
        action=action,
        subject=made.subject,
        details=told | dict(details or {}),
    )
