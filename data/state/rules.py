"""Rules as their owners keep them: saved in versions, switched on and off, removed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from data.access.reader import Reader
from data.domain.rule import Rule
from data.domain.rule_sense import check_sense
from data.state.audit import NotAllowedError, record, require, utc_now
from data.state.engine import StateError, reading, writing
from data.state.rule_tables import rule as rule_table
from data.state.rule_tables import rule_version

MANAGE = "manage-rules"
#: Who closes accounts also switches off what their owners left behind.
MANAGE_ALL = "manage-users"
#: Rules of one owner, removed ones left out.
MOST_RULES = 100
_t = rule_table.c


class UnknownRuleError(StateError):
    """There is no such rule, or it was removed."""


class ForeignRuleError(NotAllowedError):
    """The rule or alert belongs to somebody else."""


class TooManyRulesError(StateError):
    """The owner has as many rules as one may have."""


class StaleRuleError(StateError):
    """Somebody saved the rule after it was read; `now` is what it says by now."""

    def __init__(self, now: "RuleRecord") -> None:
        self.now = now
        super().__init__(
            f"{now.changed_by} changed this rule at {now.changed_at:%H:%M} UTC. "
            "What you have written is kept below: reload the rule or save over it."
        )


@dataclass(frozen=True)
class RuleRecord:
    """One rule with its owner, whether it is on, and who saved this version."""

    rule_id: str
    owner: str
    rule: Rule
    is_on: bool
    version: int
    changed_by: str
    changed_at: datetime

    @property
    def subject(self) -> str:
        """What the audit log calls the rule."""
        return f"rule/{self.rule_id}"


def rules(database: Engine, *, owner: str | None = None, is_on: bool = False) -> list[RuleRecord]:
    """Return the rules by the moment they were made: of one owner or all, or those that are on."""
    stmt = select(rule_table).where(_t.removed_at.is_(None)).order_by(_t.made_at, _t.rule_id)
    stmt = stmt.where(_t.owner == owner) if owner is not None else stmt
    stmt = stmt.where(_t.is_on) if is_on else stmt
    with reading(database) as connection:
        return [_record(row) for row in connection.execute(stmt).mappings()]


def rule(database: Engine, rule_id: str) -> RuleRecord:
    """Return one rule; raise UnknownRuleError where there is none."""
    with reading(database) as connection:
        return found(connection, rule_id)


def found(connection: Connection, rule_id: str) -> RuleRecord:
    """Return one rule within a caller's transaction."""
    stmt = select(rule_table).where(_t.rule_id == rule_id, _t.removed_at.is_(None))
    row = connection.execute(stmt).mappings().first()
    if row is None:
        raise UnknownRuleError("There is no such rule any more. Look at the list again.")
    return _record(row)


def history(database: Engine, rule_id: str) -> list[RuleRecord]:
    """Return every version of a rule, the newest first."""
    v = rule_version.c
    stmt = select(rule_version, _t.owner).join(rule_table, _t.rule_id == v.rule_id)
    with reading(database) as connection:
        mine = stmt.where(v.rule_id == rule_id).order_by(v.version.desc())
        return [_record(row) for row in connection.execute(mine).mappings()]


# --- writing ---------------------------------------------------------------------------------


def save_rule(
    database: Engine,
    *,
    actor: Reader,
    rule: Rule,
    rule_id: str | None = None,
    version: int | None = None,
) -> RuleRecord:
    """Keep a rule as the actor's own, switched on, or as the next version of the one read.

    Raises RuleError where it can never fire or asks nothing, StaleRuleError where `version` is
    not the newest (None saves over whatever is there).
    """
    require(database, actor=actor, permission=MANAGE, subject=f"rule/{rule_id or 'new'}")
    check_sense(rule)
    with writing(database) as connection:
        if rule_id is None:
            return _add(connection, actor, rule)
        before = _own(connection, actor, rule_id)
        if version is not None and before.version != version:
            raise StaleRuleError(before)
        return _change(connection, actor, before, what="rule-changed", rule=rule)


