"""The demo company as a published warehouse version."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Connection

from data.demo import AS_OF, demo_batches, write_truth
from data.pipeline.contract import create_contract
from data.pipeline.in_force import state_of
from data.pipeline.refresh import Progress, RefreshReport, refresh, silent
from data.state.publications import noted
from data.warehouse.append import append
from data.warehouse.batches import DEMO, Batch, next_number, record
from data.warehouse.schema import CONTRACT
from data.warehouse.versions import Warehouse, new_version

#: The demo company's own time: building it again gives the same rows.
AS_OF_TIME = datetime.combine(AS_OF, time())


@dataclass(frozen=True)
class Company:
    """How large the demo company is, and which one: the same seed is the same company."""

    customers: int = 20_000
    months: int = 36
    seed: int = 7
    #: False: the clean company, without the planted stories.
    stories: bool = True


def load_demo(
    warehouse: Warehouse,
    company: Company,
    *,
    progress: Progress = silent,
) -> RefreshReport:
    """Generate the demo company, refresh it, publish it, and write its ground truth beside it."""
    with (
        state_of(warehouse) as state,
        new_version(warehouse, noting=noted(state, "demo-built")) as build,
    ):
        create_contract(build)
        batches = demo_batches(
            customers=company.customers,
            months=company.months,
            seed=company.seed,
            stories=company.stories,
        )
        rows = 0
        for name, part in batches:
            rows += append(build.connection, CONTRACT.tables[name], part)
            progress("demo rows", rows, None)
        batch = _batch(build.connection, company, rows)
        record(build.connection, batch)
        build.told |= {"batch": batch.number, "files": batch.files[0], "rows": rows}
        build.connection.commit()
        report = refresh(build, progress=progress, state=state)
    if company.stories:
        path = warehouse.folder / "truth.json"
        write_truth(path, customers=company.customers, months=company.months, seed=company.seed)
    return report


def _batch(connection: Connection, company: Company, rows: int) -> Batch:
    """Return the demo company's line in the history of imports."""
    return Batch(
        number=next_number(connection),
        sha256="",
        files=(f"{company.customers} customers, {company.months} months, seed {company.seed}",),
        mapping=DEMO,
        rows_read=rows,
        rows_rejected=0,
        tables={},
        imported_at=AS_OF_TIME,
    )
