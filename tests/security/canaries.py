"""A demo company whose every customer carries the mark of its team, in names, phones and e-mails."""

import re
from pathlib import Path

from sqlalchemy import Connection, Text, and_, cast, func, literal, or_, select, update

from data.pipeline.contract import carried_stages, copy_contract
from data.pipeline.in_force import state_of
from data.pipeline.load_demo import Company, load_demo
from data.pipeline.refresh import refresh
from data.warehouse.fetch import Fetcher
from data.warehouse.schema import contact, customer, opportunity, rep
from data.warehouse.versions import new_version, open_warehouse
from tests.conftest import Memory

MARK = re.compile(r"zqx([A-Za-z0-9]+)-7f31", re.IGNORECASE)
AMOUNT = re.compile(r"777[,.  ]?001\.(\d\d)")
PHONE = "+86777"
MAIL = "canary.example"
SMALL = Company(customers=300, months=12, seed=11)


def sown(var: Path) -> Fetcher:
    """Return a fetcher of a small demo company with its teams' marks."""
    warehouse = open_warehouse("", var=var)
    load_demo(warehouse, SMALL)
    with state_of(warehouse) as state, new_version(warehouse) as build:
        stages = carried_stages(build)
        copy_contract(build)
        sow(build.connection)
        build.connection.commit()
        refresh(build, stages=stages, state=state)
    return Fetcher(warehouse, Memory())


def sow(connection: Connection) -> None:
    """Write each team's mark into what its customers are called and how they are reached."""
    for number, team in enumerate(teams_of(connection)):
        reps = select(rep.c.rep_id).where(rep.c.team_id == team)
        own = select(customer.c.customer_id).where(customer.c.rep_id.in_(reps))
        mark = f"ZQX{team}-7f31"
        connection.execute(
            update(customer)
            .where(customer.c.rep_id.in_(reps))
            .values(
                name=literal(f"{mark} ") + customer.c.customer_id,
                phone=literal(PHONE) + cast(func.length(customer.c.customer_id), Text) + team,
                email=literal(f"{mark}@") + customer.c.customer_id + f".{MAIL}",
            )
        )
        connection.execute(
            update(contact)
            .where(contact.c.customer_id.in_(own))
            .values(name=f"{mark} person", email=f"{mark}@{MAIL}", phone=f"{PHONE}{team}")
        )
        # A deal is seen by its customer's team, and without a customer by its seller's.
        deals = or_(
            opportunity.c.customer_id.in_(own),
            and_(opportunity.c.customer_id.is_(None), opportunity.c.rep_id.in_(reps)),
        )
        connection.execute(
            update(opportunity)
            .where(deals)
            .values(lead_name=f"{mark} lead", amount=777_001 + number / 100)
        )


def teams_of(connection: Connection) -> list[str]:
    """Return the teams that have representatives, in order."""
    stmt = select(rep.c.team_id).where(rep.c.team_id.is_not(None)).distinct()
    return list(connection.execute(stmt.order_by(rep.c.team_id)).scalars())


def teams_in(text: str) -> set[str]:
    """Return the teams whose marks stand in a text."""
    return {found.upper() for found in MARK.findall(text)}
