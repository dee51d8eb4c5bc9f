"""What is the same for every reader."""

from sqlalchemy import Subquery, select

from data.warehouse import marts


def benchmark() -> Subquery:
    """Return the company's comparisons: the only figures beyond the reader's scope."""
    return select(marts.benchmark_month).subquery("benchmark")


def cuts() -> Subquery:
    """Return the cut points of RFM and value of the version, the same for every reader."""
    return select(marts.rfm_cut).subquery("cuts")


def stages() -> Subquery:
    """Return the funnel's stages in order, the same for every reader."""
    return select(marts.funnel_stage).subquery("stages")


def team_tree() -> Subquery:
    """Return each team with every team above it, itself included: it names no customer."""
    return select(marts.team_tree).subquery("tree")


def dimension_moments() -> Subquery:
    """Return how the score's dimensions vary together over the whole company, and nobody's own."""
    return select(marts.dimension_moment).subquery("dimension_moments")


def model_facts() -> Subquery:
    """Return the fitted parameters: they describe all customers at once, and nobody of them."""
    return select(marts.model_fact).subquery("model_facts")


def model_checks() -> Subquery:
    """Return how the models did on the hold-out, one figure per measure for the whole company."""
    return select(marts.model_check).subquery("model_checks")


def model_deciles() -> Subquery:
    """Return predicted and actual by tenth of all customers of the hold-out."""
    return select(marts.model_decile).subquery("model_deciles")


def model_findings() -> Subquery:
    """Return what every reader of a modelled figure must know before believing it."""
    return select(marts.model_finding).subquery("model_findings")


#: Customers below which a group's curve would tell of persons, and little of anything else.
LEAST_GROUP = 30


def survival() -> Subquery:
    """Return how long customers stay, by groups that are large enough to hide everyone in them."""
    s = marts.survival_curve
    return select(s).where(s.c.customers >= LEAST_GROUP).subquery("survival")
