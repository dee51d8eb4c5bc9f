"""What the parts of the team page share: names, refusals, and one answer for several panels."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from components.figures.empty import empty_figure
from components.states import empty
from data.domain.dimension import DIMENSIONS, NOT_GIVEN
from data.domain.filters import Filters
from data.i18n import t
from pages._page import Figure, MissingDataError, Panel, Query, rows_of
from queries.run import fetcher


def name_of(filters: Filters, dimension: str) -> Callable[[str], str]:
    """Return how a team or a representative is called; who is nobody says so."""
    info = fetcher().info(filters.version)
    return lambda key: t("nobody") if key == NOT_GIVEN else info.label(dimension, key)


def cannot_cut(filters: Filters) -> str:
    """Return why the work of representatives cannot be told under these filters; else nothing."""
    known = ("team", "rep", "seller", "seller_team")
    odd = [t(DIMENSIONS[key].label) for key in filters.chosen if key not in known]
    if not odd:
        return ""
    return t(
        "What representatives did can be cut by team and owner only. Remove the filter: {names}.",
        names=", ".join(odd),
    )


def told(of: Panel, query: Query, draw: Callable[[pd.DataFrame, Query], Any]) -> Any:
    """Return one list of several in an answer: where its tables are empty, only it says so."""
    try:
        return draw(rows_of(of, query), query)
    except MissingDataError as error:
        return empty(str(error))


def drawn(of: Panel, query: Query, draw: Callable[[pd.DataFrame], Figure]) -> Figure:
    """Return one chart of several in an answer, in the same way."""
    try:
        return draw(rows_of(of, query))
    except MissingDataError as error:
        return empty_figure(str(error))
