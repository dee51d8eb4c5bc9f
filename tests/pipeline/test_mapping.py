"""Mappings: what may be written in them, the sentences for mistakes, and what each entry does."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from data.pipeline.choose import READY
from data.pipeline.findings import ImportRefusedError
from data.pipeline.load import Staged, stage
from data.pipeline.mapping import read_mapping
from data.pipeline.refresh import silent
from data.pipeline.stage_work import StageOptions
from tests.pipeline.files import csv_file, workbook
from tests.pipeline.files import fill as fill_sheet
from tests.pipeline.test_bad_input import staged_rows

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def staged(tmp_path: Path, files: list[Path], mapping: str | None = None) -> Staged:
    """Stage files with a mapping written as TOML."""
    path = None
    if mapping is not None:
        path = tmp_path / "mapping.toml"
        path.write_text(mapping, encoding="utf-8")
    options = StageOptions(imported_at=DAY, mapping=path)
    return stage(files, options=options, staging=tmp_path / "staging", progress=silent)


def test_every_ready_mapping_reads_and_has_its_own_name() -> None:
    names = [read_mapping(path).name for path in sorted(READY.glob("*.toml"))]
    assert len(names) == len(set(names)) == 3


HEAD = 'name = "x"\n[files.a]\nmatch = ["*"]\n'
TEAM = '[[tables]]\ntable = "team"\nfrom = "a"\n[tables.columns]\nteam_id = "t"\n'


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("name = ", "mapping.toml is not valid TOML: "),
        ('name = "x"', "mapping.toml: files: Field required."),
        (
            HEAD + 'tables = []\ncolour = "red"',
            "mapping.toml: files.a.tables: this entry is not known.",
        ),
        (HEAD + TEAM, "mapping.toml: team: no source is given for name."),
        (
            HEAD + TEAM.replace("team_id", "name = 'n'\nteam_id").replace('"team"', '"teem"'),
            "mapping.toml: 'teem' is no contract table.",
        ),
        (
            HEAD + TEAM + 'name = "n"\nsize = "s"\n',
            "mapping.toml: team: size is no column of the contract table.",
        ),
        (
            HEAD + TEAM.replace('from = "a"', 'from = "b"') + 'name = "n"\n',
            "mapping.toml: team: file 'b' is not declared under [files].",
        ),
        (
            HEAD + TEAM + 'name = { column = "n", value = "v" }\n',
            "mapping.toml: tables.0.columns.name: give exactly one of column, value, product, "
            "parts, number_within and lookup.",
        ),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, mapping: str, sentence: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(mapping)
    with pytest.raises(ImportRefusedError) as refused:
        read_mapping(path)
    assert str(refused.value).startswith(sentence)
    assert refused.value.code == "E_MAPPING"


SALES = """
name = "Sales list"
[files.sales]
match = ["sales*"]
dates = "dmy"
decimal = ","
currency = "EUR"
nulls = ["k.A."]

[[tables]]
table = "customer"
from = "sales"
where = [{ column = "Kunde", is = "present" }]
one_row_per = ["Kunde"]
[tables.columns]
customer_id = "Kunde"
kind = { value = "business" }
region = { column = "Land", take = "first", translate = { D = "Germany" } }

[[tables]]
table = "orders"
from = "sales"
where = [{ column = "Typ", equals = ["Storno-Entwurf"], not = true }]
one_row_per = ["Beleg"]
[tables.columns]
order_id = "Beleg"
customer_id = "Kunde"
ordered_on = { column = "Datum", take = "min" }
channel = { parts = ["Typ", "Land"], separator = "/", take = "first" }
[tables.columns.amount]
column = "Betrag"
take = "sum"
negative_when = { column = "Typ", equals = ["Storno"] }
"""


def test_lines_become_orders_and_customers(tmp_path: Path) -> None:
    rows = (
        "Beleg;Kunde;Land;Datum;Typ;Betrag\n"
        "1;7;D;04.03.2025;Verkauf;1.234,50 €\n"
        "1;7;D;05.03.2025;Verkauf;0,50\n"
        "2;8;A;06.03.2025;Storno;20,00\n"
        "3;8;A;06.03.2025;Storno-Entwurf;99,00\n"
        "4;;D;07.03.2025;Verkauf;k.A.\n"
    )
    found = staged(tmp_path, [csv_file(tmp_path, "sales.csv", rows)], SALES)
    assert staged_rows(found, "orders", ("order_id", "customer_id", "ordered_on", "amount")) == [
        ("1", "7", date(2025, 3, 4), "1235.0000"),
        ("2", "8", date(2025, 3, 6), "-20.0000"),
    ]
    assert staged_rows(found, "customer", ("customer_id", "region")) == [
        ("7", "Germany"),
        ("8", "A"),
    ]
    [reject] = found.rejects()
    assert (reject.row, reject.code) == (6, "E_REQUIRED")
    assert reject.reason == "Row 6, Betrag: this field may not be empty."
    found.close()


def test_a_group_that_disagrees_on_its_customer_is_rejected_whole(tmp_path: Path) -> None:
    rows = (
        "Beleg;Kunde;Land;Datum;Typ;Betrag\n"
        "1;7;D;04.03.2025;Verkauf;1,00\n1;8;D;04.03.2025;Verkauf;1,00\n2;8;D;04.03.2025;Verkauf;1,00\n"
    )
    found = staged(tmp_path, [csv_file(tmp_path, "sales.csv", rows)], SALES)
    assert [(f.row, f.code) for f in found.rejects()] == [(2, "E_DUP_KEY"), (3, "E_DUP_KEY")]
    assert found.rejects()[0].reason == "Beleg 1 is in rows 2 and 3 with different values."
    assert staged_rows(found, "orders", ("order_id",)) == [("2",)]
    found.close()


LOOKUP = """
name = "Two files"
[files.agents]
match = ["agents*"]
[files.clients]
match = ["clients*"]

