"""The scoring model: what it accepts, what it says otherwise, and its JSON."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.domain.canonical import canonical_json
from data.domain.model import (
    BUYING_KINDS,
    FIFTY_THIRTY_TWENTY,
    FIVE_DIMENSIONS,
    PRESETS,
    RATES,
    WHOLE,
    ModelError,
    ScoringModel,
)


def test_the_default_is_the_five_dimensions() -> None:
    model = ScoringModel()
    assert dict(model.weights) == {
        "amount": 30,
        "loyalty": 25,
        "referral": 15,
        "service_cost": 10,
        "growth": 20,
    }
    assert (model.horizon_months, model.annual_discount, model.buying_kind) == (36, 0.10, "mbg")
    assert (model.holdout_months, model.attribution_share) == (6, 0.30)


def test_the_second_preset_has_three_dimensions() -> None:
    model = ScoringModel.of_preset(FIFTY_THIRTY_TWENTY)
    assert model.dimensions == ("amount", "potential", "interaction")
    assert [model.weight(d) for d in model.dimensions] == [50, 30, 20]
    assert model.weight("loyalty") == 0
    assert model.name == "fifty thirty twenty"


def test_every_preset_adds_up() -> None:
    for weights in PRESETS.values():
        assert sum(weights.values()) == 100


def weights_of(preset: str) -> some.SearchStrategy[dict[str, int]]:
    names = list(PRESETS[preset])

    def shares(cuts: list[int]) -> dict[str, int]:
        borders = [0, *sorted(cuts), 100]
        return {n: borders[i + 1] - borders[i] for i, n in enumerate(names)}

    cut = some.integers(0, 100)
    return some.lists(cut, min_size=len(names) - 1, max_size=len(names) - 1).map(shares)


@some.composite
def models(draw: some.DrawFn) -> ScoringModel:
    preset = draw(some.sampled_from(sorted(PRESETS)))
    whole: dict[str, Any] = {n: draw(some.integers(*WHOLE[n])) for n in WHOLE}
    whole["potential_score"] = min(whole["potential_score"], whole["high_score"])
    rates = {name: draw(some.floats(0, 1)) for name in RATES}
    letters = some.text(min_size=1, max_size=80).filter(lambda t: t.strip() and t.isprintable())
    return ScoringModel(
        name=draw(letters),
        preset=preset,
        weights=draw(weights_of(preset)),
        buying_kind=draw(some.sampled_from(BUYING_KINDS)),
        **whole,
        **rates,
    )


@given(models())
def test_json_round_trip_is_exact(model: ScoringModel) -> None:
    again = ScoringModel.from_json(model.to_json())
    assert again == model
    assert again.to_json() == model.to_json()
    assert list(again.weights) == list(PRESETS[model.preset])


def test_equal_models_have_equal_json_whatever_the_order_and_kind_of_number() -> None:
    backwards = dict(reversed(ScoringModel().weights.items()))
    assert ScoringModel(weights=backwards).to_json() == ScoringModel().to_json()
    one = ScoringModel(annual_discount=0)
    assert one.to_json() == ScoringModel(annual_discount=0.0).to_json()


def test_a_field_unknown_to_an_older_release_takes_its_default() -> None:
    plain = ScoringModel().plain()
    del plain["attribution_share"]
    assert ScoringModel.from_json(canonical_json(plain)) == ScoringModel()


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"weights": {"amount": 100}}, "must name exactly amount, loyalty, referral"),
    ({"preset": FIFTY_THIRTY_TWENTY}, "must name exactly amount, potential, interaction; given"),
    ({"weights": {}}, "given: none"),
    ({"weights": [30, 70]}, "one whole number per dimension"),
    ({"weights": PRESETS[FIVE_DIMENSIONS] | {"amount": 25}}, "The weights add up to 95."),
    ({"weights": PRESETS[FIVE_DIMENSIONS] | {"amount": 30.0}}, "The weight of amount is 30.0."),
    ({"weights": PRESETS[FIVE_DIMENSIONS] | {"amount": -5, "loyalty": 60}}, "amount is -5"),
    ({"weights": PRESETS[FIVE_DIMENSIONS] | {"amount": True}}, "The weight of amount is True."),
    ({"preset": "abc"}, "There is no preset 'abc'. Choose five-dimensions or fifty-thirty-twenty."),
    ({"preset": []}, "There is no preset []"),
    ({"name": " "}, "needs a name"),
    ({"name": None}, "needs a name"),
    ({"name": "a\nb"}, "in one line"),
    ({"name": "x" * 81}, "at most 80 letters"),
    ({"horizon_months": 0}, "horizon_months is 0. Choose a whole number from 1 to 120."),
    ({"horizon_months": 36.0}, "horizon_months is 36.0."),
    ({"high_score": 101}, "high_score is 101."),
    ({"threshold_days": 30}, "Choose a whole number from 31 to 1095."),
    ({"holdout_months": "6"}, "holdout_months is '6'."),
    ({"annual_discount": 10}, "annual_discount is 10. Write a rate from 0 to 1: 0.1 is 10 %."),
    ({"annual_discount": math.nan}, "annual_discount is nan."),
    ({"annual_discount": "0.1"}, "annual_discount is '0.1'."),
    ({"attribution_share": -0.1}, "attribution_share is -0.1."),
    ({"buying_kind": "pareto"}, "Choose mbg (MBG/NBD) or bg (BG/NBD)."),
    ({"potential_score": 90}, "needs no higher score than a high-value one"),
)


@pytest.mark.parametrize(("changed", "sentence"), WRONG, ids=lambda v: str(v)[:40])
def test_a_wrong_model_says_what_to_change(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ModelError) as said:
        ScoringModel(**changed)
    assert sentence in str(said.value)
    assert str(said.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no valid JSON"),
        ("[1]", "one entry per field"),
        ("null", "one entry per field"),
        ('{"colour":"red"}', "A scoring model has no 'colour'. Known: annual_discount,"),
        ('{"annual_discount":NaN}', "annual_discount is nan"),
        ('{"weights":{"amount":100,"loyalty":{}}}', "must name exactly"),
        ('{"preset":{"a":1}}', "There is no preset"),
    ],
)
def test_wrong_json_says_what_to_change(text: str, sentence: str) -> None:
    with pytest.raises(ModelError) as said:
        ScoringModel.from_json(text)
    assert sentence in str(said.value)


def test_changes_name_every_field_that_differs() -> None:
    before = ScoringModel()
    now = ScoringModel(version=7, annual_discount=0.08, hysteresis=5)
    assert now.changes(before) == {"annual_discount": [0.10, 0.08], "hysteresis": [3, 5]}


def test_weights_cannot_be_changed_afterwards() -> None:
    given_weights = dict(PRESETS[FIVE_DIMENSIONS])
    model = ScoringModel(weights=given_weights)
    given_weights["amount"] = 99
    assert model.weights["amount"] == 30
    with pytest.raises(TypeError):
        model.weights["amount"] = 99  # type: ignore[index]


def test_canonical_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError):
        canonical_json({"a": math.inf})
    assert json.loads(canonical_json({"客户": 1.5})) == {"客户": 1.5}
