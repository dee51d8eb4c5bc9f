"""Where the engines differ: a small set of SQL constructs, each spelt once per engine.

A construct compiles to DuckDB's spelling by default. `CodedIn`, the filter on a coded column, is
spelt as the engine answers it fastest, using the dictionary of the version that is read.
"""

# Importing `tables` is what teaches SQLAlchemy to create them.
from data.warehouse.dialects import tables
from data.warehouse.dialects.coded import BITS, CodedIn, Dictionary, speak
from data.warehouse.dialects.constructs import (
    add_days,
    add_months,
    bit,
    bits_and,
    bits_or,
    business_day,
    days_between,
    following,
    int_div,
    lines_of,
    median,
    month_of,
    month_text,
    months_between,
    numbers,
    once,
    previous,
    quantile,
    row_print,
    seconds_between,
    shift_left,
    shift_right,
    sum_cents,
    sum_int,
    to_cents,
    when,
)
from data.warehouse.dialects.row_security import COMPANY, guard_rows, see, see_company
from data.warehouse.dialects.types import TEN_THOUSANDTHS, Cents, Coded, Rows

__all__ = [
    "BITS",
    "COMPANY",
    "TEN_THOUSANDTHS",
    "Cents",
    "Coded",
    "CodedIn",
    "Dictionary",
    "Rows",
    "add_days",
    "add_months",
    "bit",
    "bits_and",
    "bits_or",
    "business_day",
    "days_between",
    "following",
    "guard_rows",
    "int_div",
    "lines_of",
    "median",
    "month_of",
    "month_text",
    "months_between",
    "numbers",
    "once",
    "previous",
    "quantile",
    "row_print",
    "seconds_between",
    "see",
    "see_company",
    "shift_left",
    "shift_right",
    "speak",
    "sum_cents",
    "sum_int",
    "tables",
    "to_cents",
    "when",
]