def switch_rule(database: Engine, *, actor: Reader, rule_id: str, is_on: bool) -> RuleRecord:
    """Switch a rule on or off; administrators may switch anybody's off."""
    require(database, actor=actor, permission=MANAGE, subject=f"rule/{rule_id}")
    with writing(database) as connection:
        before = _own(connection, actor, rule_id, is_ending=not is_on)
        if before.is_on == is_on:
            return before
        what = "rule-switched-on" if is_on else "rule-switched-off"
        return _change(connection, actor, before, what=what, is_on=is_on)


def remove_rule(database: Engine, *, actor: Reader, rule_id: str) -> None:
    """Take a rule away; its versions, firings and tasks stay."""
    require(database, actor=actor, permission=MANAGE, subject=f"rule/{rule_id}")
    with writing(database) as connection:
        before = _own(connection, actor, rule_id, is_ending=True)
        gone = update(rule_table).where(_t.rule_id == rule_id)
        connection.execute(gone.values(removed_at=utc_now(), is_on=False))
        _log(connection, actor, "rule-removed", before)


# --- what the writes share -------------------------------------------------------------------


def _own(
    connection: Connection, actor: Reader, rule_id: str, *, is_ending: bool = False
) -> RuleRecord:
    """Return the rule if the actor may change it, or end it."""
    before = found(connection, rule_id)
    if before.owner == actor.user_id or (is_ending and actor.may(MANAGE_ALL)):
        return before
    raise ForeignRuleError("This rule belongs to somebody else. Make one of your own like it.")


def _add(connection: Connection, actor: Reader, rule: Rule) -> RuleRecord:
    mine = select(_t.rule_id).where(_t.owner == actor.user_id, _t.removed_at.is_(None))
    if len(connection.execute(mine).all()) >= MOST_RULES:
        raise TooManyRulesError(f"You have {MOST_RULES} rules. Remove one before adding another.")
    now = utc_now()
    row: dict[str, Any] = {
        "rule_id": secrets.token_hex(16),
        "owner": actor.user_id,
        "definition": rule.to_json(),
        "is_on": True,
        "version": 1,
        "changed_by": actor.acting,
        "changed_at": now,
    }
    connection.execute(insert(rule_table).values(**row, made_at=now))
    return _kept(connection, actor, "rule-added", row["rule_id"])


def _change(
    connection: Connection,
    actor: Reader,
    before: RuleRecord,
    *,
    what: str,
    **changed: Any,
) -> RuleRecord:
    values: dict[str, Any] = {"version": before.version + 1, "changed_by": actor.acting}
    values |= {"changed_at": utc_now()}
    if (rule := changed.get("rule")) is not None:
        values["definition"] = rule.to_json()
    if (is_on := changed.get("is_on")) is not None:
        values["is_on"] = is_on
    connection.execute(update(rule_table).where(_t.rule_id == before.rule_id).values(**values))
    return _kept(connection, actor, what, before.rule_id)


def _kept(connection: Connection, actor: Reader, what: str, rule_id: str) -> RuleRecord:
    """Keep the version as it now is, and log it."""
    names = ("rule_id", "version", "definition", "is_on", "changed_by", "changed_at")
    now = select(*(_t[n] for n in names)).where(_t.rule_id == rule_id)
    connection.execute(insert(rule_version).from_select(list(names), now))
    made = found(connection, rule_id)
    _log(connection, actor, what, made)
    return made


def _log(connection: Connection, actor: Reader, action: str, about: RuleRecord) -> None:
    details = {"name": about.rule.name, "version": about.version, "owner": about.owner}
    record(connection, actor=actor.acting, action=action, subject=about.subject, details=details)


def _record(values: RowMapping) -> RuleRecord:
    names = ("rule_id", "owner", "version", "changed_by", "changed_at")
    kept = {n: values[n] for n in names}
    definition = Rule.from_json(values["definition"])
    return RuleRecord(rule=definition, is_on=bool(values["is_on"]), **kept)
