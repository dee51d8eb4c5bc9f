"""What rules did: for whom one fired in which window, and the tasks that still have to follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from data.access.reader import SYSTEM
from data.domain.rule import Rule, window_of
from data.state.audit import record, utc_now
from data.state.engine import reading, writing
from data.state.leases import check_fence
from data.state.rule_tables import rule_firing
from data.state.rules import RuleRecord, found

#: Customers for whom one rule fires in one run: nobody works off more at once. The most valuable
#: come first, the others have their turn in the next run.
MOST_FIRINGS = 2_000
#: Rows of one INSERT.
BATCH = 1_000
_t = rule_firing.c


@dataclass(frozen=True)
class Met:
    """One customer who meets a rule: id, name and representative."""

    customer_id: str
    name: str = ""
    rep: str | None = None


@dataclass(frozen=True)
class Fired:
    """What came of one rule: for whom it fired, and how many are still within their pause."""

    customers: tuple[Met, ...]
    rested: int = 0
    left: int = 0


@dataclass(frozen=True)
class Turn:
    """The run in which rules fire: its day of the data, and the lease that it holds (if any)."""

    day: date
    lease: tuple[str, int] | None = None


def fire(
    database: Engine, *, about: RuleRecord, met: Sequence[Met], turn: Turn, also: Any = None
) -> Fired:
    """Note for whom a rule fires; whoever fired in this window or rests is left out.

    Whole or not at all, and once however many processes try: the key is rule, window, customer.
    `also(connection, customers)` writes what follows within the same transaction.
    """
    with writing(database) as connection:
        if turn.lease:
            check_fence(connection, *turn.lease)
        if not _is_current(connection, about):
            return Fired(())
        resting = _resting(connection, about, turn.day)
        ready = [each for each in met if each.customer_id not in resting]
        now_firing = ready[:MOST_FIRINGS]
        _note(connection, about, now_firing, turn.day)
        if now_firing:
            if also:
                also(connection, now_firing)
            details = {"day": turn.day.isoformat(), "customers": len(now_firing)}
            record(
                connection,
                actor=SYSTEM.user_id,
                action="rule-fired",
                subject=about.subject,
                details=details | {"version": about.version},
            )
    return Fired(tuple(now_firing), len(met) - len(ready), len(ready) - len(now_firing))


def _is_current(connection: Connection, about: RuleRecord) -> bool:
    """Whether the rule is still on and says what it said when the engine was asked."""
    now = found(connection, about.rule_id)
    return now.is_on and now.version == about.version


def resting(database: Engine, about: RuleRecord, day: date) -> int:
    """Return how many customers a rule may not meet again yet."""
    with reading(database) as connection:
        return len(_resting(connection, about, day))


def _resting(connection: Connection, about: RuleRecord, day: date) -> set[str]:
    """Return who is not to be met again yet: the same window, or within the pause."""
    rule: Rule = about.rule
    window = window_of(rule.window, day)
    since = min(window, day - timedelta(days=rule.cool_down) + timedelta(days=1))
    stmt = select(_t.customer_id).where(_t.rule_id == about.rule_id, _t.day >= since)
    return set(connection.execute(stmt).scalars())


def _note(connection: Connection, about: RuleRecord, met: Sequence[Met], day: date) -> None:
    now = utc_now()
    shared: dict[str, Any] = {
        "rule_id": about.rule_id,
        "window_on": window_of(about.rule.window, day),
        "day": day,
        "version": about.version,
        "fired_at": now,
        "wants_task": about.rule.has_task,
    }
    rows = [{**shared, "customer_id": m.customer_id, "rep": m.rep} for m in met]
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(rule_firing), rows[start : start + BATCH])


# --- tasks that have to follow ---------------------------------------------------------------


@dataclass(frozen=True)
class Pending:
    """One firing whose task is not known to be open yet."""

    window_on: date
    customer_id: str
    day: date
    rep: str | None


def pending(database: Engine, rule_id: str) -> list[Pending]:
    """Return the firings of a rule whose tasks have to be opened, oldest first."""
    stmt = (
        select(_t.window_on, _t.customer_id, _t.day, _t.rep)
        .where(_t.rule_id == rule_id, _t.wants_task)
        .order_by(_t.window_on, _t.customer_id)
    )
    with reading(database) as connection:
        return [Pending(*row) for row in connection.execute(stmt)]


def settle(database: Engine, rule_id: str, done: Sequence[Pending]) -> None:
    """Note that the tasks of these firings are open."""
    same = (_t.rule_id == bindparam("rule")) & (_t.window_on == bindparam("window"))
    same &= _t.customer_id == bindparam("customer")
    stmt = update(rule_firing).where(same).values(wants_task=False)
    rows = [{"rule": rule_id, "window": d.window_on, "customer": d.customer_id} for d in done]
    with writing(database) as connection:
        connection.execute(stmt, rows)


@dataclass(frozen=True)
class Tally:
    """How often a rule has fired, and when last."""

    firings: int
    last_day: date | None


def tallies(database: Engine) -> dict[str, Tally]:
    """Return the firings of every rule that fired, by rule."""
    stmt = select(_t.rule_id, func.count().label("n"), func.max(_t.day)).group_by(_t.rule_id)
    with reading(database) as connection:
        return {rule_id: Tally(n, day) for rule_id, n, day in connection.execute(stmt)}
