"""CDNOW purchases as the models read them: the whole file, and the published tenth of it."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.scoring.arrays import Floats

DATA = Path(os.environ.get("COCKPIT_DATA", Path(__file__).parents[3] / "shared" / "data"))
#: Which customers of the whole file make up the published sample: gaps between their numbers.
SAMPLE = Path(__file__).with_name("published_sample.txt")
END = date(1997, 9, 30)


@dataclass(frozen=True)
class History:
    """Per customer, in days up to `end`: repeat purchase days, last one, age, mean repeat spend."""

    x: Floats
    t_x: Floats
    age: Floats
    mean: Floats
    recency: Floats
    all_mean: Floats

    def in_weeks(self) -> tuple[Floats, Floats, Floats]:
        """The three figures in weeks with two decimals, as the articles use them."""
        return self.x, np.round(self.t_x / 7, 2), np.round(self.age / 7, 2)


def purchases(*, sample: bool) -> pd.DataFrame:
    """One row per customer and day with money; skip where the file is absent."""
    file = DATA / "cdnow_master.csv.gz"
    if not file.exists():
        pytest.skip(f"set COCKPIT_DATA to the folder with {file.name}")
    rows = pd.read_csv(file)
    if sample:
        chosen = np.cumsum([int(gap) for gap in SAMPLE.read_text().split()])
        rows = rows[rows["customer_id"].isin(chosen)]
    days = rows.groupby(["customer_id", "date"], as_index=False)["dollar_value"].sum()
    days["day"] = (pd.to_datetime(days["date"]) - pd.Timestamp(1997, 1, 1)).dt.days
    return days


def history(days: pd.DataFrame, end: date = END) -> History:
    """The figures of every customer up to a day."""
    last = (end - date(1997, 1, 1)).days
    everyone = days.groupby("customer_id")["day"].min()
    past = days[days["day"] <= last]
    first = past.groupby("customer_id")["day"].transform("min")
    repeats = past[past["day"] > first]
    by = past.groupby("customer_id")["day"]
    x = by.count() - 1
    mean = repeats.groupby("customer_id")["dollar_value"].mean().reindex(x.index).fillna(0.0)
    assert x.index.equals(everyone.index[everyone <= last])
    arrays = (
        x,
        by.max() - by.min(),
        last - by.min(),
        mean,
        last - by.max(),
        past.groupby("customer_id")["dollar_value"].mean(),
    )
    return History(*(part.to_numpy(dtype=np.float64) for part in arrays))


def ahead(days: pd.DataFrame, since: date, horizon: int) -> tuple[Floats, Floats]:
    """Orders and spend of everybody who had bought by `since`, in the `horizon` days after it."""
    start = (since - date(1997, 1, 1)).days
    known = days.groupby("customer_id")["day"].min()
    known = known.index[known <= start]
    later = days[(days["day"] > start) & (days["day"] <= start + horizon)]
    by = later.groupby("customer_id")["dollar_value"]
    orders, spend = by.count().reindex(known).fillna(0), by.sum().reindex(known).fillna(0)
    return orders.to_numpy(dtype=np.float64), spend.to_numpy(dtype=np.float64)


def before(days: int) -> date:
    """The day so many days before the end of the calibration."""
    return END - timedelta(days=days)
