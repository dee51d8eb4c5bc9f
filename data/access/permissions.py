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
    "view-definitions": "Open the definitions of every metric.",
    "view-tasks": "Open the tasks.",
    "view-rules": "Open the rules.",
    "view-messages": "Open the channels and messages.",
    "view-team": "Open the team page and the follow-up queue.",
    "view-access": "Open the access page: users, roles and rights.",
    "view-profile": "Open the own profile.",
}
PERMISSIONS: dict[str, str] = {
    **VIEW,
    "see-sql": "See the SQL behind a figure.",
    "export": "Export the rows behind a figure.",
    "work-tasks": "Create tasks, and change the own ones.",
    "assign-tasks": "Give tasks to others, and change their tasks and notes.",
    "write-notes": "Write notes on days, metrics and customers.",
    "propose-model": "Draft and propose a scoring model, and record its fit.",
    "approve-model": "Approve, return or reject a proposed scoring model.",
    "manage-rules": "Write own rules and alerts, and switch them on and off.",
    "manage-channels": "Add and remove the places that messages go to, and send again.",
    "decide-quotes": "Approve or return quotes above the limit.",
    "manage-users": "Change the role of users, disable them and sign them out.",
    "view-audit": "Read and verify the audit log.",
    "view-as": "Read the pages as another user would, without writing anything.",
    "manage-tokens": "Make and revoke own API tokens.",
}
#: What writes nothing: all that remains while an administrator reads as somebody else.
READ_ONLY = frozenset({*VIEW, "see-sql"})
