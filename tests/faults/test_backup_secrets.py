"""What a backup holds is read by whoever gets hold of it: no password, no token, no key (T38)."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from data.access.reader import SYSTEM
from data.domain.channel import Config
from data.state import accounts, tokens
from data.state.channels import add_channel
from data.state.opening import open_state
from data.state.sign_in import SignInError, Visitor, with_password

PASSWORD = "canaries sing in the cellar"
#: Typed in place of the password, and sometimes that of another service.
MISTYPED = "canaries sing in the attic"
HOOK = "zqx-robot-key-7f31"
KEY = "zqx-the-secret-key-of-this-installation-7f31"


def test_a_backup_holds_no_secret_in_plain_text(
    small_var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR", str(small_var))
    monkeypatch.setenv("SECRET_KEY", KEY)
    database = open_state("", var=small_var)
    accounts.add_account(
        database, actor=SYSTEM, user_id="boss", role="administrator", password=PASSWORD
    )
    boss, here = accounts.account(database, "boss").reader(), Visitor("10.0.0.1", "a browser")
    session = with_password(database, "boss", PASSWORD, visitor=here)
    with pytest.raises(SignInError):
        with_password(database, "boss", MISTYPED, visitor=here)
    token = tokens.make_token(database, actor=boss, name="canary script", days=30, reads="rows")
    hook = Config("webhook", f"https://93.184.216.34/{HOOK}", secret=HOOK)
    add_channel(database, actor=boss, name="canary hook", config=hook)
    database.dispose()
    taken = CliRunner().invoke(cli, ["backup", str(tmp_path / "backup")])
    assert taken.exit_code == 0, taken.output
    files = [path for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    written = taken.output.encode() + b"".join(path.read_bytes() for path in files)
    # What is no secret is there: the search finds what it looks for.
    assert b"canary script" in written
    assert b"canary hook" in written
    for secret in (PASSWORD, MISTYPED, session, token, HOOK, KEY):
        assert secret.encode() not in written, secret
    assert not (tmp_path / "backup").stat().st_mode & 0o077, "for its owner only"
