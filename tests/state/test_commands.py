"""The command line: a version from draft to decision, in sentences, and the audit log's proof."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import app
from data.domain.model import ModelError, ScoringModel
from data.state.commands import changed_model, parse_month
from data.state.engine import StateError
from data.state.opening import open_with_users

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run the application's command line on a folder of its own; return exit code and words."""
    monkeypatch.setenv("VAR", str(tmp_path))

    def run_(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["app.py", *arguments])
        with pytest.raises(SystemExit) as left:
            app.main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    yield run_


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what the commands open: a process would end here."""
    opened = []

    def open_() -> object:
        opened.append(open_with_users())
        return opened[-1]

    monkeypatch.setattr("data.state.commands.open_with_users", open_)
    yield
    for engine in opened:
        engine.dispose()


def test_from_draft_to_force(run: Run) -> None:
    words = ("--weights", "amount=40,loyalty=15", "--set", "annual_discount=0.08")
    code, said = run("model", "draft", "--from", "1", "--as", "analyst", *words, "--name", "new")
    assert (code, said) == (0, "Version 2 is drafted. Next: model propose 2\n")
    assert run("model", "propose", "2", "--as", "analyst") == (0, "Version 2 is proposed.\n")
    code, said = run("model", "approve", "2", "--as", "executive", "--month", "2026-12")
    assert (code, said) == (0, "Version 2 is approved and in force from 2026-12.\n")
    code, said = run("model", "list")
    assert re.search(r"1  approved  the beginning  not fitted .* \(by system\)", said)
    assert re.search(r"2  approved  2026-12 .* new \(by analyst\)", said)
    code, said = run("model", "show", "2")
    assert "weights            amount 40, loyalty 15, referral 15" in said
    assert "annual_discount    0.08" in said
    assert "model-approved  by executive" in said
    code, said = run("model", "show", "2", "--json")
    assert json.loads(said)["definition"]["weights"]["amount"] == 40
    code, said = run("audit", "verify")
    assert code == 0
    head = said.split()[-1]
    assert run("audit", "verify", "--head", head)[0] == 0
    code, said = run("audit", "verify", "--head", "0" * 63 + "1")
    assert code == 1
    assert "rows after row 9 are missing" in said


def test_back_and_out(run: Run) -> None:
    run("model", "draft", "--from", "1", "--as", "admin", "--preset", "fifty-thirty-twenty")
    run("model", "propose", "2", "--as", "admin")
    said = run("model", "return", "2", "--as", "executive", "--note", "why?")
    assert said == (0, "Version 2 is a draft again.\n")
    run("model", "propose", "2", "--as", "admin")
    said = run("model", "reject", "2", "--as", "executive", "--note", "no")
    assert said == (0, "Version 2 is rejected.\n")
    assert "model-returned  by executive  why?" in run("model", "show", "2")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("model show 9", "There is no version 9 of the scoring model. The newest is 1."),
        ("model propose 1 --as nobody", "There is no user 'nobody'. Known: admin,"),
        ("model propose 1 --as lead", "'lead' may not do this"),
        ("model propose 1 --as analyst", "Version 1 is approved; only a version that is draft"),
        ("model approve 1 --as admin --month 12/2026", "'12/2026' is no month."),
        ("model draft --from 1 --as analyst --weights amount=40", "The weights add up to 110."),
        ("model draft --from 1 --as analyst --weights amount", "'amount' is no change."),
        ("model draft --from 1 --as analyst --preset abc", "There is no preset 'abc'."),
        ("model draft --from 1 --as analyst --set x=1", "A scoring model has no 'x'."),
        ("model reject 1 --as admin --note x", "only a version that is proposed"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(run: Run, arguments: str, sentence: str) -> None:
    code, said = run(*arguments.split())
    assert code == 2
    assert sentence in said
    assert "Traceback" not in said


def test_a_broken_log_is_exit_code_1(run: Run) -> None:
    run("model", "list")
    database = open_with_users()
    with database.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET actor = 'x'"))
    database.dispose()
    code, said = run("audit", "verify")
    assert (code, said.startswith("The audit log is broken: row 1 is not as it was written")) == (
        1,
        True,
    )


def test_changes_apply_in_order() -> None:
    made = changed_model(
        ScoringModel(),
        preset="fifty-thirty-twenty",
        weights="amount=60, interaction=10",
        changes=["buying_kind=bg", "attribution_share=.25", "max_years=7"],
    )
    assert dict(made.weights) == {"amount": 60, "potential": 30, "interaction": 10}
    assert (made.buying_kind, made.attribution_share, made.max_years) == ("bg", 0.25, 7)
    assert made.name == "five dimensions"


@pytest.mark.parametrize("change", ["high_score=", "=3", "high_score"])
def test_half_a_change_is_refused(change: str) -> None:
    with pytest.raises(ModelError, match="is no change"):
        changed_model(ScoringModel(), preset="", weights="", changes=[change])


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-1", "2026-12-01", "２０２６-12"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(StateError, match="is no month"):
        parse_month(month)


DEAD = "a:secret@127.0.0.1:1/x"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("refresh --as-of foo", "'foo' is no day. Write it as YYYY-MM-DD, such as 2026-10-31."),
        ("import a.csv --as-of 2026-02-30", "'2026-02-30' is no day."),
        ("rules --as-of 31.10.2026", "'31.10.2026' is no day."),
        ("import a.csv --decimal dot", "'dot' is no decimal mark. Write point or comma."),
        (f"check --warehouse postgresql+psycopg://{DEAD}", "The warehouse does not answer: "),
        (f"check --warehouse clickhousedb://{DEAD}", "The warehouse does not answer: "),
        ("check --warehouse postgresql+psycopg://a@b:c:d/x", "WAREHOUSE_URL is no URL."),
        ("check --warehouse nonsense", "WAREHOUSE_URL starts with 'nonsense'."),
    ],
)
def test_wrong_use_is_one_sentence(run: Run, arguments: str, sentence: str) -> None:
    code, said = run(*arguments.split())
    told = said.strip()
    assert (code, told.count("\n")) == (2, 0), told
    assert told.startswith(sentence)
    assert "secret" not in told


def test_a_file_without_column_names_is_read_as_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "customer.csv"
    file.write_text("C1,2025-03-04,12\nC2,2025-04-05,7\n", encoding="utf-8")
    code, said = run("import", str(file))
    assert code == 2
    assert "The first row looks like data." in said
    code, said = run("import", str(file), "--header-row", "0")
    assert code == 2
    assert "Required column missing: customer_id. Found: column 1, column 2, column 3." in said
