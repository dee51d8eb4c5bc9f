"""The commands `model` and `audit`: scoring models from draft to decision, and the log's proof."""

import json
import re
from datetime import date
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from data.access.reader import Reader
from data.domain.model import ModelError, ScoringModel
from data.domain.period import month_start
from data.state import accounts, models
from data.state.audit import entries
from data.state.audit import verify as verify_log
from data.state.engine import StateError
from data.state.model_checks import BEGINNING
from data.state.model_rows import ModelRecord
from data.state.opening import open_with_users
from data.warehouse.fetch import Fetcher
from data.warehouse.versions import NoWarehouseError, open_warehouse

#: Exit code of a broken audit log, apart from that of wrong use.
BROKEN = 1
model_cli = typer.Typer(help="Scoring models: list, draft, propose, approve.", no_args_is_help=True)
audit_cli = typer.Typer(help="The audit log.", no_args_is_help=True)

Version = Annotated[int, typer.Argument(help="Version of the scoring model.")]
As = Annotated[str, typer.Option("--as", help="The user who does it.")]
Note = Annotated[str, typer.Option(help="Why, in one line.")]


@model_cli.command(name="list")
def list_models() -> None:
    """List every version with its state and the month from which it is in force."""
    for found in models.models(open_with_users()):
        typer.echo(
            f"{found.version:>4}  {found.state:<8}  {_month(found):<13}  "
            f"{'fitted' if found.fitted else 'not fitted':<10}  {found.definition.preset:<18}  "
            f"{found.name} (by {found.made_by})"
        )


@model_cli.command()
def show(
    version: Version,
    as_json: Annotated[bool, typer.Option("--json", help="Definition and fit as JSON.")] = False,
) -> None:
    """Show what a version says and what happened to it."""
    database = open_with_users()
    found = models.model(database, version)
    if as_json:
        told = {"definition": found.definition.plain(), "fitted": found.fitted}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True))
        return
    typer.echo(f"Version {version}: {found.name}, {found.state}, in force from {_month(found)}")
    for name, value in found.definition.plain().items():
        if name not in {"version", "name"}:
            typer.echo(f"  {name:<18} {_words(value)}")
    for entry in entries(database, found.subject):
        note = json.dumps(entry.details.get("note", ""), ensure_ascii=False).strip('"')
        typer.echo(f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.action}  by {entry.actor}  {note}")


@model_cli.command()
def draft(
    reader: As,
    from_version: Annotated[int, typer.Option("--from", help="Version to start from.")],
    weights: Annotated[str, typer.Option(help="amount=40,loyalty=15; others stay.")] = "",
    preset: Annotated[str, typer.Option(help="Start from the weights of a preset.")] = "",
    changes: Annotated[list[str] | None, typer.Option("--set", help="high_score=85")] = None,
    name: Annotated[str, typer.Option(help="Its name; empty: as before.")] = "",
) -> None:
    """Draft a new version from another one."""
    database = open_with_users()
    actor = actor_of(database, reader)
    before = models.model(database, from_version).definition
    definition = changed_model(before, preset=preset, weights=weights, changes=changes or [])
    made = models.draft_model(
        database,
        actor=actor,
        definition=definition,
        name=name or definition.name,
        from_version=from_version,
    )
    typer.echo(f"Version {made.version} is drafted. Next: model propose {made.version}")


@model_cli.command()
def propose(version: Version, reader: As) -> None:
    """Put a draft before those who approve."""
    database = open_with_users()
    models.propose_model(database, actor=actor_of(database, reader), version=version)
    typer.echo(f"Version {version} is proposed.")


@model_cli.command()
def approve(
    version: Version,
    reader: As,
    month: Annotated[str, typer.Option(help="In force from this month on (YYYY-MM).")],
) -> None:
    """Put a proposed version in force from a month on."""
    database = open_with_users()
    models.approve_model(
        database,
        actor=actor_of(database, reader),
        version=version,
        effective_month=parse_month(month),
        open_month=_open_month(),
    )
    typer.echo(f"Version {version} is approved and in force from {month}.")


@model_cli.command(name="return")
def return_(version: Version, reader: As, note: Note) -> None:
    """Give a proposal back as a draft."""
    database = open_with_users()
    models.return_model(database, actor=actor_of(database, reader), version=version, note=note)
    typer.echo(f"Version {version} is a draft again.")


@model_cli.command()
def reject(version: Version, reader: As, note: Note) -> None:
    """Turn a proposal down for good."""
    database = open_with_users()
    models.reject_model(database, actor=actor_of(database, reader), version=version, note=note)
    typer.echo(f"Version {version} is rejected.")


@audit_cli.command()
def verify(
    head: Annotated[str, typer.Option(help="A head noted before: it must still be there.")] = "",
) -> None:
    """Say whether every row of the log is as it was written; exit code 1 where one is not."""
    verdict = verify_log(open_with_users(), head=head or None)
    typer.echo(verdict.sentence)
    if not verdict.is_whole:
        raise typer.Exit(BROKEN)


# --- what is written on the command line -----------------------------------------------------


def changed_model(
    before: ScoringModel, *, preset: str, weights: str, changes: list[str]
) -> ScoringModel:
    """Return a model with another preset, some weights and some fields changed, in this order."""
    plain = before.plain()
    if preset:
        fresh = ScoringModel.of_preset(preset)
        plain |= {"preset": preset, "weights": dict(fresh.weights)}
    given = dict(_pair(pair) for pair in weights.split(",") if pair.strip())
    plain["weights"] |= given
    plain |= dict(_pair(pair) for pair in changes)
    return ScoringModel.from_plain(plain)


def _pair(text: str) -> tuple[str, Any]:
    """Return name and value of `name=value`; a number is a number, anything else a text."""
    name, mark, value = (part.strip() for part in text.partition("="))
    if not name or not mark or not value:
        raise ModelError(f"'{text}' is no change. Write it as name=value, such as amount=40.")
    if re.fullmatch(r"-?\d+", value):
        return name, int(value)
    return name, float(value) if re.fullmatch(r"-?\d*\.\d+", value) else value


def parse_month(text: str) -> date:
    """Return the first day of a month written as YYYY-MM."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return date.fromisoformat(f"{text}-01")
    except ValueError:
        pass
    raise StateError(f"'{text}' is no month. Write it as YYYY-MM, such as 2026-12.")


def _open_month() -> date | None:
    """Return the month of the as-of day of the live version, or None where there are no data."""
    fetcher = Fetcher(open_warehouse())
    try:
        return month_start(fetcher.info().calendar.as_of)
    except NoWarehouseError:
        return None
    finally:
        fetcher.readers.close()


def actor_of(database: Engine, user_id: str) -> Reader:
    """Return the user in whose name a command is run; a closed account is refused."""
    found = accounts.account(database, user_id)
    if not found.is_usable:
        raise StateError(f"'{user_id}' is closed. Name another user.")
    return found.reader()


def _month(found: ModelRecord) -> str:
    if found.effective_month is None:
        return "-"
    is_first = found.effective_month == BEGINNING
    return "the beginning" if is_first else f"{found.effective_month:%Y-%m}"


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {points}" for name, points in value.items())
    return str(value)
