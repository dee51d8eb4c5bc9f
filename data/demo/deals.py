"""Whose opportunities they are and how large: won ones lead to an order, others do not."""

from dataclasses import dataclass

import numpy as np

from data.demo import names, stories
from data.demo.calendar import CLOSE, DAY_SECONDS, END
from data.demo.columns import (
    MISSING,
    Batch,
    Column,
    Flags,
    Floats,
    Ints,
    batch,
    constant,
    days,
    ids,
    joined,
    money,
    times,
    words,
)
from data.demo.funnel import QUOTED, STAGES, Paths
from data.demo.orders import KEYS_PER_CHUNK, Orders
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.products import PER_CATEGORY, product_ids
from data.demo.staff import HEIR, LEAVER, rep_ids, rep_number

LOST_REASONS = ["price", "competitor", "no budget", "timing", "no decision"]
#: Of the opportunities that are not won: without a customer, of prospects; the rest of customers.
_NAMELESS, _PROSPECTS = 0.2, 0.36
#: Private persons' orders seldom start as an opportunity.
_PERSON_ORDERS = 0.1
#: Of the quotes still open, those of great projects above the approval limit.
_GREAT_SHARE = 0.06
_TO_FEN = 100


@dataclass(frozen=True)
class Deals:
    """One entry per opportunity: its path, customer (position or `MISSING`), owner and amount."""

    path: Paths
    key: Ints
    customer: Ints
    rep: Ints
    amount: Ints
    great: Flags


def deals(plan: Plan, chunk: int, crowd: People, orders: Orders, path: Paths) -> Deals:
    """The chunk's opportunities with customers, owners and amounts."""
    draws = plan.draws(chunk, "deal")
    size = len(path.created)
    lot = draws.random(len(orders.key))
    pool = np.flatnonzero(
        (orders.amount > 0) & (crowd.business[orders.customer] | (lot < _PERSON_ORDERS))
    )
    goal = np.where(path.won, path.closed, path.created)
    order = pool[_near(draws, orders.day[pool], goal, forward=path.won)]
    customer = _customers(draws, crowd, orders.customer[order], path)
    blur = np.where(path.won, 1.0, 1.15 * np.exp(0.4 * draws.standard_normal(size)))
    amount = np.rint(orders.amount[order] * blur / _TO_FEN).astype(np.int64) * _TO_FEN
    great = _great(draws, path)
    large = np.rint(draws.uniform(1.05, 4.5, size) * stories.APPROVAL_LIMIT / 1000).astype(np.int64)
    somebody = _anybody(plan, draws, size)
    # An open deal goes with the customer to the next owner, a closed one stays where it was.
    settled = np.where(path.closed == MISSING, END, path.closed)
    rep = crowd.rep_on(np.maximum(customer, 0), settled)
    return Deals(
        path=path,
        key=chunk * KEYS_PER_CHUNK + np.arange(1, size + 1),
        customer=customer,
        rep=np.where((customer < 0) | (rep < 0), somebody, rep),
        amount=np.where(great, large * 1000 * 10_000, amount),
        great=great,
    )


def _anybody(plan: Plan, draws: np.random.Generator, size: int) -> Ints:
    """Representatives for leads without a customer; nobody who came or left in between."""
    rep = draws.integers(0, len(rep_ids(plan)), size)
    leaver = rep_number(plan, stories.HANDOVER_TEAM, LEAVER)
    return np.where((rep == leaver) | (rep == leaver + HEIR), leaver + HEIR + 1, rep)


