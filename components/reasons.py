"""Why a customer may leave, in words: contract, silence, signals with their numbers, regression."""

from collections.abc import Iterator, Mapping
from math import log, log1p
from typing import Any

from data.i18n import day, figure, t

#: What the regression reads, in the order of its coefficients.
TEXTS = {
    "silence": "days of silence",
    "orders": "number of orders",
    "spend": "spend per order",
    "age": "time since the first order",
    "silent_share": "share of that time in silence",
}
#: Ten-thousandths of the currency, in which the regression reads money.
PARTS = 10_000.0
#: Log odds below which a factor is no reason.
LEAST = 0.1

Row = Mapping[str, Any]


def reasons(row: Row, weights: Mapping[str, float] | None = None) -> str:
    """Return the reasons of one customer's risk as words; blanks of the row are None.

    `weights` are the parameters of the logistic regression (coefficient_i, center_i) where it
    ranks the official risk, else None.
    """
    parts = [*_way_out(row), *_signals(row)]
    if weights and row["loss_reason"] == "silence":
        parts += _by_regression(row, weights)
    return "; ".join(parts)


def _way_out(row: Row) -> Iterator[str]:
    if row["loss_reason"] == "contract":
        if row["covered_until"] is not None:
            yield t("contract ends on {day}", day=day(row["covered_until"]))
        return
    if row["silent_days"] is None:
        return
    silent = figure(row["silent_days"], "days")
    if row["median_gap_days"] is None:
        yield t("silent for {days}, ordered once", days=silent)
    else:
        usual = figure(row["median_gap_days"], "days")
        yield t("silent for {days}, usually {usual} between orders", days=silent, usual=usual)


def _signals(row: Row) -> Iterator[str]:
    if row["is_frequency_falling"]:
        gap = figure(row["last_gap_days"], "days")
        yield t("orders become rarer: the last gap was {days}", days=gap)
    if row["is_complaints_rising"]:
        yield t(
            "{now} complaints in 90 days, {before} in the 90 before",
            now=figure(row["complaints_90"], "count"),
            before=figure(row["complaints_before"], "count"),
        )
    if row["is_service_worse"]:
        yield from _service(row)
    if row["is_silent"] and row["last_contact_on"] is not None:
        yield t("last follow-up on {day}", day=day(row["last_contact_on"]))
    if row["is_engagement_falling"]:
        yield t(
            "{now} engagements in 90 days, {before} in the 90 before",
            now=figure(row["engaged_90"], "count"),
            before=figure(row["engaged_before"], "count"),
        )


def _service(row: Row) -> Iterator[str]:
    """Yield which of the two has become worse, satisfaction or the time to a first reply."""
    was, now = row["csat_before"], row["csat_180"]
    if was is not None and now is not None and now < was:
        before, after = figure(was, "number"), figure(now, "number")
        yield t("satisfaction {now}, before {before}", now=after, before=before)
    was, now = row["reply_hours_before"], row["reply_hours_180"]
    if was is not None and now is not None and now > was:
        before, after = figure(was, "number"), figure(now, "number")
        yield t("first reply after {now} hours, before {before}", now=after, before=before)


def contributions(row: Row, weights: Mapping[str, float]) -> dict[str, float]:
    """Return how far each factor moves the log odds of churn from the mean customer's."""
    if any(row[n] is None for n in ("age_days", "buying_days", "repeats", "mean_spend")):
        return {}
    age, silent = max(row["age_days"], 0.0), max(row["age_days"] - row["buying_days"], 0.0)
    features = (
        log1p(silent),
        log(max(row["repeats"] + 1.0, 1.0)),
        log1p(max(row["mean_spend"] * PARTS, 0.0)),
        log1p(age),
        min(silent / (age + 1.0), 1.0),
    )
    return {
        name: weights[f"coefficient_{i}"] * (value - weights[f"center_{i}"])
        for i, (name, value) in enumerate(zip(TEXTS, features, strict=True))
    }


def _by_regression(row: Row, weights: Mapping[str, float]) -> Iterator[str]:
    """Yield the factor by which the regression raises the risk most."""
    moved = contributions(row, weights)
    raised = {name: points for name, points in moved.items() if points >= LEAST}
    if raised:
        top = max(raised, key=lambda name: raised[name])
        yield t(
            "regression: raised most by the {factor} (log odds +{points})",
            factor=t(TEXTS[top]),
            points=figure(raised[top], "number"),
        )
