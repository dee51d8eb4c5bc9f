"""What a rule can ask about a customer: each field, how it is compared and since when known."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from data.domain.dimension import LIFECYCLES, TIERS

#: How a field is compared: one of several values, a whole number, days since or until, yes or no.
Kind = Literal["choice", "number", "money", "since", "until", "waiting", "flag"]
OPERATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "choice": ("in", "not_in"),
        "number": ("at_least", "at_most"),
        "money": ("at_least", "at_most"),
        "since": ("at_least", "at_most", "never"),
        "until": ("within",),
        "waiting": ("at_least",),
        "flag": ("yes", "no"),
    }
)
#: Operators that stand alone.
WITHOUT_VALUE = frozenset({"never", "yes", "no"})
#: Days that a condition can reach back, and ahead.
BACK, AHEAD = (0, 3_650), (0, 365)
POINTS = (0, 100)
MOST_MONEY = 1_000_000_000_000


@dataclass(frozen=True)
class RuleField:
    """One field: its label, kind, and the smallest and largest number that it can have.

    `is_exact`: known for any past day as it was then; the others are known of today only.
    """

    key: str
    label: str
    kind: Kind
    group: str
    span: tuple[int, int] = (0, 0)
    is_exact: bool = False
    #: Contract tables without which nobody has the field; any one suffices.
    needs: tuple[str, ...] = ()
    #: Values that always exist, whatever the data; empty: those that the data hold.
    values: tuple[str, ...] = ()
    #: The personal field behind it, which a role may see masked.
    personal: str = ""

    @property
    def operators(self) -> tuple[str, ...]:
        """How it can be compared."""
        return OPERATORS[self.kind]


#: The groups in which the fields are offered.
GROUPS: dict[str, str] = {
    "who": "Who it is",
    "dates": "Dates",
    "figures": "Figures",
    "signals": "Signals",
    "events": "Events",
}
_DEALT = ("orders", "contract")

FIELDS: dict[str, RuleField] = {
    f.key: f
    for f in (
        RuleField("is_customer", "Is a customer (no prospect)", "flag", "who", is_exact=True),
        RuleField("tier_end", "Tier at the last month end", "choice", "who", is_exact=True,
                  values=TIERS),
        RuleField("tier", "Tier now", "choice", "who", values=TIERS),
        RuleField("lifecycle", "Lifecycle now", "choice", "who", values=LIFECYCLES),
        RuleField("team", "Team now", "choice", "who"),
        RuleField("rep", "Owner now", "choice", "who"),
        RuleField("owner_level", "Level of the owner now", "choice", "who", needs=("rep",)),
        RuleField("region", "Region", "choice", "who", is_exact=True),
        RuleField("city", "City", "choice", "who", is_exact=True),
        RuleField("industry", "Industry", "choice", "who", is_exact=True),
        RuleField("kind", "Business or person", "choice", "who", is_exact=True),
        RuleField("source", "Source", "choice", "who", is_exact=True),
        RuleField("decision_level", "Decision level", "choice", "who", needs=("customer",)),
        RuleField("gender", "Gender", "choice", "who", needs=("customer",)),
        RuleField("age", "Age in years, by the year of birth", "number", "who", (0, 130),
                  needs=("customer",)),
        RuleField("since_contact", "Days since the last follow-up", "since", "dates", BACK,
                  is_exact=True, needs=("activity",)),
        RuleField("since_order", "Days since the last order", "since", "dates", BACK,
                  is_exact=True, needs=("orders",)),
        RuleField("since_engaged", "Days since the last engagement", "since", "dates", BACK,
                  needs=("engagement",)),
        RuleField("since_joined", "Days since joining", "since", "dates", BACK, is_exact=True),
        RuleField("birthday", "Birthday", "until", "dates", AHEAD, is_exact=True,
                  needs=("customer",), personal="birthday"),
        RuleField("contract_end", "Contract ends", "until", "dates", AHEAD, is_exact=True,
                  needs=("contract",)),
        RuleField("score_end", "Score at the last month end", "number", "figures", POINTS,
                  is_exact=True, needs=_DEALT),
        RuleField("score", "Score now", "number", "figures", POINTS, needs=_DEALT),
        RuleField("value", "Value now", "money", "figures", (0, MOST_MONEY), needs=_DEALT),
        RuleField("margin_12m", "Margin of 12 months", "money", "figures",
                  (-MOST_MONEY, MOST_MONEY), needs=("orders",)),
        RuleField("net_12m", "Revenue of 12 months", "money", "figures",
                  (-MOST_MONEY, MOST_MONEY), needs=("orders",)),
        RuleField("orders_12m", "Orders in 12 months", "number", "figures", (0, 1_000_000),
                  needs=("orders",)),
        RuleField("orders", "Orders ever", "number", "figures", (0, 1_000_000),
                  needs=("orders",)),
        RuleField("risk", "Risk of churn now, in percent", "number", "figures", (0, 100),
                  needs=_DEALT),
        RuleField("expected_loss", "Expected loss of 12 months", "money", "figures",
                  (0, MOST_MONEY), needs=_DEALT),
        RuleField("referral_value", "Referral value", "money", "figures", (0, MOST_MONEY),
                  needs=("orders",)),
        RuleField("csat", "Satisfaction (CSAT), mean of 180 days", "number", "figures", (1, 5),
                  needs=("survey",)),
        RuleField("complaints", "Complaints in 90 days", "number", "figures", (0, 10_000),
                  needs=("ticket",)),
        RuleField("engagements", "Engagements in 90 days", "number", "figures", (0, 10_000),
                  needs=("engagement",)),
        RuleField("completeness", "Completeness of the master data, in percent", "number",
                  "figures", (0, 100), needs=("customer",)),
        RuleField("is_frequency_falling", "Orders get rarer", "flag", "signals",
                  needs=("orders",)),
        RuleField("is_engagement_falling", "Engagement is falling", "flag", "signals",
                  needs=("engagement",)),
        RuleField("is_complaints_rising", "Complaints are rising", "flag", "signals",
                  needs=("ticket",)),
        RuleField("is_service_worse", "Service got worse", "flag", "signals",
                  needs=("ticket", "survey")),
        RuleField("is_churned", "Is churned", "flag", "signals", needs=_DEALT),
        RuleField("complaint", "Complaint unanswered", "waiting", "events", BACK, is_exact=True,
                  needs=("ticket",)),
        RuleField("quote", "Quote undecided", "waiting", "events", BACK, is_exact=True,
                  needs=("quote",)),
        RuleField("tier_dropped", "Tier dropped at the last month end", "flag", "events",
                  is_exact=True, needs=_DEALT),
        RuleField("score_fell", "Points that the score fell at the last month end", "number",
                  "events", (1, 100), is_exact=True, needs=_DEALT),
    )
}  # fmt: skip
