"""What the Experiments page says: its subtitles, its sentence, its tables, how sound it is."""

from typing import Any

from dash import html

from components.figures.effects import amount, interval, span
from components.figures.marks import escape
from components.figures.values import Row
from components.tables import Column, short_table
from data.domain.columns import CAMPAIGN_DAYS
from data.domain.experiment import SRM_ALPHA, Effect, holm, planned_share, ratio_p, roi
from data.i18n import day, figure, percent, signed, t
from pages._effects import bought, margin

#: Arms under this size, or so uneven, make intervals of money too narrow.
LEAST_ARM, MOST_UNEVEN = 500, 3
#: Segments named.
NAMED = 3


def arms_words() -> str:
    """Say what the list of campaigns shows."""
    return t("Share that ordered while the campaign ran; click a campaign to open it below")


def shares_words() -> str:
    """Say what the effects on orders show."""
    return t("Treatment less control, in points, with the 95 % interval (two-proportion z)")


def margins_words() -> str:
    """Say what the effects on margin show."""
    return t(
        "Treatment less control (Welch); adjusted: what the half-year before predicts is taken out"
        " (CUPED)"
    )


def returns_words() -> str:
    """Say what the return is."""
    return t("(Margin gained over control − cost) / cost, by the adjusted difference")


def segment_words() -> str:
    """Say what the list of segments shows."""
    return t(
        "The three segments of the clearest difference while it ran; p corrected for having looked"
        " at all of them (Holm)"
    )


def campaigns(pairs: list[tuple[Row, Row | None]], *, id: str) -> Any:
    """List every campaign with its arms and its effect; a click opens it."""
    columns = [
        Column("campaign", t("Campaign"), main=True),
        Column("started", t("Start")),
        Column("treated", t("Treatment"), "count"),
        Column("control", t("Control"), "count"),
        Column("share", t("Ordered"), "rate"),
        Column("effect", t("Effect"), "shown", main=True),
        Column("interval", t("95 % interval"), "shown"),
    ]
    return short_table([_campaign(*pair) for pair in pairs], columns, id=f"{id}-table", go="go")


def _campaign(treated: Row, control: Row | None) -> dict[str, Any]:
    effect = bought(treated, control)
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


def sentence(treated: Row, control: Row | None) -> str:
    """Say what the chosen campaign did while it ran, and whether chance can be ruled out."""
    effect = bought(treated, control)
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


def paid(treated: Row, control: Row, over: list[int], *, id: str) -> Any:
    """List gain, cost and return by days; blank where the days are not over."""
    rows = [_paid_line(treated, control, d, is_over=d in over) for d in CAMPAIGN_DAYS]
    columns = [
        Column("days", t("Days"), "days", main=True),
        Column("gain", t("Margin gained"), "shown"),
        Column("cost", t("Cost"), "money"),
        Column("roi", t("Return"), "shown", main=True),
        Column("interval", t("95 % interval"), "shown"),
    ]
    return short_table(rows, columns, id=f"{id}-table")


def _paid_line(treated: Row, control: Row, days: int, *, is_over: bool) -> dict[str, Any]:
    effect = margin(treated, control, days, is_adjusted=True) if is_over else None
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


def sound(treated: Row, control: Row, over: list[int]) -> Any:
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
    effect = bought(treated, control)
    if effect is not None:
        lines.append(
            t(
                "Effects from {points} on would be found four times of five; smaller ones are"
                " missed more often.",
                points=amount(effect.detectable, "rate"),
            )
        )
    adjusted = margin(treated, control, over[-1], is_adjusted=True) if over else None
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


def segments(effects: list[tuple[str, Effect]], *, id: str) -> list[Any]:
    """List the segments of the clearest difference, with the p-value corrected for all of them."""
    corrected = holm([effect.p for _, effect in effects])
    ranked = sorted(zip(effects, corrected, strict=True), key=lambda each: each[0][1].p)
    rows = [_segment(name, effect, p) for (name, effect), p in ranked[:NAMED]]
    columns = [
        Column("segment", t("Segment"), main=True),
        Column("effect", t("Effect"), "shown", main=True),
        Column("interval", t("95 % interval"), "shown"),
        Column("p", t("p, corrected"), "shown"),
    ]
    said = t("{count} segments were looked at.", count=figure(len(effects), "count"))
    return [short_table(rows, columns, id=f"{id}-table"), html.P(said, className="muted")]


def _segment(name: str, effect: Effect, p: float) -> dict[str, Any]:
    return {
        "segment": name,
        "effect": amount(effect.difference, "rate"),
        "interval": span(vars(effect), "rate"),
        "p": f"{p:.2g}",
    }
