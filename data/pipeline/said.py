"""What commands say of a version that was built, and of an import."""

import typer

from data.pipeline.import_files import Outcome
from data.pipeline.refresh import RefreshReport
from data.warehouse.versions import Warehouse, building_since

#: Exit code where rows were rejected and nothing was published.
QUARANTINED = 3


def say_waiting(warehouse: Warehouse) -> None:
    """Say that another command builds data at this moment, for whose end this one waits."""
    if since := building_since(warehouse):
        typer.echo(
            f"Another import or refresh is running since {since:%H:%M} UTC; "
            "this one starts after it.",
            err=True,
        )


def say_refreshed(number: int, report: RefreshReport) -> None:
    """Say which version is live now, with how much in it."""
    counts = report.counts
    typer.echo(
        f"Version {number} is live: {counts['customer']:,} customers, {counts['orders']:,} orders, "
        f"as of {report.calendar.as_of}."
    )
    for sentence in report.warnings:
        typer.echo(sentence, err=True)


def say_imported(outcome: Outcome, *, dry_run: bool) -> None:
    """Say what came of an import, and leave with its exit code."""
    for warned in outcome.warned:
        typer.echo(warned.sentence, err=True)
    for name, difference in sorted(outcome.differences.items()):
        typer.echo(f"{name}: {difference.sentence}.")
    is_shown = dry_run and outcome.code == "DECLINED"
    typer.echo("Dry run: nothing was changed." if is_shown else outcome.sentence)
    if outcome.fix:
        typer.echo(outcome.fix)
    if outcome.rejects:
        typer.echo(f"{outcome.rows_rejected:,} rejected rows are listed in {outcome.rejects}.")
    if outcome.exit_code == QUARANTINED:
        typer.echo("Nothing was published. Correct the rows, or add --accept-rejects.")
    if outcome.version and outcome.report:
        say_refreshed(outcome.version, outcome.report)
    raise typer.Exit(0 if is_shown else outcome.exit_code)
