"""Decisions on quotes above the approval limit."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, DateTime, Integer, String, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "quote_decision",
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("quote_id", Text, nullable=False),
        Column("seen", String(16), nullable=False),
        Column("status", String(16), nullable=False),
        Column("note", Text, nullable=False),
        Column("decided_by", Text, nullable=False),
        Column("decided_at", DateTime, nullable=False),
        CheckConstraint("status IN ('approved', 'returned')", name="status"),
        comment="one row per decision on a quote; the status that it saw, and the one that it gave",
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("quote_decision")
