"""How complete the master data of a customer are, and which field to collect next."""

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, func, literal, or_, select

from data.pipeline.marts.work import w_customer
from data.warehouse.dialects import Rows, int_div, when
from data.warehouse.rules import FULL
from data.warehouse.schema import contact, customer

#: Master-data field -> (weight, the kind of customer that has it; none: every kind), the weightiest
#: first: the first one missing is the next to collect. Each kind's weights add up to 100.
FIELDS: dict[str, tuple[int, str | None]] = {
    "phone": (20, None),
    "name": (15, None),
    "email": (15, None),
    "decision_level": (15, "business"),
    "birthday": (15, "person"),
    "industry": (10, "business"),
    "kind": (10, None),
    "birth_year": (5, "person"),
    "gender": (5, "person"),
    "region": (5, None),
    "city": (5, None),
    "source": (5, None),
}


def completeness() -> Rows:
    """One row per customer: completeness (ten-thousandths) and the next field to collect."""
    persons = (
        select(
            contact.c.customer_id,
            func.max(func.nullif(contact.c.phone, "")).label("phone"),
            func.max(func.nullif(contact.c.email, "")).label("email"),
        )
        .group_by(contact.c.customer_id)
        .subquery("persons")
    )
    joined = customer.join(w_customer, w_customer.c.customer_id == customer.c.customer_id)
    joined = joined.outerjoin(persons, persons.c.customer_id == customer.c.customer_id)
    has = {n: _is_given(customer.c[n]) for n in FIELDS}
    has["phone"] = or_(has["phone"], persons.c.phone.is_not(None))
    has["email"] = or_(has["email"], persons.c.email.is_not(None))
    has["birth_year"] = or_(has["birth_year"], customer.c.birthday.is_not(None))
    asked = {n: _belongs(kind) for n, (_, kind) in FIELDS.items()}
    filled = _total([when(and_(asked[n], has[n]), w) for n, (w, _) in FIELDS.items()])
    whole = _total([when(asked[n], w) for n, (w, _) in FIELDS.items()])
    missing = case(*((and_(asked[n], ~has[n]), literal(n, Text())) for n in FIELDS), else_=None)
    return select(
        w_customer.c.customer_no,
        int_div(filled * literal(FULL), whole).label("completeness"),
        missing.label("next_field"),
    ).select_from(joined)


def _is_given(column: Any) -> ColumnElement[bool]:
    is_text = isinstance(column.type, Text)
    return func.nullif(func.trim(column), "").is_not(None) if is_text else column.is_not(None)


def _belongs(kind: str | None) -> ColumnElement[bool]:
    return func.coalesce(customer.c.kind, "") == kind if kind else literal(value=True)


def _total(parts: list[Any]) -> Any:
    return sum(parts[1:], parts[0])
