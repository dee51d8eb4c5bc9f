"""The command `user`: every change by whoever runs the server, with the password from a pipe."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import app
from data.state import sign_in
from data.state.opening import open_with_users
from data.state.sign_in import SignInError, Visitor

Run = Callable[..., tuple[int, str]]
PASSWORD = "seven ships sail at dawn"
OTHER = "nine hills behind the harbour"


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run the command with a text in its pipe; return exit code and words."""
    monkeypatch.setenv("VAR", str(tmp_path))
    opened: list[Engine] = []

    def open_() -> Engine:
        opened.append(open_with_users())
        return opened[-1]

    monkeypatch.setattr("data.state.user_commands.open_with_users", open_)

    def run_(*arguments: str, pipe: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(pipe))
        monkeypatch.setattr("sys.argv", ["app.py", "user", *arguments])
        with pytest.raises(SystemExit) as left:
            app.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    yield run_
    for engine in opened:
        engine.dispose()


def enters(user: str, password: str) -> bool:
    """Whether a user signs in with a password."""
    database = open_with_users()
    try:
        return bool(sign_in.with_password(database, user, password, visitor=Visitor("10.0.0.1")))
    except SignInError:
        return False
    finally:
        database.dispose()


def test_a_user_from_the_first_day_to_the_last(run: Run) -> None:
    code, said = run("add", "ann", "--role", "lead", "--team", "T1", pipe=f"{PASSWORD}\n")
    assert (code, said) == (0, "'ann' may sign in as Sales lead.\n")
    assert enters("ann", PASSWORD)
    assert re.search(r"ann +lead +T1 +open +\d{4}-", run("list")[1])
    assert run("password", "ann", pipe=f"{OTHER}\r\n")[0] == 0
    assert not enters("ann", PASSWORD)
    assert enters("ann", OTHER)
    assert run("sign-out", "ann") == (0, "'ann' is signed out of 1 browsers.\n")
    assert run("role", "ann", "--role", "executive")[0] == 0
    assert re.search(r"ann +executive +- ", run("list")[1])
    assert run("disable", "ann")[0] == 0
    assert not enters("ann", OTHER)
    assert run("enable", "ann")[0] == 0
    assert enters("ann", OTHER)


def test_a_lead_without_a_team_is_told_to_see_nothing(run: Run) -> None:
    code, said = run("add", "ann", "--role", "lead", pipe=PASSWORD)
    assert code == 0
    assert "Without --team nothing is visible." in said


@pytest.mark.parametrize(
    ("arguments", "pipe", "sentence"),
    [
        ("add ann --role emperor", PASSWORD, "There is no role 'emperor'."),
        ("add Ann! --role rep", PASSWORD, "'Ann!' is no user name."),
        ("add ann --role rep", "short", "A password has 10 to 128 characters."),
        ("add ann --role rep", "", "A password has 10 to 128 characters."),
        ("add ann --role rep", "password123", "among those tried first"),
        ("disable nobody", "", "There is no user 'nobody'. Known: admin,"),
        ("disable admin", "", "'admin' is the last administrator."),
        ("role admin --role rep", "", "'admin' is the last administrator."),
        ("password lead", PASSWORD, "'lead' is a demo user and has no password."),
    ],
)
def test_wrong_use_is_one_sentence_and_changes_nothing(
    run: Run, arguments: str, pipe: str, sentence: str
) -> None:
    before = run("list")
    code, said = run(*arguments.split(), pipe=pipe)
    assert code == 2
    assert sentence in said
    assert run("list") == before


def test_no_command_takes_a_password_as_an_argument(run: Run) -> None:
    for command in ("add", "password"):
        assert "--password" not in run(command, "--help")[1]
        assert run(command, "ann", "--password", PASSWORD)[0] == 2


def test_an_own_user_takes_a_demo_users_place(run: Run) -> None:
    assert run("add", "admin", "--role", "administrator", pipe=PASSWORD)[0] == 0
    assert enters("admin", PASSWORD)
    assert run("add", "admin", "--role", "administrator", pipe=PASSWORD)[0] == 2
