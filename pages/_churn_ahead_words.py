"""What the Churn page says of what lies ahead: its subtitles, and its sentence."""

from typing import Any

import pandas as pd

from data.i18n import figure, t


def loss_words() -> str:
    """Say what the expected loss is."""
    return t(
        "Value times the probability of becoming churned in the month, by tier; click a bar, then"
        " Rows"
    )


def first_words() -> str:
    """Say whom the list names."""
    return t("Customers of the largest expected loss, and why; click a row for the customer")


def sign_words() -> str:
    """Say what the signals count."""
    return t("Customers not churned, as of today; click a bar, then Rows")


def tenth_words() -> str:
    """Say what the tenths show."""
    return t(
        "Customers of the months left out in tenths of the predicted churn, before correction; on"
        " the dotted line the prediction came true"
    )


def tier_words() -> str:
    """Say what the curves by tier show."""
    return t(
        "Share not yet churned for the first time, with its 95 % band, by the tier a year ago; of"
        " the whole company, groups from 30 customers"
    )


def start_words() -> str:
    """Say what the curves by start show."""
    return t(
        "The same by the half-year of the first order or contract, the newest four watched for at"
        " least six months"
    )


def unvalued() -> list[Any]:
    """Say why nothing can be said."""
    return [
        t(
            "What may be lost cannot be said here: no customer with these filters has an"
            " official value. The Value page says why."
        )
    ]


def at_stake(lost: float, part: float, reasons: pd.DataFrame) -> list[Any]:
    """Say what is expected to be lost if nothing is done, how, and what the figure leaves out."""
    return [
        t(
            "If nothing is done, {value} are expected to leave the customer asset within twelve"
            " months, {share} of it",
            value=figure(lost, "money", short=True),
            share=figure(part, "rate"),
        ),
        _by_reason(reasons),
        " ",
        t(
            "Customers who fall silent for longer than the threshold are counted at once, even if"
            " they order again later."
        ),
    ]


def _by_reason(rows: pd.DataFrame) -> str:
    found = rows.set_index("reason")["expected_loss"]
    known = [reason for reason in ("silence", "contract") if reason in found.index]
    values = {reason: figure(found[reason], "money", short=True) for reason in known}
    words = {
        "silence": lambda value: t("{value} through silence", value=value),
        "contract": lambda value: t("{value} through contracts that end", value=value),
    }
    said = [words[reason](values[reason]) for reason in known]
    return t(": {parts}.", parts=", ".join(said))
