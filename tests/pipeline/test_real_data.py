"""The reference figures of real files: Online Retail, the CRM sample, CDNOW."""

import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import column, func, select, table

from data.pipeline.load import Staged, stage
from data.pipeline.refresh import silent
from data.pipeline.stage_work import StageOptions

DATA = Path(os.environ.get("COCKPIT_DATA", Path(__file__).parents[3] / "shared" / "data"))
CRM = ("crm_accounts.csv", "crm_products.csv", "crm_sales_teams.csv", "crm_sales_pipeline.csv")


def staged_files(tmp_path: Path, *names: str) -> Staged:
    """Stage files of the data folder; skip where they are absent."""
    files = [DATA / name for name in names]
    absent = [str(file) for file in files if not file.exists()]
    if absent:
        pytest.skip(f"set COCKPIT_DATA to the folder with these files: {absent}")
    options = StageOptions(imported_at=datetime(2026, 1, 1, tzinfo=UTC))
    staged = stage(files, options=options, staging=tmp_path / "staging", progress=silent)
    assert staged.rejects(5) == []
    return staged


def ask(staged: Staged, name: str, *columns: Any, where: Any = True) -> tuple[Any, ...]:
    """Return one row of figures over what would be written."""
    stmt = select(*columns).select_from(table(f"out_{name}")).where(where)
    with staged.engine.connect() as connection:
        return tuple(connection.execute(stmt).one())


N = func.count()
AMOUNT: Any = column("amount")
CUSTOMER: Any = column("customer_id")
SUM = func.sum(AMOUNT)


def test_online_retail(tmp_path: Path) -> None:
    staged = staged_files(tmp_path, "online_retail.csv.gz")
    known = CUSTOMER.is_not(None)
    assert staged.choice.sentence == "Ready mapping used: Online Retail (UCI)."
    assert staged.rows_read == 541_909
    gross = ask(
        staged, "orders", N, SUM, func.count(CUSTOMER.distinct()), where=known & (AMOUNT > 0)
    )
    assert gross == (18_532, Decimal("8911407.904"), 4_338)
    assert ask(staged, "orders", SUM, where=known) == (Decimal("8300065.814"),)
    assert ask(staged, "order_line", N, SUM)[0] == 541_909
    assert ask(staged, "orders", SUM) == ask(staged, "order_line", SUM)
    returns = column("order_id").startswith("C")
    assert ask(staged, "orders", func.max(AMOUNT), where=returns)[0] < 0
    staged.close()


def test_crm(tmp_path: Path) -> None:
    staged = staged_files(tmp_path, *CRM)
    status: Any = column("status")
    stage_: Any = column("stage")
    for word, number in (("won", 4_238), ("lost", 2_473), ("open", 2_089)):
        assert ask(staged, "opportunity", N, where=status == word) == (number,)
    open_ = status == "open"
    assert ask(staged, "opportunity", N, where=open_ & (stage_ == "Engaging")) == (1_589,)
    assert ask(staged, "opportunity", N, where=open_ & (stage_ == "Prospecting")) == (500,)
    assert ask(staged, "opportunity", N, where=CUSTOMER.is_(None)) == (1_425,)
    no_day = column("created_on").is_(None)
    assert ask(staged, "opportunity", N, where=no_day) == (500,)
    assert ask(staged, "opportunity", N, where=column("product_id") == "GTXPro") == (0,)
    assert ask(staged, "orders", N, SUM) == (4_238, Decimal("10005534"))
    assert ask(staged, "rep", N) == (35,)
    assert ask(staged, "team", N, func.count(column("parent_team_id"))) == (9, 6)
    assert ask(staged, "customer", N, func.count(column("rep_id"))) == (85, 85)
    assert staged.stages == ("Prospecting", "Engaging", "Won")
    staged.close()


def test_the_owner_of_an_account_is_the_agent_of_its_latest_deal(tmp_path: Path) -> None:
    import csv

    staged = staged_files(tmp_path, *CRM)
    with (DATA / "crm_sales_pipeline.csv").open() as stream:
        deals = [d for d in csv.DictReader(stream) if d["close_date"] and d["account"] == "Cancity"]
    latest = max(deals, key=lambda deal: (deal["close_date"], deal["opportunity_id"]))
    owner = ask(staged, "customer", column("rep_id"), where=CUSTOMER == "Cancity")
    assert owner == (latest["sales_agent"],)
    staged.close()


def test_cdnow(tmp_path: Path) -> None:
    staged = staged_files(tmp_path, "cdnow_master.csv.gz")
    assert ask(staged, "orders", N, SUM) == (69_659, Decimal("2500315.63"))
    assert ask(staged, "customer", N) == (23_570,)
    assert ask(staged, "order_line", func.sum(column("quantity"))) == (167_881,)
    first = ask(staged, "orders", AMOUNT, where=column("order_id") == "00002-1997-01-12-2")
    assert first == (Decimal("77"),)
    staged.close()
