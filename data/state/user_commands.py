"""The command `user`: accounts made, changed and closed by whoever runs the server."""

import sys
from typing import Annotated

import typer

from data.access.reader import SYSTEM
from data.access.roles import ROLES
from data.state import accounts
from data.state.opening import open_with_users

user_cli = typer.Typer(help="Users: add, list, change, close.", no_args_is_help=True)

User = Annotated[str, typer.Argument(help="The name that the user signs in with.")]
RoleOption = Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")]
Team = Annotated[str, typer.Option(help="Id of the team whose customers a lead sees.")]
Rep = Annotated[str, typer.Option(help="Id of the representative that a rep is.")]


@user_cli.command()
def add(
    user: User,
    role: RoleOption,
    name: Annotated[str, typer.Option(help="The name that others read; empty: as USER.")] = "",
    team: Team = "",
    rep: Rep = "",
) -> None:
    """Add a user; the password is asked for, or read from a pipe."""
    made = accounts.add_account(
        open_with_users(),
        actor=SYSTEM,
        user_id=user,
        role=role,
        name=name,
        team_id=team,
        rep_id=rep,
        password=_password(),
    )
    typer.echo(f"'{made.user_id}' may sign in as {ROLES[made.role].name}.")
    if ROLES[role].reach == "team" and not made.team_id:
        typer.echo("Without --team nothing is visible. See `user role`.", err=True)
    if ROLES[role].reach == "own" and not made.rep_id:
        typer.echo("Without --rep nothing is visible. See `user role`.", err=True)


@user_cli.command(name="list")
def list_users() -> None:
    """List every user with role, team or representative, state and last sign-in."""
    for found in accounts.accounts(open_with_users()):
        seen = f"{found.signed_in_at:%Y-%m-%d %H:%M} UTC" if found.signed_in_at else "never"
        state = "open" if found.is_enabled else "disabled"
        kind = " (demo)" if found.is_demo else ""
        place = found.team_id or found.rep_id or "-"
        typer.echo(
            f"{found.user_id:<20}  {found.role:<13}  {place:<10}  {state:<8}  {seen}  "
            f"{found.name}{kind}"
        )


@user_cli.command()
def role(user: User, role: RoleOption, team: Team = "", rep: Rep = "") -> None:
    """Give a user another role, team or representative; the user signs in anew."""
    accounts.change_role(
        open_with_users(), actor=SYSTEM, user_id=user, role=role, place=(team, rep)
    )
    typer.echo(f"'{user}' is {ROLES[role].name} now and has to sign in again.")


@user_cli.command()
def password(user: User) -> None:
    """Set a user's password, asked for or read from a pipe; the user is signed out everywhere."""
    accounts.set_password(open_with_users(), actor=SYSTEM, user_id=user, password=_password())
    typer.echo(f"The password of '{user}' is changed, and every browser signed out.")


@user_cli.command()
def disable(user: User) -> None:
    """Close an account and sign it out everywhere."""
    accounts.disable(open_with_users(), actor=SYSTEM, user_id=user)
    typer.echo(f"'{user}' is disabled and signed out everywhere.")


@user_cli.command()
def enable(user: User) -> None:
    """Open an account again."""
    accounts.enable(open_with_users(), actor=SYSTEM, user_id=user)
    typer.echo(f"'{user}' may sign in again.")


@user_cli.command(name="sign-out")
def sign_out(user: User) -> None:
    """Sign a user out of every browser."""
    ended = accounts.sign_out_everywhere(open_with_users(), actor=SYSTEM, user_id=user)
    typer.echo(f"'{user}' is signed out of {ended} browsers.")


def _password() -> str:
    """Ask for a password twice, or read it from a pipe; arguments are seen by other users."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
