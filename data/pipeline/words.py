"""Rules of the contract that its column types do not say: fixed words, dates in order, signs."""

#: Dates of one row that must not run backwards.
DATE_ORDERS = {
    "rep": (("hired_on", "left_on"),),
    "customer_owner": (("since", "until"),),
    "campaign": (("starts_on", "ends_on"),),
    "invoice": (("issued_on", "due_on"),),
    "opportunity": (("created_on", "closed_on"),),
    "quote": (("submitted_at", "decided_at"),),
    "ticket": (("opened_at", "first_replied_at"), ("opened_at", "resolved_at")),
    "contract": (("starts_on", "ends_on"),),
}

#: Columns with a fixed set of words, compared in lower case.
WORDS = {
    "opportunity.status": ("open", "won", "lost"),
    "activity.kind": ("call", "visit", "email", "message", "event"),
    "ticket.kind": ("complaint", "request"),
    "campaign_member.arm": ("treatment", "control"),
    "engagement.kind": (
        "visit",
        "login",
        "review",
        "share",
        "redeem",
        "co_creation",
        "community",
    ),
}
#: Columns that hold a funnel stage.
STAGES = ("opportunity.stage", "opportunity_stage.stage")

#: Columns that may hold more than a name.
NOTES = frozenset({"reason", "lost_reason", "value"})

#: Amounts that stand for a promise or an effort and are never returned.
NEVER_NEGATIVE = frozenset(
    {
        "contract.amount",
        "quote.amount",
        "opportunity.amount",
        "customer.acquisition_cost",
        "activity.minutes",
        "engagement.count",
    }
)
