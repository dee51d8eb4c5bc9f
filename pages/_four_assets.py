"""The four assets on the Tiers page: their scores with coverage, and the next field to fill in."""

from typing import Any

from dash import Output, html

from components.figures.counts import counts
from components.figures.values import records
from components.panel import grid
from components.tables import Column, short_table
from data.domain.columns import ASSETS
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, percent, t
from pages._page import Figure, Query, chart, listing, panel, rows_of, together
from queries import four_assets
from queries.metrics import METRICS

SCORED = panel("tiers-assets", four_assets.tier_assets, metric="asset_information")
FIELDS = panel("tiers-fields", four_assets.next_fields, metric="incomplete_customers")


def assets() -> Any:
    """Return both panels, empty; the callbacks below fill them."""
    return grid(
        listing(
            SCORED,
            sub=t("Mean points of 0–100, and how much of the asset was measured"),
            actions=("explain", "rows", "csv"),
        ),
        chart(
            FIELDS,
            sub=t("Customers by the weightiest field that is blank; click one, then Rows"),
        ),
        layout="wide",
    )


def list_scores(query: Query) -> Any:
    """List the mean score of each asset by tier, with its coverage."""
    found = records(rows_of(SCORED, query))
    if not found:
        return html.P(t("There is no customer with these filters."), className="muted")
    columns = [
        Column("tier", t("Tier"), "dimension", main=True),
        *(Column(f"asset_{n}", t(METRICS[f"asset_{n}"].label), "shown", main=True) for n in ASSETS),
    ]
    ordered = sorted(found, key=lambda row: TIERS.index(row["tier"]))
    shown = [{"tier": r["tier"], **{f"asset_{n}": _scored(r, n) for n in ASSETS}} for r in ordered]
    return short_table(shown, columns, id=f"{SCORED.id}-table")


def _scored(row: dict[str, Any], asset: str) -> str:
    score = figure(row[f"asset_{asset}"], "score")
    return f"{score} · {percent(row[f'coverage_{asset}'])}"


def draw_fields(query: Query) -> Figure:
    """Draw how many customers lack which field first."""
    rows = rows_of(FIELDS, query).rename(columns={"customers": "value"})
    named = rows.assign(name=[label_of("next_field", key) for key in rows["key"]])
    heading = t("Next field")
    return counts(named, METRICS["incomplete_customers"], focus="band", heading=heading)


together(
    {
        Output(SCORED.id, "children"): list_scores,
        Output(FIELDS.id, "figure"): draw_fields,
    },
    permission="view-tiers",
)
