"""Every permission with the sentence that says what it allows."""

#: One per page, named after it.
VIEW: dict[str, str] = {
    "view-cockpit": "Open the cockpit.",
    "view-asset": "Open the asset statement.",
    "view-growth": "Open the growth page.",
    "view-funnel": "Open the funnel page.",
    "view-tiers": "Open the tiers page.",
    "view-value": "Open the value page.",
    "view-churn": "Open the churn page.",
    "view-prosperity": "Open the page of false prosperity.",
    "view-experiments": "Open the experiments.",
    "view-team": "Open the team page and the follow-up queue.",
    "view-access": "Open the access page: users, roles and rights.",
    "view-profile": "Open the own profile.",
}
PERMISSIONS: dict[str, str] = {
    **VIEW,
    "see-sql": "See the SQL behind a figure.",
    "export": "Export the rows behind a figure.",
    "propose-model": "Draft and propose a scoring model, and record its fit.",
    "approve-model": "Approve, return or reject a proposed scoring model.",
    "decide-quotes": "Approve or return quotes above the limit.",
    "manage-users": "Change the role of users, disable them and sign them out.",
    "view-audit": "Read and verify the audit log.",
    "view-as": "Read the pages as another user would, without writing anything.",
    "manage-tokens": "Make and revoke own API tokens.",
}
#: What writes nothing: all that remains while an administrator reads as somebody else.
READ_ONLY = frozenset({*VIEW, "see-sql"})
