"""Every code that the models can say has a whole sentence in both languages."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from components.findings import SENTENCES, TEXTS, UNITS, UNUSABLE, sentence, why_unvalued
from data.i18n import use_language
from data.i18n.language import catalogue

SCORING = Path(__file__).parents[2] / "data" / "scoring"
#: Module -> what its statuses are prefixed with.
PREFIXES = {"buying": "buying", "spend": "spend", "renewal": "renewal", "churn_logit": "logit"}
NAMES = {"what", "measure", "model"}


def _codes() -> Iterator[str]:
    """Yield every status of the models and every code of the diagnosis, read from the source."""
    for module, prefix in PREFIXES.items():
        for node in ast.walk(ast.parse((SCORING / f"{module}.py").read_text())):
            yield from (f"{prefix}_{code}" for code in _statuses(node))
    for node in ast.walk(ast.parse((SCORING / "diagnosis.py").read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
            yield from _strings(node.args[0])


def _statuses(node: ast.AST) -> list[str]:
    if isinstance(node, ast.keyword) and node.arg == "status":
        return _strings(node.value) if isinstance(node.value, ast.Tuple) else []
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
        return []
    if node.targets[0].id == "told" and isinstance(node.value, ast.Dict):
        return [word for key in node.value.keys for word in _strings(key)]
    return _strings(node.value) if node.targets[0].id == "status" else []


def _strings(node: ast.AST | None) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.Tuple):
        return [word for each in node.elts for word in _strings(each)]
    if isinstance(node, ast.IfExp):
        return [*_strings(node.body), *_strings(node.orelse)]
    return []


CODES = sorted(set(_codes()))


def test_the_codes_are_found() -> None:
    assert {"buying_small_sample", "spend_correlated", "renewal_nobody_left"} <= set(CODES)
    assert {"logit_one_outcome", "back_test_off", "other_model_better"} <= set(CODES)


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    # `spend_ignored` and those of the diagnosis stand in the source as they are.
    assert set(SENTENCES) == set(CODES)
    assert set(UNUSABLE) <= set(CODES)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_whole_and_says_its_numbers(code: str, language: str) -> None:
    places = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
    values = {name: "orders" if name in NAMES else 0.42 for name in places}
    use_language(language)
    try:
        said = sentence(code, json.dumps(values))
    finally:
        use_language("en")
    assert "{" not in said
    assert said.endswith(("。", "."))
    assert places <= {*UNITS, *NAMES, "bias", "own", "theirs"}
    assert SENTENCES[code] in catalogue()
    if language == "zh":
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_every_name_in_a_finding_is_known() -> None:
    known = {"mbg", "bg", "historical", "last_period", "rfm_cell", "boosting", "logistic"}
    measures = {"orders", "spend", "orders_rmse", "spend_rmse", "renewals_rmse"}
    assert known | measures | {"renewed_share"} == set(TEXTS)


def test_why_nobody_is_valued() -> None:
    small = {"buying_small_sample": '{"customers": 80, "repeaters": 12}'}
    assert "80 customers" in why_unvalued(small)
    assert why_unvalued({"spend_correlated": '{"correlation": 0.4}'}) == ""
