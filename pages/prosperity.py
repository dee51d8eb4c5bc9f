"""False prosperity: whether a month's growth is real, by six checks with their evidence."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dash import Input, Output, html

from components.cards import headline
from components.figures.checks import churn_against_base, nps_against_base
from components.figures.paying import core_months, won_again
from components.figures.prosperity import activity_pays, growth_bars
from components.figures.values import Row, records, share
from components.panel import grid, list_panel
from components.states import empty, skeleton
from components.tables import Column, short_table
from components.verdict import TEXTS, check_table, prosperity_form, verdict_name
from data.domain.columns import CAMPAIGN_DAYS
from data.domain.prosperity import margin_gained, thresholds, with_control
from data.i18n import day, figure, month, t
from pages._choosing import closed_months
from pages._lists import customer_list
from pages._page import (
    FILTERS,
    Query,
    asked,
    chart,
    explained_by,
    guarded,
    listing,
    panel,
    register_page,
    rows_of,
    together,
)
from pages._prosperity import Judged, churn_check, judge, voice_check
from queries import campaigns, engagement, newcomers, prosperity
from queries.prosperity import judged
from queries.run import run

register_page(
    __name__,
    path="/prosperity",
    name="False prosperity",
    order=80,
    permission="view-prosperity",
    icon="flag",
    group="Movement",
)

MONTHS = panel("prosperity-months", prosperity.prosperity_months, metric="active_customers")
GROWTH = panel("prosperity-growth", engagement.engagement_growth, metric="customers")
CHURN = panel("prosperity-churn", prosperity.prosperity_churn, metric="churn_rate")
CORE = panel("prosperity-core", prosperity.prosperity_months, metric="aov")
VOICE = panel("prosperity-voice", prosperity.prosperity_months, metric="nps")
NEW = panel("prosperity-new", newcomers.newcomers, metric="repeat_rate")
HUNTERS = panel("prosperity-hunters", engagement.hunters, metric="customers")
CAMPAIGNS = panel("prosperity-campaigns", campaigns.campaign_results, metric="customers")
CHECKED = panel("prosperity-checks", prosperity.prosperity_months, metric="active_customers")
SAY, FORM = "prosperity-say", "prosperity-form"
#: The panels whose rows are the evidence of each check.
EVIDENCE = {
    "vanity": MONTHS.id,
    "hunters": GROWTH.id,
    "campaigns": CAMPAIGNS.id,
    "churn": CHURN.id,
    "loyalty": NEW.id,
    "voice": VOICE.id,
}


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    tools = ("explain", "rows", "csv")
    return html.Div(
        [
            html.Div(skeleton(lines=1), id=FORM),
            html.Div(skeleton(lines=2), id=SAY),
            grid(
                list_panel(
                    CHECKED.id,
                    t("Six checks"),
                    sub=_check_words(),
                    actions=tools,
                    metric=explained_by(CHECKED),
                    height=260,
                ),
                layout="full",
            ),
            grid(
                chart(
                    MONTHS,
                    sub=t("Click a month to judge it"),
                    title=t("Who engages and who orders"),
                    height=300,
                ),
                chart(CORE, sub=_core_words(), title=t("What activity pays"), height=300),
                layout="two",
            ),
            grid(
                chart(GROWTH, sub=_growth_words(), height=300),
                chart(NEW, sub=_new_words(), height=300),
                layout="two",
            ),
            grid(
                chart(CHURN, sub=_chance_words(), height=300),
                chart(VOICE, sub=_chance_words(), title=t("What customers say"), height=300),
                layout="two",
            ),
            grid(listing(HUNTERS, sub=_hunter_words(), actions=tools, height=140), layout="full"),
            grid(
                listing(CAMPAIGNS, sub=_campaign_words(), actions=tools, height=140), layout="full"
            ),
        ]
    )


def _check_words() -> str:
    return t(
        "The month against the three whole months before it; checks without data are left out."
        " Click a check for the rows behind it"
    )


def _growth_words() -> str:
    return t("Engagements by the tier before the base; the line is the base's monthly mean")


def _core_words() -> str:
    return t("By how much each lies above or below the base; flat up to the dotted line")


def _new_words() -> str:
    return t("New customers of the year whose days are over, won by a campaign or not")


def _chance_words() -> str:
    return t("The judged month against the three before; chance explains what lies in the area")


def _hunter_words() -> str:
    return t(
        "General or dormant before, engaged at least twice as much as usual, and no order in the"
        " month"
    )


def _campaign_words() -> str:
    return t(
        "Treatment beside control, where one was held back, up to half a year after the start;"
        " loyal: two orders or more within 180 days"
    )


@guarded(
    Output(FORM, "children"),
    Output(SAY, "children"),
    Output(CHECKED.id, "children"),
    Input(FILTERS, "data"),
)
def show_verdict(query: Query) -> Any:
    """Show what can be chosen, the verdict and the checks."""
    filters = asked(query)
    found = judge(filters)
    limits = thresholds(filters.choices.checks)
    form = prosperity_form(found.month, closed_months(filters)[3:], limits)
    table = check_table(found.checks, panels=EVIDENCE)
    return form, headline([_sentence(found)]), table


def draw_months(query: Query) -> Any:
    """Draw who engaged and who ordered, month by month."""
    return activity_pays(rows_of(MONTHS, query), judged(asked(query)))


def draw_core(query: Query) -> Any:
    """Draw what activity pays, against the base."""
    filters = asked(query)
    flat = thresholds(filters.choices.checks)["flat"]
    return core_months(rows_of(CORE, query), judged(filters), flat)


def draw_churn(query: Query) -> Any:
    """Draw churn by month end against the base."""
    filters = asked(query)
    rows = rows_of(CHURN, query)
    return churn_against_base(rows, judged(filters), churn_check(filters), CHURN.metric)


def draw_voice(query: Query) -> Any:
    """Draw NPS by month against the base."""
    filters = asked(query)
    rows = run(VOICE.query, filters)
    return nps_against_base(rows, judged(filters), voice_check(filters), VOICE.metric)


def draw_again(query: Query) -> Any:
    """Draw who of the new customers ordered again."""
    return won_again(rows_of(NEW, query))


together(
    {
        Output(MONTHS.id, "figure"): draw_months,
        Output(CORE.id, "figure"): draw_core,
        Output(NEW.id, "figure"): draw_again,
        Output(CHURN.id, "figure"): draw_churn,
        Output(VOICE.id, "figure"): draw_voice,
    }
)


def _sentence(found: Judged) -> str:
    """Say the verdict on the month, and which checks fail or say nothing."""
    parts = [
        t("{month}: {verdict}.", month=month(found.month), verdict=verdict_name(found.verdict))
    ]
    known = len(found.checks) - len(found.unknown)
    if known:
        parts.append(
            t(
                "{failed} of {known} checks fail.",
                failed=figure(len(found.failed), "count"),
                known=figure(known, "count"),
            )
        )
    if found.unknown:
        names = ", ".join(t(TEXTS[name]) for name in found.unknown)
        parts.append(t("Without data: {names}.", names=names))
    return " ".join(parts)


def draw_growth(query: Query) -> Any:
    """Draw whose growth it is."""
    return growth_bars(rows_of(GROWTH, query))


def list_hunters(query: Query) -> Any:
    """List the bonus hunters."""
    rows = rows_of(HUNTERS, query)
    if rows.empty:
        return html.P(t("There is no bonus hunter in this month."), className="muted")
    return customer_list(HUNTERS, rows, query, without=("region",), main=("engagements",))


together(
    {
        Output(GROWTH.id, "figure"): draw_growth,
        Output(HUNTERS.id, "children"): list_hunters,
    }
)


@guarded(Output(CAMPAIGNS.id, "children"), Input(FILTERS, "data"))
def list_campaigns(query: Query) -> Any:
    """List the campaigns with what stayed of them."""
    filters = asked(query)
    rows = records(rows_of(CAMPAIGNS, query))
    if not rows:
        return empty(t("No customer with these filters was part of a campaign."))
    within = thresholds(filters.choices.checks)["roi"]
    columns = [
        Column("campaign", t("Campaign"), main=True),
        Column("arm", t("Arm"), "dimension", main=True),
        Column("started", t("Start")),
        Column("customers", t("Customers"), "count"),
        Column("responded", t("Responded"), "rate"),
        *(
            Column(f"buyers_{d}", t("Ordered, {days}", days=figure(d, "days")), "rate")
            for d in CAMPAIGN_DAYS
        ),
        Column("loyal", t("Loyal"), "rate"),
        Column("roi", t("Return on cost, {days}", days=figure(within, "days")), "rate", main=True),
    ]
    gained = {
        treated["campaign_id"]: margin_gained(treated, control, within)
        for treated, control in with_control(rows)
    }
    shown = [_campaign(row, gained, within, until=filters.calendar.until) for row in rows]
    return short_table(shown, columns, id=f"{CAMPAIGNS.id}-table")


def _campaign(row: Row, gained: Mapping[str, float], within: int, *, until: date) -> Row:
    """Return a line of the table; what its days are not over for yet is blank."""

    def over(days: int, value: float | None) -> float | None:
        return value if row["starts_on"] + timedelta(days=days) <= until else None

    n, cost = row["customers"], row["cost"] if row["is_treated"] else None
    gain = gained.get(row["campaign_id"])
    return {
        **row,
        **{f"buyers_{d}": over(d, share(row[f"buyers_{d}"], n) or 0.0) for d in CAMPAIGN_DAYS},
        "arm": "treatment" if row["is_treated"] else "control",
        "started": day(row["starts_on"]),
        "responded": share(row["responded"], n) if row["is_treated"] else None,
        "loyal": over(180, share(row["loyal"], n) or 0.0),
        "roi": over(within, (gain - cost) / cost) if cost and gain is not None else None,
    }
