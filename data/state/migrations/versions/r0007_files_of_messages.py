"""The file that goes with a message, until it is taken."""

from alembic import op
from sqlalchemy import Column, LargeBinary

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("outbox", Column("file", LargeBinary))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("outbox", "file")
