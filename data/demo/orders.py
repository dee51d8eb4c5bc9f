"""What customers buy: orders with their lines, discounts, costs and returns.

The amount of an order is the sum of its lines to the last fen. Money is in ten-thousandths.
"""

from dataclasses import dataclass

import numpy as np

from data.demo import stories
from data.demo.calendar import END
from data.demo.campaigns import AUTUMN_2024, AUTUMN_2025, CAMPAIGNS, SPRING, WAKE, Members
from data.demo.columns import (
    MISSING,
    Batch,
    Flags,
    Ints,
    batch,
    days,
    ids,
    money,
    whole,
    words,
)
from data.demo.order_lines import Lines, order_lines
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.products import product_ids
from data.demo.purchases import Purchases, rank
from data.demo.staff import rep_ids

CHANNELS = ["online", "shop", "sales", "partner"]
RETURN_SHARE = 0.031
#: One in a million and more: keys of a chunk never meet those of the next.
KEYS_PER_CHUNK = 10_000_000


@dataclass(frozen=True)
class Orders:
    """Orders by day; `customer` is the position in the chunk, `returned` that of an order."""

    customer: Ints
    day: Ints
    amount: Ints
    cost: Ints
    discount: Ints
    campaign: Ints
    returned: Ints
    key: Ints
    lines: Lines


def place_orders(
    plan: Plan, chunk: int, crowd: People, bought: Purchases, members: Members
) -> Orders:
    """The chunk's orders and returns, in the order of their days."""
    by_day = np.argsort(bought.day, kind="stable")
    customer, day = bought.customer[by_day], bought.day[by_day]
    campaign = _campaigns(crowd, bought, members)[by_day]
    lines = order_lines(plan, chunk, crowd, Purchases(customer, day), campaign)
    back = _returns(plan, chunk, day, lines)
    every = _with_returns(customer, day, campaign, lines, back)
    return _numbered(every, chunk)


def _campaigns(crowd: People, bought: Purchases, members: Members) -> Ints:
    """The campaign that brought each purchase: the autumn sales' first orders, and gift orders."""
    found = np.full(len(bought.day), MISSING)
    first = rank(bought.customer) == 0
    for campaign in (AUTUMN_2025, AUTUMN_2024):
        found[first & _in(crowd, members.of(campaign))[bought.customer]] = campaign
    gift = (_in(crowd, members.of(SPRING)) | crowd.hunter)[bought.customer]
    gift &= (bought.day >= stories.SPRING_START) & (bought.day < stories.SPRING_END)
    found[gift] = SPRING
    answered = members.customer[(members.campaign == WAKE) & (members.responded != MISSING)]
    woken = _in(crowd, answered)[bought.customer]
    woken &= (bought.day >= stories.WAKE_START) & (bought.day < stories.WAKE_END)
    found[woken] = WAKE
    return found


def _in(crowd: People, customers: Ints) -> Flags:
    inside = np.zeros(len(crowd), dtype=np.bool_)
    inside[customers] = True
    return inside


def _returns(plan: Plan, chunk: int, day: Ints, lines: Lines) -> tuple[Ints, Ints]:
    """Which lines come back, and when: the first line of some orders, within four weeks."""
    draws = plan.draws(chunk, "return")
    first = np.flatnonzero(lines.line_no == 1)
    first = first[draws.random(len(first)) < RETURN_SHARE]
    back = day[lines.order[first]] + draws.integers(3, 28, len(first))
    return first[back <= END], back[back <= END]


def _with_returns(
    customer: Ints, day: Ints, campaign: Ints, lines: Lines, back: tuple[Ints, Ints]
) -> Orders:
    line, back_on = back
    size, returned = len(day), lines.order[line]
    at = np.arange(size, size + len(line))
    every = Lines(
        order=np.concatenate([lines.order, at]),
        line_no=np.concatenate([lines.line_no, np.ones(len(line), dtype=np.int64)]),
        product=np.concatenate([lines.product, lines.product[line]]),
        quantity=np.concatenate([lines.quantity, -lines.quantity[line]]),
        amount=np.concatenate([lines.amount, -lines.amount[line]]),
        cost=np.concatenate([lines.cost, -lines.cost[line]]),
        discount=np.concatenate([lines.discount, np.zeros(len(line), dtype=np.int64)]),
    )
    starts = np.flatnonzero(every.line_no == 1)
    amount, cost, discount = (
        np.add.reduceat(values, starts) for values in (every.amount, every.cost, every.discount)
    )
    nothing = np.full(len(line), MISSING)
    return Orders(
        customer=np.concatenate([customer, customer[returned]]),
        day=np.concatenate([day, back_on]),
        amount=amount,
        cost=cost,
        discount=discount,
        campaign=np.concatenate([campaign, nothing]),
        returned=np.concatenate([np.full(size, MISSING), returned]),
        key=np.empty(0, dtype=np.int64),
        lines=every,
    )


def _numbered(orders: Orders, chunk: int) -> Orders:
    """The same orders with a running number, and sorted by day."""
    by_day = np.argsort(orders.day, kind="stable")
    key = np.empty(len(by_day), dtype=np.int64)
    key[by_day] = chunk * KEYS_PER_CHUNK + np.arange(1, len(by_day) + 1)
    returned = orders.returned[by_day]
    return Orders(
        customer=orders.customer[by_day],
        day=orders.day[by_day],
        amount=orders.amount[by_day],
        cost=orders.cost[by_day],
        discount=orders.discount[by_day],
        campaign=orders.campaign[by_day],
        returned=np.where(returned < 0, MISSING, key[np.maximum(returned, 0)]),
        key=key[by_day],
        lines=_rekeyed(orders.lines, key),
    )


def _rekeyed(lines: Lines, key: Ints) -> Lines:
    fields = {**vars(lines), "order": key[lines.order]}
    by_order = np.argsort(fields["order"], kind="stable")
    return Lines(**{name: values[by_order] for name, values in fields.items()})


def order_tables(plan: Plan, chunk: int, crowd: People, orders: Orders) -> list[tuple[str, Batch]]:
    """The orders and their lines."""
    lot = plan.draws(chunk, "channel").random(len(orders.key))
    business = crowd.business[orders.customer]
    channel = np.where(
        business,
        np.searchsorted([0.2, 0.25, 0.88], lot),
        np.searchsorted([0.66, 0.97, 0.99], lot),
    )
    rep = crowd.rep_on(orders.customer, orders.day)
    lines = orders.lines
    return [
        batch(
            "orders",
            {
                "order_id": ids("O", orders.key),
                "customer_id": ids("C", crowd.number[orders.customer], width=7),
                "rep_id": words(rep_ids(plan), rep),
                "ordered_on": days(orders.day),
                "amount": money(orders.amount),
                "cost": money(orders.cost),
                "discount": money(orders.discount),
                "channel": words(CHANNELS, channel),
                "campaign_id": words(CAMPAIGNS, orders.campaign),
                "returned_order_id": ids("O", orders.returned),
            },
        ),
        batch(
            "order_line",
            {
                "order_id": ids("O", lines.order),
                "line_no": whole(lines.line_no),
                "product_id": words(product_ids(), lines.product),
                "quantity": money(lines.quantity * 10_000),
                "amount": money(lines.amount),
                "cost": money(lines.cost),
            },
        ),
    ]
