"""What the weight lab says: under its panels, and how many would move with how much value."""

import pandas as pd

from data.domain.dimension import TIERS
from data.domain.metric import Metric
from data.i18n import figure, signed, t
from queries.metrics import METRICS


def tiers() -> str:
    """Say what the bars and the line are."""
    return t("Customers and value per tier in the what-if; the line is today's")


def raw() -> str:
    """Say what the grid of moves compares."""
    return t(
        "Today's raw tier against that of the what-if. Holding a tier until the month end does not"
        " apply to a what-if, so neither side is held. Click a cell, then Rows"
    )


def bands() -> str:
    """Say what a score means, and why filters show more than the whole company."""
    return t(
        "Better than so many of all customers of the company. Over the whole company every tenth"
        " is equally full by definition; filters show where your customers stand"
    )


def movers() -> str:
    """Say who is listed."""
    return t("Those of the largest value, up and down, with the dimension that moved them most")


def effective() -> str:
    """Say what a weight really does."""
    return t(
        "Share of the variance of the weighted sum over the whole company; the line is the weight."
        " A dimension that hardly differs between customers moves nobody, whatever its weight"
    )


def worth(rows: pd.DataFrame) -> tuple[pd.DataFrame, Metric]:
    """Return the rows with `worth`: the official value, or the simple one where there is none."""
    for name, metric in (("value", "customer_asset"), ("simple", "simple_clv")):
        if name in rows and rows[name].notna().any():
            return rows.assign(worth=rows[name]), METRICS[metric]
    return rows.assign(worth=rows["margin"]), METRICS["historical_12m"]


def moved(rows: pd.DataFrame) -> str:
    """Return how many customers would move up and down."""
    movers = rows[rows["today"] != rows["then"]]
    up = int(movers.loc[_is_up(movers), "customers"].sum())
    return t(
        "{up} customers would move up and {down} down.",
        up=figure(up, "count"),
        down=figure(int(movers["customers"].sum()) - up, "count"),
    )


def _is_up(rows: pd.DataFrame) -> pd.Series:
    height = {tier: place for place, tier in enumerate(reversed(TIERS))}
    return rows["then"].map(height) > rows["today"].map(height)


def gain(rows: pd.DataFrame, metric: Metric) -> str:
    """Return what the high tier would hold, and what it wins or loses on balance."""
    then, today = (rows[rows[side] == "high"] for side in ("then", "today"))
    customers, worth = int(then["customers"].sum()), float(then["worth"].sum())
    words = t(
        "The high tier would hold {customers} customers ({more}) with {worth} ({gain}).",
        customers=figure(customers, "count"),
        more=signed(customers - int(today["customers"].sum()), "count"),
        worth=figure(worth, "money", short=True),
        gain=signed(worth - float(today["worth"].sum()), "money", short=True),
    )
    if metric.key == "customer_asset":
        return words
    return (
        words
        + " "
        + t("No official value is known; {metric} stands in its place.", metric=t(metric.label))
    )
