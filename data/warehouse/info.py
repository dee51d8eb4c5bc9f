"""What a version says about itself: its calendar, the values of its dimensions, what is in it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from data.domain.filters import Filters, Query, parse, parse_search
from data.domain.period import Calendar
from data.warehouse import marts
from data.warehouse.dialects import TEN_THOUSANDTHS, Dictionary


@dataclass(frozen=True)
class VersionInfo:
    """One version's own facts; immutable like the version."""

    number: int
    calendar: Calendar
    dictionary: Dictionary
    #: dimension -> value -> the name that readers know.
    labels: MappingProxyType[str, MappingProxyType[str, str]]
    stages: tuple[str, ...]
    #: Contract table -> rows.
    counts: MappingProxyType[str, int]
    customers: int
    prospects: int
    has_cost: bool
    expected_years: float | None
    unassigned_net: float
    unassigned_orders: int
    #: The first month end that is kept as it was known when it closed; None: all are recomputed.
    pinned_from: date | None
    #: Version of the scoring model by which the customers were scored.
    model: int
    #: team -> its parent, for the tree.
    parents: MappingProxyType[str, str] = field(
        default_factory=lambda: MappingProxyType(dict[str, str]())
    )

    #: representative with customers -> team, in the order of their ids.
    reps: MappingProxyType[str, str] = field(
        default_factory=lambda: MappingProxyType(dict[str, str]())
    )

    def label(self, dimension: str, value: str) -> str:
        """Return the name of a dimension's value, or the value itself."""
        return self.labels.get(dimension, MappingProxyType({})).get(value, value)

    def parsed(self, query: Query) -> tuple[Filters, list[str]]:
        """Return the filters of a URL query in this version, and what made no sense in it."""
        return parse(query, self.calendar, version=self.number, known=self.labels)

    def searched(self, search: str) -> tuple[Filters, list[str]]:
        """Return `parsed` of the text behind a URL's question mark."""
        return parse_search(search, self.calendar, version=self.number, known=self.labels)


def read_info(connection: Connection, number: int) -> VersionInfo:
    """Read what a version says about itself."""
    row = connection.execute(select(marts.version_info)).one()
    values, labels = _dictionary(connection)
    subtree, parents = _teams(connection)
    stages = connection.execute(
        select(marts.funnel_stage.c.stage).order_by(marts.funnel_stage.c.position)
    )
    counts = connection.execute(select(marts.table_count.c.name, marts.table_count.c.rows))
    return VersionInfo(
        number=number,
        calendar=Calendar(
            row.first_on,
            row.as_of,
            row.threshold_days,
            _revalued(connection),
            row.liveliest,
            row.pinned_from,
        ),
        dictionary=Dictionary(values, subtree),
        labels=labels,
        stages=tuple(stages.scalars()),
        counts=MappingProxyType({name: rows for name, rows in counts}),
        customers=row.customers,
        prospects=row.prospects,
        has_cost=bool(row.has_cost),
        expected_years=row.expected_years,
        unassigned_net=row.unassigned_net / TEN_THOUSANDTHS,
        unassigned_orders=row.unassigned_orders,
        pinned_from=row.pinned_from,
        model=row.model,
        parents=parents,
        reps=_reps(connection),
    )


def _revalued(connection: Connection) -> frozenset[date]:
    m = marts.cube_movement.c
    found = connection.execute(select(m.month).where(m.revaluation != 0).distinct())
    return frozenset(date.fromisoformat(str(month)[:10]) for month in found.scalars())


def _dictionary(connection: Connection) -> tuple[dict[str, tuple[str, ...]], Any]:
    values: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    d = marts.dictionary.c
    for row in connection.execute(select(marts.dictionary).order_by(d.dimension, d.code)):
        values[row.dimension].append(row.value)
        labels[row.dimension][row.value] = row.label
    labels |= {"seller": labels["rep"], "seller_team": labels["team"]}
    frozen = MappingProxyType({k: MappingProxyType(v) for k, v in labels.items()})
    return {k: tuple(v) for k, v in values.items()}, frozen


def _teams(connection: Connection) -> tuple[dict[str, frozenset[str]], MappingProxyType[str, str]]:
    subtree: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, str] = {}
    for row in connection.execute(select(marts.team_tree)):
        subtree[row.ancestor].add(row.descendant)
        if row.depth == 1:
            parents[row.descendant] = row.ancestor
    return {k: frozenset(v) for k, v in subtree.items()}, MappingProxyType(parents)


def _reps(connection: Connection) -> MappingProxyType[str, str]:
    c = marts.customer_current.c
    stmt = select(c.rep, c.team).where(c.is_customer).distinct()
    pairs = {str(rep): str(team) for rep, team in connection.execute(stmt)}
    return MappingProxyType(dict(sorted(pairs.items())))
