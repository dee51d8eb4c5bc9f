"""Targets by month and representative, set from what the team sold, and a little higher."""

import numpy as np

from data.demo.billing import Payments
from data.demo.calendar import SEASON, first_day, first_month, month_of
from data.demo.columns import Batch, Floats, Ints, batch, days, money, words
from data.demo.orders import Orders
from data.demo.people import People
from data.demo.plan import Plan
from data.demo.staff import TEAMS, rep_ids, reps_per_team

METRICS = ["sales", "collections", "new_customers"]
_SALES, _COLLECTIONS, _NEW = range(3)
#: Targets are set to the next thousand yuan, or to a whole customer.
_STEP = np.array([1_000, 1_000, 1])
_STRETCH = 1.03
#: The next month's targets are set already.
_AHEAD = 1


class Tally:
    """What each representative achieved in each month, added up chunk by chunk."""

    def __init__(self, plan: Plan) -> None:
        """Start with nothing."""
        self.plan = plan
        self.start = first_month(plan.months)
        self.reps = len(TEAMS) * reps_per_team(plan)
        self.sums: Floats = np.zeros((len(METRICS), self.reps, plan.months))

    def add(self, crowd: People, orders: Orders, paid: Payments) -> None:
        """Add a chunk's sales, collections and new customers, in yuan and heads."""
        self._count(
            _SALES, crowd.rep_on(orders.customer, orders.day), orders.day, orders.amount / 10_000
        )
        self._count(
            _COLLECTIONS, crowd.rep_on(paid.customer, paid.day), paid.day, paid.amount / 10_000
        )
        won, first = np.unique(orders.customer, return_index=True)
        day = orders.day[first]
        fresh = ~crowd.base[won]
        won, day = won[fresh], day[fresh]
        self._count(_NEW, crowd.rep_on(won, day), day, np.ones(len(won)))

    def _count(self, metric: int, rep: Ints, day: Ints, value: Floats) -> None:
        cell = rep * self.plan.months + month_of(day) - self.start
        owned = rep >= 0
        size = self.reps * self.plan.months
        found = np.bincount(cell[owned], value[owned], size)
        self.sums[metric] += found.reshape(self.reps, self.plan.months)

    def table(self) -> tuple[str, Batch]:
        """The targets of every month of the history and of the next month."""
        months = self.start + np.arange(self.plan.months + _AHEAD)
        season = SEASON[months % 12]
        draws = self.plan.draws(0, "target")
        past = np.minimum(np.arange(len(months)), self.plan.months - 2)
        # The mean of five months, without the last one, which is not over.
        window = np.clip(past[:, None] + np.arange(-2, 3), 0, self.plan.months - 2)
        level = (self.sums / SEASON[months[:-_AHEAD] % 12])[:, :, window].mean(axis=3)
        ambition = _STRETCH * draws.normal(1, 0.08, (len(METRICS), self.reps, 1))
        step = _STEP[:, None, None]
        value = np.maximum(np.rint(level * season * ambition / step), 1) * step
        # Nobody has targets for months without customers of their own.
        metric, rep, month = np.nonzero(level > 0)
        return batch(
            "target",
            {
                "month": days(first_day(months)[month]),
                "rep_id": words(rep_ids(self.plan), rep),
                "metric": words(METRICS, metric),
                "value": money(value[metric, rep, month].astype(np.int64) * 10_000),
            },
        )
