"""Back-test: every model predicts a hold-out it has not seen, and so does every baseline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.scoring.arrays import Floats
from data.scoring.baselines import (
    Predicted,
    Window,
    boosting,
    historical,
    last_period,
    logistic,
    rfm_cell,
)
from data.scoring.buying import Kind, expected, fit_buying, no_order
from data.scoring.cells import compress
from data.scoring.measures import (
    Decile,
    auc,
    brier,
    deciles,
    errors,
    gini,
    spearman,
    top_decile_lift,
)
from data.scoring.spend import Spend, expected_spend, fit_spend

#: Measures of which more is better; of the others less, the bias counting without its sign.
MORE_IS_BETTER = frozenset(
    {"spend_gini", "spend_spearman", "orders_lift", "spend_lift", "churn_auc"}
)
#: The order in which equally good models win.
MODELS = ("mbg", "bg", "historical", "last_period", "rfm_cell", "boosting", "logistic")
#: Those of which one ranks the official risk of churn.
RANKINGS = ("mbg", "logistic")


@dataclass(frozen=True)
class Measured:
    """One measure of one model."""

    model: str
    measure: str
    value: float


@dataclass(frozen=True)
class BackTest:
    """All measures of all models, who wins each, and the deciles of MBG/NBD.

    `churn_deciles` holds those of P(no order) of each model that ranks the official risk.
    """

    rows: tuple[Measured, ...]
    winners: dict[str, str]
    deciles: tuple[Decile, ...]
    customers: int
    horizon: float
    churn_deciles: Mapping[str, tuple[Decile, ...]] = field(default_factory=dict)

    def value(self, model: str, measure: str) -> float | None:
        """Return one measure, or None where the model has no such prediction."""
        found = [r.value for r in self.rows if (r.model, r.measure) == (model, measure)]
        return found[0] if found else None


def back_test(past: Window, now: Window) -> BackTest:
    """Return how every model did in the days after `now`.

    Learners train on the days after `past`, which must have ended by the day of `now`.
    """
    money = fit_spend(now.x, now.mean_repeat)
    made = {
        "mbg": _probabilistic(now, "mbg", money),
        "bg": _probabilistic(now, "bg", money),
        "historical": historical(now),
        "last_period": last_period(now),
        "rfm_cell": rfm_cell(past, now),
        "boosting": boosting(past, now),
        "logistic": logistic(past, now),
    }
    rows = tuple(row for model in MODELS for row in _measured(model, made[model], now))
    orders = made["mbg"].orders
    return BackTest(
        rows=rows,
        winners=winners_of(rows),
        deciles=() if orders is None else deciles(orders, now.orders),
        customers=int(now.x.size),
        horizon=now.horizon,
        churn_deciles={name: _churn_deciles(made[name], now) for name in RANKINGS},
    )


def _churn_deciles(made: Predicted, now: Window) -> tuple[Decile, ...]:
    return () if made.churn is None else deciles(made.churn, now.churned)


def _probabilistic(now: Window, kind: Kind, money: Spend) -> Predicted:
    model = fit_buying(compress(now.x, now.t_x, now.age), kind)
    orders = expected(model, now.x, now.t_x, now.age, now.horizon)
    spend = orders * expected_spend(money, now.x, now.mean_repeat)
    return Predicted(orders, spend, no_order(model, now.x, now.t_x, now.age, now.horizon))


def _measured(model: str, made: Predicted, now: Window) -> Iterator[Measured]:
    parts: list[tuple[str, float]] = []
    if made.orders is not None:
        parts += _errors("orders", made.orders, now.orders)
    if made.spend is not None:
        parts += _errors("spend", made.spend, now.spend)
        parts.append(("spend_gini", gini(made.spend, now.spend)))
        parts.append(("spend_spearman", spearman(made.spend, now.spend)))
    if made.churn is not None:
        parts.append(("churn_auc", auc(made.churn, now.churned)))
        parts.append(("churn_brier", brier(made.churn, now.churned)))
    return (Measured(model, measure, value) for measure, value in parts)


def _errors(what: str, predicted: Floats, actual: Floats) -> list[tuple[str, float]]:
    found = errors(predicted, actual)
    return [
        (f"{what}_mae", found.mae),
        (f"{what}_rmse", found.rmse),
        (f"{what}_bias", found.bias),
        (f"{what}_lift", top_decile_lift(predicted, actual)),
    ]


def winners_of(rows: tuple[Measured, ...]) -> dict[str, str]:
    """Return the best model of each measure, the first of equally good ones."""
    best: dict[str, Measured] = {}
    for row in rows:
        held = best.get(row.measure)
        if held is None or _score(row) > _score(held):
            best[row.measure] = row
    return {measure: row.model for measure, row in best.items()}


def _score(row: Measured) -> float:
    return row.value if row.measure in MORE_IS_BETTER else -abs(row.value)
