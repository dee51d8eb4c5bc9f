"""Who changed a note last, beside who wrote it."""

from alembic import op
from sqlalchemy import Column, Integer, String, column, table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was changed before was changed by its author, who alone could."""
    op.add_column("note", Column("changed_by", String(64)))
    names = (column("author", String()), column("changed_by", String()), column("version", Integer))
    note = table("note", *names)
    op.execute(note.update().where(note.c.version > 1).values(changed_by=note.c.author))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("note", "changed_by")
