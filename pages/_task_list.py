"""Which tasks a reader sees: those of visible customers, the own, and those of the own team.

A task whose customer is out of the reader's scope is kept, without anything of the customer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from data.access.reader import Reader, scope_of
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.domain.task import NARROWED, Owner
from data.i18n import t
from data.state import accounts, tasks
from data.state.task_lists import TaskQuery, listed
from data.state.task_rows import TaskRecord
from pages._access import name_of, reader_of
from pages._state import state
from queries.run import fetcher, reader_now, run, scope_now
from queries.tasks import named_customers

#: Tasks that a page shows, and how many are looked through for them.
MOST, MOST_LOOKED_AT = 300, 20_000
AT_ONCE = 1_000
#: Customers that one question names.
NAMED_AT_ONCE = 500
STATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "undone": ("open", "doing"),
        "any": (),
        **{name: (name,) for name in ("open", "doing", "done", "dropped")},
    }
)
Named = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Seen:
    """A task as its reader may see it; `name` is the customer's, None where it is out of scope."""

    task: TaskRecord
    name: str | None = None
    tier: str | None = None

    @property
    def is_out_of_scope(self) -> bool:
        """Whether it is about a customer whom the reader may not see."""
        return self.task.customer_id is not None and self.name is None


@dataclass(frozen=True)
class Owners:
    """Who may do tasks, by `user:…` or `rep:…`: their names, and those within the reach."""

    names: Mapping[str, str]
    reach: frozenset[str]

    def name(self, owner: Owner) -> str:
        """Return an owner's name; one that is gone keeps the id."""
        return self.names.get(str(owner), owner.id)


def owners_now() -> Owners:
    """Return users and representatives, and whom of them the reader leads or is."""
    reader, scope, info = reader_now(), scope_now(), fetcher().info()
    names = {f"rep:{rep}": info.label("rep", rep) for rep in info.reps if rep != NOT_GIVEN}
    reach = {f"rep:{rep}" for rep, team in info.reps.items() if _reaches(scope, rep, team)}
    for account in accounts.accounts(state()):
        names[f"user:{account.user_id}"] = name_of(account)
        if _leads(scope, scope_of(reader_of(account), info)):
            reach.add(f"user:{account.user_id}")
    reach |= {f"user:{reader.user_id}", f"rep:{reader.rep_id}"} & names.keys()
    return Owners(names, frozenset(reach & names.keys()))


def _reaches(scope: Scope, rep: str, team: str) -> bool:
    if scope.reps is not None:
        return rep in scope.reps
    return scope.teams is None or team in scope.teams


def _leads(scope: Scope, other: Scope) -> bool:
    """Whether whoever has the other scope works within this one."""
    if scope.is_company_wide:
        return True
    if scope.reps is not None or other.is_company_wide:
        return False
    if other.reps is not None:
        teams = fetcher().info().reps
        return all(teams.get(rep) in (scope.teams or ()) for rep in other.reps) and bool(other.reps)
    return bool(other.teams) and (other.teams or frozenset()) <= (scope.teams or frozenset())


def customers(filters: Filters, ids: Iterable[str]) -> Named:
    """Return those of the customers whom the reader may see and asked for, by id."""
    found: dict[str, Mapping[str, Any]] = {}
    wanted = sorted(set(ids))
    for i in range(0, len(wanted), NAMED_AT_ONCE):
        chosen = filters.choosing("customer", *wanted[i : i + NAMED_AT_ONCE])
        rows = run(named_customers, chosen.unfocused())
        found |= {row["customer_id"]: row for row in rows.to_dict("records")}
    return found


# --- lists -----------------------------------------------------------------------------------


def seen_tasks(filters: Filters, query: TaskQuery, *, most: int = MOST) -> tuple[list[Seen], bool]:
    """Return the tasks that the reader sees, the most pressing first, and whether there are more.

    Filters on customers leave those out that are about none of them.
    """
    owners, shown, offset = owners_now(), list[Seen](), 0
    while len(shown) <= most and offset < MOST_LOOKED_AT:
        page = listed(state(), query, limit=AT_ONCE, offset=offset)
        shown += _visible(page, filters, owners)
        offset += AT_ONCE
        if len(page) < AT_ONCE:
            break
    return shown[:most], len(shown) > most


def seen_by_id(filters: Filters, ids: Sequence[int]) -> dict[int, Seen]:
    """Return those of the tasks that the reader sees, whatever is filtered now."""
    found = tasks.tasks(state(), ids)
    alive = [found[i] for i in ids if i in found and not found[i].deleted_at]
    return {s.task.task_id: s for s in _visible(alive, filters.unfiltered(), owners_now())}


def _visible(page: Sequence[TaskRecord], filters: Filters, owners: Owners) -> list[Seen]:
    named = customers(filters, (each.customer_id for each in page if each.customer_id))
    reader = reader_now()
    return [
        Seen(each, *_who(named.get(each.customer_id or "")))
        for each in page
        if each.customer_id in named or (not filters.chosen and _is_near(each, reader, owners))
    ]


def _who(row: Mapping[str, Any] | None) -> tuple[str | None, str | None]:
    return (row["name"] or row["customer_id"], row["tier"]) if row else (None, None)


def _is_near(found: TaskRecord, reader: Reader, owners: Owners) -> bool:
    return tasks.is_mine(found, reader) or str(found.owner) in owners.reach


# --- what the URL asks for -------------------------------------------------------------------


def narrowed(filters: Filters) -> dict[str, str]:
    """Return how the list is narrowed, the usual where the URL says nothing."""
    return {key: filters.choices.tasks.get(key, usual[0]) for key, usual in NARROWED.items()}


def query_of(filters: Filters) -> TaskQuery:
    """Return which tasks the URL asks for; late is what was due before the day of the data."""
    parts, today = narrowed(filters), filters.calendar.as_of
    due: dict[str, Any] = {
        "late": {"due_before": today},
        "week": {"due_before": today + timedelta(days=8)},
        "none": {"has_no_day": True},
    }.get(parts["due"], {})
    return TaskQuery(
        owners=_owners_asked(filters, parts["whose"]),
        states=STATES[parts["state"]],
        priority="" if parts["priority"] == "any" else parts["priority"],
        words=filters.choices.find,
        **due,
    )


def _owners_asked(filters: Filters, whose: str) -> tuple[Owner, ...]:
    if filters.choices.owner:
        return (Owner.from_text(filters.choices.owner),)
    return own_names(reader_now()) if whose == "mine" else ()


def own_names(reader: Reader) -> tuple[Owner, ...]:
    """Return the reader as those who own tasks: the user, and the representative who it is."""
    as_rep = [Owner("rep", reader.rep_id)] if reader.rep_id else []
    return (Owner("user", reader.user_id), *as_rep)


def default_owner(row: Mapping[str, Any]) -> Owner:
    """Return who looks after a customer; where nobody does, the reader."""
    rep = row["rep"]
    if rep and rep != NOT_GIVEN:
        return Owner("rep", str(rep))
    return own_names(reader_now())[-1]


def today_of(filters: Filters) -> date:
    """Return the day of the data, by which tasks are due and closed."""
    return filters.calendar.as_of


def scope_sentence() -> str:
    """Return what stands in place of a customer who is out of the reader's scope."""
    return t("Customer outside your scope")
