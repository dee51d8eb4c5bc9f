"""The hold-out names the winner of each measure, and says who beats the official model where."""

import json

import pandas as pd

from components.hold_out import hold_out
from components.parameters import parameters
from components.renewal_hold_out import renewal_hold_out
from data.i18n import BLANK, signed, use_language

ROWS = pd.DataFrame(
    [
        ("all", "all", "customers", 2_107.0),
        ("all", "all", "days", 182.0),
        ("orders", "mbg", "mae", 1.3),
        ("orders", "boosting", "mae", 1.2),
        ("orders", "mbg", "bias", -0.1),
        ("orders", "boosting", "bias", 0.3),
        ("churn", "mbg", "auc", 0.891),
        ("churn", "logistic", "auc", 0.865),
    ],
    columns=["target", "model", "measure", "value"],
)


def said(component: object) -> str:
    """Return a component as the text of its JSON."""
    return json.dumps(component.to_plotly_json(), default=lambda c: c.to_plotly_json())  # type: ignore[attr-defined]


def test_winners_and_who_beats_the_model() -> None:
    words = said(hold_out(ROWS, official="mbg"))
    assert "2,107 customers" in words
    assert "The official model wins 2 of 3 measures." in words
    assert "Gradient boosting beats the model in Orders: MAE (1.200 against 1.300)." in words
    assert words.count("\\u2605") == 4


def test_the_size_of_a_bias_counts_without_its_sign() -> None:
    words = said(hold_out(ROWS, official="boosting"))
    assert "MBG/NBD and gamma-gamma beats the model in Orders: bias of the total" in words


def test_parameters_say_their_error_and_what_they_mean() -> None:
    rows = pd.DataFrame(
        [
            ("buying", "r", 0.5, 0.05),
            ("buying", "alpha", 182.625, 9.0),
            ("buying", "a", 1.0, 0.1),
            ("buying", "b", 3.0, 0.4),
            ("buying", "is_mbg", 0.0, None),
            ("buying", "customers", 2_320.0, None),
        ],
        columns=["part", "name", "value", "error"],
    )
    words = said(parameters(rows))
    assert "BG/NBD" in words
    assert "MBG/NBD" not in words
    assert "1 a year" in words
    assert "25.0" in words
    assert "182.6 \\u00b1 9" in words
    use_language("zh")
    try:
        assert "\\u5e73\\u5747" in said(parameters(rows))
    finally:
        use_language("en")


def test_renewals_expected_and_seen_with_the_better_chance_marked() -> None:
    rows = pd.DataFrame(
        [
            ("renewals", "all", "contracts", 40.0),
            ("renewals", "all", "renewed", 30.0),
            ("renewals", "all", "days", 182.0),
            ("renewals", "sbg", "total", 34.7),
            ("renewals", "sbg", "bias", 0.155),
            ("renewals", "sbg", "rmse", 0.449),
            ("renewals", "renewed_share", "total", 33.5),
            ("renewals", "renewed_share", "rmse", 0.442),
        ],
        columns=["target", "model", "measure", "value"],
    )
    words = said(renewal_hold_out(rows, official="sbg"))
    assert "40 contracts" in words and "182 days" in words
    assert "Shifted-beta-geometric (official)" in words
    assert json.dumps(signed(0.155, "rate"))[1:-1] in words
    assert "0.442 \\u2605" in words and "0.449 \\u2605" not in words
    # Where nobody renewed, a share of it is no figure.
    assert json.dumps(BLANK) in words


def test_renewals_as_observed_say_so_instead_of_parameters() -> None:
    rows = pd.DataFrame(
        [
            ("renewal", "customers", 60.0, None),
            ("renewal", "lost", 12.0, None),
            ("plan", "0000", 0.8, 0.05),
            ("plan", "0024", 0.75, 0.1),
        ],
        columns=["part", "name", "value", "error"],
    )
    words = said(parameters(rows))
    assert "Kaplan-Meier by length of contract, of 60 customers, 12 of them lost" in words
    assert "24 months" in words and "All lengths of contract" in words
    assert '"\\u03b1"' not in words
