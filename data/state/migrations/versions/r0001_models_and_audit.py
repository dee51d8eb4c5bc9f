"""Scoring models and the audit log, with the guards that keep them as written."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables and their guards."""
    _create_scoring_model()
    _create_audit()
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for statement in guards:
        op.execute(statement)


def downgrade() -> None:
    """Drop both tables; their guards go with them."""
    op.drop_table("audit")
    op.drop_table("scoring_model")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_append_only()")
        op.execute("DROP FUNCTION scoring_model_stays()")


def _create_scoring_model() -> None:
    op.create_table(
        "scoring_model",
        Column("version", Integer, autoincrement=False, nullable=False),
        Column("name", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("definition", Text, nullable=False),
        Column("fitted", Text),
        Column("from_version", Integer),
        Column("made_by", Text, nullable=False),
        Column("made_at", DateTime, nullable=False),
        Column("proposed_by", Text),
        Column("proposed_at", DateTime),
        Column("decided_by", Text),
        Column("decided_at", DateTime),
        Column("effective_month", Date),
        Column("note", Text, nullable=False),
        PrimaryKeyConstraint("version", name=op.f("pk_scoring_model")),
        ForeignKeyConstraint(
            ["from_version"],
            ["scoring_model.version"],
            name=op.f("fk_scoring_model_from_version_scoring_model"),
        ),
        CheckConstraint(
            "state IN ('draft', 'proposed', 'approved', 'retired')",
            name=op.f("ck_scoring_model_state"),
        ),
        CheckConstraint(
            "state <> 'approved' OR (effective_month IS NOT NULL AND decided_by IS NOT NULL)",
            name=op.f("ck_scoring_model_approved"),
        ),
        comment="one row per version of the scoring model; what it says never changes",
    )
    op.create_index(
        "uq_scoring_model_approved_month",
        "scoring_model",
        ["effective_month"],
        unique=True,
        sqlite_where=text("state = 'approved'"),
        postgresql_where=text("state = 'approved'"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        Column("sequence", BigInteger, autoincrement=False, nullable=False),
        Column("at", DateTime, nullable=False),
        Column("actor", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("details", Text, nullable=False),
        Column("previous_hash", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
        comment=(
            "one row per write or refused write; append-only, each row sealed with the one before"
        ),
    )


# The insert guard is SQLite's alone: there, INSERT OR REPLACE would delete a row unseen.
SQLITE_GUARDS = (
    """
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END
    """,
    """
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END
    """,
    """
    CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END
    """,
    """
    CREATE TRIGGER scoring_model_stays_as_made BEFORE UPDATE ON scoring_model
    WHEN NEW.version <> OLD.version OR NEW.name <> OLD.name OR NEW.definition <> OLD.definition
      OR (OLD.fitted IS NOT NULL AND NEW.fitted IS NOT OLD.fitted)
    BEGIN SELECT RAISE(ABORT, 'A version of the scoring model never changes.'); END
    """,
    """
    CREATE TRIGGER scoring_model_no_delete BEFORE DELETE ON scoring_model
    BEGIN SELECT RAISE(ABORT, 'A version of the scoring model is never deleted.'); END
    """,
)

POSTGRESQL_GUARDS = (
    """
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$
    """,
    """
    CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()
    """,
    """
    CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
    """,
    """
    CREATE FUNCTION scoring_model_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'A version of the scoring model never changes.'; END $$
    """,
    """
    CREATE TRIGGER scoring_model_stays_as_made BEFORE UPDATE ON scoring_model
    FOR EACH ROW WHEN (
      NEW.version <> OLD.version OR NEW.name <> OLD.name OR NEW.definition <> OLD.definition
      OR (OLD.fitted IS NOT NULL AND NEW.fitted IS DISTINCT FROM OLD.fitted)
    ) EXECUTE FUNCTION scoring_model_stays()
    """,
    """
    CREATE TRIGGER scoring_model_no_delete BEFORE DELETE ON scoring_model
    FOR EACH ROW EXECUTE FUNCTION scoring_model_stays()
    """,
    """
    CREATE TRIGGER scoring_model_no_truncate BEFORE TRUNCATE ON scoring_model
    FOR EACH STATEMENT EXECUTE FUNCTION scoring_model_stays()
    """,
)
