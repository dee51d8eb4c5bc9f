"""The only place that reads warehouse tables: scope, mask and filters are applied here.

Every function returns a relation of the rows that this reader may see and asked for. A question
that reads anything else cannot be written: the layers are held by a check.
"""

from queries.visible.book_rows import books
from queries.visible.campaign_rows import campaign_customers
from queries.visible.customer_rows import (
    contacts,
    contract_terms,
    customers,
    everyone,
    open_invoices,
    snapshot_customers,
    snapshots,
)
from queries.visible.deal_rows import deals, quotes, rep_months, rep_orders
from queries.visible.event_rows import (
    complaints,
    contact_days,
    month_ends,
    owner_levels,
    quote_days,
)
from queries.visible.fact_rows import (
    cohort_customers,
    cohorts,
    facts,
    gap_days,
    gaps,
    month_customers,
    months,
    order_days,
    touch_days,
)
from queries.visible.handover_rows import handovers
from queries.visible.movement_rows import (
    candidates,
    lost_value,
    movement_months,
    movements,
    schedules,
    tier_paths,
    value_months,
)
from queries.visible.predicates import MOVING, between, day, moment, unknown_ends
from queries.visible.ranking import ranking, weighted_sum
from queries.visible.restated_rows import restated
from queries.visible.shared_rows import (
    benchmark,
    cuts,
    dimension_moments,
    model_checks,
    model_deciles,
    model_facts,
    model_findings,
    stages,
    survival,
    team_tree,
)
from queries.visible.then_rows import KNOWN_THEN
from queries.visible.treated_rows import treated

__all__ = [
    "KNOWN_THEN",
    "MOVING",
    "benchmark",
    "between",
    "books",
    "campaign_customers",
    "candidates",
    "cohort_customers",
    "cohorts",
    "complaints",
    "contact_days",
    "contacts",
    "contract_terms",
    "customers",
    "cuts",
    "day",
    "deals",
    "dimension_moments",
    "everyone",
    "facts",
    "gap_days",
    "gaps",
    "handovers",
    "lost_value",
    "model_checks",
    "model_deciles",
    "model_facts",
    "model_findings",
    "moment",
    "month_customers",
    "month_ends",
    "months",
    "movement_months",
    "movements",
    "open_invoices",
    "order_days",
    "owner_levels",
    "quote_days",
    "quotes",
    "ranking",
    "rep_months",
    "rep_orders",
    "restated",
    "schedules",
    "snapshot_customers",
    "snapshots",
    "stages",
    "survival",
    "team_tree",
    "tier_paths",
    "touch_days",
    "treated",
    "unknown_ends",
    "value_months",
    "weighted_sum",
]
