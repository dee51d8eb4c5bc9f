"""What the models rest on and how sure they are: cuts, moments, parameters, checks, curves."""

from sqlalchemy import BigInteger, Double, Integer, Text

from data.warehouse.marts.columns import columns
from data.warehouse.marts.mart import mart

rfm_cut = mart(
    "rfm_cut",
    "RFM item or the official value, with up to four cut points at the live as-of day",
    columns(Text, "item"),
    columns(BigInteger, "cut_1", "cut_2", "cut_3", "cut_4"),
    sort=("item",),
)
dimension_moment = mart(
    "dimension_moment",
    "pair of dimensions of the score, over all customers who have one: sums of points, of the"
    " points of the other, of their products, and how many are at the neutral value",
    columns(Text, "dimension", "other"),
    columns(BigInteger, "customers", "points", "other_points", "product", "neutral"),
    sort=("dimension", "other"),
)
model_fact = mart(
    "model_fact",
    "fitted parameter or other figure of the models, with its standard error",
    columns(Text, "part", "name"),
    columns(Double, "value", "error"),
    sort=("part", "name"),
)
model_check = mart(
    "model_check",
    "target (orders, spend, churn, renewals), model and measure of the back-test",
    columns(Text, "target", "model", "measure"),
    columns(Double, "value"),
    sort=("target", "model", "measure"),
)
model_decile = mart(
    "model_decile",
    "target, model and tenth of the customers of the back-test, by what was predicted",
    columns(Text, "target", "model"),
    columns(Integer, "decile", "customers"),
    columns(Double, "predicted", "actual"),
    sort=("target", "model", "decile"),
)
model_finding = mart(
    "model_finding",
    "thing that the reader must know of the models, with its figures as JSON",
    columns(Integer, "position"),
    columns(Text, "code", "details"),
    sort=("position",),
)
survival_curve = mart(
    "survival_curve",
    "kind of group (tier, cohort), group and month since its start",
    columns(Text, "kind", "key"),
    columns(Integer, "month", "customers"),
    columns(Double, "survival", "low", "high"),
    sort=("kind", "key", "month"),
)
