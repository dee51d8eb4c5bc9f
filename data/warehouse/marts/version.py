"""What a version says of itself: its values, teams, stages, counts, and the version as a whole."""

from sqlalchemy import BigInteger, Boolean, Date, Double, Integer, Text

from data.warehouse.dialects import Cents
from data.warehouse.marts.columns import columns
from data.warehouse.marts.mart import mart

dictionary = mart(
    "dictionary",
    "dimension and value, in code order",
    columns(Text, "dimension"),
    columns(Integer, "code"),
    columns(Text, "value", "label"),
    sort=("dimension", "code"),
)
team_tree = mart(
    "team_tree",
    "team and each team of its subtree, itself included",
    columns(Text, "ancestor", "descendant"),
    columns(Integer, "depth"),
    sort=("ancestor", "descendant"),
)
funnel_stage = mart(
    "funnel_stage",
    "funnel stage, in order",
    columns(Integer, "position"),
    columns(Text, "stage"),
    sort=("position",),
)
table_count = mart(
    "table_count",
    "contract table with its number of rows",
    columns(Text, "name"),
    columns(BigInteger, "rows"),
    sort=("name",),
)
version_info = mart(
    "version_info",
    "version (one row)",
    columns(Date, "first_on", "as_of", "pinned_from", "liveliest"),
    columns(Integer, "model", "threshold_days"),
    columns(Integer, "customers", "prospects"),
    columns(Double, "expected_years"),
    columns(Boolean, "has_cost"),
    columns(Cents, "unassigned_net"),
    columns(Integer, "unassigned_orders"),
    sort=("as_of",),
)
