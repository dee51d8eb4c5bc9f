"""Every contract table is filled as the contract says: columns, types, keys, references, dates."""

import duckdb
import pyarrow as pa
import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, Table, Text

from data.demo import DEMO_LEAD_TEAM, DEMO_REP, demo_batches
from data.warehouse.schema import CONTRACT

TABLES = list(CONTRACT.tables.values())
ARROW = {
    Text: pa.string(),
    Date: pa.date32(),
    DateTime: pa.timestamp("us"),
    Numeric: pa.decimal128(18, 4),
    Integer: pa.int32(),
    Boolean: pa.bool_(),
}
LAST_DAY = "DATE '2026-06-20'"
#: Dates that may lie ahead.
AHEAD = {("invoice", "due_on"), ("contract", "ends_on"), ("opportunity", "expected_close_on")}
#: Columns blank in every row of the default company; none are meant to be.
ALWAYS_BLANK: set[tuple[str, str]] = set()


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_batches_have_the_contract_columns_and_types() -> None:
    seen: set[str] = set()
    for name, rows in demo_batches(customers=400):
        wanted = [(c.name, ARROW[type(c.type)]) for c in CONTRACT.tables[name].columns]
        assert rows.schema == pa.schema(wanted), name
        rows.validate(full=True)
        seen.add(name)
    assert seen == set(CONTRACT.tables)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_is_filled(company: duckdb.DuckDBPyConnection, table: Table) -> None:
    assert one(company, f"SELECT count(*) FROM {table.name}")
    for column in table.columns:
        filled = one(company, f'SELECT count("{column.name}") FROM {table.name}')
        assert filled or (table.name, column.name) in ALWAYS_BLANK, column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_unique_and_required_columns_filled(
    company: duckdb.DuckDBPyConnection, table: Table
) -> None:
    key = ", ".join(table.info["key"])
    twice = (
        f"SELECT count(*) FROM (SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1)"
    )
    assert one(company, twice) == 0
    for column in table.info["required"]:
        blank = f"SELECT count(*) FROM {table.name} WHERE {column} IS NULL"
        assert one(company, blank) == 0, column


REFERENCES = [
    (table.name, column, *target.split("."))
    for table in TABLES
    for column, target in table.info["refs"].items()
] + [
    ("customer", "referrer_id", "customer", "customer_id"),
    ("orders", "campaign_id", "campaign", "campaign_id"),
    ("orders", "returned_order_id", "orders", "order_id"),
    ("contract", "renewed_from_id", "contract", "contract_id"),
    ("activity", "opportunity_id", "opportunity", "opportunity_id"),
    ("invoice", "rep_id", "rep", "rep_id"),
    ("payment", "rep_id", "rep", "rep_id"),
    ("ticket", "rep_id", "rep", "rep_id"),
]


@pytest.mark.parametrize(("name", "column", "parent", "key"), REFERENCES)
def test_references_resolve(
    company: duckdb.DuckDBPyConnection, name: str, column: str, parent: str, key: str
) -> None:
    orphans = f"""SELECT count(*) FROM {name} WHERE {column} IS NOT NULL
        AND {column} NOT IN (SELECT {key} FROM {parent})"""
    assert one(company, orphans) == 0


DATED = [
    (table.name, column.name)
    for table in TABLES
    for column in table.columns
    if isinstance(column.type, Date | DateTime)
    and (table.name, column.name) not in AHEAD
    and table.name not in {"target", "campaign"}
]


@pytest.mark.parametrize(("name", "column"), DATED)
def test_nothing_happens_after_the_last_day(
    company: duckdb.DuckDBPyConnection, name: str, column: str
) -> None:
    late = f"SELECT count(*) FROM {name} WHERE CAST({column} AS DATE) > {LAST_DAY}"
    assert one(company, late) == 0


def test_the_last_fact_is_of_the_last_day(company: duckdb.DuckDBPyConnection) -> None:
    assert one(company, f"SELECT max(ordered_on) = {LAST_DAY} FROM orders")
    assert one(company, "SELECT min(ordered_on) = DATE '2023-07-01' FROM orders")
    assert one(company, "SELECT max(month) = DATE '2026-07-01' FROM target")


