"""Companies of a few hand-written rows: what a test says about them, and nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.domain.model import ScoringModel
from data.pipeline.contract import create_contract
from data.pipeline.refresh import refresh
from data.warehouse.append import append
from data.warehouse.fetch import Fetcher
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import Warehouse, new_version
from tests.conftest import Memory

Table = list[dict[str, Any]]
MONEY = pa.decimal128(18, 4)


def company(
    folder: Path, tables: dict[str, Table], as_of: date, *, model: ScoringModel | None = None
) -> Fetcher:
    """Return a fetcher of a company with these rows and no others."""
    warehouse = Warehouse("", folder)
    with new_version(warehouse) as build:
        create_contract(build)
        for name, rows in tables.items():
            append(build.connection, CONTRACT.tables[name], _arrow(rows))
        build.connection.commit()
        refresh(build, as_of=as_of, model=model)
    return Fetcher(warehouse, Memory())


def _arrow(rows: Table) -> pa.Table:
    columns = {key: [row.get(key) for row in rows] for key in rows[0]}
    kinds = {"amount": MONEY, "cost": MONEY}
    return pa.table({k: pa.array(v, type=kinds.get(k)) for k, v in columns.items()})
