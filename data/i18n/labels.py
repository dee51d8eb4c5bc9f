"""What a value of a dimension is called: tiers, lifecycle stages, growth states, kinds."""

from datetime import date

from data.domain.dimension import NOT_GIVEN
from data.i18n.dates import month
from data.i18n.language import t

LABELS: dict[str, dict[str, str]] = {
    "tier": {
        "high": "High value",
        "potential": "Potential",
        "general": "General",
        "dormant": "Dormant",
    },
    "absent": {"absent": "No customer yet"},
    "lifecycle": {
        "prospect": "Prospect",
        "churned": "Churned",
        "reactivated": "Reactivated",
        "new": "New",
        "slipping": "Slipping",
        "at_risk": "At risk",
        "growing": "Growing",
        "mature": "Mature",
    },
    "state": {
        "new": "New",
        "resumed": "Resumed",
        "retained": "Retained",
        "lapsed": "Lapsed",
        "is_frequency_falling": "Rarer orders",
        "is_complaints_rising": "Complaints rising",
        "is_service_worse": "Service worse",
        "is_silent": "No follow-up",
        "is_engagement_falling": "Engagement falling",
    },
    "line": {
        "acquired": "Acquired",
        "reactivated": "Reactivated",
        "expansion": "Expansion",
        "contraction": "Contraction",
        "depreciation": "Depreciation",
        "restated": "Restated",
        "unchanged": "Unchanged",
        "passed": "Passed through",
    },
    "cause": {
        "first_order": "First order",
        "contract": "Contract term or amount",
        "contract_end": "Contract ended",
        "once": "Came and went in between",
        "order": "Ordered again",
        "quiet": "No order since",
        "silence": "Silent past the threshold",
        "more_orders": "More orders",
        "fewer_orders": "Fewer orders",
        "price": "Price: more per order",
        "smaller_orders": "Less per order",
        "expectation": "Time passed as expected",
        "restated": "Merged, deleted or late",
        "new_model": "Another scoring model",
        "not_known_then": "Not known when it closed",
        "gone_since": "No longer a customer",
        "later_state": "Churned or not by later facts",
        "later_facts": "Later facts",
    },
    "mover": {
        "amount": "Amount, margin",
        "loyalty": "Loyalty",
        "referral": "Referral",
        "service": "Service cost",
        "growth": "Margin growth",
        "potential": "Potential activity",
        "interaction": "Interaction",
    },
    "arm": {
        "treated": "Followed up",
        "others": "Not followed up",
        "treatment": "Treatment",
        "control": "Control",
    },
    "kind": {"business": "Business", "person": "Person"},
    "source": {
        "referral": "Referral",
        "website": "Website",
        "exhibition": "Exhibition",
        "advertising": "Advertising",
        "social": "Social media",
        "partner": "Partner",
        "cold_call": "Cold call",
        "event": "Event",
        "import": "Import",
        "visit": "On-site visit",
        "service": "Service call",
    },
    "reason": {
        "price": "Price",
        "competitor": "Competitor",
        "no budget": "No budget",
        "no decision": "No decision",
        "timing": "Timing",
    },
    "stage": {
        "lead": "Lead",
        "contacted": "Contacted",
        "needs": "Needs understood",
        "quoted": "Quoted",
        "contract": "Contract",
        "won": "Won",
    },
    "status": {"open": "Open", "won": "Won", "lost": "Lost"},
    "standing": {"held": "Takes part", "blank": "Left out: no amount", "churned": "Churned"},
    "quote_status": {"waiting": "Waiting", "approved": "Approved", "returned": "Returned"},
    "signal": {"slipping": "Slipping", "at_risk": "At risk"},
    "next_field": {
        "phone": "Phone",
        "name": "Name",
        "email": "E-mail",
        "decision_level": "Decision level",
        "birthday": "Birthday",
        "industry": "Industry",
        "kind": "Kind",
        "birth_year": "Year of birth",
        "gender": "Gender",
        "region": "Region",
        "city": "City",
        "source": "Source",
    },
    "loss_reason": {"silence": "Silence", "contract": "Contract end"},
    "class": {"A": "Class A", "B": "Class B", "C": "Class C"},
    "model_name": {
        "five dimensions": "five dimensions",
        "fifty thirty twenty": "50/30/20",
    },
    "model_state": {
        "draft": "Draft",
        "proposed": "Proposed",
        "approved": "Approved",
        "retired": "Retired",
    },
    "task_state": {"open": "Open", "doing": "In progress", "done": "Done", "dropped": "Dropped"},
    "priority": {"high": "High", "normal": "Normal", "low": "Low"},
    "outcome": {
        "reached": "Customer reached",
        "ordered": "Customer ordered",
        "lost": "Customer lost",
        "wrong_data": "Wrong data",
    },
    "origin": {
        "hand": "Written by hand",
        "list": "From a list",
        "chart": "From a chart",
        "rule": "From a rule",
    },
    "logged": {
        "data-imported": "Files imported",
        "data-refreshed": "Data computed anew",
        "data-undone": "Publication undone",
        "demo-built": "Demo company built",
        "backed-up": "Backup taken",
        "restored": "Backup brought back",
    },
    "activity": {
        "call": "Call",
        "visit": "Visit",
        "email": "E-mail",
        "message": "Message",
        "event": "Event",
    },
}
#: The tier that a customer would be in is named like the one held.
LABELS["tier_raw"] = LABELS["tier_then"] = LABELS["tier_between"] = LABELS["tier"]
LABELS["tier_before"] = {**LABELS["tier"], "absent": "No customer yet"}
MONTHS = frozenset({"cohort", "month"})


def label_of(dimension_key: str, value: str) -> str:
    """Return the value's name in the reader's language; names of the company's own as they are."""
    if not value or value == NOT_GIVEN:
        return t("Not given")
    if dimension_key in MONTHS:
        return _month(value)
    known = LABELS.get(dimension_key, {}).get(value)
    return t(known) if known else value


def _month(value: str) -> str:
    try:
        return month(date.fromisoformat(f"{value[:7]}-01"))
    except ValueError:
        return value
