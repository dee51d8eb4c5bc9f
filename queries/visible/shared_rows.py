"""What is the same for every reader."""

from sqlalchemy import Subquery, select

from data.warehouse import marts


def benchmark() -> Subquery:
    """Return the company's comparisons: the only figures beyond the reader's scope."""
    return select(marts.benchmark_month).subquery("benchmark")


def cuts() -> Subquery:
    """Return the RFM cut points of the version, the same for every reader."""
    return select(marts.rfm_cut).subquery("cuts")


def stages() -> Subquery:
    """Return the funnel's stages in order, the same for every reader."""
    return select(marts.funnel_stage).subquery("stages")
