"""The evidence drawn for a check is what the check was judged by."""

import pytest

from components.figures.checks import churn_against_base
from components.figures.paying import core_months
from components.figures.values import records
from data.domain.prosperity import BASE_MONTHS, CORE, check_churn, check_vanity, thresholds
from tests.components.invented import CHURN, FIGURES, MONTHS


def test_the_drawn_churn_is_the_judged_one() -> None:
    rows = FIGURES["churn_against_base"].rows
    check = check_churn(records(rows)[-BASE_MONTHS - 2 :])
    figure = churn_against_base(rows, MONTHS[-1], check, CHURN)
    line, judged = figure["data"]
    assert judged["y"] == [line["y"][-1]] == [pytest.approx(check.facts["now"], rel=1e-3)]
    area, mean = figure["layout"]["shapes"][1:]
    assert mean["y0"] == pytest.approx(check.facts["base"], rel=1e-3)
    assert area["y1"] - area["y0"] == pytest.approx(2 * check.facts["margin"], rel=1e-2)
    base = [line["y"][-4 + i] for i in range(BASE_MONTHS)]
    assert min(base) <= mean["y0"] <= max(base)


@pytest.mark.parametrize("at", [4, 9, 12])
def test_the_drawn_core_is_the_judged_one(at: int) -> None:
    rows = FIGURES["core_months"].rows.assign(engagements=5, redemptions=2)
    months = records(rows)
    check = check_vanity(months[at], months[at - BASE_MONTHS : at], thresholds({}))
    figure = core_months(rows, MONTHS[at], thresholds({})["flat"])
    for name, line in zip(CORE, figure["data"], strict=True):
        assert line["y"][at] == pytest.approx(check.facts[name], rel=1e-3, abs=1e-9)
