"""Reasons of a risk in words, with the numbers they rest on, and which ranking is official."""

from datetime import date
from typing import Any

import pytest

from components.rankings import official, sentences
from components.reasons import contributions, reasons
from data.i18n import use_language
from data.scoring.churn_logit import FEATURES, ChurnLogit, features
from data.scoring.churn_logit import reasons as moved

BLANK: dict[str, Any] = dict.fromkeys(
    "loss_reason silent_days median_gap_days last_gap_days covered_until complaints_90"
    " complaints_before engaged_90 engaged_before csat_180 csat_before reply_hours_180"
    " reply_hours_before last_contact_on is_frequency_falling is_complaints_rising"
    " is_service_worse is_silent is_engagement_falling repeats buying_days age_days"
    " mean_spend".split()
)
ORDERS = BLANK | {"loss_reason": "silence", "silent_days": 57, "median_gap_days": 48.0}
MODEL = ChurnLogit(
    coefficients=(0.5, -0.7, -0.1, 0.8, 2.7),
    intercept=-4.2,
    centers=(4.1, 2.1, 15.4, 6.4, 0.3),
    horizon=90.0,
    customers=2_000,
    lost=600,
)
WEIGHTS = {f"coefficient_{i}": c for i, c in enumerate(MODEL.coefficients)} | {
    f"center_{i}": c for i, c in enumerate(MODEL.centers)
}


def test_silence_beside_the_usual_gap() -> None:
    assert reasons(ORDERS) == "silent for 57 days, usually 48 days between orders"
    assert reasons(ORDERS | {"median_gap_days": None}) == "silent for 57 days, ordered once"


def test_a_contract_says_its_end() -> None:
    row = BLANK | {"loss_reason": "contract", "covered_until": date(2026, 9, 30)}
    assert reasons(row) == "contract ends on 30 Sep 2026"
    assert reasons(row, WEIGHTS) == "contract ends on 30 Sep 2026"


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        ({"is_frequency_falling": True, "last_gap_days": 100}, "the last gap was 100 days"),
        (
            {"is_complaints_rising": True, "complaints_90": 3, "complaints_before": 1},
            "3 complaints in 90 days, 1 in the 90 before",
        ),
        (
            {"is_service_worse": True, "csat_180": 3.0, "csat_before": 4.5},
            "satisfaction 3, before 4.5",
        ),
        (
            {"is_service_worse": True, "reply_hours_180": 20.0, "reply_hours_before": 4.0},
            "first reply after 20 hours, before 4",
        ),
        ({"is_silent": True, "last_contact_on": date(2026, 4, 22)}, "follow-up on 22 Apr 2026"),
        (
            {"is_engagement_falling": True, "engaged_90": 0, "engaged_before": 4},
            "0 engagements in 90 days, 4 in the 90 before",
        ),
    ],
)
def test_a_signal_comes_with_its_numbers(signal: dict[str, Any], words: str) -> None:
    assert words in reasons(ORDERS | signal)
    use_language("zh")
    try:
        assert words not in reasons(ORDERS | signal)
    finally:
        use_language("en")


def test_contributions_are_those_of_the_regression() -> None:
    row = ORDERS | {"age_days": 411, "buying_days": 354, "repeats": 7, "mean_spend": 16_842.2685}
    rows = features([57.0], [8.0], [168_422_685.0], [411.0])
    expected = dict(zip(FEATURES, moved(MODEL, rows)[0], strict=True))
    assert contributions(row, WEIGHTS) == pytest.approx(expected, rel=1e-12)
    assert contributions(ORDERS, WEIGHTS) == {}
    # Nothing raises this customer's risk by much; long silence does.
    assert "regression" not in reasons(row, WEIGHTS)
    gone = row | {"age_days": 1_200, "buying_days": 100}
    assert "raised most by the share of that time in silence (log odds +1.66)" in reasons(
        gone, WEIGHTS
    )


FOUND = {
    ("buying", "is_usable"): 1.0,
    ("risk", "is_logit"): 0.0,
    ("all", "customers"): 2_107.0,
    ("all", "days"): 182.0,
    ("mbg", "auc"): 0.891,
    ("logistic", "auc"): 0.865,
}


def test_why_a_ranking_is_official() -> None:
    assert official(FOUND) == "mbg"
    said = sentences(FOUND, threshold=90)[0]
    assert "Official: Model of purchases (MBG/NBD)." in said
    assert "last 90 days" in said
    assert "182 days left out here (2,107 customers): AUC 0.891 against 0.865" in said


def test_a_ranking_that_lost_on_the_longer_hold_out_says_so() -> None:
    said = sentences(FOUND | {("risk", "is_logit"): 1.0}, threshold=90)[0]
    assert said.startswith("Official: Logistic regression.")
    assert "the other did, AUC 0.891 against 0.865" in said


def test_no_comparison_is_no_table() -> None:
    assert sentences({}, threshold=90)[0].startswith("Orders are too few")
    short = sentences({("buying", "is_usable"): 1.0}, threshold=90)
    assert short == [
        "The history is too short to compare the rankings on months left out: Model of purchases"
        " (MBG/NBD) is official."
    ]
