"""What was restated since a month closed: the panel at the foot of the asset statement."""

from typing import Any

from dash import Input, Output, html

from components.figures.values import records
from components.panel import grid
from components.restated import restated_table
from data.i18n import month, t
from pages._page import FILTERS, Query, asked, guarded, listing, panel, rows_of
from queries import restated

PERMISSION = "view-asset"
RESTATED = panel("asset-restated", restated.restated_months, metric="asset_restated")


def restated_panel() -> Any:
    """Return the panel, empty; the callback below fills it."""
    words = t("Month ends as they were known when they closed, beside what is computed today")
    return grid(listing(RESTATED, sub=words, actions=("explain", "rows", "csv")), layout="full")


@guarded(Output(RESTATED.id, "children"), Input(FILTERS, "data"), permission=PERMISSION)
def list_restated(query: Query) -> Any:
    """List what was restated since, per month end and cause."""
    first = asked(query).calendar.pinned_from
    if first is None:
        words = t(
            "No month has closed since the first import. From the next one on, each month end is"
            " kept as it was known when it closed; until then all are computed from today's facts."
        )
        return html.P(words, className="muted")
    rows = records(rows_of(RESTATED, query))
    since = t("Kept from the end of {month} on.", month=month(first))
    if not rows:
        return html.P([t("Nothing was restated."), " ", since], className="muted")
    return [restated_table(rows, panel=RESTATED.id), html.P(since, className="muted")]
