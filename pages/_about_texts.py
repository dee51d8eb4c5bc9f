"""Definitions of the panels that are explained as a whole, by the panel."""

#: What a panel's ⓘ asks for where no single metric stands behind it.
THE_PANEL = "panel"

TEXTS: dict[str, str] = {
    "cockpit-movements": (
        "The change of the chosen key figure from the comparison to the period, taken apart by"
        " team, industry, region and source; the asset by tier, too, between two month ends. A"
        " part is what one group adds to the change. The largest parts of all dimensions are"
        " named."
    ),
    "clv-top": (
        "The fifteen customers of the largest official value who are not churned, with the error"
        " of the value, the risk of churn, and what they have brought so far."
    ),
    "clv-lorenz": (
        "Customers from the largest to the smallest: which share of them holds which share of the"
        " chosen sum. On the straight line everybody would hold the same. Customers without the"
        " amount take no part and are counted beside it."
    ),
    "clv-abc": (
        "Customers from the largest to the smallest: class A while those before hold less than 80"
        " % of the sum, B while they hold less than 95 %, C the rest."
    ),
    "tiers-cuts": (
        "The stored cut points of recency in days, frequency in orders and revenue over 24"
        " months. A value above a cut point takes the next score, so equal values share a score."
    ),
    "tiers-movers": (
        "Customers whose score of today asks for another tier than the one they hold since the"
        " last month end, the largest margin of 12 months first."
    ),
    "tiers-assets": (
        "Four assets of each customer by tier, as mean points of 0–100 over those of whom"
        " something is known. The share beside the points is the coverage: how much of the"
        " asset's weight was measured. What nobody recorded lowers it and is no zero."
    ),
    "migration-movers": (
        "Customers who hold another tier at the closing than at the opening, those of the largest"
        " change of value, with the dimension whose points moved the score most."
    ),
    "migration-flapping": (
        "Customers of all of the last three month ends: how many left their tier and were back"
        " two month ends later, by the held tier, and by the raw tier, which nothing holds."
    ),
    "migration-playbook": (
        "Customers by their tier at the opening, and whether they were followed up in the month"
        " after it: how many bought in the months after that one, at most twelve, and how their"
        " value moved. Whom to call was chosen, so the difference is no effect."
    ),
    "churn-threshold": (
        "The days without an order after which a customer without a contract counts as churned."
        " The proposal is the number of days within which nine in ten of the gaps between two"
        " orders end, over all customers chosen."
    ),
    "growth-cohorts": (
        "Customers by the month of their first order: the share of them who order in the k-th"
        " month after it. A month that is not over is marked."
    ),
    "growth-returns": (
        "Customers by the month of their first order: their net revenue in the k-th month after"
        " it as a share of that of the first month. A month that is not over is marked."
    ),
    "team-handover": (
        "Customers whose owner has left, and customers without an owner: how many, who holds them"
        " today, and the value that goes with them."
    ),
    "funnel-quotes": ("Quotes that nobody has decided yet, the largest first."),
    "weights-movers": (
        "Customers who would hold another tier with the weights that are tried, those of the"
        " largest value, with the dimension that moves them most."
    ),
    "experiments-arms": (
        "Campaigns with the customers of the treatment and of the control: the share who ordered"
        " while the campaign ran, and the difference with its 95 % interval."
    ),
    "experiments-paid": (
        "What the campaign earned over its cost: margin of the treatment over the control,"
        " adjusted by the half-year before, less the cost, divided by the cost, after 30, 90 and"
        " 180 days. Without a control nothing is claimed."
    ),
    "experiments-sound": (
        "Whether the arms can be compared: the sizes of the arms against a usual split, the"
        " smallest effect that so many customers can show, and what the half-year before already"
        " explains."
    ),
    "experiments-segments": (
        "The effect on the share who ordered, in each segment of at least ten customers in both"
        " arms; p is corrected for having looked at all of them (Holm)."
    ),
    "prosperity-checks": (
        "Six checks of the chosen month against the three whole months before it: activity"
        " without pay, growth from hunters of bonuses, campaigns that cost more than they bring,"
        " churn, new customers who do not order again, and the voice of the customers. False"
        " prosperity: the first fails and at least four in all."
    ),
    "prosperity-core": (
        "What activity should pay, by month, as its distance from the mean of the three whole"
        " months before the judged one: active customers per engaged one, orders per visit, the"
        " average order and the margin rate. The first check fails where none of the four rises"
        " above the dotted line while activity does."
    ),
    "prosperity-new": (
        "Customers who first ordered in the twelve months to the judged one and whose days to"
        " order again are over: how many did so, those won by a campaign beside the others."
    ),
    "prosperity-hunters": (
        "Customers who were general or dormant before, engaged far more than in the base (at"
        " least twice its monthly mean and two more), and did not order in the month."
    ),
    "prosperity-campaigns": (
        "Campaigns up to half a year after their start, treatment beside control: who ordered,"
        " margin, and who became loyal, with two orders or more within 180 days."
    ),
    "pipeline-quotes": (
        "Quotes that nobody has decided yet, the largest first; those above the approval limit"
        " are the director's to approve or return."
    ),
    "pipeline-decided": (
        "Quotes approved or returned in this application whose decision the company's own records"
        " do not hold yet."
    ),
    "pipeline-stuck": (
        "Open deals that have stood in their stage for twice the usual time, the median of the"
        " last 12 months, or longer; the largest first."
    ),
    "pipeline-odds": (
        "Of the deals that stood open in a stage at the twelve month ends which are long enough"
        " ago, the share won within the 3 months after each."
    ),
    "tasks-followed": (
        "Customers of closed tasks by how the task ended: who ordered within 30 and 90 days of"
        " that day, and their net revenue. Days that still run count in no figure."
    ),
}
