"""The commands `backup` and `restore`, and what they say."""

from pathlib import Path
from typing import Annotated

import typer

from data import settings
from data.backup.manifest import STATE, Manifest
from data.backup.restoring import Place
from data.backup.restoring import restore as bring_back
from data.backup.taking import back_up, elsewhere
from data.state.engine import state_file
from data.state.opening import open_state
from data.warehouse.versions import open_warehouse


def backup(
    folder: Annotated[Path, typer.Argument(help="New folder for the backup.")],
) -> None:
    """Copy the live data and the state database into a folder, while the cockpit runs."""
    warehouse, database = open_warehouse(), open_state()
    try:
        made = back_up(folder, warehouse=warehouse, database=database)
        for sentence in (*_holding(made), *elsewhere(warehouse, database)):
            typer.echo(sentence)
    finally:
        database.dispose()
    typer.echo("Keep SECRET_KEY elsewhere: without it the secrets of channels cannot be read.")


def restore(
    folder: Annotated[Path, typer.Argument(help="Folder of the backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Move what is there aside instead of refusing.")
    ] = False,
) -> None:
    """Bring a backup back into VAR, when every file and row is as it was backed up."""
    warehouse = open_warehouse()
    place = Place(warehouse, state_file(settings.value("STATE_URL"), var=warehouse.var))
    done = bring_back(folder, to=place, is_replacing=replace)
    typer.echo(f"Brought back into {warehouse.var} as of {done.manifest.made_at}.")
    for sentence in _holding(done.manifest):
        typer.echo(sentence)
    if done.kept:
        typer.echo(f"What was there is in {done.kept}; remove it when all is well.")


def _holding(manifest: Manifest) -> list[str]:
    """Return what a backup holds, in sentences."""
    said: list[str] = []
    for name, tables in manifest.rows.items():
        what = "State database" if name == STATE else f"Version {manifest.version} of the data"
        said.append(f"{what}: {sum(tables.values()):,} rows in {len(tables)} tables.")
    if STATE in manifest.files:
        said.append(
            f"Audit log: {manifest.audit_rows:,} rows, each sealed with the one before. "
            f"Head: {manifest.audit_head}"
        )
    return said
