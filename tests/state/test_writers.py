"""Writers at the same time, writers that die, and a lock that another one holds."""

import random
import subprocess
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from data.access.demo_readers import DEMO_READERS
from data.domain.model import ScoringModel
from data.state import engine
from data.state.audit import verify
from data.state.engine import StateError, reading, writing
from data.state.models import draft_model, models
from data.state.tables import audit
from tests.state.processes import DIE, DRAFT, finish, let_go, start


def drafted(database: Engine) -> int:
    """Return how many drafts the audit log knows."""
    stmt = select(func.count()).where(audit.c.action == "model-drafted")
    with reading(database) as connection:
        return connection.execute(stmt).scalar_one()


def test_writers_at_once_lose_nothing_and_number_without_gaps(
    database: Engine, state_url: str
) -> None:
    writers = [start(DRAFT, state_url, "40") for _ in range(3)]
    let_go(writers)
    for code, said in finish(writers):
        assert code == 0, said
    found = models(database)
    assert [m.version for m in found] == list(range(1, 122))
    names = Counter(m.name for m in found if m.version > 1)
    assert set(names.values()) == {3}
    assert all(m.definition.version == m.version for m in found)
    assert drafted(database) == 120
    assert verify(database).is_whole


def test_a_writer_killed_within_a_write_leaves_nothing_of_it(
    database: Engine, state_url: str
) -> None:
    ((code, said),) = finish([start(DIE, state_url)])
    assert code == -9, said
    assert [m.version for m in models(database)] == [1]
    made = draft_model(
        database, actor=DEMO_READERS["analyst"], definition=ScoringModel(), name="whole"
    )
    assert made.version == 2
    assert verify(database).rows == 2


def test_a_writer_killed_at_any_moment_leaves_rows_and_log_equal(
    database: Engine, state_url: str
) -> None:
    dice = random.Random(11)
    for _ in range(3):
        writer = start(DRAFT, state_url, "100000")
        let_go([writer])
        said = writer.stdout
        assert said is not None
        for _ in range(dice.randint(2, 30)):
            assert said.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(timeout=dice.random() / 50)
        writer.kill()
        writer.communicate(timeout=60)
    found = models(database)
    assert [m.version for m in found] == list(range(1, len(found) + 1))
    assert len(found) - 1 == drafted(database) > 0
    assert verify(database).is_whole


def test_a_lock_held_too_long_gives_a_sentence_and_changes_nothing(
    open_it: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 1)
    first, second = open_it(), open_it()
    with writing(first), pytest.raises(StateError, match="Nothing was changed"):
        draft_model(second, actor=DEMO_READERS["analyst"], definition=ScoringModel(), name="late")
    assert len(models(second)) == 1


def test_readers_do_not_wait_for_a_writer(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(select(1))
        assert len(models(database)) == 1
