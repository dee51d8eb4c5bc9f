"""What the parts of the team page share: names and refusals."""

from collections.abc import Callable

from data.domain.dimension import DIMENSIONS, NOT_GIVEN
from data.domain.filters import Filters
from data.i18n import t
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
