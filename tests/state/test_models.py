"""Scoring model versions: every change of state, every one that is refused, and who may do it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.demo_readers import DEMO_READERS
from data.access.permissions import PERMISSIONS
from data.access.reader import SYSTEM, Reader
from data.access.roles import ROLES, Role, roles_with
from data.domain.canonical import sha256
from data.domain.model import FIFTY_THIRTY_TWENTY, ModelError, ScoringModel
from data.state import models
from data.state.accounts import disable, ship_demo_users
from data.state.audit import NotAllowedError, entries, verify
from data.state.engine import StateError
from data.state.model_checks import (
    BEGINNING,
    EffectiveMonthError,
    ModelStateError,
    OwnProposalError,
)
from data.state.model_rows import ModelRecord, UnknownModelError
from data.state.models import (
    approve_model,
    approved_model,
    approved_models,
    draft_model,
    model,
    propose_model,
    record_fit,
    reject_model,
    return_model,
)

ANALYST, EXECUTIVE, ADMIN = (DEMO_READERS[u] for u in ("analyst", "executive", "admin"))
POWERLESS = Reader("executive", "Executive", Role("none", "None", frozenset()))
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
FIT = {"buying": {"r": 0.243, "alpha": 4.414}, "converged": True}


def drafted(database: Engine, **changed: Any) -> ModelRecord:
    definition = ScoringModel(**{"high_score": 85, **changed})
    return draft_model(
        database, actor=ANALYST, definition=definition, name="stricter", from_version=1
    )


def in_state(database: Engine, state: str) -> int:
    """Return a new version in the state."""
    version = drafted(database).version
    if state != "draft":
        propose_model(database, actor=ANALYST, version=version)
    if state == "approved":
        approve_model(database, actor=EXECUTIVE, version=version, effective_month=DECEMBER)
    if state == "retired":
        reject_model(database, actor=EXECUTIVE, version=version, note="no")
    return version


def actions(database: Engine, version: int) -> list[str]:
    return [e.action for e in entries(database, f"scoring-model/{version}")]


# --- the way of a version ------------------------------------------------------------------


def test_draft_propose_approve(database: Engine) -> None:
    made = drafted(database)
    assert (made.version, made.state, made.made_by, made.from_version) == (2, "draft", "analyst", 1)
    assert made.definition == ScoringModel(version=2, name="stricter", high_score=85)
    proposed = propose_model(database, actor=ANALYST, version=2)
    assert (proposed.state, proposed.proposed_by) == ("proposed", "analyst")
    approved = approve_model(database, actor=EXECUTIVE, version=2, effective_month=DECEMBER)
    assert (approved.state, approved.decided_by) == ("approved", "executive")
    assert approved.effective_month == DECEMBER
    assert approved.decided_at is not None
    assert approved.decided_at >= approved.made_at
    assert model(database, 2) == approved
    assert actions(database, 2) == ["model-drafted", "model-proposed", "model-approved"]
    assert verify(database).rows == 4


def test_the_audit_row_of_a_draft_tells_what_changed_and_seals_it(database: Engine) -> None:
    made = drafted(database)
    (entry,) = entries(database, made.subject)
    assert entry.details == {
        "from": 1,
        "changes": {"high_score": [80, 85], "name": ["five dimensions", "stricter"]},
        "definition": sha256(made.definition.to_json()),
        "fitted": None,
    }


def test_a_returned_proposal_is_a_draft_and_can_be_proposed_again(database: Engine) -> None:
    version = in_state(database, "proposed")
    back = return_model(database, actor=ADMIN, version=version, note="Which customers move?")
    assert (back.state, back.note) == ("draft", "Which customers move?")
    assert propose_model(database, actor=ANALYST, version=version).state == "proposed"
    assert actions(database, version)[2:] == ["model-returned", "model-proposed"]


def test_an_approval_answers_the_note_of_an_earlier_return(database: Engine) -> None:
    version = in_state(database, "proposed")
    return_model(database, actor=ADMIN, version=version, note=" Which customers move? ")
    assert propose_model(database, actor=ANALYST, version=version).note == "Which customers move?"
    made = approve_model(database, actor=EXECUTIVE, version=version, effective_month=DECEMBER)
    assert made.note == ""
    notes = [e.details.get("note") for e in entries(database, made.subject)]
    assert notes.count("Which customers move?") == 1


def test_a_rejected_proposal_is_retired(database: Engine) -> None:
    version = in_state(database, "proposed")
    gone = reject_model(database, actor=EXECUTIVE, version=version, note="不需要")
    assert (gone.state, gone.note, gone.effective_month) == ("retired", "不需要", None)
    assert approved_model(database).version == 1


def test_the_second_preset_goes_the_same_way(database: Engine) -> None:
    definition = ScoringModel.of_preset(FIFTY_THIRTY_TWENTY)
    made = draft_model(database, actor=ANALYST, definition=definition, name="50/30/20")
    assert made.from_version is None
    assert model(database, made.version).definition.weights == definition.weights


# --- which version is in force ---------------------------------------------------------------


def test_each_month_has_its_version(database: Engine) -> None:
    in_state(database, "approved")
    assert approved_model(database, on=date(2026, 11, 30)).version == 1
    assert approved_model(database, on=DECEMBER).version == 2
    assert approved_model(database, on=date(2031, 5, 5)).version == 2
    assert approved_model(database).version == 2
    assert [m.effective_month for m in approved_models(database)] == [BEGINNING, DECEMBER]


def test_before_the_first_month_there_is_none(database: Engine) -> None:
    with pytest.raises(UnknownModelError, match="in force on 1899-12-31"):
        approved_model(database, on=date(1899, 12, 31))


def test_a_version_for_the_same_month_replaces_the_one_before(database: Engine) -> None:
    first, second = in_state(database, "approved"), in_state(database, "proposed")
    approve_model(database, actor=EXECUTIVE, version=second, effective_month=DECEMBER)
    assert model(database, first).state == "retired"
    assert [m.version for m in approved_models(database)] == [1, second]
    assert actions(database, first)[-1] == "model-retired"
    assert entries(database, f"scoring-model/{first}")[-1].details["replaced_by"] == second


def test_months_before_the_newest_version_keep_theirs(database: Engine) -> None:
    version = in_state(database, "proposed")
    approve_model(database, actor=EXECUTIVE, version=version, effective_month=JANUARY)
    late = in_state(database, "proposed")
    with pytest.raises(EffectiveMonthError, match="Version 2 is in force from 2027-01"):
        approve_model(database, actor=EXECUTIVE, version=late, effective_month=DECEMBER)
    assert model(database, late).state == "proposed"


def test_a_closed_month_stays_closed(database: Engine) -> None:
    version = in_state(database, "proposed")
    with pytest.raises(EffectiveMonthError, match="2026-12 is closed.*first open month is 2027-01"):
        approve_model(
            database,
            actor=EXECUTIVE,
            version=version,
            effective_month=DECEMBER,
            open_month=JANUARY,
        )
    made = approve_model(
        database, actor=EXECUTIVE, version=version, effective_month=JANUARY, open_month=JANUARY
    )
    assert made.state == "approved"


def test_a_day_within_a_month_is_no_month(database: Engine) -> None:
    version = in_state(database, "proposed")
    with pytest.raises(EffectiveMonthError, match="2026-12-05 is no month"):
        approve_model(database, actor=EXECUTIVE, version=version, effective_month=date(2026, 12, 5))


# --- what is refused, by state ---------------------------------------------------------------

Doing = Callable[[Engine, int], Any]
DOINGS: dict[str, tuple[str, Doing]] = {
    "proposed": ("draft", lambda d, v: propose_model(d, actor=ADMIN, version=v)),
    "approved": (
        "proposed",
        lambda d, v: approve_model(d, actor=EXECUTIVE, version=v, effective_month=JANUARY),
    ),
    "returned": ("proposed", lambda d, v: return_model(d, actor=ADMIN, version=v, note="n")),
    "rejected": ("proposed", lambda d, v: reject_model(d, actor=ADMIN, version=v, note="n")),
}
NEXT = {
    "draft": "Propose it first.",
    "proposed": "It waits for a decision.",
    "approved": "It stays as it is; draft a new version from it.",
    "retired": "It stays as it is; draft a new version from it.",
}


@pytest.mark.parametrize("done", DOINGS)
@pytest.mark.parametrize("state", NEXT)
def test_each_change_starts_from_one_state_only(database: Engine, state: str, done: str) -> None:
    wanted, do = DOINGS[done]
    version = in_state(database, state)
    before, rows = model(database, version), verify(database).rows
    if state == wanted:
        do(database, version)
        assert verify(database).rows == rows + 1
        return
    with pytest.raises(ModelStateError) as said:
        do(database, version)
    assert str(said.value) == (
        f"Version {version} is {state}; only a version that is {wanted} can be {done}. "
        f"{NEXT[state]}"
    )
    assert model(database, version) == before
    assert verify(database).rows == rows


@pytest.mark.parametrize("do", [do for _, do in DOINGS.values()], ids=list(DOINGS))
def test_a_version_that_does_not_exist(database: Engine, do: Doing) -> None:
    with pytest.raises(UnknownModelError, match=r"no version 99 .* The newest is 1\."):
        do(database, 99)


@pytest.mark.parametrize("note", ["", "  ", "two\nlines", "x" * 501])
@pytest.mark.parametrize("turn_down", [return_model, reject_model])
def test_turning_down_takes_a_note(
    database: Engine, note: str, turn_down: Callable[..., Any]
) -> None:
    version = in_state(database, "proposed")
    with pytest.raises(StateError, match="Say why version 2 is re(turned|jected), in one line"):
        turn_down(database, actor=ADMIN, version=version, note=note)
    assert model(database, version).state == "proposed"


def test_a_draft_from_nothing_known_or_without_a_name_is_refused(database: Engine) -> None:
    with pytest.raises(UnknownModelError):
        draft_model(database, actor=ANALYST, definition=ScoringModel(), name="x", from_version=42)
    with pytest.raises(ModelError, match="needs a name"):
        draft_model(database, actor=ANALYST, definition=ScoringModel(), name="")
    assert len(models.models(database)) == 1


# --- who may ---------------------------------------------------------------------------------

RIGHTS = {
    "propose-model": {"analyst", "administrator"},
    "approve-model": {"executive", "administrator"},
}


@pytest.mark.parametrize("permission", RIGHTS)
def test_who_holds_the_permission(permission: str) -> None:
    assert {role.key for role in roles_with(permission)} == RIGHTS[permission]


WRITES: dict[str, tuple[str, Callable[[Engine, Reader], Any]]] = {
    "draft": (
        "propose-model",
        lambda d, a: draft_model(d, actor=a, definition=ScoringModel(), name="x"),
    ),
    "propose": ("propose-model", lambda d, a: propose_model(d, actor=a, version=3)),
    "fit": ("propose-model", lambda d, a: record_fit(d, actor=a, version=2, fitted=FIT)),
    "approve": (
        "approve-model",
        lambda d, a: approve_model(d, actor=a, version=2, effective_month=DECEMBER),
    ),
    "return": ("approve-model", lambda d, a: return_model(d, actor=a, version=2, note="n")),
    "reject": ("approve-model", lambda d, a: reject_model(d, actor=a, version=2, note="n")),
}


@pytest.mark.parametrize("user", DEMO_READERS)
@pytest.mark.parametrize("write", WRITES)
def test_only_holders_write_and_refusals_are_logged(
    database: Engine, write: str, user: str
) -> None:
    permission, do = WRITES[write]
    actor = DEMO_READERS[user]
    assert (in_state(database, "proposed"), in_state(database, "draft")) == (2, 3)
    before = models.models(database)
    if actor.role.key in RIGHTS[permission]:
        do(database, actor)
        assert models.models(database) != before
        return
    with pytest.raises(NotAllowedError) as said:
        do(database, actor)
    assert permission in str(said.value)
    assert PERMISSIONS[permission] in str(said.value)
    assert all(ROLES[key].name in str(said.value) for key in RIGHTS[permission])
    assert models.models(database) == before
    verdict = verify(database)
    assert verdict.is_whole
    subject = (
        "scoring-model/new"
        if write == "draft"
        else f"scoring-model/{3 if write == 'propose' else 2}"
    )
    last = entries(database, subject)[-1]
    assert (last.sequence, last.actor, last.action) == (verdict.rows, user, "refused")
    assert last.details == {"permission": permission}


def test_the_proposer_does_not_approve(database: Engine) -> None:
    ship_demo_users(database)
    version = drafted(database).version
    propose_model(database, actor=ADMIN, version=version)
    with pytest.raises(OwnProposalError) as said:
        approve_model(database, actor=ADMIN, version=version, effective_month=DECEMBER)
    assert str(said.value) == (
        "'admin' proposed version 2, so someone else approves it: executive."
    )
    assert model(database, version).state == "proposed"
    assert (
        approve_model(
            database, actor=EXECUTIVE, version=version, effective_month=DECEMBER
        ).decided_by
        == "executive"
    )


def test_the_proposer_approves_where_nobody_else_could(database: Engine) -> None:
    ship_demo_users(database)
    disable(database, actor=SYSTEM, user_id="executive")
    version = drafted(database).version
    propose_model(database, actor=ADMIN, version=version)
    approve_model(database, actor=ADMIN, version=version, effective_month=DECEMBER)
    details = entries(database, f"scoring-model/{version}")[-1].details
    assert (details["proposed_by"], details["effective_month"]) == ("admin", "2026-12")


def test_a_permission_taken_away_counts_at_once(database: Engine) -> None:
    version = in_state(database, "proposed")
    with pytest.raises(NotAllowedError):
        approve_model(database, actor=POWERLESS, version=version, effective_month=DECEMBER)


# --- fits ------------------------------------------------------------------------------------


def test_the_first_fit_belongs_to_the_version(database: Engine) -> None:
    made = record_fit(database, actor=SYSTEM, version=1, fitted=FIT)
    assert (made.version, made.state, made.fitted) == (1, "approved", FIT)
    assert model(database, 1) == made
    assert actions(database, 1) == ["model-shipped", "model-fitted"]


def test_the_same_fit_again_changes_nothing(database: Engine) -> None:
    record_fit(database, actor=SYSTEM, version=1, fitted=FIT)
    rows = verify(database).rows
    again = record_fit(database, actor=SYSTEM, version=1, fitted=dict(reversed(FIT.items())))
    assert again.version == 1
    assert verify(database).rows == rows


def test_another_fit_is_a_new_draft_of_the_same_definition(database: Engine) -> None:
    record_fit(database, actor=SYSTEM, version=1, fitted=FIT)
    other = {"buying": {"r": 0.25, "alpha": 4.4}}
    made = record_fit(database, actor=SYSTEM, version=1, fitted=other)
    assert (made.version, made.state, made.from_version, made.fitted) == (2, "draft", 1, other)
    assert made.definition.changes(ScoringModel()) == {}
    assert model(database, 1).fitted == FIT
    assert actions(database, 2) == ["model-refitted"]
    again = record_fit(database, actor=SYSTEM, version=1, fitted=other)
    assert again == made
    assert len(models.models(database)) == 2


def test_a_retired_version_takes_no_fit_of_its_own(database: Engine) -> None:
    version = in_state(database, "retired")
    made = record_fit(database, actor=ANALYST, version=version, fitted=FIT)
    assert (made.version, made.from_version) == (version + 1, version)
    assert model(database, version).fitted is None


def test_a_draft_with_changes_and_the_same_fit_is_not_taken_for_a_re_fit(database: Engine) -> None:
    record_fit(database, actor=SYSTEM, version=drafted(database).version, fitted=FIT)
    made = record_fit(database, actor=SYSTEM, version=1, fitted=FIT)
    assert made.version == 1


@pytest.mark.parametrize(
    ("fitted", "sentence"),
    [
        ({}, "no fit"),
        ({"r": float("nan")}, "finite numbers"),
        ({"r": float("inf")}, "finite numbers"),
        ({"r": date(2026, 1, 1)}, "plain JSON"),
    ],
)
def test_what_is_no_fit_is_refused(database: Engine, fitted: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        record_fit(database, actor=SYSTEM, version=1, fitted=fitted)
    assert model(database, 1).fitted is None
