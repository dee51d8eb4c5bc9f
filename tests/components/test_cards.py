"""Cards, tables and the frame: what a reader finds in them."""

import json
from datetime import date

import pandas as pd
import pytest
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

from components import states
from components.cards import headline, kpi_card
from components.explain import explain_body
from components.filter_bar import chips, filter_form
from components.panel import panel
from components.shell import NavItem, breadcrumb
from components.tables import MOST, Column, member_table
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.period import Calendar
from data.i18n import filter_words

CHURNED = Metric("churned", "Churned", "Gone.", "a / b", "money", "sum", better="down")
CALENDAR = Calendar(date(2023, 7, 1), date(2026, 6, 20))
COLUMNS = (
    Column("name", "Customer", main=True),
    Column("last", "Last", "date"),
    Column("v", "V", "money"),
)


def written(component: Component | None) -> str:
    """Return a component as the JSON that the browser gets."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def test_a_rising_loss_is_bad() -> None:
    card = written(kpi_card(CHURNED, 18.9e6, 13.4e6, [1, 2, 3], note="vs same days 2025"))
    assert '"bad"' in card
    assert "▲ 41" in card
    assert "¥18.9M" in card
    assert '"data-explain": "churned"' in card


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NA, pd.NaT])
def test_a_blank_is_a_dash_with_a_sentence(blank: object) -> None:
    card = written(kpi_card(CHURNED, blank, 1.0, [None, None]))
    assert '"–"' in card
    assert "No value for these filters." in card
    assert "nan" not in card.lower().replace("explain", "")


def test_a_gap_in_the_sparkline_is_left_out() -> None:
    assert "nan" not in written(kpi_card(CHURNED, 1, 1, [1, float("nan"), 3])).lower()


def test_the_headline_can_be_chosen() -> None:
    assert '"data-go": "tier=high"' in written(headline(["Worth ", ("¥1", "tier=high"), "."]))


def test_short_lists_are_plain_tables_and_long_ones_grids() -> None:
    rows = pd.DataFrame(
        {"name": ["<b>A</b>"], "last": [pd.NaT], "v": [-2.5], "go": ["/customer/1"]}
    )
    table = written(member_table(rows, COLUMNS, id="x", go="go"))
    assert "−¥2.50" in table
    assert '"data-go": "/customer/1"' in table
    long = pd.concat([rows] * (MOST + 5), ignore_index=True)
    grid = member_table(long, COLUMNS, id="x", go="go")
    assert len(grid.rowData) == MOST
    assert grid.rowData[0] | {"row_id": ""} == {
        "row_id": "",
        "name": "<b>A</b>",
        "last": None,
        "v": -2.5,
        "name__text": "<b>A</b>",
        "last__text": "–",
        "v__text": "−¥2.50",
    }


def test_every_chip_but_the_period_can_be_taken_away() -> None:
    filters = Filters.from_query({"tier": "high", "team": "T1"}, CALENDAR, version=1)
    row = written(chips(filter_words(filters)))
    assert '"data-go": "-tier"' in row
    assert '"data-go": "-team"' in row
    assert '"data-go": "-period"' not in row


def test_the_form_shows_what_holds() -> None:
    filters = Filters.from_query({"tier": "high", "threshold": "60"}, CALENDAR, version=1)
    form = written(filter_form(filters, {"tier": [("high", "High value", 3)]}))
    assert '"value": ["high"]' in form
    assert '"value": 60' in form
    assert "3 customers" in form


def test_a_panel_offers_explain_only_with_a_metric() -> None:
    assert "data-explain" not in written(panel("p", "P"))
    assert '"data-explain": "churned"' in written(panel("p", "P", metric="churned"))


def test_explain_fills_the_formula_in() -> None:
    body = written(explain_body(CHURNED, value=5, parts=[("Sales", 3, "money")], sql="SELECT 1"))
    assert all(part in body for part in ("Gone.", "a / b", "¥3.00", "¥5.00", "SELECT 1"))


def test_every_failure_has_a_sentence() -> None:
    for kind in (*states.SENTENCES, "never heard of"):
        assert states.sentence_for(kind).endswith(".")


def test_no_way_here_without_steps() -> None:
    assert breadcrumb([]) is None
    assert '"data-go": "?"' in written(breadcrumb([("Cockpit", "?"), ("North", "")]))
    assert NavItem("/", "Cockpit", "bi-speedometer2", "Value").group == "Value"
