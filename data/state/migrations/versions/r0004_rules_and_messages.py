"""Rules, their versions and firings; leases; channels and the outbox; alerts and findings."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    *("alert_finding", "alert", "outbox", "channel", "lease"),
    *("rule_firing", "rule_version", "rule"),
)


def upgrade() -> None:
    """Create the tables."""
    _create_rule()
    _create_rule_version()
    _create_rule_firing()
    _create_lease()
    _create_channel()
    _create_outbox()
    _create_alert()
    _create_alert_finding()


def downgrade() -> None:
    """Drop them again, those that refer to others first."""
    for name in TABLES:
        op.drop_table(name)


def _create_rule() -> None:
    op.create_table(
        "rule",
        Column("rule_id", String(32), primary_key=True),
        Column("owner", String(64), ForeignKey("account.user_id"), nullable=False),
        Column("definition", Text, nullable=False),
        Column("is_on", Boolean(create_constraint=False), nullable=False),
        Column("version", Integer, nullable=False),
        Column("made_at", DateTime, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", DateTime, nullable=False),
        Column("removed_at", DateTime),
        comment="one row per rule as it now is; it fires with the rights that its owner has then",
    )
    op.create_index("ix_rule_owner", "rule", ["owner"])


def _create_rule_version() -> None:
    op.create_table(
        "rule_version",
        Column("rule_id", String(32), ForeignKey("rule.rule_id"), primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("definition", Text, nullable=False),
        Column("is_on", Boolean(create_constraint=False), nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", DateTime, nullable=False),
        comment="one row per rule and version, as it was saved",
    )


def _create_rule_firing() -> None:
    op.create_table(
        "rule_firing",
        Column("rule_id", String(32), ForeignKey("rule.rule_id"), primary_key=True),
        Column("window_on", Date, primary_key=True),
        Column("customer_id", String(200), primary_key=True),
        Column("day", Date, nullable=False),
        Column("version", Integer, nullable=False),
        Column("rep", Text),
        Column("fired_at", DateTime, nullable=False),
        Column("wants_task", Boolean(create_constraint=False), nullable=False),
        comment="one row per rule, window and customer for whom it fired; never two",
    )
    op.create_index("ix_rule_firing_day", "rule_firing", ["rule_id", "day"])


def _create_lease() -> None:
    op.create_table(
        "lease",
        Column("name", String(64), primary_key=True),
        Column("holder", Text, nullable=False),
        Column("fence", BigInteger, nullable=False),
        Column("until", DateTime, nullable=False),
        comment="one row per work for one process at a time; the fence rises with each holder",
    )


def _create_channel() -> None:
    op.create_table(
        "channel",
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


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        Column("message_key", String(64), primary_key=True),
        Column("source", String(8), nullable=False),
        Column("source_id", String(32), nullable=False),
        Column("window_on", Date, nullable=False),
        Column("customer_id", String(200), nullable=False),
        Column("channel_id", String(32), ForeignKey("channel.channel_id"), nullable=False),
        Column("body", Text, nullable=False),
        Column("state", String(8), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due_at", DateTime, nullable=False),
        Column("holder", String(32)),
        Column("said", Text, nullable=False),
        Column("made_at", DateTime, nullable=False),
        Column("ended_at", DateTime),
        UniqueConstraint("source", "source_id", "window_on", "customer_id", "channel_id"),
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'dead')", name="state"),
        comment="one row per message: rule or alert, window, customer and channel; never two",
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"])


def _create_alert() -> None:
    op.create_table(
        "alert",
        Column("alert_id", String(32), primary_key=True),
        Column("owner", String(64), ForeignKey("account.user_id"), nullable=False),
        Column("definition", Text, nullable=False),
        Column("is_on", Boolean(create_constraint=False), nullable=False),
        Column("version", Integer, nullable=False),
        Column("made_at", DateTime, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", DateTime, nullable=False),
        Column("removed_at", DateTime),
        comment="one row per alert on a figure or scheduled digest; asked with its owner's rights",
    )
    op.create_index("ix_alert_owner", "alert", ["owner"])


def _create_alert_finding() -> None:
    op.create_table(
        "alert_finding",
        Column("alert_id", String(32), ForeignKey("alert.alert_id"), primary_key=True),
        Column("window_on", Date, primary_key=True),
        Column("day", Date, nullable=False),
        Column("details", Text, nullable=False),
        Column("found_at", DateTime, nullable=False),
        Column("closed_by", Text),
        Column("closed_at", DateTime),
        comment="one row per alert and window in which it was raised, or digest that was written",
    )
