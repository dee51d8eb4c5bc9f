"""Signs that a customer may leave, as of the live as-of day, each with the numbers it rests on.

| signal | rule | blank |
|---|---|---|
| frequency falling | last gap > 1.5 × own median gap | fewer than 3 days with an order |
| complaints rising | more in 90 days than in the 90 before, at least 2 | no records of both spans |
| service worse | mean first reply longer, or mean satisfaction lower, than before 180 days ago | \
neither known on both sides |
| silent | days since the last follow-up > the limit of the tier | no follow-up ever |
| engagement falling | at most half of the 90 days before, where that was at least 2 | \
no records of both spans, or no engagement in the earlier one |

A span counts as recorded if the company's records of that kind begin on or before its first day
and go on in the last 90 days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Double,
    Integer,
    Table,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)

from data.domain.dimension import FOLLOW_UP_DAYS
from data.pipeline.marts.context import Context
from data.pipeline.marts.facts import day_of
from data.pipeline.marts.filling import day_literal, fill, zero
from data.pipeline.marts.work import WORK, w_customer, w_life, w_touch
from data.warehouse import marts
from data.warehouse.dialects import Rows, days_between, seconds_between, sum_int, when
from data.warehouse.schema import survey, ticket

#: Days of the spans that are compared: counts over the shorter, means over the longer.
COUNT_DAYS, MEAN_DAYS = 90, 180
LONGER = literal_column("1.5")
LEAST_ORDER_DAYS = 3
#: Complaints or engagements below which one more or less says nothing.
LEAST_COUNT = 2
SECONDS_PER_HOUR = literal_column("3600.0")

_FOUND = (
    *("complaints_90", "complaints_before", "engaged_90", "engaged_before"),
    *("csat_180", "csat_before", "reply_hours_180", "reply_hours_before"),
    *("is_complaints_rising", "is_service_worse", "is_engagement_falling"),
)
#: What customer_current says of tickets, surveys and engagement.
w_signal = Table(
    "w_signal",
    WORK,
    Column("customer_no", Integer),
    *(Column(n, marts.customer_current.c[n].type) for n in _FOUND),
)


# --- what customer_current asks --------------------------------------------------------------


def signals(context: Context, s: Any, *, ever: Any, contact: Any, tier: Any) -> list[Any]:
    """Return the columns of the signals: from `w_signal`, orders, and the last follow-up's day."""
    is_customer = w_life.c.is_customer
    return [
        _frequency_falling(s, ever).label("is_frequency_falling"),
        when(is_customer, _silent(context, contact, tier), None).label("is_silent"),
        *(w_signal.c[n] for n in _FOUND),
    ]


def _frequency_falling(s: Any, ever: Any) -> ColumnElement[Any]:
    last_gap = cast(days_between(s.previous_on, s.last_on), Double)
    is_longer = last_gap > LONGER * ever.median_gap_days
    return when(ever.order_days >= LEAST_ORDER_DAYS, is_longer, None)


def _silent(context: Context, contact: Any, tier: Any) -> ColumnElement[Any]:
    name = cast(tier, Text)
    limit = case(*((name == t, literal(days)) for t, days in FOLLOW_UP_DAYS.items()), else_=None)
    return days_between(contact, day_literal(context.calendar.as_of)) > limit


# --- tickets, surveys and engagement ---------------------------------------------------------


@dataclass(frozen=True)
class _Spans:
    """First days of the spans that end with the as-of day."""

    half: date
    all: date
    mean: date

    @staticmethod
    def of(context: Context) -> "_Spans":
        until = context.calendar.until
        half, mean = timedelta(days=COUNT_DAYS), timedelta(days=MEAN_DAYS)
        return _Spans(until - half, until - 2 * half, until - mean)


def fill_signals(context: Context) -> None:
    """Fill `w_signal`: one row per customer, with blanks where nothing is known."""
    spans = _Spans.of(context)
    life = w_life.c
    touched = _touched(spans).subquery("touched")
    replied = _replied(context, spans).subquery("replied")
    rated = _rated(context, spans).subquery("rated")
    joined: Any = w_life
    for part in (touched, replied, rated):
        joined = joined.outerjoin(part, part.c.customer_no == life.customer_no)
    counts = _counts(context, spans, touched.c)
    r, t = rated.c, replied.c
    means = {
        "csat_180": _mean(r.late, r.late_n),
        "csat_before": _mean(r.early, r.early_n),
        "reply_hours_180": _mean(t.late, t.late_n) / SECONDS_PER_HOUR,
        "reply_hours_before": _mean(t.early, t.early_n) / SECONDS_PER_HOUR,
    }
    rules = {
        "is_complaints_rising": _rising(counts["complaints_90"], counts["complaints_before"]),
        "is_engagement_falling": _falling(counts["engaged_90"], counts["engaged_before"]),
        "is_service_worse": _worse(means),
    }
    columns = {**counts, **means, **rules}
    stmt = (
        select(life.customer_no, *(value.label(n) for n, value in columns.items()))
        .select_from(joined)
        .where(life.is_customer)
    )
    fill(context.connection, w_signal, stmt)


