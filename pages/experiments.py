"""Experiments: what campaigns did beyond what would have happened anyway, and what it paid."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from dash import Input, Output, html

from components.cards import headline
from components.figures.effects import amount, effect_lines, interval, span
from components.figures.empty import empty_figure
from components.figures.marks import escape
from components.figures.values import Row, records
from components.panel import grid, list_panel
from components.panel import panel as framed
from components.states import empty, skeleton
from components.tables import Column, short_table
from data.domain.columns import CAMPAIGN_DAYS
from data.domain.experiment import (
    SRM_ALPHA,
    Arm,
    Effect,
    holm,
    of_means,
    of_shares,
    planned_share,
    ratio_p,
    roi,
)
from data.domain.filters import Filters
from data.i18n import day, figure, label_of, percent, signed, t
from pages._page import (
    FILTERS,
    Query,
    asked,
    guarded,
    label_of_dimension,
    listing,
    panel,
    register_page,
    rows_of,
)
from queries import experiments

register_page(
    __name__,
    path="/experiments",
    name="Experiments",
    order=85,
    permission="view-experiments",
    icon="bar-chart",
    group="Movement",
)

ARMS = panel("experiments-arms", experiments.experiment_arms, metric="customers")
SHARES = panel("experiments-shares", experiments.experiment_arms, metric="customers")
MARGINS = panel("experiments-margins", experiments.experiment_arms, metric="margin")
SEGMENTS = panel("experiments-segments", experiments.experiment_segments, metric="customers")
SAY, SOUND, PAID = "experiments-say", "experiments-sound", "experiments-paid"
#: Arms under this size, or so uneven, make intervals of money too narrow.
LEAST_ARM, MOST_UNEVEN = 500, 3
#: Segments named, and customers of an arm below which a segment says nothing.
NAMED, LEAST_SEGMENT = 3, 10


def layout(**_query: str) -> html.Div:
    """Lay the page out empty; the callbacks below fill it."""
    tools = ("rows", "csv")
    return html.Div(
        [
            html.Div(skeleton(lines=2), id=SAY),
            grid(listing(ARMS, sub=_arm_words(), actions=tools, height=140), layout="full"),
            grid(
                framed(SHARES.id, t("Who ordered"), sub=_share_words(), metric=SHARES.metric.key),
                framed(
                    MARGINS.id,
                    t("Margin per customer"),
                    sub=_margin_words(),
                    metric=MARGINS.metric.key,
                ),
                layout="two",
            ),
            grid(
                list_panel(PAID, t("Return on the cost"), sub=_paid_words(), height=150),
                list_panel(SOUND, t("How sound it is"), height=150),
                layout="two",
            ),
            grid(listing(SEGMENTS, sub=_segment_words(), actions=tools, height=140), layout="full"),
        ]
    )


def _arm_words() -> str:
    return t("Share that ordered while the campaign ran; click a campaign to open it below")


def _share_words() -> str:
    return t("Treatment less control, in points, with the 95 % interval (two-proportion z)")


def _margin_words() -> str:
    return t(
        "Treatment less control (Welch); adjusted: what the half-year before predicts is taken out"
        " (CUPED)"
    )


def _paid_words() -> str:
    return t("(Margin gained over control − cost) / cost, by the adjusted difference")


def _segment_words() -> str:
    return t(
        "The three segments of the clearest difference while it ran; p corrected for having looked"
        " at all of them (Holm)"
    )


# --- the campaigns ---------------------------------------------------------------------------


def _pairs(query: Query) -> list[tuple[Row, Row | None]]:
    """Return every campaign's treatment with its control, where one was held back."""
    arms = {(r["campaign_id"], bool(r["is_treated"])): r for r in records(rows_of(ARMS, query))}
    return [(row, arms.get((name, False))) for (name, treated), row in arms.items() if treated]


def _chosen(filters: Filters, pairs: list[tuple[Row, Row | None]]) -> tuple[Row, Row | None] | None:
    """Return the campaign of the URL, else the newest that has a control group, else the newest."""
    named = [pair for pair in pairs if pair[0]["campaign_id"] == filters.choices.campaign]
    held = [pair for pair in pairs if pair[1] is not None]
    return next(iter([*named, *held, *pairs]), None)


def _bought(treated: Row, control: Row | None, key: str = "buyers") -> Effect | None:
    if control is None:
        return None
    return of_shares((treated[key], treated["customers"]), (control[key], control["customers"]))


