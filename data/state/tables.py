"""The tables of the state database, as they are at the newest revision."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

STATE = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Definition and fit are canonical JSON as text, so that what is hashed is what is stored.
scoring_model = Table(
    "scoring_model",
    STATE,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("fitted", Text),
    Column("from_version", Integer, ForeignKey("scoring_model.version")),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("proposed_by", Text),
    Column("proposed_at", DateTime),
    Column("decided_by", Text),
    Column("decided_at", DateTime),
    Column("effective_month", Date),
    Column("note", Text, nullable=False),
    CheckConstraint("state IN ('draft', 'proposed', 'approved', 'retired')", name="state"),
    CheckConstraint(
        "state <> 'approved' OR (effective_month IS NOT NULL AND decided_by IS NOT NULL)",
        name="approved",
    ),
    comment="one row per version of the scoring model; what it says never changes",
)
Index(
    "uq_scoring_model_approved_month",
    scoring_model.c.effective_month,
    unique=True,
    sqlite_where=scoring_model.c.state == "approved",
    postgresql_where=scoring_model.c.state == "approved",
)

audit = Table(
    "audit",
    STATE,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    comment="one row per write or refused write; append-only, each row sealed with the one before",
)
