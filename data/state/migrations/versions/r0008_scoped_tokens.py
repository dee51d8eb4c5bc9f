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
    op.create_table_comment("api_token", NOW, existing_comment=BEFORE)


def downgrade() -> None:
    """Take it away again."""
    op.create_table_comment("api_token", BEFORE, existing_comment=NOW)
    with op.batch_alter_table("api_token") as table:
        table.drop_constraint("reads", type_="check")
        table.drop_column("reads")
