"""A refit: a draft with what the data teach now, whose asset is that of a refresh with it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

import app
from data.access.demo_readers import DEMO_READERS
from data.demo import AS_OF, demo_batches
from data.domain.period import add_months, month_start
from data.pipeline.contract import copy_contract, create_contract
from data.pipeline.in_force import state_of
from data.pipeline.refit import NothingToRefitError, refit, sentences
from data.pipeline.refresh import refresh
from data.state.audit import NotAllowedError, entries
from data.state.models import approve_model, approved_model, model, models, propose_model
from data.warehouse.append import append
from data.warehouse.marts import customer_current
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import Readers, Warehouse, live, new_version, open_warehouse

ANALYST, EXECUTIVE = DEMO_READERS["analyst"], DEMO_READERS["executive"]
#: The day up to which the model in force had learnt.
EARLIER = add_months(AS_OF, -6)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A company whose model has learnt from all but its last half-year."""
    warehouse = open_warehouse("", var=tmp_path_factory.mktemp("refit"))
    _build(warehouse, customers=600, months=24, as_of=EARLIER)
    _refresh(warehouse)
    return warehouse


def _build(warehouse: Warehouse, *, customers: int, months: int, as_of: date) -> None:
    with state_of(warehouse) as state, new_version(warehouse) as build:
        create_contract(build)
        for name, batch in demo_batches(customers=customers, months=months, seed=5, stories=False):
            append(build.connection, CONTRACT.tables[name], batch)
        build.connection.commit()
        refresh(build, as_of=as_of, state=state)


def _refresh(warehouse: Warehouse) -> None:
    with state_of(warehouse) as state, new_version(warehouse) as build:
        copy_contract(build)
        refresh(build, as_of=AS_OF, state=state)


def _asset(warehouse: Warehouse) -> int:
    """Return what the customers who are not churned are worth in the live version."""
    c = customer_current.c
    stmt = select(func.sum(c.value)).where(c.is_customer, ~c.is_churned)
    readers = Readers(warehouse)
    try:
        with readers.engine(live(warehouse)).connect() as connection:
            return int(connection.execute(stmt).scalar_one())
    finally:
        readers.close()


def test_a_refit_is_a_draft_worth_what_a_refresh_with_it_gives(grown: Warehouse) -> None:
    number = live(grown)
    with state_of(grown) as state:
        found = refit(grown, state, actor=ANALYST, as_of=AS_OF)
        made = model(state, found.version or 0)
        # A draft beside the one in force, and nothing published or left behind.
        assert (made.state, made.from_version, made.made_by) == ("draft", 1, "analyst")
        assert [e.action for e in entries(state, made.subject)] == ["model-refitted"]
        assert approved_model(state, on=AS_OF).version == found.before == 1
        assert live(grown) == number and not list(grown.folder.glob("building-*"))
        assert {"buying r", "spend q"} <= set(found.changes)
        assert made.fitted and made.fitted["findings"] == found.findings
        assert found.asset_before == _asset(grown) != found.asset_now
        kept = made.fitted["refit"]
        assert (kept["before"], kept["as_of"]) == (1, AS_OF.isoformat())
        assert kept["asset_now"] * 10_000 == pytest.approx(found.asset_now)
        pairs = {f"{p['part']} {p['name']}": (p["before"], p["now"]) for p in kept["parameters"]}
        assert pairs["buying r"] == found.changes["buying r"]
        assert all(p["now_error"] > 0 for p in kept["parameters"] if p["part"] == "buying")
        assert {c["model"] for c in kept["checks"]} > {"mbg", "historical", "boosting"}
        assert len(models(state)) == 2
        said = " ".join(sentences(found))
        assert said.startswith("Against version 1: buying r ") and " → " in said

        propose_model(state, actor=ANALYST, version=made.version)
        month = month_start(AS_OF)
        approve_model(state, actor=EXECUTIVE, version=made.version, effective_month=month)
    _refresh(grown)
    assert _asset(grown) == found.asset_now
    with state_of(grown) as state:
        again = refit(grown, state, actor=ANALYST, as_of=AS_OF)
    assert (again.version, again.changes, again.before) == (None, {}, made.version)
    assert again.asset_before == again.asset_now == found.asset_now
    assert sentences(again) == [f"The data up to {AS_OF} teach version {made.version} nothing new."]


def test_what_has_learnt_nothing_is_not_refitted(tmp_path: Path) -> None:
    warehouse = open_warehouse("", var=tmp_path)
    _build(warehouse, customers=200, months=12, as_of=AS_OF)
    with state_of(warehouse) as state:
        with pytest.raises(NothingToRefitError, match="has learnt nothing from these data yet"):
            refit(warehouse, state, actor=ANALYST, as_of=AS_OF)
        assert len(models(state)) == 1
    assert not list(warehouse.folder.glob("building-*"))


def test_who_may_not_propose_may_not_refit(grown: Warehouse) -> None:
    with state_of(grown) as state, pytest.raises(NotAllowedError):
        refit(grown, state, actor=DEMO_READERS["rep"], as_of=AS_OF)


@pytest.mark.parametrize(
    ("user", "sentence"),
    [
        ("nobody", "There is no user 'nobody'"),
        ("analyst", "There are no data yet"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    user: str,
    sentence: str,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["app.py", "model", "refit", "--as", user])
    with pytest.raises(SystemExit) as left:
        app.main()
    said = capsys.readouterr()
    assert left.value.code == 2
    assert sentence in said.out + said.err
