"""The tables of the state database, as they are at the newest revision."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

account = Table(
    "account",
    STATE,
    Column("user_id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(32), nullable=False),
    Column("team_id", Text),
    Column("rep_id", Text),
    Column("password_hash", Text),
    Column("is_enabled", Boolean(create_constraint=False), nullable=False),
    Column("is_demo", Boolean(create_constraint=False), nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("signed_in_at", DateTime),
    Column("language", String(8)),
    Column("theme", String(8)),
    comment="one row per user; never deleted, so that the audit log keeps its names",
)

identity = Table(
    "identity",
    STATE,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("user_id", String(64), ForeignKey("account.user_id"), nullable=False),
    Column("made_at", DateTime, nullable=False),
    comment="one row per user of an identity provider: the account behind (issuer, subject)",
)

#: Only the hash of a token is kept: who reads the database cannot sign in with it.
session = Table(
    "session",
    STATE,
    Column("token_hash", String(64), primary_key=True),
    Column("session_id", String(16), nullable=False, unique=True),
    Column("user_id", String(64), ForeignKey("account.user_id"), nullable=False, index=True),
    Column("made_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
    Column("viewing_as", String(64), ForeignKey("account.user_id")),
    comment="one row per signed-in browser; gone when it is signed out",
)

api_token = Table(
    "api_token",
    STATE,
    Column("token_hash", String(64), primary_key=True),
    Column("prefix", String(16), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("user_id", String(64), ForeignKey("account.user_id"), nullable=False, index=True),
    Column("made_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("seen_at", DateTime),
    Column("revoked_at", DateTime),
    Column("reads", String(16), nullable=False, server_default="rows"),
    CheckConstraint("reads IN ('figures', 'rows')", name="reads"),
    comment="one row per API token; it reads as its owner, figures only or their rows as well",
)

#: The key is a hash: a password typed into the wrong field is not kept.
sign_in_failure = Table(
    "sign_in_failure",
    STATE,
    Column("key", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", DateTime, nullable=False),
    comment="one row per account or address with failed sign-ins of late",
)

sign_in_state = Table(
    "sign_in_state",
    STATE,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    comment="one row per sign-in that is under way at an identity provider; read once",
)

task = Table(
    "task",
    STATE,
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
    Index("ix_task_owner", "owner_kind", "owner_id", "state"),
    comment="one row per task as it now is; days are business days of the data",
)

#: Before and after are canonical JSON of the fields that changed, so that it can be undone.
task_change = Table(
    "task_change",
    STATE,
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

note = Table(
    "note",
    STATE,
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
    Column("changed_by", String(64)),
    CheckConstraint("audience IN ('own', 'team', 'company')", name="audience"),
    CheckConstraint("audience <> 'team' OR author_team IS NOT NULL", name="team"),
    CheckConstraint(
        "on_day IS NOT NULL OR metric IS NOT NULL OR customer_id IS NOT NULL", name="about"
    ),
    comment="one row per note on a day, a metric, a customer or any of them together",
)

#: Append-only: the newest row of a quote holds, and the newest number names the overlay.
quote_decision = Table(
    "quote_decision",
    STATE,
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
