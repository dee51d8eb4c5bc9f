"""Short lists of customers on a page: a row opens the customer's own view of the page."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from components.figures.marks import go
from components.tables import member_table
from data.i18n import t
from pages._page import Panel, Query, asked
from pages._rows import columns_of, named


def customer_list(
    of: Panel,
    rows: pd.DataFrame,
    query: Query,
    *,
    without: tuple[str, ...] = (),
    main: tuple[str, ...] = (),
) -> Any:
    """Return the rows as a table whose rows filter the page by their customer.

    `main` columns stay on a phone, beside the name.
    """
    if rows.empty:
        return html.P(t("No customer matches these filters."), className="muted")
    shown = named(rows.drop(columns=[c for c in without if c in rows]), asked(query))
    columns = [
        replace(c, main=c.main or c.key in main)
        for c in columns_of(shown, of)
        if c.key != "customer_id"
    ]
    chosen = [go("customer", key) for key in shown["customer_id"]]
    return member_table(called(shown).assign(go=chosen), columns, id=f"{of.id}-table", go="go")


def called(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the number of a customer in place of a name that nobody recorded."""
    if "name" not in rows:
        return rows
    return rows.assign(name=rows["name"].where(rows["name"].notna(), rows["customer_id"]))
