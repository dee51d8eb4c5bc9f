"""Customers compressed to cells: equal repeat purchases, last purchase and age stand together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.domain.period import WEEK_DAYS
from data.scoring.arrays import Bools, Floats, Ints, floats, weights

WEEK = float(WEEK_DAYS)
MAX_CELLS = 200_000
#: More purchase days than any life has, and than any life has days.
MOST = 1e6
DAY_BITS = 20
#: Beyond it, days are no days and whole numbers no longer exact.
OLDEST = 2.0**52


@dataclass(frozen=True)
class Cells:
    """Repeat purchase days, day of the last purchase and age in days, with counts of customers.

    `ignored` counts customers whose figures cannot be: not finite, negative, or a last purchase
    after the end.
    """

    x: Ints
    t_x: Floats
    age: Floats
    n: Floats
    ignored: int = 0

    @property
    def customers(self) -> int:
        """The number of customers in all cells."""
        return round(float(self.n.sum()))

    @property
    def repeaters(self) -> int:
        """The number of customers who bought again."""
        return round(float(self.n[self.x > 0].sum()))

    def chosen(self, rows: Bools | slice) -> "Cells":
        """Return some of the cells."""
        return Cells(self.x[rows], self.t_x[rows], self.age[rows], self.n[rows], self.ignored)

    def fitted(self) -> "Cells":
        """Return the cells a model can learn from: customers of the last day tell nothing."""
        return self.chosen(self.age > 0)


def compress(
    x: npt.ArrayLike,
    t_x: npt.ArrayLike,
    age: npt.ArrayLike,
    n: npt.ArrayLike | None = None,
    max_cells: int = MAX_CELLS,
) -> Cells:
    """Merge customers with equal figures; beyond `max_cells`, figures in whole weeks."""
    bought, last, old = floats(x), floats(t_x), floats(age)
    count = None if n is None else floats(n)
    possible, ignored = _possible(bought, last, old), 0
    if count is not None:
        counted = np.isfinite(count) & (count > 0)
        ignored = round(float(count[counted & ~possible].sum()))
        possible &= counted
    elif not possible.all():
        ignored = int(possible.size - np.count_nonzero(possible))
    if not possible.all():
        bought, last, old = (part[possible] for part in (bought, last, old))
        count = None if count is None else count[possible]
    cells = _merged(bought.astype(np.int64), np.where(bought > 0, last, 0.0), old, count)
    if cells.n.size > max_cells:
        weekly_age = _whole_weeks(cells.age)
        weekly_last = np.minimum(_whole_weeks(cells.t_x), weekly_age)
        cells = _merged(cells.x, weekly_last, weekly_age, cells.n)
    return Cells(cells.x, cells.t_x, cells.age, cells.n, ignored)


def _possible(x: Floats, t_x: Floats, age: Floats) -> Bools:
    finite = np.isfinite(x) & np.isfinite(t_x) & np.isfinite(age)
    repeats = (x == 0) | ((t_x > 0) & (t_x <= age))
    with np.errstate(invalid="ignore"):
        whole = (x >= 0) & (x <= MOST) & (x == np.floor(x))
        return finite & whole & (age >= 0) & (age <= OLDEST) & repeats


def _whole_weeks(days: Floats) -> Floats:
    """Return days in whole weeks; what lasted at all lasted a week."""
    return np.where(days > 0, np.maximum(np.round(days / WEEK), 1.0) * WEEK, 0.0)


def _merged(x: Ints, t_x: Floats, age: Floats, n: Floats | None) -> Cells:
    """Return the cells of customers, each counted once or `n` times."""
    packed = _packed(x, t_x, age)
    if packed is None:
        return _merged_any(x, t_x, age, weights(n, x.size))
    if n is None:
        # Numbers alone sort several times faster than the places they came from.
        packed.sort()
    else:
        order = np.argsort(packed)
        packed, n = packed[order], n[order]
    starts = _starts(packed[1:] != packed[:-1])
    counts = np.diff(starts, append=packed.size) if n is None else np.add.reduceat(n, starts)
    packed, days = packed[starts], 2**DAY_BITS - 1
    last, old = packed >> DAY_BITS & days, packed & days
    return Cells(packed >> 2 * DAY_BITS, floats(last), floats(old), floats(counts))


def _packed(x: Ints, t_x: Floats, age: Floats) -> Ints | None:
    """Return one number per customer, sorted as x, last purchase, age; none where days are parts.

    One number sorts several times faster than three.
    """
    last, old = t_x.astype(np.int64), age.astype(np.int64)
    is_whole = bool((last == t_x).all() and (old == age).all())
    if not x.size or not is_whole or int(old.max()) >= 2**DAY_BITS:
        return None
    return (x << DAY_BITS | last) << DAY_BITS | old


def _merged_any(x: Ints, t_x: Floats, age: Floats, n: Floats) -> Cells:
    """Return the cells of customers whose days are any numbers."""
    if not x.size:
        return Cells(x, t_x, age, n)
    order = np.lexsort((age, t_x, x))
    x, t_x, age, n = x[order], t_x[order], age[order], n[order]
    starts = _starts((np.diff(x) != 0) | (np.diff(t_x) != 0) | (np.diff(age) != 0))
    return Cells(x[starts], t_x[starts], age[starts], np.add.reduceat(n, starts))


def _starts(differs: Bools) -> Ints:
    """Return where runs of equal rows begin, from where a row differs from the one before it."""
    return np.concatenate(([0], np.flatnonzero(differs) + 1))
