"""Runs of the rules: each asked of the engine with the rights its owner has now, then followed.

The day is a day of the data, so that the same data never fire twice and a clock that jumps does
nothing. Who meets a rule is one statement; who fired or rests is known to the state database.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from sqlalchemy import Connection, Engine

from data import settings
from data.access.reader import Reader, scope_of
from data.domain.channel import Message
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.rule import Rule, window_of
from data.domain.rule_fields import FIELDS
from data.domain.task import Draft, Origin, Owner
from data.state import accounts, firings, outbox, tasks
from data.state.account_rows import UnknownAccountError
from data.state.firings import Fired, Met, Pending, Turn
from data.state.outbox import Cause
from data.state.rules import MANAGE, RuleRecord
from data.state.rules import rules as rules_of
from data.warehouse.engine import WarehouseError
from pages._session import placed_reader
from queries.question import Query
from queries.rule_check import masked_fields, missing_tables
from queries.rules import PREVIEW_DAYS, first_of, rule_customers, rule_days
from queries.run import fetcher, reading, run_uncached

#: Tasks that are opened in one transaction.
AT_ONCE = 500


NOBODY = Fired(())


class RunError(WarehouseError):
    """The rules cannot be run for this day."""


@dataclass(frozen=True)
class RuleRun:
    """What came of one rule: for how many it fired, who rests, and why it did nothing."""

    about: RuleRecord
    fired: Fired = NOBODY
    tasks: int = 0
    why_not: str = ""

    @property
    def sentence(self) -> str:
        """What to tell on the command line."""
        name = f"{self.about.rule.name} ({self.about.owner})"
        if self.why_not:
            return f"{name}: not run. {self.why_not}"
        left = "more are left for the next run" if self.fired.left else "nobody is left"
        return (
            f"{name}: fired for {len(self.fired.customers):,}, {self.tasks:,} tasks opened, "
            f"{self.fired.rested:,} rest, {left}."
        )


def run_rules(
    database: Engine, *, as_of: date | None = None, lease: tuple[str, int] | None = None
) -> Iterator[RuleRun]:
    """Run every rule that is on, one after the other; what fails is told and the next one goes on.

    `as_of` is the as-of day of the data, or one of the 89 days before it.
    """
    last = fetcher().info().calendar.as_of
    day = last if as_of is None else as_of
    if not last - timedelta(days=PREVIEW_DAYS - 1) <= day <= last:
        raise RunError(
            f"The data are as of {last}; rules can be run for that day and the "
            f"{PREVIEW_DAYS - 1} before it, not for {day}."
        )
    for about in rules_of(database, is_on=True):
        yield run_rule(database, about, turn=Turn(day, lease))


def run_rule(database: Engine, about: RuleRecord, *, turn: Turn) -> RuleRun:
    """Run one rule, and open the tasks that are still to follow from earlier runs."""
    owner = reader_of_owner(database, about.owner)
    if owner is None:
        return RuleRun(about, why_not="Its owner is closed or may not have rules any more.")
    with reading(owner, through=fetcher()):
        if why_not := _hindrance(about.rule, owner, turn.day):
            return RuleRun(about, why_not=why_not)
        # Enough for a full run whoever of them rests; one more tells that there are others.
        most = firings.MOST_FIRINGS + firings.resting(database, about, turn.day) + 1
        try:
            met = met_on(about.rule, turn.day, most=most)
        except WarehouseError as error:
            return RuleRun(about, why_not=str(error))
    fired = firings.fire(database, about=about, met=met, turn=turn, also=_letters(about, turn))
    return RuleRun(about, fired, tasks=open_pending(database, about, owner))


def reader_of_owner(database: Engine, user_id: str) -> Reader | None:
    """Return who owns a rule as a reader at this moment; None where the account is closed."""
    try:
        found = accounts.account(database, user_id)
    except UnknownAccountError:
        return None
    if not found.is_usable:
        return None
    reader = placed_reader(found.reader(), is_demo=found.is_demo)
    return reader if reader.may(MANAGE) else None


def _hindrance(rule: Rule, owner: Reader, day: date) -> str:
    """Return why a rule cannot be run for its owner on a day; empty where it can."""
    info = fetcher().info()
    if masked := masked_fields(rule, scope_of(owner, info)):
        return f"Its owner may not see the field '{FIELDS[masked[0]].label}'."
    if missing := missing_tables(rule, info):
        field, names = next(iter(missing.items()))
        return f"'{FIELDS[field].label}' needs rows in {' or '.join(names)}; there are none."
    if day != info.calendar.as_of and not rule.is_exact:
        return "It asks for what is known of the newest day only."
    return ""


def met_on(rule: Rule, day: date, *, most: int) -> list[Met]:
    """Return who meets a rule on a day of the data, for the reader who asks.

    At most so many, the most valuable first.
    """
    filters = plain_filters()
    back = (filters.calendar.as_of - day).days
    query: Query = rule_days(rule, days=back + 1) if back else first_of(rule_customers(rule), most)
    rows = run_uncached(query, filters)
    if back:
        rows = rows[rows["mask_0"].astype("int64") & 1 == 1].head(most)
    columns = (rows["customer_id"], rows["name"], rows["rep"])
    return [Met(who, name or "", rep or None) for who, name, rep in zip(*columns, strict=True)]


def plain_filters() -> Filters:
    """Return filters that leave everybody in, on the live version."""
    info = fetcher().info()
    return Filters.from_query({}, info.calendar, version=info.number)


# --- messages --------------------------------------------------------------------------------


def _letters(about: RuleRecord, turn: Turn) -> Callable[[Connection, Sequence[Met]], None]:
    """Return what puts a message per customer and channel into the outbox, where there are any."""
    window = window_of(about.rule.window, turn.day)

    def put(connection: Connection, met: Sequence[Met]) -> None:
        messages = [
            (Cause("rule", about.rule_id, window, each.customer_id), _message(about.rule, each))
            for each in met
            if about.rule.channels
        ]
        outbox.put(connection, messages, about.rule.channels)

    return put


def _message(rule: Rule, each: Met) -> Message:
    text = f"{rule.text}: {each.name or each.customer_id}"
    return Message("", rule.name, text, link_to(f"/?customer={quote(each.customer_id)}"))


def link_to(path: str) -> str:
    """Return the address of a page for readers elsewhere; empty where none is known."""
    public = settings.value("PUBLIC_URL").rstrip("/")
    return f"{public}{path}" if public else ""


# --- tasks -----------------------------------------------------------------------------------


def open_pending(database: Engine, about: RuleRecord, owner: Reader) -> int:
    """Open the tasks of firings that have none yet; return how many were opened."""
    opened = 0
    waiting = firings.pending(database, about.rule_id)
    for start in range(0, len(waiting), AT_ONCE):
        part = waiting[start : start + AT_ONCE]
        opened += _open(database, about, owner, part)
        firings.settle(database, about.rule_id, part)
    return opened


def _open(database: Engine, about: RuleRecord, owner: Reader, part: Sequence[Pending]) -> int:
    drafts = [_draft(about, owner, each) for each in part]
    return len(tasks.open_tasks(database, actor=owner, drafts=drafts).task_ids)


def _draft(about: RuleRecord, owner: Reader, each: Pending) -> Draft:
    """Return the task for one customer: the representative's, else the rule's owner's own."""
    mine = Owner("user", owner.user_id)
    is_given = each.rep and each.rep != NOT_GIVEN and owner.may(tasks.ASSIGN)
    return Draft(
        title=about.rule.text,
        owner=Owner("rep", str(each.rep)) if is_given else mine,
        customer_id=each.customer_id,
        due_on=each.day + timedelta(days=about.rule.due_days),
        priority=about.rule.priority,
        note=about.rule.name,
        origin=Origin("rule", about.rule_id, each.window_on.isoformat(), is_once=True),
    )
