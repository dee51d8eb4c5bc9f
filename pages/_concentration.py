"""Concentration on the Value page: of which metric, who takes part, the curve and the classes."""

from collections.abc import Mapping
from typing import Any

from dash import Output, html

from components.choices import choice, select
from components.figures.concentration import abc, lorenz
from components.panel import explain_button, grid
from data.domain.choices import CONCENTRATED
from data.i18n import figure, t, tn
from pages._page import Figure, Query, asked, chart, listing, panel, rows_of, together
from queries import concentration
from queries.concentration import BLANK, CHURNED, HELD
from queries.metrics import METRICS

PERMISSION = "view-value"
STANDING = panel("clv-standing", concentration.concentration_standing, metric="gross_ever")
LORENZ = panel("clv-lorenz", concentration.lorenz_curve, metric="gross_ever")
ABC = panel("clv-abc", concentration.abc_classes, metric="gross_ever")


def concentrated() -> list[Any]:
    """Return the panels of the concentration, empty; the callbacks below fill them."""
    classes = t("A: while those before hold less than 80 % of it, B: less than 95 %, C: the rest")
    return [
        grid(listing(STANDING, actions=("rows", "csv"), height=90), layout="full"),
        grid(
            chart(LORENZ, sub=t("Largest customers first"), height=360),
            chart(ABC, sub=classes, height=360),
            layout="wide",
        ),
    ]


def top_words(query: Query) -> str:
    """Return in a sentence what the largest tenth holds; empty where nobody holds anything."""
    curve = rows_of(LORENZ, query)
    top = curve[curve["top"] == 10]
    if top.empty:
        return ""
    share = figure(top["share_value"].iloc[0], "rate")
    if concentration.concentrated_metric(asked(query)).key == concentration.ASSET:
        return t(
            "The top 10 % of the customers with a value hold {share} of the customer asset.",
            share=share,
        )
    return t("The top 10 % of the customers hold {share} of the gross revenue.", share=share)


def show_standing(query: Query) -> Any:
    """Offer the choice of the metric, and say who takes part and who is left out."""
    metric = concentration.concentrated_metric(asked(query))
    rows = rows_of(STANDING, query)
    counted = dict(zip(rows["standing"], rows["customers"], strict=True))
    options = {key: t(METRICS[key].label) for key in CONCENTRATED}
    field = choice("concentrated", t("Concentration of"), select(options, metric.key))
    explain = explain_button(STANDING.id, t(metric.label), metric=metric.key)
    said = _asset_words(counted) if metric.key == concentration.ASSET else _gross_words(counted)
    return [html.Div([field, explain], className="choices"), html.P(" ".join(said))]


def _gross_words(counted: Mapping[str, int]) -> list[str]:
    held, blank = counted.get(HELD, 0), counted.get(BLANK, 0)
    said = [tn("{count} customer has ordered.", "{count} customers have ordered.", held)]
    if blank:
        said.append(
            tn("{count} never has and is left out.", "{count} never have and are left out.", blank)
        )
    return said


def _asset_words(counted: Mapping[str, int]) -> list[str]:
    said = [
        tn(
            "{count} customer has an official value.",
            "{count} customers have an official value.",
            counted.get(HELD, 0),
        )
    ]
    if blank := counted.get(BLANK, 0):
        said.append(
            tn(
                "{count} is not churned, but the models cannot say a value: it is left out, not"
                " counted as zero.",
                "{count} are not churned, but the models cannot say a value: they are left out, not"
                " counted as zero.",
                blank,
            )
        )
    if churned := counted.get(CHURNED, 0):
        said.append(
            tn(
                "{count} is churned and no part of the asset.",
                "{count} are churned and no part of the asset.",
                churned,
            )
        )
    return said


def draw_lorenz(query: Query) -> Figure:
    """Draw the concentration curve."""
    return lorenz(rows_of(LORENZ, query), concentration.concentrated_metric(asked(query)))


def draw_abc(query: Query) -> Figure:
    """Draw the classes by customers and by what is concentrated."""
    return abc(rows_of(ABC, query), concentration.concentrated_metric(asked(query)))


together(
    {
        Output(STANDING.id, "children"): show_standing,
        Output(LORENZ.id, "figure"): draw_lorenz,
        Output(ABC.id, "figure"): draw_abc,
    },
    permission=PERMISSION,
)
