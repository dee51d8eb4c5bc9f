"""How a customer's value is made up: the formula with its numbers, adding up to what is stored."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dash import html

from components.tables import Column, short_table
from data.i18n import BLANK, figure, is_blank, percent, t

#: The smallest amount that is stored.
UNIT = Decimal("0.0001")


def parts_of(row: Mapping[str, Any]) -> list[tuple[str, Decimal]]:
    """Return the parts of a value (orders, service, contract, floor), which add up to it exactly.

    Spend per order is stored rounded, so the largest part takes up the remainder, under a cent;
    a sum below zero is lifted to zero by the part "floor".
    """
    parts = {
        "orders": _product(row, "margin_rate", "order_spend", "discounted_orders"),
        "service": -_product(row, "service_month", "alive_months"),
        "contract": _product(row, "margin_rate", "contract_month", "contract_months"),
        "contract_service": -_service_of_contract(row),
    }
    rest = _money(row["value"]) - sum(parts.values())
    largest = max(parts, key=lambda name: abs(parts[name]))
    name = "floor" if not row["value"] and rest > Decimal("0.01") else largest
    parts[name] = parts.get(name, Decimal(0)) + rest
    return [(name, part) for name, part in parts.items() if part]


def _service_of_contract(row: Mapping[str, Any]) -> Decimal:
    if is_blank(row["contract_month"]):
        return Decimal(0)
    return _product(row, "service_month", "contract_months")


def _product(row: Mapping[str, Any], *names: str) -> Decimal:
    product = Decimal(1)
    for name in names:
        if is_blank(row[name]):
            return Decimal(0)
        product *= Decimal(repr(float(row[name])))
    return product.quantize(UNIT, ROUND_HALF_UP)


def _money(value: Any) -> Decimal:
    return Decimal(repr(float(value))).quantize(UNIT, ROUND_HALF_UP)


def value_parts(
    row: Mapping[str, Any], *, months: int, discount: float, is_observed: bool
) -> html.Div:
    """Return the formula of one customer's value, filled in; `row` as of `top_customers`.

    `is_observed`: contracts are renewed as observed, and not as a model says.
    """
    name = str(row["name"] or row["customer_id"])
    if is_blank(row["value"]):
        words = t("{name} has no official value: the models cannot say what to expect.", name=name)
        return html.Div(html.P(words, className="muted"))
    lines = [
        {"what": what, "how": how, "amount": figure(part, "money")}
        for part, what, how in ((part, *_words(kind, row)) for kind, part in parts_of(row))
    ]
    lines.append({"what": f"= {t('Official value')}", "how": _interval(row), "amount": _whole(row)})
    columns = [
        Column("what", t("Part"), main=True),
        Column("how", t("Calculation")),
        Column("amount", t("Amount"), "shown", main=True),
    ]
    return html.Div(
        [
            html.P(
                t(
                    "{name}: Σ (R_t − C_t) / (1 + d)^t over t = 1 … {months} months,"
                    " d = {discount} a year.",
                    name=name,
                    months=figure(months, "count"),
                    discount=percent(discount, 1),
                )
            ),
            short_table(lines, columns, id="value-parts"),
            *([] if is_blank(row["contract_month"]) else [_renewed(is_observed=is_observed)]),
            *([html.P(_churned_words(), className="muted")] if row["is_churned"] else []),
        ]
    )


def _renewed(*, is_observed: bool) -> html.P:
    words = (
        t("Months after the contract's end: renewals as observed (Kaplan-Meier).")
        if is_observed
        else t("Months after the contract's end: renewals by the shifted-beta-geometric.")
    )
    return html.P(words, className="muted")


def _churned_words() -> str:
    return t("This customer is churned, so the value stands outside the customer asset.")


def _whole(row: Mapping[str, Any]) -> str:
    return figure(row["value"], "money")


def _interval(row: Mapping[str, Any]) -> str:
    error = row["asset_error"]
    if is_blank(error):
        return ""
    low, high = interval(float(row["value"]), float(error))
    return t(
        "95 % interval: {low} to {high}",
        low=figure(low, "money"),
        high=figure(high, "money"),
    )


def interval(value: float, error: float) -> tuple[float, float]:
    """Return the 95 % interval of a value from its standard error; never below zero."""
    return max(0.0, value - 1.96 * error), value + 1.96 * error


def _words(kind: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a part is called, and how it is computed."""
    rate = _rate(row)
    service = figure(row["service_month"], "money")
    if kind == "orders":
        return t("Margin of the expected orders"), t(
            "margin rate {rate} × {spend} per order × {orders} discounted orders",
            rate=rate,
            spend=figure(row["order_spend"], "money"),
            orders=figure(row["discounted_orders"], "number"),
        )
    if kind == "service":
        return t("Less service of the months alive"), t(
            "{service} a month × {months} discounted months",
            service=service,
            months=figure(row["alive_months"], "number"),
        )
    if kind == "contract":
        return t("Margin of the contract"), t(
            "margin rate {rate} × {fee} a month × {months} discounted months",
            rate=rate,
            fee=figure(row["contract_month"], "money"),
            months=figure(row["contract_months"], "number"),
        )
    if kind == "contract_service":
        return t("Less service of the contract's months"), t(
            "{service} a month × {months} discounted months",
            service=service,
            months=figure(row["contract_months"], "number"),
        )
    return t("Lifted to zero"), t("A customer who costs more than he brings can be let go.")


def _rate(row: Mapping[str, Any]) -> str:
    return BLANK if is_blank(row["margin_rate"]) else percent(float(row["margin_rate"]), 1)
