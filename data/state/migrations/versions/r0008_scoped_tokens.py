"""API tokens for figures only; those made before may read rows as their owners may."""

from alembic import op
from sqlalchemy import Column, String

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "one row per API token; it reads as its owner"
NOW = "one row per API token; it reads as its owner, figures only or their rows as well"


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("api_token") as table:
        table.add_column(Column("reads", String(16), nullable=False, server_default="rows"))
        table.create_check_constraint("reads", "reads IN ('figures', 'rows')")
    _say(NOW)


def downgrade() -> None:
    """Take it away again."""
    _say(BEFORE)
    with op.batch_alter_table("api_token") as table:
        table.drop_constraint("reads", type_="check")
        table.drop_column("reads")


def _say(comment: str) -> None:
    """Keep what the table is where the database keeps such things; SQLite does not."""
    if op.get_context().dialect.supports_comments:
        op.create_table_comment("api_token", comment)
