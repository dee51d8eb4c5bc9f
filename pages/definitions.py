"""Definitions: what every number means, in both languages, who owns it and how it is tested."""

from typing import Any

from dash import Input, Output, html

from components.choices import NOTHING, choice, select
from components.definitions import Definition, definition_card, definition_index
from components.states import skeleton
from data.domain.metric import Metric
from data.i18n import language, t, use_language
from pages._other_names import names_of_others
from pages._page import FILTERS, PAGES, PANELS, Panel, Query, asked, guarded, register_page
from queries.metrics import METRICS, base_of
from queries.metrics.statement import PARTS as STATEMENT
from queries.run import scope_now

register_page(
    __name__,
    path="/definitions",
    name="Definitions",
    order=93,
    permission="view-definitions",
    icon="journal-text",
    group="Trust",
)

LIST, FORM = "definitions-list", "definitions-form"
#: Which contract tables the rows of a family of metrics come from.
SOURCES = {
    "facts": "orders",
    "states": "orders",
    "active": "orders",
    "new": "orders, customer",
    "today": "orders, contract, customer",
    "churn": "orders, contract",
    "returns": "orders",
    "deals": "opportunity, opportunity_stage, quote, activity",
    "contracts": "contract",
    "value_churn": "orders, contract",
    "statement": "orders, contract",
    "reps": "orders, payment, invoice, activity, opportunity, target",
    "books": "orders, contract, customer",
    "waiting": "activity, orders, contract",
    "invoices": "invoice, payment",
}
#: Facts that do not come from orders.
FACTS = {
    "collected": "payment",
    **dict.fromkeys(("due", "invoiced"), "invoice"),
    **dict.fromkeys(("follow_ups", "minutes"), "activity"),
    **dict.fromkeys(("complaints", "tickets"), "ticket"),
    **dict.fromkeys(("engagements", "visits", "shares", "redemptions"), "engagement"),
    **dict.fromkeys(("promoters", "detractors", "nps_answers"), "survey"),
    "service_cost": "service_cost, activity, ticket",
}
#: Families that are computed anew in Python, whole.
TESTED_WHOLE = {"waiting": "tests/queries/test_queue", "books": "tests/queries/test_team"}
#: What only a fitted model knows has no query to check it by: these tests compute it anew.
TESTED = {
    **dict.fromkeys(
        ("asset_information", "asset_relationship", "asset_value", "asset_strategic"),
        "tests/queries/test_four_assets",
    ),
    **dict.fromkeys(
        (
            *("customer_asset", "asset_error", "asset_customers", "value_mean", "lifetime_value"),
            *("referral_value", "expected_orders"),
        ),
        "tests/queries/test_official_value",
    ),
    **dict.fromkeys(
        (
            *("expected_loss", "loss_share", "risk_mean", "customers_at_risk", "value_at_risk"),
            *("value_at_start", "value_lost", "value_churn", "customers_signalled"),
        ),
        "tests/queries/test_expected_loss",
    ),
    **dict.fromkeys(
        (*STATEMENT, "asset_silence", "asset_closing"), "tests/queries/test_asset_statement"
    ),
}
LABELS = {
    "money": "amount of money",
    "count": "number",
    "rate": "share of 0–100 %",
    "per_year": "times a year",
    "days": "days",
    "score": "points",
    "times": "ratio",
    "number": "number with decimals",
    "sum": "sum: its rows add up",
    "distinct": "distinct count: each customer once",
    "ratio": "ratio: of sums, never a mean of ratios",
    "median": "median of its rows",
    "model": "figure of a fitted model",
}


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callback below fills it."""
    return html.Div([html.Div(skeleton(lines=1), id=FORM), html.Div(skeleton(lines=6), id=LIST)])


@guarded(Output(FORM, "children"), Output(LIST, "children"), Input(FILTERS, "data"))
def show_definitions(query: Query) -> Any:
    """Show the choice of a metric, all about the chosen one, and a line on each."""
    chosen = METRICS.get(asked(query).choices.defined)
    names = {NOTHING: t("All")} | {key: t(metric.label) for key, metric in METRICS.items()}
    form = choice("defined", t("Metric"), select(names, chosen.key if chosen else NOTHING))
    hint = t("Choose one for its formula, owner, source and tests.")
    about = definition_card(_definition(chosen)) if chosen else html.P(hint, className="muted")
    index = [
        (m.key, t(m.label), _in_other(m.label), t(m.definition))
        for m in METRICS.values()
        if m is not chosen
    ]
    return html.Div(form, className="choices"), [
        about,
        definition_index(index),
        names_of_others(),
    ]


def _definition(metric: Metric) -> Definition:
    kinds = f"{t(LABELS[metric.unit])}; {t(LABELS[_kind(metric)])}"
    return Definition(
        key=metric.key,
        label=t(metric.label),
        other_label=_in_other(metric.label),
        text=t(metric.definition),
        other_text=_in_other(metric.definition),
        formula=t(metric.formula),
        owner=t(metric.owner),
        unit=kinds,
        source=_source(metric),
        tests=_tests(metric),
        pages=_pages(metric),
    )


def _kind(metric: Metric) -> str:
    return "sum" if metric.kind == "count" else metric.kind


def _in_other(text: str) -> str:
    """Return a text in the language that the reader does not read."""
    own = language()
    use_language("zh" if own == "en" else "en")
    try:
        return t(text)
    finally:
        use_language(own)


def _source(metric: Metric) -> str:
    tables: dict[str, None] = {}
    for base in base_of(metric.key):
        fact = base.reads[0] if base.family == "facts" else ""
        tables |= dict.fromkeys(FACTS.get(fact, SOURCES[base.family]).split(", "))
    return ", ".join(tables)


def _tests(metric: Metric) -> str:
    """Return which file holds the figure against one computed otherwise."""
    whole = next((TESTED_WHOLE.get(base.family) for base in base_of(metric.key)), None)
    return TESTED.get(metric.key) or whole or f"tests/reference/{metric.key}.sql"


def _pages(metric: Metric) -> list[tuple[str, str]]:
    """Return the pages that show a metric, of those that the reader may open."""
    scope = scope_now()
    modules = {p.module for p in PANELS.values() if _shows(p, metric)}
    found = sorted((PAGES[m] for m in modules), key=lambda page: page.order)
    return [(t(page.name), page.path) for page in found if scope.may(page.permission)]


def _shows(of: Panel, metric: Metric) -> bool:
    return metric.key in (*of.question.metrics, of.metric.key)
