"""The application: wires everything, and is the command line. Nothing imports it."""

import csv
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from sqlalchemy.exc import SQLAlchemyError

from data import settings
from data.backup.commands import backup, restore
from data.domain.model import ModelError
from data.logs import log_as_json
from data.options import day, decimal_mark
from data.progress import progress_bar
from data.state.commands import As, audit_cli, model_cli
from data.state.engine import StateError
from data.state.opening import open_state, open_with_users
from data.state.publications import noted
from data.state.user_commands import user_cli
from data.warehouse.engine import WarehouseError
from data.warehouse.outages import look_through, sentence_of
from data.warehouse.versions import (
    check_reading,
    live,
    live_or_none,
    new_version,
    open_warehouse,
    undo,
)

cli = typer.Typer(
    help="Customer Asset Cockpit: a company's customers, managed as an asset.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(model_cli, name="model")
cli.add_typer(audit_cli, name="audit")
cli.add_typer(user_cli, name="user")
cli.command()(backup)
cli.command()(restore)
#: Exit code of wrong use and of what cannot be done.
REFUSED = 2


def create_app() -> Any:
    """Return the Flask server with the whole application on it."""
    from pages._server import build_server

    return build_server()


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    workers: Annotated[int, typer.Option(help="Worker processes.")] = 2,
) -> None:
    """Serve the cockpit with gunicorn."""
    from gunicorn.app.wsgiapp import WSGIApplication

    from pages._worker import THREADS

    address = host or settings.value("HOST")
    settings.check_listening(address)
    settings.secret_key()
    check_reading(open_warehouse())
    # Set up once, before the workers start; a connection must not outlive the fork.
    open_with_users().dispose()
    if said := look_through(open_warehouse()):
        typer.echo(said, err=True)
    sys.argv = [
        *("gunicorn", "--bind", f"{address}:{port or settings.number('PORT')}"),
        *("--workers", str(workers), "--threads", str(THREADS)),
        *("--worker-class", "pages._worker.Worker"),
        *("--timeout", "60", "--graceful-timeout", "30", "--no-control-socket"),
        "app:create_app()",
    ]
    WSGIApplication("%(prog)s [OPTIONS]", prog="gunicorn").run()


@cli.command()
def demo(
    customers: Annotated[int, typer.Option(help="How many customers.")] = 20_000,
    months: Annotated[int, typer.Option(help="Months of history.")] = 36,
    seed: Annotated[int, typer.Option(help="The same seed is the same company.")] = 7,
    stories: Annotated[bool, typer.Option(help="With the planted stories.")] = True,
    if_missing: Annotated[bool, typer.Option(help="Only where there are no data yet.")] = False,
) -> None:
    """Build the demo company as a new version."""
    warehouse = open_warehouse()
    if if_missing and live_or_none(warehouse) is not None:
        return
    from data.pipeline.load_demo import Company, load_demo
    from data.pipeline.said import say_refreshed, say_waiting

    say_waiting(warehouse)
    company = Company(customers=customers, months=months, seed=seed, stories=stories)
    with progress_bar() as progress:
        report = load_demo(warehouse, company, progress=progress)
    say_refreshed(live(warehouse), report)


@cli.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="CSV (also .gz) and XLSX files.")],
    mapping: Annotated[Path | None, typer.Option("--map", help="Mapping file (TOML).")] = None,
    dry_run: Annotated[bool, typer.Option(help="Check and show the difference only.")] = False,
    accept_rejects: Annotated[bool, typer.Option(help="Publish without rejected rows.")] = False,
    max_rejects: Annotated[float, typer.Option(help="Largest share of rejected rows.")] = 0.05,
    rejects: Annotated[Path, typer.Option(help="Where rejected rows go.")] = Path("rejects.csv"),
    as_of: Annotated[str, typer.Option(help="Read the data as of this day (YYYY-MM-DD).")] = "",
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook.")] = "",
    header_row: Annotated[
        int | None, typer.Option(min=0, help="Row of the column names; 0: the file has none.")
    ] = None,
    dates: Annotated[str, typer.Option(help="How dates are written: dmy, mdy or a format.")] = "",
    decimal: Annotated[str, typer.Option(help="Decimal mark: point or comma.")] = "",
    ignore_unknown: Annotated[bool, typer.Option(help="Leave out unknown columns.")] = False,
    any_size: Annotated[bool, typer.Option(help="Lift the limit of 50 MB.")] = False,
) -> None:
    """Import files as one batch: checked, shown, and published as a new version or not at all."""
    from data.pipeline.clean import Answers
    from data.pipeline.import_files import ImportOptions, import_files
    from data.pipeline.said import say_imported, say_waiting
    from data.pipeline.sniff import Limits

    answers = Answers(
        sheet=sheet or None,
        header_row=header_row,
        dates=dates or None,
        decimal=decimal_mark(decimal),
        ignore_unknown=ignore_unknown,
    )
    warehouse = open_warehouse()
    if not dry_run:
        say_waiting(warehouse)
    with progress_bar() as progress:
        options = ImportOptions(
            imported_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            mapping=mapping,
            answers=answers,
            limits=Limits(file_bytes=None, unpacked_bytes=None) if any_size else Limits(),
            accept_rejects=accept_rejects,
            max_rejects=max_rejects,
            rejects_to=rejects,
            as_of=day(as_of),
            confirm=(lambda _staged: False) if dry_run else None,
            progress=progress,
        )
        outcome = import_files(files, warehouse=warehouse, options=options)
    say_imported(outcome, dry_run=dry_run)