[[tables]]
table = "rep"
from = "agents"
[tables.columns]
rep_id = "agent"
name = "agent"

[[tables]]
table = "customer"
from = "clients"
[tables.columns]
customer_id = "client"
[tables.columns.rep_id.lookup]
file = "agents"
on = { area = "area" }
column = "agent"
take = "first"
by = ["since"]
"""


def test_a_lookup_joins_another_file(tmp_path: Path) -> None:
    files = [
        csv_file(tmp_path, "clients.csv", "client,area\nC1,N\nC2,S\nC3,\n"),
        csv_file(tmp_path, "agents.csv", "agent,area,since\nBen,N,2\nAnn,N,1\n"),
    ]
    found = staged(tmp_path, files, LOOKUP)
    assert staged_rows(found, "customer", ("customer_id", "rep_id")) == [
        ("C1", "Ann"),
        ("C2", None),
        ("C3", None),
    ]
    assert found.choice.sentence == "Mapping used: Two files."
    found.close()


def test_a_mapping_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        staged(tmp_path, [csv_file(tmp_path, "agents.csv", "agent,area,since\nA,N,1\n")], LOOKUP)
    assert str(refused.value) == "The mapping 'Two files' also needs these files: clients."


def test_a_mapping_says_which_column_is_missing(tmp_path: Path) -> None:
    files = [
        csv_file(tmp_path, "clients.csv", "client,zone\nC1,N\n"),
        csv_file(tmp_path, "agents.csv", "agent,area,since\nA,N,1\n"),
    ]
    with pytest.raises(ImportRefusedError) as refused:
        staged(tmp_path, files, LOOKUP)
    assert str(refused.value) == "Required column missing: area. Found: client, zone."
    assert refused.value.file == "clients.csv"


def test_a_stage_or_word_that_is_not_known_is_rejected_with_the_nearest(tmp_path: Path) -> None:
    rows = "opportunity_id,stage,status\nD1,leed,open\nD2,lead,Won\nD3,lead,wonn\n"
    path = csv_file(tmp_path, "opportunity.csv", rows)
    options = StageOptions(imported_at=DAY, stages=("lead", "won"))
    found = stage([path], options=options, staging=tmp_path / "staging", progress=silent)
    assert [f.reason for f in found.rejects()] == [
        "Row 2, stage: 'leed' is not known. Did you mean 'lead'?",
        "Row 4, status: 'wonn' is not known. Did you mean 'won'?",
    ]
    assert staged_rows(found, "opportunity", ("opportunity_id", "status")) == [("D2", "won")]
    found.close()


def test_a_workbook_with_a_sheet_per_table_is_read_whole(tmp_path: Path) -> None:
    def write(book: object) -> None:
        for name, rows in (
            ("客户", [("客户编号", "名称"), ("C1", "王芳")]),
            (
                "orders",
                [
                    ("order_id", "customer_id", "ordered_on", "amount"),
                    ("O1", "C1", date(2025, 3, 4), 9.5),
                ],
            ),
        ):
            fill_sheet(book, book.add_worksheet(name), rows)  # type: ignore[attr-defined]

    found = staged(tmp_path, [workbook(tmp_path, "company.xlsx", write)])
    assert staged_rows(found, "orders", ("customer_id", "amount")) == [("C1", "9.5000")]
    assert found.sentence == "2 rows read, 2 new, 0 changed, 0 rejected."
    found.close()


def test_a_name_that_says_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        staged(tmp_path, [csv_file(tmp_path, "export.csv", "a,b\nx,y\n")])
    assert refused.value.code == "E_TABLE"


def test_the_staging_connection_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    from sqlalchemy.exc import DBAPIError

    found = staged(tmp_path, [csv_file(tmp_path, "customer.csv", "customer_id\nC1\n")])
    outside = csv_file(tmp_path, "outside.csv", "a\n1\n")
    with found.engine.connect() as connection:
        for hostile in (
            f"select * from read_csv('{outside}')",
            f"copy reject to '{tmp_path}/leak.csv'",
            f"attach '{tmp_path}/other.duckdb'",
            "set enable_external_access = true",
            "install httpfs",
        ):
            with pytest.raises(DBAPIError):
                connection.execute(text(hostile))
            connection.rollback()
    found.close()
