"""The follow-up queue: each customer with the next step, why it is there, and how late it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from components.attributes import attributes
from components.figures.marks import go
from components.reasons import reasons
from data.domain.dimension import NOT_GIVEN, NOTICE_DAYS
from data.i18n import BLANK, day, figure, label_of, t

Row = Mapping[str, Any]
#: The rules of the next step, the first that holds; each says what to do.
TEXTS = {
    "service": "Call about the service first: settle what is open before anything is offered.",
    "renewal": "Agree on the renewal before the contract ends.",
    "first": "Introduce yourself: nobody has followed up yet.",
    "order": "Ask about the next order: it is later than usual.",
    "interest": "Invite or visit: interest is fading.",
    "visit": "Visit: a customer of high value hears from a person, not from a mailing.",
    "wake": "Send an offer or a survey; call whoever answers.",
    "call": "Call and ask what is planned next.",
}


def next_step(row: Row) -> str:
    """Return which rule decides the next step of a customer in the queue."""
    if row["is_complaints_rising"] or row["is_service_worse"]:
        return "service"
    if asks_for_renewal(row):
        return "renewal"
    if row["last_contact_on"] is None:
        return "first"
    if row["is_frequency_falling"] or _is_past_usual(row):
        return "order"
    if row["is_engagement_falling"]:
        return "interest"
    return {"high": "visit", "dormant": "wake"}.get(row["tier"], "call")


def asks_for_renewal(row: Row) -> bool:
    """Whether a customer waits because of a contract that ends soon."""
    ends = row["covered_until"]
    return ends is not None and 0 <= (ends - row["due_on"]).days - row["days_late"] <= NOTICE_DAYS


def _is_past_usual(row: Row) -> bool:
    silent, usual = row["silent_days"], row["median_gap_days"]
    return silent is not None and usual is not None and silent > usual


def why(row: Row) -> str:
    """Return why a customer stands in the queue: the clock first, then what else is known."""
    late = figure(row["days_late"], "days")
    limit = figure(row["limit_days"], "days")
    tier = label_of("tier", row["tier"] or "")
    if row["last_contact_on"] is None:
        first = t(
            "No follow-up since the first order or contract on {day}: {late} over the {limit} of"
            " {tier}",
            day=day(row["since_on"]),
            late=late,
            limit=limit,
            tier=tier,
        )
    else:
        first = t(
            "Last follow-up on {day}: {late} over the limit, {limit} for {tier}",
            day=day(row["last_contact_on"]),
            late=late,
            limit=limit,
            tier=tier,
        )
    # The last follow-up is said already.
    rest = reasons({**row, "is_silent": False})
    return f"{first}; {rest}" if rest else first


def queue_table(rows: Sequence[Row], name: Callable[[str], str], *, id: str) -> html.Div:
    """Return the queue as a list to work through; `name` says a representative's name."""
    heads = (
        ("", "text tick"),
        (t("Customer"), "text"),
        (t("Next step, and why"), "text"),
        (t("Days late"), "number"),
        (t("Expected loss a day"), "number minor"),
        (t("Value"), "number minor"),
    )
    head = html.Tr([html.Th(text, scope="col", className=kind) for text, kind in heads])
    body = [_line(row, name) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="plain-table queue")
    return html.Div(table, id=id, className="table-scroll", tabIndex=0)


def _line(row: Row, name: Callable[[str], str]) -> html.Tr:
    who = html.A(
        row["name"] or row["customer_id"],
        href="#",
        **attributes(data_go=go("customer", row["customer_id"])),
    )
    place = " · ".join((label_of("tier", row["tier"] or ""), _owner(row["rep"], name)))
    cells = (
        ("☐", "text tick"),
        ([who, html.P(place, className="muted")], "text"),
        ([html.B(t(TEXTS[next_step(row)])), html.P(why(row), className="muted")], "text"),
        (figure(row["days_late"], "count"), "number"),
        (_money(row["waiting_loss"]), "number minor"),
        (_money(row["customer_asset"]), "number minor"),
    )
    return html.Tr([html.Td(cell, className=kind) for cell, kind in cells])


def _owner(rep: str | None, name: Callable[[str], str]) -> str:
    return t("no owner") if rep in (None, NOT_GIVEN) else name(rep)


def _money(amount: Any) -> str:
    return BLANK if amount is None else figure(amount, "money", short=True)


def limits_words(limits: Mapping[str, int]) -> str:
    """Return the limits of the tiers in one line."""
    return " · ".join(
        t("{tier} {days}", tier=label_of("tier", tier), days=figure(days, "days"))
        for tier, days in limits.items()
    )
