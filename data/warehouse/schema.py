"""The contract tables: what a company hands over, one SQLAlchemy Core table each.

`CONTRACT.tables` holds them in the order in which they refer to one another. A table's
`info` carries `key` (the columns that identify a row), `refs` (column -> "table.column") and
`required` (columns that may not be blank); its `comment` says what one row is.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Numeric, Table, Text

CONTRACT = MetaData()

#: Money as the company recorded it, in the one reporting currency.
MONEY = Numeric(18, 4)


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _money(*names: str) -> list[Column[object]]:
    return [Column(name, MONEY) for name in names]


def _dates(*names: str) -> list[Column[object]]:
    return [Column(name, Date) for name in names]


def _times(*names: str) -> list[Column[object]]:
    return [Column(name, DateTime) for name in names]


def _contract(
    name: str,
    one_row_per: str,
    *columns: list[Column[object]] | list[Column[str]] | Column[object],
    key: tuple[str, ...],
    required: tuple[str, ...] = (),
    refs: dict[str, str] | None = None,
) -> Table:
    flat = [c for group in columns for c in (group if isinstance(group, list) else [group])]
    info = {"key": key, "required": (*key, *required), "refs": refs or {}}
    return Table(name, CONTRACT, *flat, comment=f"one row per {one_row_per}", info=info)


team = _contract(
    "team",
    "team",
    _text("team_id", "name", "parent_team_id"),
    key=("team_id",),
    required=("name",),
    refs={"parent_team_id": "team.team_id"},
)
rep = _contract(
    "rep",
    "sales representative",
    _text("rep_id", "name", "team_id", "level"),
    _dates("hired_on", "left_on"),
    key=("rep_id",),
    required=("name",),
    refs={"team_id": "team.team_id"},
)
customer = _contract(
    "customer",
    "customer or prospect",
    _text("customer_id", "name", "kind", "industry", "region", "city", "source"),
    _text("rep_id", "referrer_id"),
    _dates("joined_on", "birthday"),
    _text("gender"),
    Column("birth_year", Integer),
    _text("decision_level", "phone", "email"),
    _money("acquisition_cost"),
    key=("customer_id",),
    refs={"rep_id": "rep.rep_id"},
)
customer_owner = _contract(
    "customer_owner",
    "customer and span of days with one owner",
    _text("customer_id", "rep_id"),
    _dates("since", "until"),
    key=("customer_id", "since"),
    required=("rep_id",),
    refs={"customer_id": "customer.customer_id", "rep_id": "rep.rep_id"},
)
contact = _contract(
    "contact",
    "contact person of a customer",
    _text("customer_id", "name", "role", "phone", "email"),
    key=("customer_id", "name"),
    refs={"customer_id": "customer.customer_id"},
)
customer_attribute = _contract(
    "customer_attribute",
    "customer and field or tag of the company's own",
    _text("customer_id", "name", "value"),
    key=("customer_id", "name"),
    refs={"customer_id": "customer.customer_id"},
)
service_cost = _contract(
    "service_cost",
    "customer and month with service spend",
    _text("customer_id"),
    _dates("month"),
    _money("amount"),
    key=("customer_id", "month"),
    required=("amount",),
    refs={"customer_id": "customer.customer_id"},
)
product = _contract(
    "product",
    "product",
    _text("product_id", "name", "category"),
    key=("product_id",),
)
campaign = _contract(
    "campaign",
    "campaign",
    _text("campaign_id", "name", "kind", "purpose"),
    _dates("starts_on", "ends_on"),
    _money("budget", "cost"),
    key=("campaign_id",),
)
campaign_member = _contract(
    "campaign_member",
    "campaign and customer it was aimed at",
    _text("campaign_id", "customer_id", "arm"),
    _money("cost"),
    _dates("responded_on"),
    key=("campaign_id", "customer_id"),
    refs={"campaign_id": "campaign.campaign_id", "customer_id": "customer.customer_id"},
)
orders = _contract(
    "orders",
    "order; a return is an order with a negative amount",
    _text("order_id", "customer_id", "rep_id"),
    _dates("ordered_on"),
    _money("amount", "cost", "discount"),
    _text("channel", "campaign_id", "returned_order_id"),
    key=("order_id",),
    required=("ordered_on", "amount"),
    refs={"customer_id": "customer.customer_id", "rep_id": "rep.rep_id"},
)
order_line = _contract(
    "order_line",
    "line of an order",
    _text("order_id"),
    Column("line_no", Integer),
    _text("product_id"),
    Column("quantity", Numeric(18, 4)),
    _money("amount", "cost"),
    key=("order_id", "line_no"),
    refs={"order_id": "orders.order_id", "product_id": "product.product_id"},
)
invoice = _contract(
    "invoice",
    "invoice",
    _text("invoice_id", "customer_id", "order_id", "rep_id"),
    _dates("issued_on", "due_on"),
    _money("amount"),
    key=("invoice_id",),
    required=("issued_on", "amount"),
    refs={"customer_id": "customer.customer_id", "order_id": "orders.order_id"},
)
payment = _contract(
    "payment",
    "payment received",
    _text("payment_id", "invoice_id", "customer_id", "rep_id"),
    _dates("paid_on"),
    _money("amount"),
    key=("payment_id",),
    required=("paid_on", "amount"),
    refs={"customer_id": "customer.customer_id", "invoice_id": "invoice.invoice_id"},
)
opportunity = _contract(
    "opportunity",
    "opportunity, from lead to won or lost",
    _text("opportunity_id", "customer_id", "lead_name", "rep_id", "source", "product_id"),
    _dates("created_on"),
    _times("created_at"),
    _text("stage", "status"),
    _money("amount"),
    _dates("closed_on", "expected_close_on"),
    _text("lost_reason"),
    key=("opportunity_id",),
    required=("stage", "status"),
    refs={
        "customer_id": "customer.customer_id",
        "rep_id": "rep.rep_id",
        "product_id": "product.product_id",
    },
)
opportunity_stage = _contract(
    "opportunity_stage",
    "opportunity and stage it entered",
    _text("opportunity_id", "stage"),
    _times("entered_at"),
    key=("opportunity_id", "stage", "entered_at"),
    refs={"opportunity_id": "opportunity.opportunity_id"},
)
quote = _contract(
    "quote",
    "quote",
    _text("quote_id", "opportunity_id"),
    _money("amount"),
    _times("submitted_at", "decided_at"),
    _text("status"),
    key=("quote_id",),
    refs={"opportunity_id": "opportunity.opportunity_id"},
)
activity = _contract(
    "activity",
    "contact of a rep with a customer: call, visit, email, message or event",
    _text("activity_id", "customer_id", "opportunity_id", "rep_id", "kind"),
    _times("happened_at"),
    Column("minutes", Integer),
    key=("activity_id",),
    required=("kind", "happened_at"),
    refs={"customer_id": "customer.customer_id", "rep_id": "rep.rep_id"},
)
ticket = _contract(
    "ticket",
    "service ticket: complaint or request",
    _text("ticket_id", "customer_id", "rep_id", "kind"),
    _times("opened_at", "first_replied_at", "resolved_at"),
    Column("satisfaction", Integer),
    _text("reason"),
    key=("ticket_id",),
    required=("kind", "opened_at"),
    refs={"customer_id": "customer.customer_id"},
)
survey = _contract(
    "survey",
    "answer to a survey",
    _text("survey_id", "customer_id"),
    _dates("answered_on"),
    Column("nps", Integer),
    Column("csat", Integer),
    Column("is_suggestion", Boolean),
    key=("survey_id",),
    required=("answered_on",),
    refs={"customer_id": "customer.customer_id"},
)
contract = _contract(
    "contract",
    "contract term",
    _text("contract_id", "customer_id"),
    _dates("starts_on", "ends_on"),
    _money("amount"),
    _text("renewed_from_id"),
    key=("contract_id",),
    required=("customer_id", "starts_on", "ends_on", "amount"),
    refs={"customer_id": "customer.customer_id"},
)
engagement = _contract(
    "engagement",
    "customer, day and kind of engagement: visit, login, review, share, redeem, co_creation or"
    " community",
    _text("customer_id"),
    _dates("happened_on"),
    _text("kind"),
    Column("count", Integer),
    Column("points", Integer),
    key=("customer_id", "happened_on", "kind"),
    required=("count",),
    refs={"customer_id": "customer.customer_id"},
)
target = _contract(
    "target",
    "month, rep and metric with a target",
    _dates("month"),
    _text("rep_id", "metric"),
    Column("value", MONEY),
    key=("month", "rep_id", "metric"),
    required=("value",),
    refs={"rep_id": "rep.rep_id"},
)
