"""What the models are made of: each parameter with its error, and what it says in words."""

import pandas as pd
from dash import html

from components.figures.values import records
from components.tables import Column, short_table
from data.i18n import figure, percent, t


def parameters(rows: pd.DataFrame) -> html.Div:
    """Return what the models are made of; rows: part, name, value, error."""
    facts = {(row["part"], row["name"]): (row["value"], row["error"]) for row in records(rows)}
    value = _fitted({key: pair[0] for key, pair in facts.items() if pair[0] is not None})
    shown = [
        {"model": model, "name": name, "value": plain(*facts[key]), "words": words}
        for key, model, name, words in [*_described(value), *_plans(value)]
        if key in value
    ]
    columns = [
        Column("model", t("Model")),
        Column("name", t("Parameter"), main=True),
        Column("value", t("Value ± standard error"), "shown", main=True),
        Column("words", t("In words")),
    ]
    return html.Div(
        [
            html.Ul([html.Li(words) for words in _said(value)], className="moves"),
            short_table(shown, columns, id="parameters") if shown else None,
        ],
        className="hold-out",
    )


def _fitted(value: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Return the facts without those of a part that had nobody to learn from."""
    empty = {part for part in ("buying", "spend") if value.get((part, "customers")) == 0}
    if "buying" in empty or value.get(("buying", "is_usable")) == 0:
        empty.add("risk")
    return {key: number for key, number in value.items() if key[0] not in empty}


def plain(value: float, error: float | None) -> str:
    """Return a parameter with its standard error, where that is known."""
    return f"{_short(value, 4)} ± {_short(error, 2)}" if error is not None else _short(value, 4)


def _short(value: float, digits: int) -> str:
    """Return a number to so many digits, a large one without a power of ten."""
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 10**digits else f"{rounded:.{digits}g}"


def _described(value: dict[tuple[str, str], float]) -> list[tuple[tuple[str, str], str, str, str]]:
    """Return each parameter: its key, its model, its name, and what it says in words."""
    buying = "MBG/NBD" if value.get(("buying", "is_mbg"), 1.0) else "BG/NBD"
    rate = value.get(("buying", "r"), 0.0) / (value.get(("buying", "alpha")) or 1.0)
    a, b = value.get(("buying", "a"), 0.0), value.get(("buying", "b"), 1.0)
    lost = value.get(("renewal", "alpha"), 0.0)
    first = lost / ((lost + value.get(("renewal", "beta"), 0.0)) or 1.0)
    alike = t("The larger, the more alike the customers order.")
    spread = t("Small: a few customers spend far more per order than the rest.")
    yearly = t(
        "With r: a living customer orders {rate} on average.",
        rate=figure(rate * 365.25, "per_year"),
    )
    dropout = t(
        "With b: after an order, {share} leave for good on average.", share=percent(a / (a + b), 1)
    )
    sure = t("The larger a and b, the more alike the customers leave.")
    within = t("The larger, the more alike the orders of one customer are.")
    renewal = t("With β: {share} do not renew at the first renewal.", share=percent(first, 1))
    later = t("The larger, the less the chance to leave falls with every renewal.")
    return [
        (("buying", "r"), buying, "r", alike),
        (("buying", "alpha"), buying, "α", yearly),
        (("buying", "a"), buying, "a", dropout),
        (("buying", "b"), buying, "b", sure),
        (("spend", "p"), t("Gamma-gamma"), "p", within),
        (("spend", "q"), t("Gamma-gamma"), "q", spread),
        (("spend", "v"), t("Gamma-gamma"), "γ", t("The scale of spend, in money.")),
        (("renewal", "alpha"), t("Shifted-beta-geometric"), "α", renewal),
        (("renewal", "beta"), t("Shifted-beta-geometric"), "β", later),
    ]


def _plans(value: dict[tuple[str, str], float]) -> list[tuple[tuple[str, str], str, str, str]]:
    """Return the first renewal of each length of contract as observed, like `_described`."""
    words = t("Share renewed at the first renewal, as observed.")
    return [
        ((part, name), t("Kaplan-Meier"), _length(int(name)), words)
        for part, name in sorted(value)
        if part == "plan"
    ]


def _length(months: int) -> str:
    return t("{n} months", n=months) if months else t("All lengths of contract")


def _said(value: dict[tuple[str, str], float]) -> list[str]:
    """Return in sentences which models were fitted, on whom, and the terms of the value."""
    buying = "MBG/NBD" if value.get(("buying", "is_mbg"), 1.0) else "BG/NBD"
    said: list[str] = []
    if ("buying", "customers") in value:
        said.append(
            t(
                "Purchases: {model}, fitted to {customers} customers, {repeaters} of them with a"
                " second order; log-likelihood {likelihood}.",
                model=buying,
                customers=figure(value["buying", "customers"], "count"),
                repeaters=figure(value.get(("buying", "repeaters")), "count"),
                likelihood=figure(value.get(("buying", "log_likelihood")), "score"),
            )
        )
    if ("spend", "customers") in value:
        said.append(
            t(
                "Spend per order: gamma-gamma, fitted to {customers} customers; mean {mean},"
                " correlation of frequency and spend {correlation}.",
                customers=figure(value["spend", "customers"], "count"),
                mean=figure(value.get(("spend", "mean")), "money"),
                correlation=figure(value.get(("spend", "correlation")), "number"),
            )
        )
    if ("renewal", "customers") in value:
        said.append(_of_renewals(value))
    if ("terms", "horizon_months") in value:
        said.append(
            t(
                "Value: H = {months} months ahead, discounted by d = {discount} a year; margin rate"
                " of the company {rate}.",
                months=figure(value["terms", "horizon_months"], "count"),
                discount=percent(value.get(("terms", "annual_discount"), 0.0), 1),
                rate=percent(value.get(("margin", "rate"), 1.0), 1),
            )
        )
    is_logit = value.get(("risk", "is_logit"))
    if is_logit is not None:
        said.append(
            t("Risk of churn: the logistic regression ranks better on the hold-out.")
            if is_logit
            else t("Risk of churn: the model of purchases ranks better on the hold-out.")
        )
    return said


def _of_renewals(value: dict[tuple[str, str], float]) -> str:
    counts = {
        "customers": figure(value["renewal", "customers"], "count"),
        "lost": figure(value.get(("renewal", "lost")), "count"),
    }
    if any(part == "plan" for part, _ in value):
        return t(
            "Contracts: Kaplan-Meier by length of contract, of {customers} customers, {lost} of"
            " them lost; too few for the shifted-beta-geometric.",
            **counts,
        )
    return t(
        "Contracts: shifted-beta-geometric, fitted to {customers} customers, {lost} of them lost.",
        **counts,
    )
