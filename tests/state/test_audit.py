"""The audit log: append-only by the database, and tampering found where the database was overruled."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from data.access.demo_readers import DEMO_READERS
from data.domain.canonical import canonical_json, sha256
from data.domain.model import ScoringModel
from data.state.audit import NOTHING_BEFORE, entries, record, verify
from data.state.engine import reading, writing
from data.state.models import draft_model, propose_model
from data.state.tables import audit, scoring_model

GUARDS = ("audit_no_update", "audit_no_delete", "audit_in_order")


@pytest.fixture
def written(database: Engine) -> Engine:
    """A log of seven rows."""
    for version in (2, 3, 4):
        draft_model(database, actor=DEMO_READERS["analyst"], definition=ScoringModel(), name="x")
        propose_model(database, actor=DEMO_READERS["analyst"], version=version)
    assert verify(database).rows == 7
    return database


def overrule(database: Engine, *statements: object) -> None:
    """Do what only the database's owner can: lift the guards, then change rows."""
    with writing(database) as connection:
        if database.dialect.name == "sqlite":
            for name in GUARDS:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        for stmt in statements:
            connection.execute(stmt)  # type: ignore[call-overload]


REFUSED = (
    update(audit).values(actor="someone else"),
    update(audit).where(audit.c.sequence == 3).values(details="{}"),
    delete(audit),
    delete(audit).where(audit.c.sequence == 7),
    text(
        "INSERT OR REPLACE INTO audit SELECT sequence, at, 'x', action, subject, details, previous_hash, hash FROM audit WHERE sequence = 2"
    ),
    text("TRUNCATE audit"),
    update(scoring_model).values(definition="{}"),
    update(scoring_model).values(name="another"),
    delete(scoring_model).where(scoring_model.c.version == 2),
)


@pytest.mark.parametrize("stmt", REFUSED, ids=str)
def test_the_database_refuses_changes(written: Engine, stmt: object) -> None:
    with pytest.raises(DBAPIError) as said, written.execution_options(is_writing=True).begin() as c:
        c.execute(stmt)  # type: ignore[call-overload]
    is_other_dialect = any(word in str(stmt) for word in ("OR REPLACE", "TRUNCATE"))
    assert is_other_dialect or "append-only" in str(said.value) or "never" in str(said.value)
    assert verify(written).rows == 7


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "executive"),
        ("action", "model-approved"),
        ("subject", "scoring-model/1"),
        ("details", "{}"),
        ("at", "2020-01-01 00:00:00.000000"),
        ("previous_hash", "f" * 64),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_column_is_found_at_its_row(written: Engine, column: str, value: str) -> None:
    row = f"UPDATE audit SET {column} = '{value}' WHERE sequence = 4"
    overrule(written, text(row))
    verdict = verify(written)
    assert (verdict.broken_at, verdict.is_whole) == (4, False)
    assert verdict.sentence.startswith("The audit log is broken: row 4 is not as it was written.")


def test_a_row_changed_and_sealed_anew_is_found_at_the_next(written: Engine) -> None:
    stmt = select(audit).where(audit.c.sequence == 4)
    with reading(written) as connection:
        forged = dict(connection.execute(stmt).mappings().one()) | {"actor": "executive"}
    told = {k: v for k, v in forged.items() if k != "hash"}
    told["at"] = forged["at"].isoformat(timespec="microseconds")
    forged["hash"] = sha256(canonical_json(told))
    overrule(written, update(audit).where(audit.c.sequence == 4).values(**forged))
    verdict = verify(written)
    assert verdict.broken_at == 5
    assert verdict.reason == "row 5 does not follow row 4 as that now is"


def test_a_missing_row_is_named(written: Engine) -> None:
    overrule(written, delete(audit).where(audit.c.sequence == 3))
    verdict = verify(written)
    assert (verdict.broken_at, verdict.reason) == (3, "row 3 is missing")


def test_a_missing_first_row_is_named(written: Engine) -> None:
    overrule(written, delete(audit).where(audit.c.sequence == 1))
    assert verify(written).reason == "row 1 is missing"


def test_rows_cut_off_at_the_end_are_found_by_the_head_noted_before(written: Engine) -> None:
    head = verify(written).head
    overrule(written, delete(audit).where(audit.c.sequence >= 6))
    assert verify(written).is_whole
    verdict = verify(written, head=head)
    assert verdict.broken_at == 6
    assert "rows after row 5 are missing" in verdict.sentence


def test_an_old_head_is_still_in_a_log_that_has_grown(written: Engine) -> None:
    head = verify(written).head
    draft_model(written, actor=DEMO_READERS["analyst"], definition=ScoringModel(), name="later")
    assert verify(written, head=head).is_whole
    assert verify(written, head=NOTHING_BEFORE).is_whole


def test_entries_tell_the_story_of_one_subject(written: Engine) -> None:
    told = entries(written, "scoring-model/3")
    assert [(e.actor, e.action) for e in told] == [
        ("analyst", "model-drafted"),
        ("analyst", "model-proposed"),
    ]


PLAIN = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    lambda inner: some.lists(inner, max_size=3),
    max_leaves=5,
)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    details=some.dictionaries(
        some.text(
            some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=5
        ),
        PLAIN,
        max_size=3,
    ),
    subject=some.text(
        some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20
    ),
)
def test_whatever_is_recorded_verifies(
    database: Engine, details: dict[str, object], subject: str
) -> None:
    with writing(database) as connection:
        record(connection, actor="a\r\nb", action="tested", subject=subject, details=details)
    assert verify(database).is_whole
    assert entries(database, subject)[-1].details == details


def test_the_log_and_the_change_are_one_transaction(database: Engine) -> None:
    with pytest.raises(RuntimeError), writing(database) as connection:
        record(connection, actor="a", action="tested", subject="s", details={})
        raise RuntimeError
    assert verify(database).rows == 1
