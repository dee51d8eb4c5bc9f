"""The marts: what `refresh` derives from the contract tables, shaped for the pages' questions.

Money is in ten-thousandths (`Cents`), scores and dimensions in hundredths of a point, dimensions
are coded text with a one-hot integer beside them. `info["sort"]` is the physical order.
"""

from data.warehouse.marts.activity import (
    benchmark_month,
    cohort_age,
    cube_month,
    customer_day,
    customer_month,
    gap_count,
    touch_day,
)
from data.warehouse.marts.customers import (
    campaign_customer,
    contract_term,
    customer_current,
    open_invoice,
)
from data.warehouse.marts.deals import opportunity_current, team_month
from data.warehouse.marts.mart import MARTS
from data.warehouse.marts.models import (
    dimension_moment,
    model_check,
    model_decile,
    model_fact,
    model_finding,
    rfm_cut,
    survival_curve,
)
from data.warehouse.marts.month_ends import (
    cube_movement,
    cube_snapshot,
    customer_schedule,
    customer_snapshot,
)
from data.warehouse.marts.version import (
    dictionary,
    funnel_stage,
    table_count,
    team_tree,
    version_info,
)

__all__ = [
    "MARTS",
    "benchmark_month",
    "campaign_customer",
    "cohort_age",
    "contract_term",
    "cube_month",
    "cube_movement",
    "cube_snapshot",
    "customer_current",
    "customer_day",
    "customer_month",
    "customer_schedule",
    "customer_snapshot",
    "dictionary",
    "dimension_moment",
    "funnel_stage",
    "gap_count",
    "model_check",
    "model_decile",
    "model_fact",
    "model_finding",
    "open_invoice",
    "opportunity_current",
    "rfm_cut",
    "survival_curve",
    "table_count",
    "team_month",
    "team_tree",
    "touch_day",
    "version_info",
]
