"""Concentration: how much of revenue or asset few customers hold, without sorting all of them.

Customers are counted in falling bins of the amount; every border of a bin is an exact point of the
curve, and only the customers of the few bins in which a cut falls are ranked one by one.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    not_,
    null,
    select,
    union_all,
)

from data.domain.choices import CONCENTRATED
from data.domain.filters import Filters
from data.domain.metric import Metric
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, int_div, sum_cents, sum_int, when
from queries import visible
from queries.metrics import METRICS, ratio
from queries.question import Rows, asks

#: Shares of the customers whose part of the amount is named, in per cent.
TOP = (1, 10, 20)
#: A customer is in class A while those before hold less than 80 % of it, B below 95 %.
CLASSES = (("A", 80), ("B", 95))
ASSET = "customer_asset"
#: How a customer stands to the concentration: in it, or why not.
HELD, BLANK, CHURNED = "held", "blank", "churned"
#: Why customers are outside, the first reason first.
Outside: TypeAlias = Sequence[tuple[str, ColumnElement[bool]]]
WHO = ("customer_id", "name", "region", "team", "rep", "tier")


def concentrated_metric(filters: Filters) -> Metric:
    """Return the metric whose concentration is asked for."""
    return METRICS[filters.choices.concentrated]


def _measured(filters: Filters, c: Any) -> tuple[Any, Outside]:
    """Return the amount, and who takes no part in its concentration: a blank is no zero."""
    if concentrated_metric(filters).key == ASSET:
        return c.value, ((CHURNED, c.is_churned), (BLANK, c.value.is_(None)))
    return c.gross, ((BLANK, func.coalesce(c.gross, 0) <= 0),)


def _holders(filters: Filters, scope: Scope, *names: str) -> Any:
    """Return who takes part, with the amount and its bin."""
    reads = concentrated_metric(filters).reads
    c = visible.customers(filters, scope, "customer_no", *reads, *names).c
    amount, outside = _measured(filters, c)
    # A square root is rounded the same on every engine, which a logarithm is not.
    bin_no = cast(func.floor(func.sqrt(func.sqrt(cast(amount, Double)))), Integer)
    columns = [c.customer_no, amount.label("amount"), *(c[n] for n in names)]
    within = [not_(condition) for _, condition in outside]
    return select(*columns, bin_no.label("bin")).where(*within).subquery("holders")


def _bins(filters: Filters, scope: Scope) -> CTE:
    """Return bins of the amount with their customers and value, and how much lies above each."""
    b = _holders(filters, scope).c
    bins = (
        select(b.bin, func.count().label("n"), sum_cents(b.amount).label("s"))
        .group_by(b.bin)
        .subquery("bins")
    )
    h = bins.c
    above_n = func.sum(h.n).over(order_by=h.bin.desc()) - h.n
    above_s = func.sum(h.s).over(order_by=h.bin.desc()) - h.s
    return select(
        h.bin,
        h.n,
        h.s,
        cast(above_n, BigInteger).label("above_n"),
        cast(above_s, BigInteger).label("above_s"),
        cast(func.sum(h.n).over(), BigInteger).label("all_n"),
        cast(func.sum(h.s).over(), BigInteger).label("all_s"),
    ).cte("falling")


def _cuts(bins: CTE, percents: Sequence[int], *, by: str) -> Any:
    """Return the bin in which each cut falls: after so much per cent of the customers or value."""
    f = bins.c
    wanted = union_all(*(select(literal(p, Integer()).label("cut")) for p in percents))
    cut = wanted.subquery("wanted").c.cut
    goal = int_div(f[f"all_{by}"] * cut + 99, literal_column("100"))
    within = and_(f[f"above_{by}"] < goal, goal <= f[f"above_{by}"] + f[by])
    columns = (f.bin, f.above_n, f.above_s, f.all_n, f.all_s, goal.label("goal"))
    return select(cut, *columns).where(within).subquery("cuts")


def _at_cuts(filters: Filters, scope: Scope, at: Any, *, by: str) -> Any:
    """Return per cut the customers and the value up to it, and those of all."""
    b = _holders(filters, scope)
    falling: dict[str, Any] = {
        "partition_by": at.c.cut,
        "order_by": (b.c.amount.desc(), b.c.customer_no),
    }
    rank = func.row_number().over(**falling)
    running = func.sum(b.c.amount).over(**falling, rows=(None, 0))
    ranked = (
        select(
            *at.c,
            b.c.amount,
            (at.c.above_n + rank - 1).label("before_n"),
            (at.c.above_s + running - b.c.amount).label("before_s"),
        )
        .select_from(at.join(b, b.c.bin == at.c.bin))
        .subquery("ranked")
    )
    r = ranked.c
    inside = r[f"before_{by}"] < r.goal
    stmt = select(
        r.cut,
        (r.above_n + sum_int(when(inside))).label("customers"),
        (r.above_s + sum_int(when(inside, r.amount))).label("value"),
        r.all_n,
        r.all_s,
    )
    return stmt.group_by(r.cut, r.above_n, r.above_s, r.all_n, r.all_s).subquery("at")


def ranked_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who takes part: who, the amount, share of it held before, class."""
    b = _holders(filters, scope, *WHO).c
    falling = func.sum(b.amount).over(order_by=(b.amount.desc(), b.customer_no), rows=(None, 0))
    before = cast(falling, BigInteger) - b.amount
    whole = cast(func.sum(b.amount).over(), BigInteger)
    ranked = select(*b, before.label("before"), whole.label("whole")).subquery("ranked").c
    # In hundredths, so that no border depends on how a ratio is rounded.
    name = case(
        *((ranked.before * 100 < ranked.whole * cut, letter) for letter, cut in CLASSES),
        else_="C",
    )
    listed = select(
        *(ranked[n] for n in WHO),
        cast(name, Text).label("class"),
        ranked.amount.label(concentrated_metric(filters).key),
        ratio(ranked.before, ranked.whole).label("share_before"),
        ranked.customer_no,
    )
    # Where all amounts are 0, nobody holds a share.
    listed = listed.where(ranked.whole > 0).subquery("listed")
    wanted = filters.focus.get("class")
    stmt = select(*(c for c in listed.c if c.name != "customer_no"))
    if wanted:
        stmt = stmt.where(listed.c["class"] == literal(wanted, Text()))
    return stmt.order_by(listed.c[concentrated_metric(filters).key].desc(), listed.c.customer_no)


