"""Every setting: its name, default, meaning and whether it is secret; read from the environment."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHIPPED_SECRET = "change-me-before-anyone-else-can-reach-this"  # noqa: S105 -- refused in use


class SettingsError(Exception):
    """A setting cannot be used as it stands; the sentence says what to change."""


@dataclass(frozen=True)
class Setting:
    """One setting, as the README lists it."""

    name: str
    default: str
    help: str
    is_secret: bool = False


SETTINGS: dict[str, Setting] = {
    s.name: s
    for s in (
        Setting("VAR", "var", "Folder of the embedded warehouse and of everything the app writes."),
        Setting("WAREHOUSE_URL", "", "SQLAlchemy URL of the warehouse; empty: DuckDB under VAR."),
        Setting("WAREHOUSE_SCHEMA", "", "Schema (ClickHouse: database) of your contract tables."),
        Setting(
            "STATE_URL", "", "SQLAlchemy URL of the app's own database; empty: SQLite under VAR."
        ),
        Setting("HOST", "127.0.0.1", "Address that the web server listens on."),
        Setting("PORT", "8050", "Port that the web server listens on."),
        Setting("SECRET_KEY", SHIPPED_SECRET, "Signs the session cookie.", is_secret=True),
        Setting("DEMO", "1", "1: demo users sign in without a password; loopback only."),
        Setting(
            "PUBLIC_URL",
            "",
            "Address by which readers reach the app, as https://cockpit.example.com; with https, "
            "cookies are for that host and TLS only. Empty: the address of the request.",
        ),
        Setting("PROXIES", "0", "How many reverse proxies of yours stand before the app."),
        Setting("OIDC_ISSUER", "", "URL of the OpenID Connect provider; empty: none is used."),
        Setting("OIDC_CLIENT_ID", "", "Id under which the provider knows the app."),
        Setting("OIDC_CLIENT_SECRET", "", "Secret of that id; empty: PKCE only.", is_secret=True),
        Setting("OIDC_NAME", "SSO", "What the button on the sign-in page calls the provider."),
        Setting("OIDC_ROLE_CLAIM", "groups", "Claim of the ID token that OIDC_ROLES reads."),
        Setting(
            "OIDC_ROLES",
            "",
            "Values of that claim and the roles they give, the first that fits: "
            "sales-leads=lead,board=executive. Empty: an administrator gives the roles.",
        ),
        Setting("OIDC_TEAM_CLAIM", "", "Claim that holds a lead's team id; empty: set by hand."),
        Setting("OIDC_REP_CLAIM", "", "Claim that holds a rep's id; empty: set by hand."),
        Setting("CACHE_URL", "", "Redis URL of a cache shared by all workers; empty: in process."),
        Setting("CACHE_SECONDS", "3600", "How long a cached answer may be used."),
        Setting("QUERY_SECONDS", "8", "Deadline of one panel's query."),
        Setting("EXPORT_SECONDS", "25", "Deadline of the query of one file."),
        Setting("MEMORY_LIMIT", "1GB", "Memory of one embedded DuckDB instance of a web worker."),
        Setting("BUILD_MEMORY_LIMIT", "4GB", "Memory of DuckDB while a version is built."),
        Setting("THREADS", "2", "Threads of one DuckDB instance."),
        Setting("KEEP_VERSIONS", "3", "How many warehouse versions stay on disk for undo."),
        Setting(
            "BRIEF_FONT",
            "",
            "Font file with Latin and Chinese letters for the PDF brief; empty: Noto Sans CJK where"
            " the system has it.",
        ),
        Setting("CURRENCY", "CNY", "ISO code of the one reporting currency."),
        Setting("TIME_ZONE", "UTC", "Zone in which a UTC timestamp becomes a business day."),
        Setting(
            "FUNNEL_STAGES",
            "lead,contacted,needs,quoted,contract,won",
            "Funnel stages in order, unless an import declares its own.",
        ),
        Setting(
            "APPROVAL_LIMIT",
            "200000",
            "Quotes above this amount, in the reporting currency, need the director's approval.",
        ),
        Setting("MARGIN_RATE", "", "Margin rate where no cost is known; empty: revenue is shown."),
        Setting(
            "CONTRACT_COVERS_ORDERS",
            "yes",
            "no: orders of customers under contract are paid beside it and valued too.",
        ),
        Setting("MINUTE_COST", "2", "Cost of one minute of a rep, in the reporting currency."),
        Setting(
            "CHANNEL_HOSTS",
            "",
            "Hosts inside your network, or without encryption, that messages may go to: "
            "mail.example.com:25,hooks.internal. Empty: public https and encrypted mail only.",
        ),
        Setting(
            "SCHEDULER",
            "0",
            "1: one of the web workers runs rules, alerts and messages; else do it by "
            "`python app.py rules`.",
        ),
        Setting("TICKET_COST", "60", "Cost of one service ticket, in the reporting currency."),
    )
}


def value(name: str) -> str:
    """Return a setting as written in the environment, or its default."""
    setting = SETTINGS[name]
    return os.environ.get(setting.name, setting.default)


def number(name: str) -> int:
    """Return a setting that must be a whole number."""
    text = value(name)
    if not text.strip().isdigit():
        raise SettingsError(f"{name} is '{text}'. Set it to a whole number.")
    return int(text)


def var() -> Path:
    """Return the folder of the data."""
    return Path(value("VAR")).resolve()


def is_demo() -> bool:
    """Whether demo users may be chosen without a login."""
    return value("DEMO") == "1"


@cache
def secret_key() -> str:
    """Return the session secret; the shipped one is refused outside demo mode."""
    secret = value("SECRET_KEY")
    if not is_demo() and (secret == SHIPPED_SECRET or len(secret) < 32):
        raise SettingsError(
            "SECRET_KEY is the shipped one or shorter than 32 characters. "
            "Set it to a long random text, or set DEMO=1 on your own machine."
        )
    return secret


def check_listening(host: str) -> None:
    """Refuse to serve demo users to anyone but this machine."""
    if is_demo() and host not in {"127.0.0.1", "localhost", "::1"} and not _in_container():
        raise SettingsError(
            f"Demo users need no password, so HOST={host} is refused while DEMO=1. "
            "Listen on 127.0.0.1."
        )


def _in_container() -> bool:
    return os.environ.get("DEMO_BEHIND_LOOPBACK") == "1"
