"""Team: who sold, collected and followed up, whose book grew beyond its mix, and what is theirs."""

from typing import Any

from sqlalchemy import Text, case, cast, func, literal, select, type_coerce

from data.domain.dimension import TIERS
from data.domain.filters import Filters
from data.domain.scope import Scope
from data.warehouse.dialects import Cents, days_between, sum_cents, sum_int, when
from queries import visible
from queries.breakdown import LIMIT, by_dimension
from queries.kpis import kpis, spark_period
from queries.measure.reps import TEAM_NODE, counted_months
from queries.members import members_of
from queries.question import Rows, asks
from queries.visible import between, day

LEADER = ("sales", "attainment", "cash_collected", "cash_rate", "contacts_made", "rep_win_rate")
OWN = ("customers", "customer_asset", "overdue_followups", "nps", "complaint_rate", "open_amount")
#: Contract tables of which one must hold rows with a representative.
NEEDS = ("rep",)
WHO = ("customer_id", "name", "region", "team", "rep", "tier")
#: Days past due: the smallest number of each band, and the band's name.
OVERDUE_BANDS = ((91, "91+"), (61, "61-90"), (31, "31-60"), (1, "1-30"))
NOT_DUE = "not due"
#: Customers that the list of the largest names.
NAMED = 12


# --- what they did ---------------------------------------------------------------------------


def sale_members(filters: Filters, scope: Scope) -> Rows:
    """One row per order behind the sales: who sold it, when, to whom where the reader may know."""
    span = counted_months(filters.period, filters.calendar)
    o = visible.rep_orders(filters, scope, span).c
    columns = ("order_id", "ordered_on", "rep", "customer_id", "name", "is_foreign", "sales")
    return select(*(o[n] for n in columns)).order_by(o.ordered_on.desc(), o.order_id)


@asks("What the team did", members=members_of("sales"), metrics=LEADER, needs=NEEDS)
def team_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, sales, attainment, collected and its rate, follow-ups, win rate."""
    return kpis(filters, scope, LEADER)


@asks("Leaderboard", members=sale_members, metrics=LEADER, needs=NEEDS)
def leaderboard(filters: Filters, scope: Scope) -> Rows:
    """One row per representative: key, the six figures of the leaderboard, and each before."""
    return by_dimension(filters, scope, LEADER, dimension="rep")


@asks("Teams", members=sale_members, metrics=LEADER, needs=NEEDS)
def team_nodes(filters: Filters, scope: Scope) -> Rows:
    """One row per team and per team above it: key, the six figures of its subtree, each before."""
    return by_dimension(filters, scope, LEADER, dimension=TEAM_NODE)


@asks("Sales by month", members=sale_members, metrics=("sales",), needs=NEEDS)
def leader_months(filters: Filters, scope: Scope) -> Rows:
    """One row per representative: key, sales of the last 13 months as `sales_1` … `sales_13`."""
    span = spark_period(filters)
    m = visible.rep_months(filters, scope, span).c
    months = enumerate(span.months(), start=1)
    sums = [
        sum_cents(when(between(m.month, month), m.sales, None)).label(f"sales_{i}")
        for i, month in months
    ]
    rep = cast(m.rep, Text)
    return select(rep.label("key"), *sums).group_by(rep).order_by(rep)


# --- how their books fared -------------------------------------------------------------------


def book_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the opening books: who, tier then, opening, closing, growth."""
    ends = filters.calendar.ends_of(filters.period)
    m = visible.movements(filters, scope, ends, *WHO[:-1]).c
    closing = func.coalesce(m.closing, literal(0, Cents()))
    grown = type_coerce(closing - m.opening - m.revaluation, Cents())
    known = [m.opening > 0, *([] if filters.calendar.has_ends(*ends) else [literal(value=False)])]
    return (
        select(
            *(m[n] for n in WHO[:-1]),
            cast(m.opening_tier, Text).label("tier_before"),
            m.opening.label("book_opening"),
            closing.label("asset_at_close"),
            grown.label("asset_moved"),
        )
        .where(*known)
        .order_by(m.opening.desc(), m.customer_id)
    )


@asks(
    "Books compared fairly",
    members=book_members,
    metrics=("fair_growth", "book_opening", "book_growth", "book_expected"),
    needs=NEEDS,
)
def book_comparison(filters: Filters, scope: Scope) -> Rows:
    """One row per representative: key, customers, opening and its tiers, growth, expected, fair."""
    ends = filters.calendar.ends_of(filters.period)
    b = visible.books(filters, scope, ends).c
    rep, tier = cast(b.rep, Text), cast(b.tier, Text)
    fair = type_coerce(sum_cents(b.growth) - sum_cents(b.expected), Cents())
    return (
        select(
            rep.label("key"),
            sum_int(b.customers).label("customers"),
            sum_cents(b.opening).label("book_opening"),
            sum_cents(b.growth).label("book_growth"),
            sum_cents(b.expected).label("book_expected"),
            fair.label("fair_growth"),
            *(
                sum_cents(when(tier == literal(name, Text()), b.opening)).label(f"opening_{name}")
                for name in TIERS
            ),
        )
        .group_by(rep)
        .order_by(fair.desc().nulls_last(), rep)
        .limit(LIMIT)
    )