def test_lines_sum_to_their_order(company: duckdb.DuckDBPyConnection) -> None:
    wrong = """SELECT count(*) FROM orders o LEFT JOIN (
            SELECT order_id, sum(amount) AS sold, sum(cost) AS spent FROM order_line GROUP BY 1
        ) l USING (order_id)
        WHERE o.amount IS DISTINCT FROM l.sold OR o.cost IS DISTINCT FROM l.spent"""
    assert one(company, wrong) == 0


def test_returns_follow_an_order_of_the_same_customer(company: duckdb.DuckDBPyConnection) -> None:
    wrong = """SELECT count(*) FROM orders r JOIN orders o ON r.returned_order_id = o.order_id
        WHERE r.customer_id <> o.customer_id OR r.ordered_on <= o.ordered_on
            OR r.amount >= 0 OR -r.amount > o.amount"""
    assert one(company, wrong) == 0
    assert one(
        company, "SELECT bool_and((amount < 0) = (returned_order_id IS NOT NULL)) FROM orders"
    )


def test_payments_do_not_exceed_their_invoice(company: duckdb.DuckDBPyConnection) -> None:
    wrong = """SELECT count(*) FROM (SELECT invoice_id, sum(amount) paid FROM payment GROUP BY 1)
        JOIN invoice USING (invoice_id) WHERE paid > amount"""
    assert one(company, wrong) == 0


def test_stages_are_entered_in_order_and_agree_with_the_opportunity(
    company: duckdb.DuckDBPyConnection,
) -> None:
    position = "list_position(['lead','contacted','needs','quoted','contract','won'], stage)"
    wrong = f"""SELECT count(*) FROM (SELECT opportunity_id, entered_at, {position} AS step,
            row_number() OVER (PARTITION BY opportunity_id ORDER BY entered_at) AS place
        FROM opportunity_stage) WHERE step <> place"""
    assert one(company, wrong) == 0
    last = f"""SELECT count(*) FROM opportunity o JOIN (
            SELECT opportunity_id, arg_max(stage, {position}) stage, min(entered_at) AS start
            FROM opportunity_stage GROUP BY 1) s USING (opportunity_id)
        WHERE o.stage <> s.stage OR o.created_at <> s.start
            OR (o.status = 'won') <> (o.stage = 'won') OR (o.status = 'open') <> (closed_on IS NULL)
            OR CAST(o.created_at AS DATE) <> o.created_on OR closed_on < created_on"""
    assert one(company, last) == 0


def test_owners_have_no_gap_and_end_with_todays_owner(company: duckdb.DuckDBPyConnection) -> None:
    gaps = """SELECT count(*) FROM (SELECT until, lead(since) OVER (
            PARTITION BY customer_id ORDER BY since) AS next FROM customer_owner)
        WHERE until IS DISTINCT FROM next"""
    assert one(company, gaps) == 0
    today = """SELECT count(*) FROM customer c LEFT JOIN customer_owner o
            ON o.customer_id = c.customer_id AND o.until IS NULL
        WHERE c.rep_id IS DISTINCT FROM o.rep_id"""
    assert one(company, today) == 0


def test_reps_work_only_while_they_are_employed(company: duckdb.DuckDBPyConnection) -> None:
    for table, moment in {"orders": "ordered_on", "activity": "happened_at"}.items():
        wrong = f"""SELECT count(*) FROM {table} JOIN rep USING (rep_id)
            WHERE {moment} < hired_on OR {moment} >= left_on"""
        assert one(company, wrong) == 0, table


def test_prospects_have_neither_orders_nor_contracts(company: duckdb.DuckDBPyConnection) -> None:
    share = one(
        company,
        """SELECT avg(CAST(customer_id NOT IN (SELECT customer_id FROM orders)
            AND customer_id NOT IN (SELECT customer_id FROM contract) AS INTEGER)) FROM customer""",
    )
    assert isinstance(share, float)
    assert 0.11 < share < 0.14


@pytest.mark.parametrize("customers", [400, 2_000])
def test_the_demo_lead_and_rep_have_customers_at_any_size(customers: int) -> None:
    tables = {name: rows for name, rows in demo_batches(customers=customers)}
    connection = duckdb.connect()
    connection.register("customer", tables["customer"])
    connection.register("rep", tables["rep"])
    connection.register("team", tables["team"])
    found = connection.execute(
        """SELECT count(*) FROM customer JOIN rep USING (rep_id) JOIN team USING (team_id)
        WHERE rep_id = ? AND parent_team_id = ?""",
        [DEMO_REP, DEMO_LEAD_TEAM],
    ).fetchone()
    assert found is not None and found[0] >= 3
