"""Month ends as they were known when they closed: these tables outlive versions."""

from sqlalchemy import Boolean, Column, Date, MetaData, SmallInteger, Table, Text

from data.warehouse.dialects import Cents

PINS = MetaData()
#: Text where the snapshot has codes: they are a version's own, and a pin outlives versions.
pinned_end = Table(
    "pinned_end",
    PINS,
    Column("month", Date),
    Column("customer_id", Text),
    Column("tier", Text),
    Column("lifecycle", Text),
    Column("score", SmallInteger),
    Column("value", Cents),
    Column("is_churned", Boolean),
    Column("model", SmallInteger),
    Column("as_of", Date),
    comment="one row per customer and month end, as known at the refresh that closed the month",
    info={"sort": ("month", "customer_id")},
)
closing = Table(
    "closing",
    PINS,
    Column("as_of", Date),
    comment="the latest as-of day of any refresh so far (one row)",
    info={"sort": ("as_of",)},
)
#: What a pinned month end says of a customer, under the names of `customer_current`.
KEPT_FACTS = frozenset({"value", "is_churned", "score", "tier", "lifecycle"})
