"""The whole demo company as a stream of Arrow batches, chunk after chunk of customers."""

from collections.abc import Iterator

import numpy as np

from data.demo.billing import billing, payment_table
from data.demo.campaigns import CAMPAIGNS, campaign_table, head_counts, member_table, run_campaigns
from data.demo.columns import Batch, Ints
from data.demo.contracts import contract_table
from data.demo.customers import customer_tables
from data.demo.deals import deal_tables, deals
from data.demo.engagement import engagement_table
from data.demo.followups import activity_table
from data.demo.funnel import paths
from data.demo.orders import order_tables, place_orders
from data.demo.people import people
from data.demo.plan import Plan
from data.demo.products import product_table
from data.demo.purchases import purchases
from data.demo.service import service_tables
from data.demo.staff import rep_table, team_table
from data.demo.targets import Tally


def demo_batches(
    *, customers: int = 20_000, months: int = 36, seed: int = 7, stories: bool = True
) -> Iterator[tuple[str, Batch]]:
    """(contract table, rows) again and again until the company is complete.

    Every batch has exactly the columns and types of its contract table. Memory stays that of
    one chunk of 20,000 customers whatever the size. Raises `DemoSizeError` for sizes out of
    bounds.
    """
    plan = Plan(customers=customers, months=months, seed=seed, stories=stories)
    return _stream(plan)


def _stream(plan: Plan) -> Iterator[tuple[str, Batch]]:
    yield team_table()
    yield rep_table(plan)
    yield product_table()
    tally = Tally(plan)
    heads = np.zeros(len(CAMPAIGNS), dtype=np.int64)
    for chunk in range(plan.chunks):
        yield from _chunk(plan, chunk, tally, heads)
    yield campaign_table(plan, heads)
    yield tally.table()


def _chunk(plan: Plan, chunk: int, tally: Tally, heads: Ints) -> Iterator[tuple[str, Batch]]:
    """All tables of one chunk; adds to the tally and the head counts on the way."""
    crowd = people(plan, chunk)
    members, bought = run_campaigns(plan, chunk, crowd, purchases(plan, chunk, crowd))
    heads += head_counts(members)
    orders = place_orders(plan, chunk, crowd, bought, members)
    yield from customer_tables(plan, chunk, crowd)
    yield member_table(crowd, members)
    yield from order_tables(plan, chunk, crowd, orders)
    invoices, paid = billing(plan, chunk, crowd, orders)
    tally.add(crowd, orders, paid)
    yield invoices
    yield payment_table(plan, chunk, crowd, paid)
    yield contract_table(plan, chunk, crowd)
    found = deals(plan, chunk, crowd, orders, paths(plan, chunk, len(crowd)))
    yield from deal_tables(plan, chunk, crowd, found)
    yield activity_table(plan, chunk, crowd, orders, found)
    yield from service_tables(plan, chunk, crowd, orders)
    yield engagement_table(plan, chunk, crowd, orders, members)
