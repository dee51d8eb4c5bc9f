"""What the Value page says: its subtitles, its sentence, and the table of ways to value."""

from typing import Any

import pandas as pd
from dash import html

from components.figures.marks import go
from components.findings import why_unvalued
from components.tables import Column, short_table
from components.value_parts import interval
from data.domain.dimension import TIERS
from data.i18n import BLANK, figure, is_blank, label_of, t
from queries.metrics.asset import SIGMAS_95

#: Columns of the table of measures: the metric of each, and how it is headed.
TEXTS = {
    "customer_asset": "Official ± 95 %",
    "simple_clv": "Simple",
    "historical_6m": "6 months",
    "historical_12m": "12 months",
    "historical_value": "Ever",
}
MEASURED = tuple(TEXTS)


def month() -> str:
    """Say what the months show."""
    return t(
        "Value of customers not churned at each month end, by the models as fitted today; all"
        " months where the period is all of the history. Click a month, then Rows"
    )


def risk_map() -> str:
    """Say what the map shows."""
    return t(
        "Darker where more value lies. From below, the bands hold 20, 30, 30, 15 and 5 % of the"
        " company's valued customers, whatever the filters, and are fewer where values tie; click a"
        " cell, then Rows"
    )


def official() -> str:
    """Say what the ways to value show."""
    return t("Side by side and never added up; the official value with its 95 % interval")


def decile() -> str:
    """Say what the tenths show."""
    return t(
        "Orders per customer in the months left out, by tenth of what the model predicted:"
        " the nearer the line to the bars, the better"
    )


def check() -> str:
    """Say what the hold-out show."""
    return t("The models on months that they had not seen, beside simple rules")


def top() -> str:
    """Say what the list show."""
    return t("By official value; click a row for the customer and the formula of the value")


def cohort() -> str:
    """Say what the cohorts show."""
    return t(
        "Margin ever per customer, by the month of the first order: older cohorts have had more"
        " time. Click a month to keep its customers"
    )


# --- the sentence ----------------------------------------------------------------------------


def why_not(told: pd.DataFrame) -> str:
    """Return why no order is valued, from the findings; empty where orders are."""
    return why_unvalued(dict(zip(told["code"], told["details"], strict=True)))


def worth(now: pd.Series, why: str, *, has_cost: bool) -> list[str]:
    """Return in sentences what the customers are worth, or why nobody can say."""
    said = [why] if why else []
    if is_blank(now["customer_asset"]) and is_blank(now["simple_clv"]):
        said.append(t("There is no official value here, and no simple CLV that could stand in."))
    elif is_blank(now["customer_asset"]):
        said.append(
            t(
                "There is no official value here; the simple CLV, {value}, stands in its place.",
                value=figure(now["simple_clv"], "money", short=True),
            )
        )
    else:
        said.append(_asset(now))
    if not has_cost:
        said.append(
            t("No cost is known, so the margin rate is 1: every value here is a revenue value.")
        )
    return said


def _asset(now: pd.Series) -> str:
    if is_blank(now["asset_error"]):
        return t(
            "The {count} customers who are not churned and can be valued are worth {value} over the"
            " months ahead.",
            count=figure(now["asset_customers"], "count"),
            value=figure(now["customer_asset"], "money", short=True),
        )
    low, high = interval(float(now["customer_asset"]), float(now["asset_error"]))
    return t(
        "The {count} customers who are not churned and can be valued are worth {value} (95 %: {low}"
        " to {high}) over the months ahead.",
        count=figure(now["asset_customers"], "count"),
        value=figure(now["customer_asset"], "money", short=True),
        low=figure(low, "money", short=True),
        high=figure(high, "money", short=True),
    )


# --- the ways to value -----------------------------------------------------------------------


def spread(value: Any, error: Any) -> str:
    """Return a 95 % interval in short."""
    if is_blank(value) or is_blank(error):
        return BLANK
    pair = interval(float(value), float(error))
    return " – ".join(figure(each, "money", short=True) for each in pair)


def measures(rows: pd.DataFrame, error: Any, *, id: str) -> list[Any]:
    """Return the ways to value by tier and in all as a table; `error` is that of the total."""
    found = rows.set_index("tier")
    shown = [_measured(found.loc[tier], tier) for tier in TIERS if tier in found.index]
    sums = found.sum(min_count=1)
    # The errors of the tiers have one cause and do not add up like their values.
    sums["asset_error"] = error
    shown.append({**_measured(sums, ""), "tier": t("All"), "go": None})
    columns = [Column("tier", t("Tier"), main=True)]
    columns += [
        Column(key, t(TEXTS[key]), "shown", main=key in ("customer_asset", "simple_clv"))
        for key in MEASURED
    ]
    words = t("Official and simple look ahead; 6 months, 12 months and ever are past margin.")
    return [short_table(shown, columns, id=id, go="go"), html.P(words, className="muted")]


def _measured(row: pd.Series, tier: str) -> dict[str, Any]:
    values = {key: figure(row[key], "money", short=True) for key in MEASURED}
    if not is_blank(row["customer_asset"]) and not is_blank(row["asset_error"]):
        half = figure(SIGMAS_95 * float(row["asset_error"]), "money", short=True)
        values["customer_asset"] = f"{values['customer_asset']} ± {half}"
    return {"tier": label_of("tier", tier), **values, "go": go("tier", tier)}
