"""The language and the colours that a user has chosen, for every browser of theirs."""

from alembic import op
from sqlalchemy import Column, String

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = ("language", "theme")


def upgrade() -> None:
    """Add the columns; until a user chooses, each browser goes by its own."""
    for name in COLUMNS:
        op.add_column("account", Column(name, String(8)))


def downgrade() -> None:
    """Drop them again."""
    for name in reversed(COLUMNS):
        op.drop_column("account", name)
