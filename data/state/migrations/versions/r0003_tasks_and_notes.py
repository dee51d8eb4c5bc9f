"""Tasks with every change of theirs, and notes."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Text,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("note", "task_change", "task")


def upgrade() -> None:
    """Create the tables."""
    _create_task()
    _create_task_change()
    _create_note()


def downgrade() -> None:
    """Drop them again, those that refer to others first."""
    for name in TABLES:
        op.drop_table(name)


def _create_task() -> None:
    op.create_table(
        "task",
        Column("task_id", BigInteger, primary_key=True, autoincrement=False),
        Column("title", Text, nullable=False),
        Column("customer_id", Text, index=True),
        Column("owner_kind", String(8), nullable=False),
        Column("owner_id", Text, nullable=False),
        Column("due_on", Date),
        Column("priority", String(8), nullable=False),
        Column("state", String(8), nullable=False),
        Column("outcome", String(16)),
        Column("note", Text, nullable=False),
        Column("origin_kind", String(8), nullable=False),
        Column("origin_key", Text, nullable=False),
        Column("origin_window", Text, nullable=False),
        Column("once_key", Text, unique=True),
        Column("made_by", Text, nullable=False),
        Column("made_at", DateTime, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", DateTime, nullable=False),
        Column("closed_on", Date),
        Column("deleted_at", DateTime),
        Column("version", Integer, nullable=False),
        CheckConstraint("priority IN ('high', 'normal', 'low')", name="priority"),
        CheckConstraint("state IN ('open', 'doing', 'done', 'dropped')", name="state"),
        CheckConstraint("owner_kind IN ('user', 'rep')", name="owner_kind"),
        CheckConstraint("outcome IS NULL OR state IN ('done', 'dropped')", name="outcome"),
        CheckConstraint("(closed_on IS NULL) = (state IN ('open', 'doing'))", name="closed"),
        comment="one row per task as it now is; days are business days of the data",
    )
    op.create_index("ix_task_owner", "task", ["owner_kind", "owner_id", "state"])


def _create_task_change() -> None:
    op.create_table(
        "task_change",
        Column("task_id", BigInteger, ForeignKey("task.task_id"), primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("action_id", String(32), nullable=False, index=True),
        Column("kind", String(8), nullable=False),
        Column("at", DateTime, nullable=False),
        Column("actor", Text, nullable=False),
        Column("before", Text, nullable=False),
        Column("after", Text, nullable=False),
        CheckConstraint("kind IN ('opened', 'changed', 'undone')", name="kind"),
        comment="one row per task and version; what was done at once has one action",
    )


def _create_note() -> None:
    op.create_table(
        "note",
        Column("note_id", BigInteger, primary_key=True, autoincrement=False),
        Column("on_day", Date, index=True),
        Column("metric", Text),
        Column("customer_id", Text, index=True),
        Column("body", Text, nullable=False),
        Column("audience", String(8), nullable=False),
        Column("author", String(64), ForeignKey("account.user_id"), nullable=False),
        Column("author_team", Text),
        Column("made_at", DateTime, nullable=False),
        Column("changed_at", DateTime, nullable=False),
        Column("deleted_at", DateTime),
        Column("version", Integer, nullable=False),
        CheckConstraint("audience IN ('own', 'team', 'company')", name="audience"),
        CheckConstraint("audience <> 'team' OR author_team IS NOT NULL", name="team"),
        CheckConstraint(
            "on_day IS NOT NULL OR metric IS NOT NULL OR customer_id IS NOT NULL", name="about"
        ),
        comment="one row per note on a day, a metric, a customer or any of them together",
    )