@asks("Concentration", members=ranked_members, metrics=CONCENTRATED)
def lorenz_curve(filters: Filters, scope: Scope) -> Rows:
    """One row per point of the curve: share_customers and share_value, largest customers first.

    `top` names the share of customers (in per cent) of the points for the top 1, 10 and 20 %.
    """
    bins = _bins(filters, scope)
    f = bins.c
    borders = select(
        ratio(f.above_n + f.n, f.all_n).label("share_customers"),
        ratio(f.above_s + f.s, f.all_s).label("share_value"),
        cast(null(), Integer).label("top"),
    ).where(f.all_s > 0)
    at = _at_cuts(filters, scope, _cuts(bins, TOP, by="n"), by="n").c
    named = select(
        ratio(at.customers, at.all_n).label("share_customers"),
        ratio(at.value, at.all_s).label("share_value"),
        at.cut.label("top"),
    ).where(at.all_s > 0)
    p = union_all(borders, named).subquery("points").c
    stmt = select(p.share_customers, p.share_value, p.top)
    return stmt.order_by(p.share_customers, p.share_value, p.top)


@asks("ABC", members=ranked_members, metrics=CONCENTRATED)
def abc_classes(filters: Filters, scope: Scope) -> Rows:
    """One row per class A, B and C: class, customers, value (what is concentrated)."""
    bins = _bins(filters, scope)
    percents = [percent for _, percent in CLASSES]
    at = _at_cuts(filters, scope, _cuts(bins, percents, by="s"), by="s").c
    wide = select(
        *(func.max(when(at.cut == p, at.customers, None)).label(f"n_{x}") for x, p in CLASSES),
        *(func.max(when(at.cut == p, at.value, None)).label(f"s_{x}") for x, p in CLASSES),
        func.max(at.all_n).label("n_C"),
        func.max(at.all_s).label("s_C"),
    ).cte("wide")
    w = wide.c
    spans = (("A", None), ("B", "A"), ("C", "B"))
    parts = [_class(w, letter, before) for letter, before in spans]
    p = union_all(*parts).subquery("classes").c
    return (
        select(p["class"], p.customers, p.value)
        .where(p.customers.is_not(None))
        .order_by(p["class"])
    )


def _class(wide: Any, letter: str, before: str | None) -> Rows:
    customers, value = wide[f"n_{letter}"], wide[f"s_{letter}"]
    if before:
        customers, value = customers - wide[f"n_{before}"], value - wide[f"s_{before}"]
    return select(
        literal(letter, Text()).label("class"),
        customers.label("customers"),
        cast(value, Cents()).label("value"),
    )


# --- who takes part --------------------------------------------------------------------------


def _stood(filters: Filters, scope: Scope, *names: str) -> Any:
    c = visible.customers(filters, scope, *concentrated_metric(filters).reads, *names).c
    _amount, outside = _measured(filters, c)
    standing = case(*((condition, name) for name, condition in outside), else_=HELD)
    return select(*(c[n] for n in names), cast(standing, Text).label("standing")).subquery("stood")


def standing_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer: who, and whether the concentration holds them, or why not."""
    s = _stood(filters, scope, *WHO).c
    return select(*s).order_by(s.standing, s.customer_id)


@asks("What is concentrated", members=standing_members, metrics=CONCENTRATED)
def concentration_standing(filters: Filters, scope: Scope) -> Rows:
    """One row per standing (held, blank, churned) that occurs: standing, customers."""
    s = _stood(filters, scope).c
    return (
        select(s.standing, func.count().label("customers"))
        .group_by(s.standing)
        .order_by(s.standing)
    )