# --- what is theirs today --------------------------------------------------------------------


@asks(
    "Own customers today",
    members=members_of("customers"),
    metrics=OWN,
    needs=("orders", "contract"),
)
def own_kpis(filters: Filters, scope: Scope) -> Rows:
    """One row per slot: slot, customers, asset, overdue follow-ups, NPS, complaints, open deals."""
    return kpis(filters, scope, OWN)


def own_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer who is not churned: who, value, risk, last follow-up, largest first."""
    names = (*WHO, "value", "risk", "silent_days", "last_contact_on", "is_churned")
    c = visible.customers(filters, scope, *names).c
    return (
        select(
            *(c[n] for n in WHO),
            c.value.label("customer_asset"),
            *(c[n] for n in ("risk", "silent_days", "last_contact_on")),
        )
        .where(c.is_churned.is_(False))
        .order_by(c.value.desc().nulls_last(), c.customer_id)
    )


@asks(
    "Largest customers",
    members=own_members,
    metrics=("customer_asset",),
    needs=("orders", "contract"),
)
def own_customers(filters: Filters, scope: Scope) -> Rows:
    """One row per customer of the twelve most valuable: who, value, risk, last follow-up."""
    return own_members(filters, scope).limit(NAMED)


def _overdue(filters: Filters, scope: Scope) -> tuple[Any, Any]:
    names = ("invoice_id", "customer_no", "issued_on", "due_on", "amount", "open_amount", "rep")
    i = visible.open_invoices(filters, scope, *names).c
    return i, days_between(i.due_on, day(filters.calendar.as_of))


def _band(days: Any) -> Any:
    bands = ((days >= least, literal(name, Text())) for least, name in OVERDUE_BANDS)
    return case(*bands, else_=literal(NOT_DUE, Text()))


def invoice_members(filters: Filters, scope: Scope) -> Rows:
    """One row per open invoice, of the band of age in focus or any, the longest overdue first."""
    i, days = _overdue(filters, scope)
    c = visible.everyone(filters, scope, "customer_no", "customer_id", "name").c
    band = filters.focus.get("band")
    wanted = [_band(days) == literal(band, Text())] if band else []
    return (
        select(
            i.invoice_id,
            c.customer_id,
            c.name,
            i.rep,
            i.issued_on,
            i.due_on,
            days.label("days_overdue"),
            i.amount,
            i.open_amount.label("open_invoice"),
        )
        .where(c.customer_no == i.customer_no, *wanted)
        .order_by(days.desc(), i.invoice_id)
    )


@asks(
    "Open invoices by age",
    members=invoice_members,
    metrics=("overdue_amount",),
    needs=("invoice",),
)
def invoice_ages(filters: Filters, scope: Scope) -> Rows:
    """One row per band of days past due: position, band, invoices, open amount."""
    i, days = _overdue(filters, scope)
    position = case(*((days >= least, least) for least, _ in OVERDUE_BANDS), else_=0)
    rows = select(position.label("position"), i.open_amount).subquery("aged").c
    names = ((rows.position == least, literal(name, Text())) for least, name in OVERDUE_BANDS)
    return (
        select(
            rows.position,
            case(*names, else_=literal(NOT_DUE, Text())).label("band"),
            func.count().label("invoices"),
            sum_cents(rows.open_amount).label("open_invoice"),
        )
        .group_by(rows.position)
        .order_by(rows.position)
    )


def handover_members(filters: Filters, scope: Scope) -> Rows:
    """One row per customer whose representative has left, was handed on, or whom nobody owns."""
    names = ("customer_id", "name", "region", "team", "tier", "value", "last_contact_on")
    h = visible.handovers(filters, scope, *names).c
    return select(
        *(h[n] for n in ("customer_id", "name", "region", "team")),
        h.former,
        h.left_on,
        *(h[n] for n in ("rep", "tier", "last_contact_on")),
        h.value.label("customer_asset"),
    ).order_by(h.value.desc().nulls_last(), h.customer_id, h.former.nulls_last())


@asks(
    "Hand-over",
    members=handover_members,
    metrics=("customers", "customer_asset"),
    needs=NEEDS,
    today_only="handed_on",
)
def handover(filters: Filters, scope: Scope) -> Rows:
    """One row per who left and present owner: former, left_on, key, customers, customer_asset."""
    h = visible.handovers(filters, scope, "value", "is_churned").c
    rep = cast(h.rep, Text)
    held = case((h.is_churned.is_(False), h.value))
    return (
        select(
            h.former,
            h.left_on,
            rep.label("key"),
            func.count().label("customers"),
            sum_cents(held).label("customer_asset"),
        )
        .group_by(h.former, h.left_on, rep)
        .order_by(h.former.nulls_first(), func.count().desc(), rep)
    )