@guarded(Output(SAY, "children"), Output(ARMS.id, "children"), Input(FILTERS, "data"))
def list_campaigns(query: Query) -> Any:
    """Say what the chosen campaign did, and list all of them."""
    pairs = _pairs(query)
    found = _chosen(asked(query), pairs)
    if found is None:
        words = t("No customer with these filters was part of a campaign.")
        return headline([words]), empty(words)
    columns = [
        Column("campaign", t("Campaign"), main=True),
        Column("started", t("Start")),
        Column("treated", t("Treatment"), "count"),
        Column("control", t("Control"), "count"),
        Column("share", t("Ordered"), "rate"),
        Column("effect", t("Effect"), "shown", main=True),
        Column("interval", t("95 % interval"), "shown"),
    ]
    table = short_table([_line(*pair) for pair in pairs], columns, id=f"{ARMS.id}-table", go="go")
    return headline([_sentence(*found)]), table


def _line(treated: Row, control: Row | None) -> dict[str, Any]:
    effect = _bought(treated, control)
    return {
        "campaign": treated["campaign"],
        "started": day(treated["starts_on"]),
        "treated": treated["customers"],
        "control": None if control is None else control["customers"],
        "share": treated["buyers"] / treated["customers"],
        "effect": t("none can be claimed") if effect is None else amount(effect.difference, "rate"),
        "interval": "" if effect is None else span(vars(effect), "rate"),
        "go": f"campaign={escape(treated['campaign_id'])}",
    }


def _sentence(treated: Row, control: Row | None) -> str:
    effect = _bought(treated, control)
    name = treated["campaign"]
    if effect is None:
        return t(
            "{name}: nobody was held back, so no effect can be claimed. Hold a control group back"
            " the next time.",
            name=name,
        )
    texts = {
        "name": name,
        "treated": percent(effect.treated, 1),
        "control": percent(effect.control, 1),
        "difference": amount(effect.difference, "rate"),
        "interval": interval(vars(effect), "rate"),
    }
    if effect.is_clear:
        return t(
            "{name}: {treated} of the treated ordered while it ran, {control} of those held back."
            " Effect {difference}, {interval}: more than chance.",
            **texts,
        )
    return t(
        "{name}: {treated} of the treated ordered while it ran, {control} of those held back."
        " Effect {difference}, {interval}: chance cannot be ruled out.",
        **texts,
    )


# --- the chosen one --------------------------------------------------------------------------


@guarded(
    Output(SHARES.id, "figure"),
    Output(MARGINS.id, "figure"),
    Output(PAID, "children"),
    Output(SOUND, "children"),
    Input(FILTERS, "data"),
)
def show_effects(query: Query) -> Any:
    """Draw the effects of the chosen campaign, what it paid, and how sound the comparison is."""
    filters = asked(query)
    found = _chosen(filters, _pairs(query))
    if found is None or found[1] is None:
        words = t("Nobody was held back, so no effect can be claimed.")
        return empty_figure(words), empty_figure(words), empty(words), empty(words)
    treated, control = found
    over = [d for d in CAMPAIGN_DAYS if _is_over(treated, d, filters.calendar.until)]
    shares = [(t("while it ran"), _bought(treated, control))]
    shares += [
        (
            t("within {days}", days=figure(d, "days")),
            _bought(treated, control, f"buyers_{d}"),
        )
        for d in over
    ]
    margins = [
        (name, _margin(treated, control, d, is_adjusted=is_adjusted))
        for d in over
        for name, is_adjusted in (
            (figure(d, "days"), False),
            (t("{days}, adjusted", days=figure(d, "days")), True),
        )
    ]
    return (
        effect_lines(_frame(shares), "rate"),
        effect_lines(_frame(margins), "money"),
        _paid(treated, control, over),
        _sound(treated, control, over),
    )


def _is_over(row: Row, days: int, until: date) -> bool:
    return row["starts_on"] + timedelta(days=days) <= until


def _frame(effects: list[tuple[str, Effect | None]]) -> pd.DataFrame:
    known = [{"name": name, **vars(effect)} for name, effect in effects if effect is not None]
    return pd.DataFrame(known, columns=["name", *Effect.__dataclass_fields__])


def _arm(row: Row, days: int) -> Arm:
    sums = {"y": f"y_{days}", "yy": f"yy_{days}", "x": "x", "xx": "xx", "xy": f"xy_{days}"}
    return Arm(row["customers"], **{name: row[key] or 0.0 for name, key in sums.items()})


def _margin(treated: Row, control: Row, days: int, *, is_adjusted: bool) -> Effect | None:
    return of_means(_arm(treated, days), _arm(control, days), is_adjusted=is_adjusted)


def _paid(treated: Row, control: Row, over: list[int]) -> Any:
    """List gain, cost and return by days; blank where the days are not over."""
    rows = [_paid_line(treated, control, d, is_over=d in over) for d in CAMPAIGN_DAYS]
    columns = [
        Column("days", t("Days"), "days", main=True),
        Column("gain", t("Margin gained"), "shown"),
        Column("cost", t("Cost"), "money"),
        Column("roi", t("Return"), "shown", main=True),
        Column("interval", t("95 % interval"), "shown"),
    ]
    return short_table(rows, columns, id=f"{PAID}-table")


