"""The two rankings of churn side by side, and in a sentence which is official and why."""

from collections.abc import Mapping
from typing import Any

from dash import html

from components.tables import Column, short_table
from data.i18n import figure, t

TEXTS = {"mbg": "Model of purchases (MBG/NBD)", "logistic": "Logistic regression"}
MODELS = tuple(TEXTS)

#: (model, measure) -> value of the back-test or the fit.
Found = Mapping[tuple[str, str], float]


def official(found: Found) -> str:
    """Return the ranking that the risk is taken from: mbg or logistic."""
    return "logistic" if found.get(("risk", "is_logit"), 0.0) else "mbg"


def rankings(found: Found, *, threshold: int) -> list[Any]:
    """Return the table of both rankings and the sentences about them."""
    why, *meant = sentences(found, threshold=threshold)
    told = [
        html.P(why, style={"marginTop": "14px"}),
        *(html.P(words, className="muted") for words in meant),
    ]
    if not _both(found):
        return told
    columns = [
        Column("name", t("Ranking"), main=True),
        Column("auc", t("AUC"), "shown", main=True),
        Column("brier", t("Brier"), "shown"),
        Column("role", t("Role")),
    ]
    rows = [_row(found, model) for model in MODELS]
    return [short_table(rows, columns, id="rankings-table"), *told]


def _both(found: Found) -> bool:
    return all((model, "auc") in found for model in MODELS)


def _row(found: Found, model: str) -> dict[str, Any]:
    role = t("official") if model == official(found) else t("shown beside it")
    numbers = {m: digits(found.get((model, m))) for m in ("auc", "brier")}
    return {"name": t(TEXTS[model]), **numbers, "role": role}


def digits(value: float | None) -> str:
    """Return a measure with three decimals, in which rankings differ; blank: a dash."""
    return figure(None, "number") if value is None else f"{value:.3f}"


def sentences(found: Found, *, threshold: int) -> list[str]:
    """Return which ranking is official and why, and what the measures mean."""
    if not found.get(("buying", "is_usable"), 0.0):
        return [
            t("Orders are too few to model, so a risk is known for customers under contract only.")
        ]
    own = official(found)
    if not _both(found):
        return [
            t(
                "The history is too short to compare the rankings on months left out: {name} is"
                " official.",
                name=t(TEXTS[own]),
            )
        ]
    other = next(model for model in MODELS if model != own)
    return [
        _why(found, own, other, threshold=threshold),
        t(
            "AUC: how often a customer who was lost had been ranked above one who stayed, 0.5 being"
            " chance. Brier: mean squared error of the probability, 0 being perfect. What then came"
            " true corrects the probabilities of the official ranking."
        ),
    ]


def _why(found: Found, own: str, other: str, *, threshold: int) -> str:
    values = {
        "name": t(TEXTS[own]),
        "threshold": figure(threshold, "days"),
        "customers": figure(found.get(("all", "customers")), "count"),
        "days": figure(found.get(("all", "days")), "days"),
        "auc": digits(found[own, "auc"]),
        "other_auc": digits(found[other, "auc"]),
    }
    if found[own, "auc"] >= found[other, "auc"]:
        return t(
            "Official: {name}. It ranked churn better on the last {threshold}, on which the choice"
            " is made, and also on the {days} left out here ({customers} customers): AUC {auc}"
            " against {other_auc} of the other.",
            **values,
        )
    return t(
        "Official: {name}. It ranked churn better on the last {threshold}, on which the choice is"
        " made; on the {days} left out here ({customers} customers) the other did, AUC {other_auc}"
        " against {auc}.",
        **values,
    )