@cli.command()
def refresh(
    as_of: Annotated[str, typer.Option(help="Read the data as of this day (YYYY-MM-DD).")] = "",
    all_months: Annotated[
        bool, typer.Option(help="Compute untouched month ends again, too, instead of copying them.")
    ] = False,
) -> None:
    """Rebuild every mart from the contract tables, as a new version."""
    from data.pipeline.contract import carried_stages, copy_contract
    from data.pipeline.in_force import state_of
    from data.pipeline.refresh import refresh as rebuild
    from data.pipeline.said import say_refreshed, say_waiting

    warehouse = open_warehouse()
    say_waiting(warehouse)
    on = day(as_of)
    with (
        progress_bar() as progress,
        state_of(warehouse) as state,
        new_version(warehouse, noting=noted(state, "data-refreshed")) as build,
    ):
        stages = carried_stages(build)
        copy_contract(build)
        if all_months:
            build.follows = None
        report = rebuild(build, as_of=on, stages=stages, progress=progress, state=state)
        build.told |= {
            "as_of": report.calendar.as_of.isoformat(),
            "rows": sum(report.counts.values()),
        }
    say_refreshed(live(warehouse), report)


@cli.command(name="undo")
def undo_newest() -> None:
    """Publish the version before the live one."""
    warehouse = open_warehouse()
    state = open_state(var=warehouse.var)
    typer.echo(f"Version {undo(warehouse, noting=noted(state, 'data-undone'))} is live again.")
    state.dispose()


@cli.command()
def check(
    warehouse: Annotated[str, typer.Option(help="SQLAlchemy URL of the warehouse.")] = "",
    schema: Annotated[str, typer.Option(help="Schema of the contract tables.")] = "",
) -> None:
    """Say which contract tables a warehouse has, and what is missing or of the wrong type."""
    from data.pipeline.contract import check_contract

    found = open_warehouse(warehouse or settings.value("WAREHOUSE_URL"))
    wanted = schema or settings.value("WAREHOUSE_SCHEMA") or None
    findings = check_contract(found, schema=wanted)
    for finding in findings:
        typer.echo(f"{'ok ' if finding.is_usable else 'NO '} {finding.sentence}")
    if not all(finding.is_usable for finding in findings):
        raise typer.Exit(REFUSED)


@model_cli.command()
def refit(reader: As) -> None:
    """Let the model in force learn anew from the live data, as a draft beside it."""
    from components.findings import sentence
    from data.pipeline.refit import live_refit, sentences

    with progress_bar() as progress:
        found = live_refit(open_warehouse(), user_id=reader, progress=progress)
    for said in sentences(found):
        typer.echo(said)
    for each in found.findings:
        typer.echo(f"- {sentence(each['code'], each['details'])}")
    if found.version:
        typer.echo(f"Version {found.version} is drafted. Next: model propose {found.version}")


@cli.command()
def rules(
    once: Annotated[bool, typer.Option("--once", help="Run once and end: for cron.")] = False,
    as_of: Annotated[
        str, typer.Option(help="Run for an earlier day of the data (YYYY-MM-DD); ends then.")
    ] = "",
) -> None:
    """Run the rules that are on: once, or whenever there are new data until it is stopped."""
    from pages._scheduler import run_for_ever, run_once

    on = day(as_of)
    said = run_once(as_of=on) if once or on else run_for_ever()
    for sentence in said:
        typer.echo(sentence)


@cli.command()
def ask(
    what: Annotated[str, typer.Argument(help="A metric or a question; see `ask list`.")],
    filters: Annotated[str, typer.Option(help="Filters as in a page's URL.")] = "",
    reader: Annotated[str, typer.Option("--as", help="The user who asks.")] = "executive",
    members: Annotated[bool, typer.Option(help="The rows behind the answer.")] = False,
    sql: Annotated[bool, typer.Option(help="The statement instead of its answer.")] = False,
    form: Annotated[str, typer.Option("--format", help="json or csv.")] = "csv",
) -> None:
    """Print what a page would show, through the same scope, filters and cache."""
    from pages._asking import answer

    answered = answer(what, filters, reader=reader, members=members, sql=sql)
    for sentence in answered.notes:
        typer.echo(sentence, err=True)
    if sql:
        typer.echo(answered.sql)
    elif form == "json":
        typer.echo(json.dumps(answered.records(), ensure_ascii=False, default=str, indent=1))
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(answered.rows.columns)
        writer.writerows(answered.lines())


def main() -> None:
    """Run the command line; what goes wrong is one sentence, never a traceback."""
    log_as_json()
    try:
        cli(standalone_mode=True)
    except (ModelError, settings.SettingsError) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(REFUSED) from error
    except (WarehouseError, StateError, OSError, SQLAlchemyError, duckdb.Error) as error:
        if (sentence := sentence_of(error)) is None:
            raise
        typer.echo(sentence, err=True)
        raise SystemExit(REFUSED) from error


if __name__ == "__main__":
    main()
