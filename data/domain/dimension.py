"""The dimensions that a page can be filtered and broken down by."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Dimension:
    """One way to divide customers: its URL key, label, and the finer dimension below it."""

    key: str
    label: str
    below: str | None = None
    #: The customer's membership moves in time; it is read at the end of the period.
    changes: bool = False
    #: Held in the month cube, so that a question needs no customer rows.
    in_cube: bool = True
    #: Carried by opportunities only; other pages say that it does not apply.
    deals_only: bool = False


DIMENSIONS: dict[str, Dimension] = {
    d.key: d
    for d in (
        Dimension("team", "Team", below="rep"),
        Dimension("rep", "Owner", below="customer", in_cube=False),
        Dimension("region", "Region", below="city"),
        Dimension("city", "City", below="customer", in_cube=False),
        Dimension("industry", "Industry", below="customer"),
        Dimension("kind", "Kind", below="industry"),
        Dimension("source", "Source", below="customer"),
        Dimension("tier", "Tier", below="customer", changes=True),
        Dimension("lifecycle", "Lifecycle", below="customer", changes=True),
        Dimension("cohort", "First order", below="customer", in_cube=False),
        Dimension("customer", "Customer", in_cube=False),
        Dimension("seller_team", "Deal team", below="seller", in_cube=False, deals_only=True),
        Dimension("seller", "Deal owner", in_cube=False, deals_only=True),
    )
}

#: What a customer without the fact is filed under, so that blanks can be seen and chosen.
NOT_GIVEN = "(none)"

TIERS = ("high", "potential", "general", "dormant")
#: Where somebody stood among the tiers who was no customer yet.
ABSENT = "absent"
#: Days that may pass without a follow-up, by tier; one day more and the customer is in silence.
FOLLOW_UP_DAYS: Mapping[str, int] = MappingProxyType(
    {"high": 14, "potential": 21, "general": 30, "dormant": 60}
)
#: Days before the end of a contract from which its renewal is to be spoken of.
NOTICE_DAYS = 60
LIFECYCLES = (
    "prospect",
    "churned",
    "reactivated",
    "new",
    "slipping",
    "at_risk",
    "growing",
    "mature",
)
#: Dimensions whose values are ours, whatever the data.
OWN_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"tier": TIERS, "lifecycle": LIFECYCLES}
)

#: The lines of the asset statement, in its order; every customer stands in exactly one.
ASSET_LINES = (
    *("acquired", "reactivated", "expansion", "contraction", "depreciation"),
    *("restated", "unchanged", "passed"),
)

#: Marks that narrow one panel's rows and are no filter of the whole page.
FOCUS_KEYS = frozenset(
    {
        "month",
        "state",
        "cohort",
        "age",
        "stage",
        "status",
        "band",
        "recency",
        "frequency",
        "monetary",
        "reason",
        "class",
        "line",
        "group",
        "cause",
        "move",
        "check",
        "campaign",
        "arm",
    }
)
