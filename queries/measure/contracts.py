"""Contract terms by the day they end."""

from sqlalchemy import Subquery, select

from queries import visible
from queries.measure.family import Asked, Family
from queries.visible import between


def _contracts(asked: Asked) -> Subquery:
    t = visible.contract_terms(asked.filters, asked.scope, "ends_on", "is_renewed", *asked.groups)
    return select(t).where(between(t.c.ends_on, asked.period)).subquery("terms")


CONTRACTS = Family(_contracts)
