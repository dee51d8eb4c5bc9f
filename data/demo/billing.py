"""What is invoiced and paid: businesses by monthly invoice, private persons as they settle.

A business gets one invoice for all orders of a month, returns deducted. A private person has
no invoice; the purchases of half a year are settled by one payment, each person's half
beginning in an own month so that payments come evenly.
"""

from dataclasses import dataclass

import numpy as np

from data.demo.calendar import END, month_of
from data.demo.columns import MISSING, Batch, Flags, Ints, batch, days, ids, money, words
from data.demo.orders import KEYS_PER_CHUNK, Orders
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.staff import rep_ids

_TERMS = np.array([15, 30, 45, 60])
_TERM_SHARE = [0.15, 0.5, 0.2, 0.15]
#: Of all invoices: paid on time, a little late, very late; the rest is not paid.
_ON_TIME, _LATE, _VERY_LATE = 0.70, 0.92, 0.985
_IN_TWO_PARTS = 0.03


@dataclass(frozen=True)
class Bundle:
    """Orders of one customer and span summed up: last day, net amount, the order if it is one."""

    customer: Ints
    day: Ints
    amount: Ints
    order: Ints


@dataclass(frozen=True)
class Payments:
    """Payments; `invoice` is the key of the invoice, `MISSING` for settlements without one."""

    customer: Ints
    invoice: Ints
    day: Ints
    amount: Ints


def billing(
    plan: Plan, chunk: int, crowd: People, orders: Orders
) -> tuple[tuple[str, Batch], Payments]:
    """The invoice table and the payments of a chunk."""
    draws = plan.draws(chunk, "billing")
    business = crowd.business[orders.customer]
    month = month_of(orders.day)
    billed = _bundle(orders, business, month)
    issued = billed.day + draws.integers(1, 5, len(billed.day))
    kept = issued <= END
    billed = Bundle(*(values[kept] for values in vars(billed).values()))
    issued = issued[kept]
    key = chunk * KEYS_PER_CHUNK + np.arange(1, len(issued) + 1)
    term = _TERMS[draws.choice(len(_TERMS), len(crowd), p=_TERM_SHARE)][billed.customer]
    table = _invoices(plan, crowd, billed, key, issued, issued + term)
    settled = _bundle(orders, ~business, (month + orders.customer) // 6)
    return table, _payments(draws, billed, key, issued + term, settled)


def _bundle(orders: Orders, which: Flags, span: Ints) -> Bundle:
    """Sums by customer and span; only those that leave something to pay."""
    row = np.flatnonzero(which)
    code = orders.customer[row] * 10_000 + span[row]
    by_code = row[np.argsort(code, kind="stable")]
    code = orders.customer[by_code] * 10_000 + span[by_code]
    starts = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))[: len(code)]
    if not len(code):
        return Bundle(code, code, code, code)
    count = np.diff(np.append(starts, len(code)))
    amount = np.add.reduceat(orders.amount[by_code], starts)
    due = amount > 0
    single = np.where(count == 1, orders.key[by_code[starts]], MISSING)
    last = orders.day[by_code[starts + count - 1]]
    customer = orders.customer[by_code[starts]]
    return Bundle(customer[due], last[due], amount[due], single[due])


def _invoices(
    plan: Plan, crowd: People, billed: Bundle, key: Ints, issued: Ints, due: Ints
) -> tuple[str, Batch]:
    return batch(
        "invoice",
        {
            "invoice_id": ids("I", key),
            "customer_id": ids("C", crowd.number[billed.customer], width=7),
            "order_id": ids("O", billed.order),
            "rep_id": words(rep_ids(plan), crowd.rep_on(billed.customer, issued)),
            "issued_on": days(issued),
            "due_on": days(due),
            "amount": money(billed.amount),
        },
    )


def _payments(
    draws: np.random.Generator, billed: Bundle, key: Ints, due: Ints, settled: Bundle
) -> Payments:
    size = len(key)
    lot = draws.random(size)
    delay = np.select(
        [lot < _ON_TIME, lot < _LATE, lot < _VERY_LATE],
        [draws.integers(-12, 3, size), draws.integers(3, 32, size), draws.integers(32, 150, size)],
        10_000,
    )
    day = np.maximum(due + delay, billed.day + 1)
    parts = draws.random(size) < _IN_TWO_PARTS
    early = np.where(parts, billed.amount * 6 // 1000 * 100, billed.amount)
    rest = np.flatnonzero(parts)
    payments = Payments(
        customer=np.concatenate([billed.customer, billed.customer[rest], settled.customer]),
        invoice=np.concatenate([key, key[rest], np.full(len(settled.day), MISSING)]),
        day=np.concatenate([day, day[rest] + 30, settled.day]),
        amount=np.concatenate([early, (billed.amount - early)[rest], settled.amount]),
    )
    kept = (payments.day <= END) & (payments.amount > 0)
    return Payments(*(values[kept] for values in vars(payments).values()))


def payment_table(plan: Plan, chunk: int, crowd: People, paid: Payments) -> tuple[str, Batch]:
    """The payments of a chunk."""
    key = chunk * KEYS_PER_CHUNK + np.arange(1, len(paid.day) + 1)
    return batch(
        "payment",
        {
            "payment_id": ids("P", key),
            "invoice_id": ids("I", paid.invoice),
            "customer_id": ids("C", crowd.number[paid.customer], width=7),
            "rep_id": words(rep_ids(plan), crowd.rep_on(paid.customer, paid.day)),
            "paid_on": days(paid.day),
            "amount": money(paid.amount),
        },
    )
