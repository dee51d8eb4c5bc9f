"""What stands on an order: products, quantities, prices, discounts and costs, line by line."""

from dataclasses import dataclass

import numpy as np

from data.demo import stories
from data.demo.calendar import END
from data.demo.campaigns import SPRING
from data.demo.columns import Flags, Floats, Ints
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.products import LIST_PRICE, PER_CATEGORY, unit_cost, unit_price
from data.demo.purchases import Purchases, rank

#: 1.3 lines per order.
_SECOND_LINE, _THIRD_LINE = 0.76, 0.94
#: Spend per order around the customer's mean: gamma shape.
_STEADY_SPEND = 4.0


@dataclass(frozen=True)
class Lines:
    """Lines by order; `order` is the position of the order."""

    order: Ints
    line_no: Ints
    product: Ints
    quantity: Ints
    amount: Ints
    cost: Ints
    discount: Ints


def order_lines(plan: Plan, chunk: int, crowd: People, bought: Purchases, campaign: Ints) -> Lines:
    """The lines of purchases that are in the order of their days, each from its campaign."""
    customer, day = bought.customer, bought.day
    draws = plan.draws(chunk, "order")
    lot = draws.random(len(day))
    count = 1 + (lot > _SECOND_LINE) + (lot > _THIRD_LINE)
    wanted = crowd.spend[customer] * draws.gamma(_STEADY_SPEND, 1 / _STEADY_SPEND, len(day))
    rate = _discounts(draws, crowd.costly[customer], day, campaign)
    order = np.repeat(np.arange(len(day)), count)
    share = (0.6 + 0.8 * draws.random(len(order))) / count[order]
    product = _products(plan, chunk, draws, crowd, customer[order])
    quantity = np.rint(wanted[order] * share * 100 / LIST_PRICE[product]).astype(np.int64)
    quantity = np.maximum(quantity, 1)
    gross = quantity * unit_price(plan, product, day[order]) * 100
    discount = np.rint(gross * rate[order] / 100).astype(np.int64) * 100
    return Lines(
        order=order,
        line_no=rank(order) + 1,
        product=product,
        quantity=quantity,
        amount=gross - discount,
        cost=quantity * unit_cost(plan, product, day[order]),
        discount=discount,
    )


def _products(
    plan: Plan, chunk: int, draws: np.random.Generator, crowd: People, customer: Ints
) -> Ints:
    """Mostly the customer's favourite of the three categories for its kind."""
    favourite = plan.draws(chunk, "favourite").integers(0, 3, len(crowd))
    category = np.where(
        draws.random(len(customer)) < 0.7, favourite[customer], draws.integers(0, 3, len(customer))
    )
    kind = np.where(crowd.business[customer], 0, 3)
    return (kind + category) * PER_CATEGORY + draws.integers(0, PER_CATEGORY, len(customer))


def _discounts(draws: np.random.Generator, costly: Flags, day: Ints, campaign: Ints) -> Floats:
    """Two orders in five carry a discount; gift orders and the costly accounts carry more."""
    lot = draws.random(len(day))
    rate = np.where(lot < 0.6, 0.0, np.rint((lot - 0.6) * 20) / 100)
    rate = rate + np.where(campaign == SPRING, stories.SPRING_DISCOUNT, 0.0)
    late = costly & (day > END - 540)
    return rate + np.where(late, stories.COSTLY_DISCOUNT + 0.04 * lot, 0.0)
