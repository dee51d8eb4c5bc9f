"""What to do for each tier, who was followed up, and what came after."""

from typing import Any

import pandas as pd
from dash import html

from components.attributes import attributes
from components.figures.values import Row, records, share
from data.domain.dimension import TIERS
from data.i18n import figure, label_of, signed, t

#: What is to be done for the customers of a tier, and by whom.
SENTENCES = {
    "high": "A manager of their own, tailored plans, first call on people, time and budget.",
    "potential": "Steady follow-up and incentives that grow the share bought here; sales and"
    " marketing together.",
    "general": "Standard service and automated marketing; tools instead of people.",
    "dormant": "Wake-up campaigns with an offer or a survey, each against a control group.",
}


def playbook_table(rows: pd.DataFrame, *, panel: str) -> Any:
    """Return a line per tier and whether followed up: customers, buyers after, revenue, value.

    Rows: tier, is_treated, customers, buyers, orders, net, opening, moved.
    """
    found = {(row["tier"], bool(row["is_treated"])): row for row in records(rows)}
    head = [
        *(t("Tier"), t("In the month after"), t("Customers"), t("Ordered after")),
        *(t("Revenue each"), t("Change of value each")),
    ]
    classes = ["text", "text", "number minor", "number", "number minor", "number"]
    body: list[Any] = []
    for tier in TIERS:
        for place, is_treated in enumerate((True, False)):
            row = found.get((tier, is_treated))
            cells = _cells(row, tier, is_treated=is_treated, panel=panel)
            name: list[Any] = [html.B(label_of("tier", tier)), html.P(t(SENTENCES[tier]))]
            first = [html.Th(name, scope="row", rowSpan=2, className="text")] if not place else []
            pairs = zip(cells, classes[1:], strict=True)
            body.append(html.Tr([*first, *(html.Td(c, className=k) for c, k in pairs)]))
    pairs = zip(head, classes, strict=True)
    header = html.Tr([html.Th(text, scope="col", className=k) for text, k in pairs])
    table = html.Table([html.Thead(header), html.Tbody(body)], className="plain-table playbook")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _cells(row: Row | None, tier: str, *, is_treated: bool, panel: str) -> list[Any]:
    arm = "treated" if is_treated else "others"
    words = label_of("arm", arm)
    if row is None:
        return [words, *[figure(None, "count")] * 4]
    marks = attributes(data_rows=panel, data_mark=f"state:{tier},arm:{arm}")
    count = row["customers"]
    return [
        html.A(words, href="#", **marks),
        figure(count, "count"),
        figure(share(row["buyers"], count), "rate"),
        figure(share(row["net"], count), "money", short=True),
        signed(share(row["moved"], count), "money", short=True),
    ]
