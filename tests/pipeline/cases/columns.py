"""Columns and keys: no header, unknown, missing and double columns, keys that repeat."""

from data.pipeline.clean import Answers
from tests.pipeline.cases.case import NAMES, Case, both

CASES: list[Case] = [
    *both(
        "B15",
        "customer",
        [("C1", "Ann", "13912345678"), ("C2", "Ben", "13912345679")],
        outcome="M",
        code="M_HEADER",
        sentence="The first row looks like data. Does the file have column names?",
    ),
    *both(
        "B16",
        "customer",
        [("customer_id", "foo", "bar"), ("C1", "a", "b")],
        outcome="M",
        code="M_COLUMNS",
        sentence="2 columns are not known: foo, bar. Ignore or map them.",
    ),
    *both(
        "B16",
        "customer",
        [("customer_id", "foo", "bar"), ("C1", "a", "b")],
        outcome="A",
        answers=Answers(ignore_unknown=True),
        holds=("customer", ("customer_id",), [("C1",)]),
        note="ignored",
    ),
    *both(
        "B17",
        "customer",
        [("name", "amount"), ("Ann", "x")],
        outcome="R",
        code="E_MISSING",
        sentence="Required column missing: customer_id. Found: name, amount.",
    ),
    *both(
        "B18",
        "customer",
        [("customer_id", "name", "name"), ("C1", "a", "b")],
        outcome="R",
        code="E_DUP_COLUMN",
        sentence="Column 'name' appears twice (columns 2 and 3).",
    ),
    *both(
        "B19",
        "客户",
        [("客户编号", " Customer Name ", "行业"), ("C1", "王芳", "零售")],
        outcome="A",
        holds=("customer", ("customer_id", "name", "industry"), [("C1", "王芳", "零售")]),
    ),
    *both(
        "B20",
        "customer",
        [("customer_id", "name"), ("C1", "Ann"), ("C1", "Ann")],
        outcome="W",
        code="W_REPEATED",
        sentence="1 repeated row was merged.",
        holds=(*NAMES, [("C1", "Ann")]),
    ),
    *both(
        "B21",
        "customer",
        [("customer_id", "name"), ("C001", "Ann"), ("C001", "Ben"), ("C2", "Cid")],
        outcome="Q",
        code="E_DUP_KEY",
        sentence="customer_id C001 is in rows 2 and 3 with different values.",
        rejected=(2, 3),
        holds=(*NAMES, [("C2", "Cid")]),
    ),
]
