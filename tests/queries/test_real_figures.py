"""Published figures of real files, from the file to the card: Online Retail, the CRM sample, CDNOW."""

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from data.pipeline.import_files import ImportOptions, import_files
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import open_warehouse
from queries.kpis import totals
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask

DATA = Path(os.environ.get("COCKPIT_DATA", Path(__file__).parents[3] / "shared" / "data"))
CRM = ("crm_accounts.csv", "crm_products.csv", "crm_sales_teams.csv", "crm_sales_pipeline.csv")


def imported(var: Path, *names: str) -> Demo:
    """Import files of the data folder into a new warehouse; skip where they are absent."""
    files = [DATA / name for name in names]
    absent = [str(file) for file in files if not file.exists()]
    if absent:
        pytest.skip(f"set COCKPIT_DATA to the folder with these files: {absent}")
    warehouse = open_warehouse("", var=var)
    options = ImportOptions(imported_at=datetime(2026, 1, 1))
    outcome = import_files(files, warehouse=warehouse, options=options)
    assert outcome.exit_code == 0, outcome.sentence
    return Demo(warehouse, Fetcher(warehouse))


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Online Retail (UCI), published."""
    company = imported(tmp_path_factory.mktemp("retail"), "online_retail.csv.gz")
    yield company
    company.close()


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The CRM sample, published."""
    company = imported(tmp_path_factory.mktemp("crm"), *CRM)
    yield company
    company.close()


def figures(company: Demo, *keys: str, **query: str) -> dict[str, Any]:
    """Return metrics over a period (default: everything)."""
    filters = company.filters(**({"period": "all"} | query))
    row = ask(company, partial(totals, keys=keys), filters, ADMIN).iloc[0]
    return {key: row[key] for key in keys}


def test_online_retail_as_a_whole(retail: Demo) -> None:
    found = figures(
        retail,
        *("buyers", "orders", "gross_revenue", "revenue", "aov", "repeat_rate", "point_churn"),
    )
    assert found["buyers"] == 4_338
    assert found["orders"] == 18_532
    assert found["gross_revenue"] == pytest.approx(8_911_407.904, abs=1e-4)
    assert found["revenue"] == pytest.approx(8_300_065.814, abs=1e-4)
    assert round(found["aov"], 3) == 480.866
    assert round(100 * found["repeat_rate"], 3) == 65.583
    assert round(100 * found["point_churn"], 3) == 33.402
    assert str(retail.fetcher.info().calendar.as_of) == "2011-12-09"


@pytest.mark.parametrize(
    ("period", "active", "new"),
    [
        ("2010-12-01..2010-12-31", 885, 885),
        ("2011-01-01..2011-01-31", 741, 417),
        ("2011-11-01..2011-11-30", 1_664, 323),
    ],
)
def test_online_retail_month_by_month(period: str, active: int, new: int, retail: Demo) -> None:
    found = figures(retail, "active_customers", "new_customers", period=period)
    assert (found["active_customers"], found["new_customers"]) == (active, new)


def test_crm_sample(crm: Demo) -> None:
    found = figures(
        crm,
        *("won_deals", "lost_deals", "win_rate", "won_amount", "won_mean", "cycle_mean"),
        "open_deals",
    )
    assert found["won_deals"] == 4_238
    assert found["lost_deals"] == 2_473
    assert round(100 * found["win_rate"], 3) == 63.150
    assert found["won_amount"] == 10_005_534
    assert round(found["won_mean"], 2) == 2_360.91
    assert round(found["cycle_mean"], 2) == 51.78
    assert found["open_deals"] == 1_589 + 500


def test_cdnow(tmp_path: Path) -> None:
    company = imported(tmp_path, "cdnow_master.csv.gz")
    found = figures(company, "buyers", "revenue")
    # Of 23,570 persons in the file, those with a purchase above 0: a free one is no order.
    assert found["revenue"] == pytest.approx(2_500_315.63, abs=1e-4)
    assert found["buyers"] == 23_502
    company.close()
