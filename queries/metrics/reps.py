"""What representatives did and how their books fared: the figures of the leaderboard."""

from typing import Any

from sqlalchemy import type_coerce

from data.domain.metric import Metric
from data.warehouse.dialects import Cents, sum_cents, sum_int
from queries.metrics.owners import FINANCE
from queries.metrics.ratios import ratio

#: What a row of these figures is: it can be cut by team and representative, and by nothing else.
GRAIN = "representative"


def _sum(name: str, *, money: bool = True) -> Any:
    total = sum_cents if money else sum_int
    return lambda c: total(c[name])


METRICS = (
    Metric(
        "sales",
        "Sales",
        "Net revenue by the representative of the order, in the whole months of the period that"
        " are over. Orders of other teams' customers count for who sold them. Orders without a"
        " representative stand under no representative.",
        "Σ order amount by the order's representative",
        "money",
        "sum",
        family="reps",
        grain=GRAIN,
        expr=_sum("sales"),
    ),
    Metric(
        "cash_collected",
        "Collected by representatives",
        "Payments received in the whole months of the period that are over, by the representative"
        " of the payment (回款).",
        "Σ payments by the payment's representative",
        "money",
        "sum",
        owner=FINANCE,
        family="reps",
        grain=GRAIN,
        expr=_sum("collected"),
    ),
    Metric(
        "cash_due",
        "Due to representatives",
        "Invoices due in the whole months of the period that are over, by the representative of"
        " the invoice.",
        "Σ invoices by due day and the invoice's representative",
        "money",
        "sum",
        better="neither",
        owner=FINANCE,
        family="reps",
        grain=GRAIN,
        expr=_sum("due"),
    ),
    Metric(
        "cash_rate",
        "Collection rate of representatives",
        "Collected over due, by representative. It can pass 100 % when old invoices are paid.",
        "Collected by representatives / due to representatives",
        "rate",
        "ratio",
        owner=FINANCE,
        grain=GRAIN,
        parts=("cash_collected", "cash_due"),
        compose=ratio,
    ),
    Metric(
        "contacts_made",
        "Follow-ups by representatives",
        "Calls, visits, e-mails, messages and events in the whole months of the period that are"
        " over, by who made them; those on leads that are no customer yet count too.",
        "Count of activities by the activity's representative",
        "count",
        "count",
        family="reps",
        grain=GRAIN,
        expr=_sum("follow_ups", money=False),
    ),
    Metric(
        "rep_won",
        "Won by representatives",
        "Opportunities won in the whole months of the period that are over, by the opportunity's"
        " own representative.",
        "Count won by closing day",
        "count",
        "count",
        family="reps",
        grain=GRAIN,
        expr=_sum("won", money=False),
    ),
    Metric(
        "rep_decided",
        "Decided by representatives",
        "Opportunities won or lost in the whole months of the period that are over, by the"
        " opportunity's own representative.",
        "Won + lost by closing day",
        "count",
        "count",
        better="neither",
        family="reps",
        grain=GRAIN,
        expr=lambda c: sum_int(c.won + c.lost),
    ),
    Metric(
        "rep_win_rate",
        "Win rate of representatives",
        "Won over won and lost, by the opportunity's own representative.",
        "Won by representatives / decided by representatives",
        "rate",
        "ratio",
        grain=GRAIN,
        parts=("rep_won", "rep_decided"),
        compose=ratio,
    ),
    Metric(
        "sales_target",
        "Sales target",
        "The sales targets of the whole months of the period that are over.",
        "Σ target of sales",
        "money",
        "sum",
        better="neither",
        family="reps",
        grain=GRAIN,
        expr=_sum("target_sales"),
    ),
    Metric(
        "attainment",
        "Attainment",
        "Sales over their target, in the whole months of the period that are over. Blank without a"
        " target.",
        "Sales / sales target",
        "rate",
        "ratio",
        grain=GRAIN,
        parts=("sales", "sales_target"),
        compose=ratio,
    ),
    Metric(
        "book_opening",
        "Opening value of the book",
        "Value at the month end before the period of the customers whom the representative owns"
        " today and who were not churned then.",
        "Σ value at the opening month end, by today's owner",
        "money",
        "sum",
        better="neither",
        owner=FINANCE,
        family="books",
        grain=GRAIN,
        expr=_sum("opening"),
    ),
    Metric(
        "book_growth",
        "Growth of the book",
        "What the customers of the opening book are worth at the closing month end, nothing where"
        " they churned, less what they were worth at the opening and what changes of the scoring"
        " model moved. Who came in between is left out. Only customers with enough like them"
        " elsewhere.",
        "Σ (closing − opening − revaluation) of the opening book",
        "money",
        "sum",
        owner=FINANCE,
        family="books",
        grain=GRAIN,
        expr=_sum("growth"),
    ),
    Metric(
        "book_expected",
        "Growth expected of the book",
        "What the opening book would have grown by at the rate of customers of the same tier, age"
        " (under one year, one to three, older) and region in the books of all other"
        " representatives; where fewer than five customers or three representatives make up a"
        " rate, at that of the tier.",
        "Σ opening × growth rate of the same mix elsewhere",
        "money",
        "sum",
        better="neither",
        owner=FINANCE,
        family="books",
        grain=GRAIN,
        expr=_sum("expected"),
    ),
    Metric(
        "fair_growth",
        "Fair asset growth",
        "Growth of the book less the growth expected of the same mix of tiers, ages and regions"
        " elsewhere in the company: who inherited a rich book gains nothing by it. Between the"
        " month ends of the period, by today's owner; hand-overs in between are not divided.",
        "Growth of the book − growth expected of the book",
        "money",
        "ratio",
        owner=FINANCE,
        grain=GRAIN,
        parts=("book_growth", "book_expected"),
        compose=lambda grown, expected: type_coerce(grown - expected, Cents()),
    ),
)
