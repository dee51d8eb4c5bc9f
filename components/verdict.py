"""The verdict on a month's growth, each check with its evidence, and the thresholds to change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.attributes import attributes
from components.choices import choice, select
from components.figures.paying import LABELS as CORE_LABELS
from data.domain.prosperity import CHECKS, THRESHOLDS, UNKNOWN, Check
from data.i18n import figure, month, percent, signed, t

#: What each check asks.
TEXTS = {
    "vanity": "Activity up, and what it pays flat",
    "hunters": "Whose growth it is",
    "campaigns": "What the campaigns brought",
    "churn": "Churn",
    "loyalty": "Do those won order again",
    "voice": "What customers say",
}
SENTENCES = {
    "false": "False prosperity",
    "watch": "Watch",
    "healthy": "Healthy",
    "unknown": "Not enough data",
}
#: Colours of what a check says.
RESULTS = {"passed": "good", "failed": "bad", "unknown": "muted"}
LABELS = {
    "passed": "passed",
    "failed": "failed",
    "unknown": "no data",
    "vanity": "Activity up by at least, %",
    "flat": "Flat up to a rise of, %",
    "hunters": "Share of general and dormant from, %",
    "roi": "Campaigns must pay within, days",
    "loyalty": "Order again within, days",
    "no_vanity": "No engagement in the month or the three before.",
    "no_hunters": "No engagement in the three months before.",
    "no_campaigns": "No campaign with a control group ran that is long enough ago.",
    "no_churn": "No month ends that reach back far enough.",
    "no_loyalty": "Nobody won by a campaign whose days are over.",
    "no_voice": "No survey answers in the month or the three before.",
}
TONES = {"false": "bad", "watch": "warn", "healthy": "good", "unknown": "muted"}


def verdict_name(verdict: str) -> str:
    """Return the verdict in the reader's language."""
    return t(SENTENCES[verdict])


def prosperity_form(judged: date, months: list[date], limits: Mapping[str, int]) -> html.Div:
    """Return the choice of the month and the thresholds of the checks."""
    known = {f"{m:%Y-%m}": month(m) for m in reversed(months)}
    value = f"{judged:%Y-%m}"
    fields = [choice("judged", t("Month"), select({value: month(judged)} | known, value))]
    for key, each in THRESHOLDS.items():
        label = t(LABELS[key])
        if isinstance(each.span, range):
            control: Any = dbc.Input(
                type="number",
                min=each.span.start,
                max=each.span.stop - 1,
                step=1,
                value=limits[key],
                size="sm",
            )
        else:
            control = select({str(n): str(n) for n in each.span}, str(limits[key]))
        fields.append(choice("checks", label, control, data_part=key))
    return html.Div(fields, className="choices")


def check_table(checks: Mapping[str, Check], *, panels: Mapping[str, str]) -> Any:
    """Return a line per check: what it asks, passed or failed, and the figures it says it by.

    `panels` names the panel whose rows are the evidence of a check.
    """
    head = [t("Check"), t("Result"), t("Evidence")]
    body = [_line(name, checks[name], panel=panels.get(name, "")) for name in CHECKS]
    header = html.Tr([html.Th(text, scope="col", className="text") for text in head])
    table = html.Table(
        [html.Thead(header), html.Tbody(body)], className="plain-table worded checks"
    )
    return html.Div(table, className="table-scroll", tabIndex=0)


def _line(name: str, check: Check, *, panel: str) -> Any:
    title: Any = t(TEXTS[name])
    if panel:
        title = html.A(title, href="#", **attributes(data_rows=panel))
    words = evidence(name, check)
    return html.Tr(
        [
            html.Th(title, scope="row", className="text"),
            html.Td(
                html.B(t(LABELS[check.result]), className=RESULTS[check.result]), className="text"
            ),
            html.Td(words, className="text"),
        ]
    )


def evidence(name: str, check: Check) -> str:
    """Return the figures of a check as a sentence."""
    if check.result == UNKNOWN:
        return t(LABELS[f"no_{name}"])
    facts = check.facts
    if name == "vanity":
        return _vanity(facts)
    if name == "hunters":
        return _hunters(facts)
    if name == "campaigns":
        return t(
            "{names}: return on the cost {roi}.",
            names=", ".join(facts["campaigns"]),
            roi=signed(facts["roi"], "rate"),
        )
    if name == "voice":
        return t(
            "NPS {now}, in the base {base}; 95 % of chance is within {margin} points.",
            now=figure(facts["now"] * 100, "score"),
            base=figure(facts["base"] * 100, "score"),
            margin=figure(facts["margin"] * 100, "score"),
        )
    return _interval(name, {n: percent(facts[n], 1) for n in ("now", "base", "margin")})


def _interval(name: str, texts: Mapping[str, str]) -> str:
    if name == "loyalty":
        return t(
            "{now} of those won by a campaign, {base} of the others; 95 % of chance is within"
            " {margin}.",
            **texts,
        )
    return t("{now} in the month, {base} in the base; 95 % of chance is within {margin}.", **texts)


def _vanity(facts: Mapping[str, Any]) -> str:
    def rises(names: Mapping[str, str]) -> str:
        known = {n: facts[n] for n in names if facts.get(n) is not None}
        return ", ".join(f"{names[n]} {signed(value, 'rate')}" for n, value in known.items())

    vanity = {
        "engaged": t("engaged customers"),
        "engagements": t("engagements"),
        "redemptions": t("redemptions"),
    }
    core = {name: t(label) for name, label in CORE_LABELS.items()}
    return f"{rises(vanity)}; {rises(core)}"


def _hunters(facts: Mapping[str, Any]) -> str:
    growth = signed(facts["growth"], "rate")
    if facts["share"] is None:
        return t("Engagement moved by {growth}: too little to ask whose it is.", growth=growth)
    return t(
        "{share} of the growth in engagement ({growth}) is of general or dormant customers.",
        share=figure(facts["share"], "rate"),
        growth=growth,
    )
