"""What the reader must know before believing a model: a whole sentence for every code."""

import json
from collections.abc import Mapping
from typing import Any

from data.i18n import figure, signed, t

#: Code of a finding -> its sentence; the numbers stand in its places.
SENTENCES: dict[str, str] = {
    "buying_no_data": (
        "No customer has bought order by order before the last day of the data, so no model of"
        " purchases is fitted: order customers have no official value."
    ),
    "buying_nobody_repeats": (
        "Not one of the {customers} customers has ordered twice, so nobody can say how they come"
        " back: order customers have no official value."
    ),
    "buying_not_converged": (
        "The fit of the model of purchases did not come to an end ({customers} customers), so its"
        " parameters may be off."
    ),
    "buying_not_identified": (
        "The data do not tell the parameters of the model of purchases apart (largest standard"
        " error of a logarithm {largest_error}, mean chance of dropping out {dropout}): order"
        " customers have no official value."
    ),
    "buying_small_sample": (
        "Only {customers} customers, {repeaters} of them with a second order, are known; the model"
        " of purchases needs 300 and 100: order customers have no official value."
    ),
    "spend_no_data": "Nobody has paid for a second order, so the model of spend is not fitted.",
    "spend_infinite_mean": (
        "The spread of spend per order has no finite mean (q = {q}); the mean of all, {mean}, takes"
        " part of the place of a customer's own."
    ),
    "spend_fixed_amounts": (
        "Nearly every order of a customer costs the same, so the own mean of each customer is used"
        " and no model of spend."
    ),
    "spend_not_converged": (
        "The fit of the model of spend did not come to an end ({customers} customers), so expected"
        " spend may be off."
    ),
    "spend_not_identified": (
        "The data do not tell the parameters of the model of spend apart ({customers} customers),"
        " so the interval of the value is wide."
    ),
    "spend_infinite_variance": (
        "A few customers spend so much that the spread of spend per order has no finite variance"
        " (q = {q}, below 2): single large customers decide the total."
    ),
    "spend_correlated": (
        "Customers who order more often also spend differently per order (correlation"
        " {correlation}), which the model of spend takes for independent."
    ),
    "spend_small_sample": (
        "Only {customers} customers have paid for a second order; the model of spend needs 100 to"
        " be sure."
    ),
    "spend_ignored": (
        "{customers} customers with a mean spend of zero or less were left out of the model of"
        " spend."
    ),
    "renewal_no_data": "No contract has come to a renewal yet, so nothing is known of renewals.",
    "renewal_nobody_left": (
        "Not one of the {customers} contract customers has left yet, so the chance to leave is"
        " little more than an assumption."
    ),
    "renewal_not_converged": "The fit of the model of renewals did not come to an end.",
    "renewal_not_identified": (
        "The data do not tell the parameters of the model of renewals apart ({customers} contract"
        " customers, {lost} of them lost), so the interval of contracts is wide."
    ),
    "renewal_small_sample": (
        "Only {customers} contract customers, {lost} of them lost, are known: too few to be sure"
        " of renewals."
    ),
    "renewal_observed": (
        "Contracts are valued by the renewals observed at each length of contract (Kaplan-Meier),"
        " because the data are too thin for the model of renewals."
    ),
    "renewal_assumed": (
        "Fewer than 10 contracts have come to a renewal, too few to go by what was observed:"
        " {share} are assumed to leave at the first renewal."
    ),
    "renewals_off": (
        "Of {contracts} contracts that ended in the last {days}, the model of renewals expected"
        " {expected} to renew and {renewed} did, further off than chance explains."
    ),
    "logit_one_outcome": "All customers of the hold-out had the same fate, so none can be ranked.",
    "logit_not_converged": "The fit of the regression of churn did not come to an end.",
    "logit_small_sample": (
        "Too few of the {customers} customers were lost or kept ({lost} lost) for a regression of"
        " churn to be sure."
    ),
    "short_calibration": (
        "The history of {calibration_days} is shorter than twice the usual gap between two orders"
        " ({median_gap}), so who has left cannot be told from who is waiting."
    ),
    "long_horizon": (
        "The value looks {horizon_days} ahead, more than twice the history of {calibration_days}."
    ),
    "clockwork": (
        "Customers order like clockwork (spread of a customer's gaps {gap_variation} of their"
        " mean). Import such orders as contracts: the model of purchases takes them for chance."
    ),
    "fixed_fees": (
        "{share} of the repeat customers pay the same each time, which looks like a fee. Import"
        " such orders as contracts."
    ),
    "left_truncated": (
        "{share} of the first orders fall in the first {days} of the data and no earlier date of"
        " acquisition is known, so customers look newer than they are."
    ),
    "back_test_off": (
        "On the hold-out, the model's total of {what} was off by {bias}: read every forecast with"
        " this error beside it."
    ),
    "other_model_better": (
        "{model} has the lower RMSE of {measure} on the hold-out ({theirs} against {own}); it can"
        " be chosen in the scoring model."
    ),
    "baseline_better": (
        "{model} beats the model in {measure}, RMSE {theirs} against {own} on the hold-out."
    ),
}
#: What the names in a finding are called in a sentence.
TEXTS = {
    "orders": "orders",
    "spend": "spend",
    "orders_rmse": "orders",
    "spend_rmse": "spend",
    "renewals_rmse": "renewals",
    "mbg": "MBG/NBD",
    "bg": "BG/NBD",
    "historical": "The historical rate",
    "last_period": "Same as last period",
    "rfm_cell": "The mean of the RFM cell",
    "boosting": "Gradient boosting",
    "logistic": "The logistic regression",
    "renewed_share": "The share renewed before",
}
UNITS = {
    **dict.fromkeys(
        ("customers", "repeaters", "lost", "contracts", "renewed", "expected"), "count"
    ),
    **dict.fromkeys(("dropout", "share"), "rate"),
    **dict.fromkeys(("calibration_days", "horizon_days", "median_gap", "days"), "days"),
    **dict.fromkeys(("largest_error", "q", "correlation", "gap_variation"), "number"),
    "mean": "money",
}
#: Why order customers have no official value, the first that holds.
UNUSABLE = (
    "buying_no_data",
    "buying_nobody_repeats",
    "buying_not_identified",
    "buying_small_sample",
)


def sentence(code: str, details: str) -> str:
    """Return a finding as a sentence in the reader's language; details are JSON numbers."""
    values: dict[str, Any] = json.loads(details)
    is_money = values.get("measure") == "spend_rmse"
    words = {key: _word(key, value, is_money=is_money) for key, value in values.items()}
    return t(SENTENCES[code], **words)


def _word(key: str, value: Any, *, is_money: bool) -> str:
    if isinstance(value, str):
        return t(TEXTS[value])
    if key == "bias":
        return signed(value, "rate")
    if key in ("own", "theirs"):
        return figure(value, "money") if is_money else f"{value:.4g}"
    return figure(round(value) if UNITS[key] == "days" and value > 2 else value, UNITS[key])


def why_unvalued(found: Mapping[str, str]) -> str:
    """Return why the models value no order; `found` are details by code."""
    code = next((code for code in UNUSABLE if code in found), "")
    return sentence(code, found[code]) if code else ""