def _paid_line(treated: Row, control: Row, days: int, *, is_over: bool) -> dict[str, Any]:
    effect = _margin(treated, control, days, is_adjusted=True) if is_over else None
    if effect is None:
        return {"days": days, "gain": t("not over yet"), "cost": treated["cost"]}
    n, cost = treated["customers"], treated["cost"] or 0.0
    low, middle, high = (
        roi(each * n, cost) for each in (effect.low, effect.difference, effect.high)
    )
    words = "" if low is None or high is None else f"{signed(low, 'rate')} … {signed(high, 'rate')}"
    return {
        "days": days,
        "gain": signed(effect.difference * n, "money", short=True),
        "cost": cost,
        "roi": t("no cost recorded") if middle is None else signed(middle, "rate"),
        "interval": words,
    }


def _sound(treated: Row, control: Row, over: list[int]) -> Any:
    """Say how the arms were divided, what could be found at all, and what the covariate did."""
    n, m = treated["customers"], control["customers"]
    share = planned_share(n, m)
    p = ratio_p(n, m, share=share)
    uneven = p < SRM_ALPHA
    lines = [
        t(
            "The arms hold {treated} and {control}: no usual split explains that (p = {p}), so they"
            " were not divided by chance alone.",
            treated=figure(n, "count"),
            control=figure(m, "count"),
            p=f"{p:.2g}",
        )
        if uneven
        else t(
            "The arms hold {treated} and {control}, as a split of {share} would (p = {p}).",
            treated=figure(n, "count"),
            control=figure(m, "count"),
            share=percent(share),
            p=f"{p:.2g}",
        )
    ]
    effect = _bought(treated, control)
    if effect is not None:
        lines.append(
            t(
                "Effects from {points} on would be found four times of five; smaller ones are"
                " missed more often.",
                points=amount(effect.detectable, "rate"),
            )
        )
    adjusted = _margin(treated, control, over[-1], is_adjusted=True) if over else None
    if adjusted is not None:
        lines.append(
            t(
                "The margin of the half-year before takes {share} of the variance away.",
                share=percent(max(adjusted.reduced, 0.0)),
            )
        )
    if min(n, m) < LEAST_ARM or max(n, m) > MOST_UNEVEN * min(n, m):
        lines.append(
            t(
                "An arm is small or the arms are uneven: intervals of money come out too narrow,"
                " those of shares hold."
            )
        )
    return html.Ul([html.Li(line) for line in lines], className="moves")


# --- segments --------------------------------------------------------------------------------


@guarded(Output(SEGMENTS.id, "children"), Input(FILTERS, "data"))
def list_segments(query: Query) -> Any:
    """Name the segments in which the campaign did most, with the p-value corrected."""
    found = _chosen(asked(query), _pairs(query))
    if found is None or found[1] is None:
        return empty(t("Nobody was held back, so no effect can be claimed."))
    effects = _segments(records(rows_of(SEGMENTS, query)), found[0]["campaign_id"])
    if not effects:
        return html.P(t("No segment is large enough in both arms."), className="muted")
    corrected = holm([effect.p for _, effect in effects])
    ranked = sorted(zip(effects, corrected, strict=True), key=lambda each: each[0][1].p)
    rows = [_segment(name, effect, p) for (name, effect), p in ranked[:NAMED]]
    columns = [
        Column("segment", t("Segment"), main=True),
        Column("effect", t("Effect"), "shown", main=True),
        Column("interval", t("95 % interval"), "shown"),
        Column("p", t("p, corrected"), "shown"),
    ]
    words = t("{count} segments were looked at.", count=figure(len(effects), "count"))
    return [short_table(rows, columns, id=f"{SEGMENTS.id}-table"), html.P(words, className="muted")]


def _segments(rows: list[Row], campaign: str) -> list[tuple[str, Effect]]:
    arms: dict[tuple[str, str], dict[bool, Row]] = {}
    for row in rows:
        if row["campaign_id"] == campaign:
            arms.setdefault((row["dimension"], row["key"]), {})[bool(row["is_treated"])] = row
    found: list[tuple[str, Effect]] = []
    for (dimension, key), pair in arms.items():
        if len(pair) < 2 or min(row["customers"] for row in pair.values()) < LEAST_SEGMENT:
            continue
        effect = _bought(pair[True], pair[False])
        if effect is not None:
            found.append((f"{label_of_dimension(dimension)}: {label_of(dimension, key)}", effect))
    return found


def _segment(name: str, effect: Effect, p: float) -> dict[str, Any]:
    return {
        "segment": name,
        "effect": amount(effect.difference, "rate"),
        "interval": span(vars(effect), "rate"),
        "p": f"{p:.2g}",
    }
