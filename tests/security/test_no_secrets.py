"""No secret lies in the repository, nor in the files that the application writes (T38)."""

import re
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.state import accounts, tokens
from tests.security.entering import PASSWORD, enter

ROOT = Path(__file__).parents[2]
#: Kind -> what a secret of that kind looks like, as its issuer documents it.
KINDS = {
    "private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY",
    "AWS key": r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "Google key": r"\bAIza[\w-]{35}\b",
    "GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})",
    "GitLab token": r"\bglpat-[\w-]{20}",
    "Slack token": r"\bxox[abeoprs]-[\w-]{10,}",
    "PyPI token": r"\bpypi-AgEI[\w-]{50,}",
    "npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "JSON web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "token of ours": r"\bcac_[\w-]{30,}",
    "password in a URL": r"\w://[\w.-]*:(?!\$|\{|password@)[^\s/@:\"'{}]{4,}@[\w$]",
    "value of a secret": r"(?i)\b\w*(?:password|passwd|secret|token|api_?key)\"?\s*[=:]\s*"
    r"[\"'](?!\$|\{)[^\"'\s]{8,}[\"']",
}
#: Kinds that tests invent to try the application with: of them nothing is asked there.
INVENTED = {"password in a URL", "value of a secret"}
#: What is found and is none, with the reason.
ALLOWED = {
    # Refused outside the demo mode (tests/security/test_sessions.py).
    ("data/settings.py", "value of a secret"),
}


def found_in(name: str, text: str) -> list[tuple[str, str]]:
    """Return file and kind of everything that looks like a secret."""
    is_test = name.startswith(("tests/", "benchmarks/"))
    return [
        (name, kind)
        for kind, pattern in KINDS.items()
        if not (is_test and kind in INVENTED) and re.search(pattern, text)
    ]


def test_no_file_of_the_repository_holds_a_secret() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = [name for name in listed if (ROOT / name).is_file()]
    assert len(files) > 1_000
    found = {
        each
        for name in files
        for each in found_in(name, (ROOT / name).read_text(encoding="utf-8", errors="replace"))
    }
    assert found == ALLOWED


#: Put together here, so that this file holds none.
EXAMPLES = {
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "AWS key": "AKIA" + "IOSFODNN7EXAMPLE",
    "Google key": "AIza" + "x" * 35,
    "GitHub token": "ghp_" + "a1" * 18,
    "GitLab token": "glpat-" + "a1" * 10,
    "Slack token": "xoxb-" + "1" * 12,
    "PyPI token": "pypi-" + "AgEI" + "c" * 60,
    "npm token": "npm_" + "a1" * 18,
    "JSON web token": "eyJ" + "h" * 12 + ".eyJ" + "p" * 12 + "." + "s" * 12,
    "token of ours": "cac_" + "Zq" * 20,
    "password in a URL": "redis://:" + "hunter22@cache",
    "value of a secret": 'API_KEY = "' + '0123456789"',
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_secret_is_found(kind: str) -> None:
    assert found_in("data/x.py", f"x = 1\n{EXAMPLES[kind]}\n") == [("data/x.py", kind)]


def test_the_state_database_holds_no_password_and_no_token(
    database: Engine, tmp_path: Path
) -> None:
    session = enter(database)
    owner = accounts.account(database, "boss").reader()
    token = tokens.make_token(database, actor=owner, name="a script", days=30, reads="rows")
    database.dispose()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"a script" in written
    for secret in (PASSWORD, session, token):
        assert secret.encode() not in written
