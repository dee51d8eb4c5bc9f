"""One metric on its own: the figure that `ask` prints and that a drawer explains."""

from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import Rows
from queries.kpis import totals


def metric_total(filters: Filters, scope: Scope) -> Rows:
    """One row: the metric that the focus names, and the base metrics it is composed of."""
    return totals(filters, scope, (filters.focus["metric"],))
