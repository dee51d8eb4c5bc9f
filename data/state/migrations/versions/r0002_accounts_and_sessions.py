"""Accounts, their identities, sessions and API tokens, and failed sign-ins."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("sign_in_state", "sign_in_failure", "api_token", "session", "identity", "account")


def upgrade() -> None:
    """Create the tables."""
    _create_account()
    _create_identity()
    _create_session()
    _create_api_token()
    _create_sign_in()


def downgrade() -> None:
    """Drop them again, those that refer to others first."""
    for name in TABLES:
        op.drop_table(name)


def _create_account() -> None:
    op.create_table(
        "account",
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
        comment="one row per user; never deleted, so that the audit log keeps its names",
    )


def _create_identity() -> None:
    op.create_table(
        "identity",
        Column("issuer", String(255), primary_key=True),
        Column("subject", String(255), primary_key=True),
        Column("user_id", String(64), ForeignKey("account.user_id"), nullable=False),
        Column("made_at", DateTime, nullable=False),
        comment="one row per user of an identity provider: the account behind (issuer, subject)",
    )


def _create_session() -> None:
    op.create_table(
        "session",
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


def _create_api_token() -> None:
    op.create_table(
        "api_token",
        Column("token_hash", String(64), primary_key=True),
        Column("prefix", String(16), nullable=False, unique=True),
        Column("name", Text, nullable=False),
        Column("user_id", String(64), ForeignKey("account.user_id"), nullable=False, index=True),
        Column("made_at", DateTime, nullable=False),
        Column("expires_at", DateTime, nullable=False),
        Column("seen_at", DateTime),
        Column("revoked_at", DateTime),
        comment="one row per API token; it reads as its owner",
    )


def _create_sign_in() -> None:
    op.create_table(
        "sign_in_failure",
        Column("key", String(80), primary_key=True),
        Column("failures", Integer, nullable=False),
        Column("failed_at", DateTime, nullable=False),
        comment="one row per account or address with failed sign-ins of late",
    )
    op.create_table(
        "sign_in_state",
        Column("key", String(80), primary_key=True),
        Column("value", Text, nullable=False),
        Column("expires_at", DateTime, nullable=False),
        comment="one row per sign-in that is under way at an identity provider; read once",
    )
