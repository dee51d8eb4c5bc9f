"""What the fitted models are made of and how good they were: the same for every reader.

Parameters and the back-test are figures of all customers together, from which none can be told.
The rows behind them are the reader's own customers, with the value that the models gave them.
"""

from sqlalchemy import Text, literal, select

from data.domain.filters import Filters
from data.domain.scope import Scope
from queries import visible
from queries.clv import part_members
from queries.question import Rows, asks

ASSET = ("customer_asset", "asset_error")


@asks("What the model is made of", members=part_members, metrics=ASSET, today_only="check")
def model_facts(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per fitted parameter or other figure of the models: part, name, value, error."""
    f = visible.model_facts().c
    return select(f.part, f.name, f.value, f.error).order_by(f.part, f.name)


@asks("How sure are we", members=part_members, metrics=ASSET, today_only="check")
def model_checks(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per target, model and measure of the hold-out: target, model, measure, value."""
    c = visible.model_checks().c
    stmt = select(c.target, c.model, c.measure, c.value)
    return stmt.order_by(c.target, c.model, c.measure)


@asks("Predicted and actual orders", members=part_members, metrics=ASSET, today_only="check")
def model_deciles(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per tenth of the hold-out's customers: model, decile, customers and orders."""
    d = visible.model_deciles().c
    columns = (d.target, d.model, d.decile, d.customers, d.predicted, d.actual)
    stmt = select(*columns).where(d.target == literal("orders", Text()))
    return stmt.order_by(d.target, d.model, d.decile)


@asks("What to know of the models", members=part_members, metrics=ASSET, today_only="check")
def model_findings(filters: Filters, scope: Scope) -> Rows:  # noqa: ARG001 -- of all customers
    """One row per thing that the reader must know, the gravest first: position, code, details."""
    f = visible.model_findings().c
    return select(f.position, f.code, f.details).order_by(f.position)
