"""A table over (repeat purchases, age) that the warehouse joins: discounted orders and months."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.scoring.arrays import MONTH, Floats, discounts, floats
from data.scoring.model import Buying
from data.scoring.orders import alive_later, expected_alive


@dataclass(frozen=True)
class Lookup:
    """What a living customer of each cell is expected to do, month by month.

    `deo`: discounted expected orders; `dam`: discounted months alive (for costs of service);
    `orders_h`: expected orders over all months, undiscounted; `by_month` and `alive_by_month`:
    cells × months. Times P(alive), each becomes the customer's own.
    """

    x: Floats
    age: Floats
    deo: Floats
    dam: Floats
    orders_h: Floats
    by_month: Floats
    alive_by_month: Floats


def lookup(
    m: Buying, x: npt.ArrayLike, age: npt.ArrayLike, *, months: int, annual_discount: float
) -> Lookup:
    """Return what is expected of the living customers of each cell over `months`."""
    bought, old = np.broadcast_arrays(floats(x), floats(age))
    days = MONTH * np.arange(1.0, months + 1)
    total = expected_alive(m, bought[:, None], old[:, None], days[None, :])
    by_month = np.maximum(np.diff(total, axis=1, prepend=0.0), 0.0)
    stays = alive_later(m, bought[:, None], old[:, None], days[None, :])
    today = discounts(annual_discount, months)
    return Lookup(
        x=bought,
        age=old,
        # Row by row: a product of matrices depends, in its last digit, on which rows come together.
        deo=(by_month * today).sum(axis=1),
        dam=(stays * today).sum(axis=1),
        orders_h=by_month.sum(axis=1),
        by_month=by_month,
        alive_by_month=stays,
    )