def _near(draws: np.random.Generator, days: Ints, goal: Ints, *, forward: Flags) -> Ints:
    """Positions of orders soon after the goal, or just before it."""
    spot = np.searchsorted(days, goal)
    step = (draws.random(len(goal)) * max(1, len(days) // 250)).astype(np.int64)
    return np.clip(np.where(forward, spot + step, spot - 1 - step), 0, len(days) - 1)


def _customers(draws: np.random.Generator, crowd: People, buyer: Ints, path: Paths) -> Ints:
    """Winners are buyers; the others are nameless leads, prospects, and customers who said no."""
    lot = draws.random(len(buyer))
    prospects = np.flatnonzero(crowd.prospect)
    known = np.searchsorted(crowd.join[prospects], path.created, side="right")
    spot = (
        known - 1 - (draws.random(len(buyer)) * np.minimum(known, 1 + known // 6)).astype(np.int64)
    )
    prospect = prospects[np.clip(spot, 0, max(len(prospects) - 1, 0))]
    early = (known == 0) | (lot < _NAMELESS)
    other = np.where(lot < _NAMELESS + _PROSPECTS, np.where(early, MISSING, prospect), buyer)
    return np.where(path.won, buyer, other)


def _great(draws: np.random.Generator, path: Paths) -> Flags:
    waiting = np.flatnonzero((path.depth == QUOTED) & ~path.lost)
    chosen = np.zeros(len(path.created), dtype=np.bool_)
    count = int(np.ceil(len(waiting) * _GREAT_SHARE))
    chosen[draws.choice(waiting, count, replace=False)] = True
    return chosen


def deal_tables(plan: Plan, chunk: int, crowd: People, found: Deals) -> list[tuple[str, Batch]]:
    """Opportunities, the stages they entered, and their quotes."""
    return [
        _opportunities(plan, chunk, crowd, found),
        _stages(found),
        _quotes(plan, chunk, found),
    ]


def _opportunities(plan: Plan, chunk: int, crowd: People, found: Deals) -> tuple[str, Batch]:
    draws = plan.draws(chunk, "opportunity")
    path, size = found.path, len(found.key)
    nameless, position = found.customer < 0, np.maximum(found.customer, 0)
    status = np.where(path.won, 1, np.where(path.lost, 2, 0))
    kind = np.where(crowd.business[position] | nameless, 0, 3) * PER_CATEGORY
    source = np.where(nameless, draws.integers(0, 5, size), crowd.source[position])
    expected = path.created + 25 + draws.gamma(4, 8, size).astype(np.int64)
    reason = draws.choice(len(LOST_REASONS), size, p=[0.31, 0.24, 0.16, 0.14, 0.15])
    return batch(
        "opportunity",
        {
            "opportunity_id": ids("D", found.key),
            "customer_id": ids("C", _numbers(crowd, found.customer), width=7),
            "lead_name": _lead_names(draws, nameless),
            "rep_id": words(rep_ids(plan), found.rep),
            "source": words(names.SOURCES, source),
            "product_id": words(product_ids(), kind + draws.integers(0, 3 * PER_CATEGORY, size)),
            "created_on": days(path.created),
            "created_at": times(path.entered[:, 0]),
            "stage": words(STAGES, path.depth),
            "status": words(["open", "won", "lost"], status),
            "amount": money(found.amount),
            "closed_on": days(path.closed),
            "expected_close_on": days(expected),
            "lost_reason": words(LOST_REASONS, np.where(path.lost, reason, MISSING)),
        },
    )


def _numbers(crowd: People, customer: Ints) -> Ints:
    return np.where(customer < 0, MISSING, crowd.number[np.maximum(customer, 0)])


def _lead_names(draws: np.random.Generator, nameless: Flags) -> Column:
    size = len(nameless)
    surname = draws.integers(0, len(names.SURNAMES_EN), size)
    given = draws.integers(0, len(names.GIVEN_EN), size)
    return joined(
        words(names.SURNAMES_EN, np.where(nameless, surname, MISSING)),
        constant(" ", size),
        words(names.GIVEN_EN, given),
        constant(" ", size),
        words(names.SURNAMES_ZH, surname),
        words(names.GIVEN_ZH, given),
    )


def _stages(found: Deals) -> tuple[str, Batch]:
    row, stage = np.nonzero(found.path.entered != MISSING)
    return batch(
        "opportunity_stage",
        {
            "opportunity_id": ids("D", found.key[row]),
            "stage": words(STAGES, stage),
            "entered_at": times(found.path.entered[row, stage]),
        },
    )


def _quotes(plan: Plan, chunk: int, found: Deals) -> tuple[str, Batch]:
    """One quote per opportunity that got so far; great ones still wait for the director."""
    draws = plan.draws(chunk, "quote")
    row = np.flatnonzero(found.path.depth >= QUOTED)
    submitted = found.path.entered[row, QUOTED]
    large = found.amount[row] > stories.APPROVAL_LIMIT * 10_000
    wait: Floats = np.where(large, 1.5, 0.15) * draws.gamma(2.0, 0.5, len(row))
    decided = submitted + (wait * DAY_SECONDS).astype(np.int64) + 600
    waits = found.great[row] | (decided >= CLOSE)
    refused = (draws.random(len(row)) < 0.05) & (found.path.depth[row] == QUOTED)
    refused &= found.path.lost[row]
    return batch(
        "quote",
        {
            "quote_id": ids("Q", found.key[row]),
            "opportunity_id": ids("D", found.key[row]),
            "amount": money(found.amount[row]),
            "submitted_at": times(submitted),
            "decided_at": times(np.where(waits, MISSING, decided)),
            "status": words(
                ["approved", "rejected", "waiting"], np.where(waits, 2, refused.astype(np.int64))
            ),
        },
    )
