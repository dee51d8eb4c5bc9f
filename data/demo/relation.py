"""From when until when a customer deals with the company, as far as the orders tell."""

import numpy as np

from data.demo.calendar import END
from data.demo.columns import Ints
from data.demo.orders import Orders
from data.demo.people import People
from data.demo.plan import Plan

#: Who has ordered so recently is taken to be a customer still.
_STILL_THERE_DAYS = 75


def relation(plan: Plan, crowd: People, orders: Orders, *, tail: Ints | int) -> tuple[Ints, Ints]:
    """Each customer's first and last day, the last one so many days after the last order."""
    first = np.clip(crowd.join, plan.days[0], END)
    ordered = first.copy()
    np.maximum.at(ordered, orders.customer, orders.day)
    stays = (ordered > END - _STILL_THERE_DAYS) & ~crowd.prospect
    last = np.where(stays | crowd.contract_only, END, np.minimum(ordered + tail, END))
    return first, last
