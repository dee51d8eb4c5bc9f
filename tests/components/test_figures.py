"""Every figure keeps the same rules: plain JSON, blank rows, a table twin, its rows untouched."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest

from components.figures.asset import band_names
from components.figures.bars import dimension_bars
from components.figures.theme import PALETTES, use_theme
from components.figures.tier_churn import tier_churn_bars
from data.domain.dimension import NOT_GIVEN
from data.domain.filters import parse
from data.domain.period import Calendar
from data.i18n import LANGUAGES, use_language
from queries.metrics import METRICS
from tests.components.invented import FIGURES, Drawn

CALENDAR = Calendar(date(2023, 7, 1), date(2026, 6, 20))
EVERY = pytest.mark.parametrize("drawn", FIGURES.values(), ids=FIGURES)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Answer in each language in turn."""
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture(params=PALETTES)
def theme(request: pytest.FixtureRequest) -> Iterator[str]:
    """Draw in each theme in turn."""
    use_theme(request.param)
    yield request.param
    use_theme("light")


def texts(part: Any) -> Iterator[str]:
    """Yield every text in a figure."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


@EVERY
def test_is_plain_json_with_a_table_twin(drawn: Drawn, language: str, theme: str) -> None:
    figure = drawn.figure()
    json.dumps(figure, allow_nan=False)
    meta = figure["layout"]["meta"]
    assert figure["data"]
    assert meta["summary"]
    assert meta["rows"]
    assert len(meta["go"]) == len(meta["rows"])
    assert {len(row) for row in meta["rows"]} == {len(meta["columns"])}
    assert "template" not in figure["layout"]


@EVERY
def test_never_shows_what_machines_say(drawn: Drawn, language: str) -> None:
    for text in texts(drawn.figure()):
        assert not {"nan", "NaN", "None", "NaT"} & set(text.replace("<", " ").split()), text


@EVERY
def test_accepts_no_rows(drawn: Drawn, language: str) -> None:
    figure = drawn.figure(drawn.rows.head(0))
    json.dumps(figure, allow_nan=False)
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"]
    assert figure["layout"]["meta"]["summary"]


#: A tier without a row has no customers, which is 0 and no blank.
COUNTS_ABSENT_ROWS = {"tier_split"}


@pytest.mark.parametrize("name", FIGURES)
def test_accepts_blank_numbers(name: str) -> None:
    fixed = {"month", "cohort", "age", "position", "stage", "tier", "band", "recency", "frequency"}
    fixed |= {"since_days", "key", "name", "class", "reason", "is_partial"}
    blank = FIGURES[name].rows.copy()
    for column in set(blank.columns) - fixed:
        blank[column] = pd.array([pd.NA] * len(blank), dtype="Float64")
    figure = FIGURES[name].figure(blank)
    json.dumps(figure, allow_nan=False)
    meta = figure["layout"]["meta"]
    assert meta["summary"]
    # Marks with a twin, or a sentence in their place.
    assert meta["rows"] if figure["data"] else figure["layout"]["annotations"][0]["text"]
    cells = [cell for row in meta["rows"] for cell in row]
    zeros = [cell for cell in cells if re.fullmatch(r"\D?0(\.0+)?( ?%)?", cell)]
    assert zeros == [] or name in COUNTS_ABSENT_ROWS
    for text in texts(figure):
        assert not {"nan", "NaN", "None", "NaT", "<NA>"} & set(text.split()), text


#: The first row is a first month alone: of no retention to draw, a point of no curve, no base.
NOTHING_ALONE = {"cohort_heat", "tier_survival", "cohort_survival"}
NOTHING_ALONE |= {"churn_against_base", "core_months"}


@pytest.mark.parametrize("name", FIGURES)
def test_accepts_the_first_row_alone(name: str) -> None:
    figure = FIGURES[name].figure(FIGURES[name].rows.head(1))
    json.dumps(figure, allow_nan=False)
    meta = figure["layout"]["meta"]
    assert meta["summary"]
    if name in NOTHING_ALONE:
        assert figure["layout"]["annotations"][0]["text"]
        return
    assert figure["data"]
    assert meta["rows"]
    assert {len(row) for row in meta["rows"]} == {len(meta["columns"])}
    assert len(meta["go"]) == len(meta["rows"])


@EVERY
def test_leaves_its_rows_unchanged_and_answers_the_same(drawn: Drawn) -> None:
    before = drawn.rows.copy(deep=True)
    assert drawn.figure() == drawn.figure()
    pd.testing.assert_frame_equal(drawn.rows, before)


def test_the_language_reaches_the_summary() -> None:
    drawn = FIGURES["growth_states"]
    english = drawn.figure()["layout"]["meta"]["summary"]
    use_language("zh")
    try:
        assert drawn.figure()["layout"]["meta"]["summary"] != english
    finally:
        use_language("en")


def test_names_from_the_data_are_never_markup() -> None:
    figure = FIGURES["dimension_bars"].figure()
    assert "<b>R1" not in json.dumps(figure["layout"]["yaxis"])
    assert any("&lt;b&gt;R15" in text for text in figure["data"][0]["hovertext"])
    assert figure["layout"]["meta"]["rows"][0][0].startswith("<b>R15")


def test_the_long_tail_is_folded_and_adds_up() -> None:
    drawn = FIGURES["dimension_bars"]
    bars = drawn.figure()["data"][0]
    assert len(bars["x"]) == 12
    assert bars["customdata"][-1] is None
    assert sum(bars["x"]) == pytest.approx(drawn.rows["value"].sum())


@pytest.mark.parametrize(
    ("dimension", "known"), [("tier", "high"), ("lifecycle", "mature"), ("region", "East")]
)
def test_a_bar_that_no_filter_stands_for_cannot_be_chosen(dimension: str, known: str) -> None:
    rows = pd.DataFrame({"key": [known, NOT_GIVEN], "value": [5, 2], "before": [4, None]})
    figure = dimension_bars(rows, METRICS["customers"], dimension=dimension)
    chosen = figure["data"][0]["customdata"]
    assert chosen == figure["layout"]["meta"]["go"]
    assert chosen[0] == f"{dimension}={known}"
    # Blank regions are filed under a value that can be filtered; who is no customer has no tier.
    assert (chosen[1] is None) == (dimension != "region")
    for part in chosen:
        key, _, value = (part or f"{dimension}={known}").partition("=")
        assert parse({key: unquote(value)}, CALENDAR, version=1)[1] == []


def test_churn_by_tier_says_why_there_is_none() -> None:
    nobody = FIGURES["tier_churn_bars"].rows.head(0)
    said = [
        tier_churn_bars(nobody, METRICS["churn_rate"], is_known=is_known)["layout"]["meta"][
            "summary"
        ]
        for is_known in (True, False)
    ]
    assert said[0].startswith("No rows match these filters.")
    assert said[1].startswith("There is no month end before this period")


def test_a_month_that_is_not_over_is_hatched() -> None:
    pattern = FIGURES["compared_months"].figure()["data"][0]["marker"]["pattern"]["shape"]
    assert pattern == [""] * 12 + ["/"]


def test_lapsed_customers_hang_below_the_line() -> None:
    lapsed = FIGURES["growth_states"].figure()["data"][2]
    assert max(lapsed["y"]) < 0
    assert lapsed["customdata"][0] == "mark=month:2025-06,state:lapsed"


@pytest.mark.parametrize(
    ("cuts", "names"),
    [
        ([], ["any value"]),
        ([50.0], ["up to ¥50", "above ¥50"]),
        ([0.0, 1_200.0], ["up to ¥0", "¥0 – ¥1,200", "above ¥1,200"]),
        ([12_341.0, 12_342.0], ["up to ¥12,341.00", "¥12,341.00 – ¥12,342.00", "above ¥12,342.00"]),
    ],
)
def test_bands_of_value_are_named_apart_by_their_amounts(
    cuts: list[float], names: list[str]
) -> None:
    assert band_names(cuts) == names