def _counts(context: Context, spans: _Spans, touched: Any) -> dict[str, ColumnElement[Any]]:
    """Return each count, 0 where the records hold none, blank where there are no records."""
    known = _recorded(context, spans)
    nothing = cast(null(), Integer)
    return {n: zero(touched[n]) if is_known else nothing for n, is_known in known.items()}


def _recorded(context: Context, spans: _Spans) -> dict[str, bool]:
    """Return of which counts the company has records."""
    t = w_touch.c
    found: dict[str, bool] = {}
    for name, is_kept in (("complaints", t.tickets > 0), ("engaged", t.engagements > 0)):
        stmt = select(func.min(t.day), func.max(t.day), sum_int(t.complaints)).where(is_kept)
        first, last, complaints = context.connection.execute(stmt).one()
        # Tickets of which none was ever a complaint do not tell complaints from requests.
        is_kind_told = name == "engaged" or bool(complaints)
        goes_on = is_kind_told and last is not None and last >= spans.half
        found[f"{name}_90"] = goes_on and first <= spans.half
        found[f"{name}_before"] = goes_on and first <= spans.all
    return found


def _touched(spans: _Spans) -> Rows:
    t = w_touch.c
    is_late = t.day >= day_literal(spans.half)
    return (
        select(
            t.customer_no,
            sum_int(when(is_late, t.complaints)).label("complaints_90"),
            sum_int(when(is_late, 0, t.complaints)).label("complaints_before"),
            sum_int(when(is_late, t.engagements)).label("engaged_90"),
            sum_int(when(is_late, 0, t.engagements)).label("engaged_before"),
        )
        .where(t.day >= day_literal(spans.all))
        .group_by(t.customer_no)
    )


def _rising(late: Any, early: Any) -> ColumnElement[Any]:
    return and_(late > early, late >= LEAST_COUNT)


def _falling(late: Any, early: Any) -> ColumnElement[Any]:
    return when(early > 0, and_(early >= LEAST_COUNT, late * 2 <= early), None)


def _worse(means: dict[str, Any]) -> ColumnElement[Any]:
    """Return whether the reply or the satisfaction is worse, judged by those known."""
    slower = means["reply_hours_180"] > means["reply_hours_before"]
    unhappier = means["csat_180"] < means["csat_before"]
    return case(
        (or_(slower, unhappier), literal(value=True)),
        (or_(slower.is_not(None), unhappier.is_not(None)), literal(value=False)),
        else_=None,
    )


# --- means before and after ------------------------------------------------------------------


def satisfaction(context: Context) -> Rows:
    """One row per answer up to the as-of day: customer_no, day, points.

    Answers of surveys; where the company's surveys hold none, those given with tickets. The two
    are never mixed: their scales may differ.
    """
    asked = select(survey.c.csat).where(survey.c.csat.is_not(None)).limit(1)
    if context.connection.execute(asked).first():
        source, day, points = survey, survey.c.answered_on, survey.c.csat
    else:
        source, points = ticket, ticket.c.satisfaction
        day = day_of(func.coalesce(ticket.c.resolved_at, ticket.c.opened_at))
    return (
        select(w_customer.c.customer_no, day.label("day"), points.label("points"))
        .select_from(source.join(w_customer, w_customer.c.customer_id == source.c.customer_id))
        .where(points.is_not(None), day <= day_literal(context.calendar.as_of))
    )


def _rated(context: Context, spans: _Spans) -> Rows:
    rows = satisfaction(context).subquery("rows")
    return _sums(rows, rows.c.points, spans)


def _replied(context: Context, spans: _Spans) -> Rows:
    """Return the seconds up to the first reply of the tickets replied to by the as-of day."""
    t = ticket.c
    rows = (
        select(
            w_customer.c.customer_no,
            day_of(t.opened_at).label("day"),
            seconds_between(t.opened_at, t.first_replied_at).label("seconds"),
        )
        .select_from(ticket.join(w_customer, w_customer.c.customer_id == t.customer_id))
        .where(
            t.first_replied_at >= t.opened_at,
            day_of(t.first_replied_at) <= day_literal(context.calendar.as_of),
        )
        .subquery("rows")
    )
    return _sums(rows, rows.c.seconds, spans)


def _sums(rows: Any, amount: Any, spans: _Spans) -> Rows:
    is_late = rows.c.day >= day_literal(spans.mean)
    return select(
        rows.c.customer_no,
        sum_int(when(is_late, amount)).label("late"),
        sum_int(when(is_late, 1)).label("late_n"),
        sum_int(when(is_late, 0, amount)).label("early"),
        sum_int(when(is_late, 0, 1)).label("early_n"),
    ).group_by(rows.c.customer_no)


def _mean(total: Any, n: Any) -> ColumnElement[float]:
    return cast(total, Double) / func.nullif(n, 0)
