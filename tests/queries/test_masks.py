"""A field that a reader sees masked is never read, so nothing can be learnt of it in any way."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from data.domain.filters import Filters
from data.domain.scope import MASKABLE, Scope
from data.warehouse.dialects import Rows
from queries import visible
from tests.conftest import ADMIN, Demo
from tests.queries.asking import ask
from tests.queries.test_registry import DIALECTS, asked, written

MASKED = replace(ADMIN, masked=MASKABLE)
PERSONAL = {
    *("customer_current.phone", "customer_current.email", "customer_current.birthday"),
    *("contact.phone", "contact.email", "contact.name"),
}
WAYS = ("shown", "searched", "sorted", "grouped", "later")


def related(name: str, scope: Scope) -> Any:
    """Return everything that a relation gives a reader; None where it depends on no scope."""
    relation = getattr(visible, name)
    wanted = inspect.signature(relation).parameters
    if "scope" not in wanted:
        return None
    filters = asked()
    args: list[Any] = [filters, scope]
    given = {
        **dict.fromkeys(("period", "span"), filters.period),
        "ends": filters.ends,
        "last": filters.ends[-1],
        "months": filters.ends,
    }
    args += [value for key, value in given.items() if key in wanted]
    options: dict[str, Any] = {"names": ("net",)} if name == "facts" else {}
    if name in ("movements", "candidates", "campaign_customers", "tier_paths"):
        args += ["phone", "email", "birthday"]
    if name == "everyone":
        args += [c.name for c in visible.customers(filters, scope).c]
    return select(relation(*args, **options))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_masked_field_is_in_no_statement(dialect: str) -> None:
    read: set[str] = set()
    for name in visible.__all__:
        if not callable(getattr(visible, name)):
            continue
        if (open_ := related(name, ADMIN)) is None:
            continue
        masked = related(name, MASKED)
        assert masked is not None
        read |= {c for c in PERSONAL if c in written(open_, dialect).replace("`", "")}
        found = [c for c in PERSONAL if c in written(masked, dialect).replace("`", "")]
        assert found == [], name
    assert read == PERSONAL


def oracle(kind: str) -> Callable[[Filters, Scope], Rows]:
    """Return a question that tries to learn a phone number in one way."""

    def question(filters: Filters, scope: Scope) -> Rows:
        c = visible.customers(filters, scope, "customer_id", "phone", "birthday").c
        if kind == "shown":
            return select(c.customer_id, c.phone, c.birthday).order_by(c.customer_id)
        if kind == "searched":
            return select(c.customer_id).where(c.phone.like("+86%")).order_by(c.customer_id)
        if kind == "sorted":
            return select(c.customer_id).order_by(c.phone, c.customer_id)
        if kind == "grouped":
            return select(c.phone, func.count().label("n")).group_by(c.phone).order_by(c.phone)
        return select(c.customer_id).where(c.birthday > date(1980, 1, 1)).order_by(c.customer_id)

    return question


def test_a_masked_field_cannot_be_guessed(any_demo: Demo) -> None:
    filters = any_demo.filters()
    told = {k: ask(any_demo, oracle(k), filters, MASKED) for k in WAYS}
    open_ = {k: ask(any_demo, oracle(k), filters, ADMIN) for k in WAYS}
    assert told["shown"][["phone", "birthday"]].isna().all(axis=None)
    assert open_["shown"]["phone"].notna().sum() > 1_000
    assert told["searched"].empty
    assert not open_["searched"].empty
    assert told["sorted"]["customer_id"].is_monotonic_increasing
    assert not open_["sorted"]["customer_id"].is_monotonic_increasing
    assert len(told["grouped"]) == 1
    assert len(open_["grouped"]) > 1_000
    assert told["later"].empty
    assert not open_["later"].empty
