"""The tables of rules, alerts and messages in the state database, beside those of `tables`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data.state.tables import STATE

#: Definitions are canonical JSON, so that two of them can be compared as text.
rule = Table(
    "rule",
    STATE,
    Column("rule_id", String(32), primary_key=True),
    Column("owner", String(64), ForeignKey("account.user_id"), nullable=False, index=True),
    Column("definition", Text, nullable=False),
    Column("is_on", Boolean(create_constraint=False), nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("removed_at", DateTime),
    comment="one row per rule as it now is; it fires with the rights that its owner has then",
)

rule_version = Table(
    "rule_version",
    STATE,
    Column("rule_id", String(32), ForeignKey("rule.rule_id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("definition", Text, nullable=False),
    Column("is_on", Boolean(create_constraint=False), nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    comment="one row per rule and version, as it was saved",
)

#: What the task needs is kept beside, so that it can still be opened after a crash in between.
rule_firing = Table(
    "rule_firing",
    STATE,
    Column("rule_id", String(32), ForeignKey("rule.rule_id"), primary_key=True),
    Column("window_on", Date, primary_key=True),
    Column("customer_id", String(200), primary_key=True),
    Column("day", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("rep", Text),
    Column("fired_at", DateTime, nullable=False),
    Column("wants_task", Boolean(create_constraint=False), nullable=False),
    Index("ix_rule_firing_day", "rule_id", "day"),
    comment="one row per rule, window and customer for whom it fired; never two",
)

lease = Table(
    "lease",
    STATE,
    Column("name", String(64), primary_key=True),
    Column("holder", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until", DateTime, nullable=False),
    comment="one row per work for one process at a time; the fence rises with each holder",
)

#: Address and secret are sealed with a key that is made of SECRET_KEY, which is not kept here.
channel = Table(
    "channel",
    STATE,
    Column("channel_id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("removed_at", DateTime),
    CheckConstraint("kind IN ('email', 'wecom', 'dingtalk', 'webhook')", name="kind"),
    comment="one row per place that messages can be sent to; never changed, only removed",
)

outbox = Table(
    "outbox",
    STATE,
    Column("message_key", String(64), primary_key=True),
    Column("source", String(8), nullable=False),
    Column("source_id", String(32), nullable=False),
    Column("window_on", Date, nullable=False),
    Column("customer_id", String(200), nullable=False),
    Column("channel_id", String(32), ForeignKey("channel.channel_id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("file", LargeBinary),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", DateTime, nullable=False),
    Column("holder", String(32)),
    Column("said", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    UniqueConstraint("source", "source_id", "window_on", "customer_id", "channel_id"),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'dead')", name="state"),
    Index("ix_outbox_due", "state", "due_at"),
    comment="one row per message: rule or alert, window, customer and channel; never two",
)

alert = Table(
    "alert",
    STATE,
    Column("alert_id", String(32), primary_key=True),
    Column("owner", String(64), ForeignKey("account.user_id"), nullable=False, index=True),
    Column("definition", Text, nullable=False),
    Column("is_on", Boolean(create_constraint=False), nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("removed_at", DateTime),
    comment="one row per alert on a figure or scheduled digest; asked with its owner's rights",
)

alert_finding = Table(
    "alert_finding",
    STATE,
    Column("alert_id", String(32), ForeignKey("alert.alert_id"), primary_key=True),
    Column("window_on", Date, primary_key=True),
    Column("day", Date, nullable=False),
    Column("details", Text, nullable=False),
    Column("found_at", DateTime, nullable=False),
    Column("closed_by", Text),
    Column("closed_at", DateTime),
    comment="one row per alert and window in which it was raised, or digest that was written",
)
