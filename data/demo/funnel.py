"""How leads move through the stages: when each was entered, won, lost, or is still open."""

from dataclasses import dataclass

import numpy as np

from data.demo import stories
from data.demo.calendar import CLOSE, DAY_SECONDS, office_time, workdays
from data.demo.columns import MISSING, Flags, Floats, Ints
from data.demo.plan import Plan

STAGES = ["lead", "contacted", "needs", "quoted", "contract", "won"]
LEAD, CONTACTED, NEEDS, QUOTED, CONTRACT, WON = range(6)
#: Chance to get from each stage to the next; together 30 % of the leads are won.
_CHANCE = [0.86, 0.80, 0.78, stories.QUOTE_TO_CONTRACT, 0.92]
#: Median days in each stage, and the spread of their logarithm.
_MEDIAN_DAYS, _SPREAD = [0.0, 5.0, 8.0, 12.0, 7.0], 0.55
#: Days until a lead that gets no further is given up.
_GIVEN_UP_AFTER = 13.0
#: Leads called the same day, and by the end of the next working day.
_SAME_DAY, _NEXT_DAY = 0.56, 0.83


@dataclass(frozen=True)
class Paths:
    """One row per opportunity, by creation; `entered` has a column of seconds for each stage."""

    created: Ints
    entered: Ints
    lost_at: Ints

    @property
    def depth(self) -> Ints:
        """The last stage reached."""
        return (self.entered != MISSING).sum(axis=1) - 1

    @property
    def won(self) -> Flags:
        """Which were won."""
        return self.entered[:, WON] != MISSING

    @property
    def lost(self) -> Flags:
        """Which were lost."""
        return self.lost_at != MISSING

    @property
    def closed(self) -> Ints:
        """The day of winning or losing, `MISSING` while open."""
        at = np.where(self.won, self.entered[:, WON], self.lost_at)
        return np.where(at == MISSING, MISSING, at // DAY_SECONDS)


def paths(plan: Plan, chunk: int, count: int) -> Paths:
    """The fate of so many leads, as far as it is known on the last day."""
    draws = plan.draws(chunk, "funnel")
    created = np.sort(workdays(plan.arrivals.spread(draws.random(count))))
    entered = np.full((count, len(STAGES)), MISSING)
    entered[:, LEAD] = office_time(created, draws.random(count))
    lost_at = np.full(count, MISSING)
    alive = np.ones(count, dtype=np.bool_)
    for stage in range(WON):
        moves = draws.random(count) < _chances(plan, stage, entered[:, stage])
        wait = _MEDIAN_DAYS[stage] * np.exp(_SPREAD * draws.standard_normal(count))
        later = _first_call(draws, entered[:, LEAD]) if stage == LEAD else None
        later = _days_later(draws, entered[:, stage], wait) if later is None else later
        quits = _GIVEN_UP_AFTER * np.exp(_SPREAD * draws.standard_normal(count))
        gone = _days_later(draws, entered[:, stage], quits)
        lost_at = np.where(alive & ~moves, gone, lost_at)
        alive = alive & moves
        entered[:, stage + 1] = np.where(alive, later, MISSING)
    entered[entered >= CLOSE] = MISSING
    return Paths(created, entered, np.where(lost_at >= CLOSE, MISSING, lost_at))


def _chances(plan: Plan, stage: int, entered: Ints) -> Floats:
    """The seventh story: quotes handed in after a day become contracts less often."""
    chance = np.full(len(entered), _CHANCE[stage])
    if plan.stories and stage == QUOTED:
        chance[entered >= stories.BOTTLENECK_DAY * DAY_SECONDS] = stories.NARROW_QUOTE_TO_CONTRACT
    return chance


def _first_call(draws: np.random.Generator, lead: Ints) -> Ints:
    lot = draws.random(len(lead))
    days = np.where(lot < _NEXT_DAY, 1.0, 2.0 + 5 * draws.random(len(lead)))
    later = _days_later(draws, lead, days)
    soon = lead + (600 + 9_000 * draws.random(len(lead))).astype(np.int64)
    return np.where(lot < _SAME_DAY, soon, later)


def _days_later(draws: np.random.Generator, start: Ints, wait: Floats) -> Ints:
    """An office hour so many days later, at least one, weekends moved to Monday."""
    day = start // DAY_SECONDS + np.maximum(np.rint(wait), 1).astype(np.int64)
    weekday = (day + 3) % 7
    day = day + np.where(weekday >= 5, 7 - weekday, 0)
    return office_time(day, draws.random(len(start)))
