"""Numbers: leading zeros, what Excel made of them, what is none, signs, currencies, digits."""

from data.pipeline.clean import Answers
from tests.pipeline.cases.case import MONEY_HEAD, NAMES, ORDERS, Case, both, order, text

NO_NUMBERS = ("NaN", "Infinity", "-inf", "50%", "abc", "1.2.3")
CASES: list[Case] = [
    *both(
        "B24",
        "customer",
        [("customer_id", "name"), ("00123", "Ann")],
        outcome="A",
        holds=(*NAMES, [("00123", "Ann")]),
    ),
    *both(
        "B25",
        "customer",
        [("customer_id", "phone"), ("C1", "1.38E+10")],
        outcome="Q",
        code="E_SCI",
        sentence="Row 2, phone: Excel shortened this number (1.38E+10). Format the column as text.",
        rejected=(2,),
    ),
    *both(
        "B26",
        "orders",
        [ORDERS, ("O1", "2025-03-04", "1e308"), ("O2", "2025-03-04", "1e309")],
        outcome="Q",
        code="E_RANGE",
        sentence="Row 2, amount: 1e308 is outside −1e12 … 1e12.",
        rejected=(2, 3),
    ),
    *both(
        "B27",
        "orders",
        [ORDERS, *((f"O{i}", "2025-03-04", word) for i, word in enumerate(NO_NUMBERS))],
        outcome="Q",
        code="E_NUMBER",
        sentence="Row 2, amount: 'NaN' is not a number.",
        rejected=(2, 3, 4, 5, 6, 7),
    ),
    *both(
        "B28",
        "orders",
        [
            (*ORDERS, "cost", "channel"),
            ("O1", "2025-03-04", 5, "N/A", "NA"),
            ("O2", "2025-03-04", 5, "-", "None"),
        ],
        outcome="A",
        holds=(
            "orders",
            ("order_id", "cost", "channel"),
            [("O1", None, "NA"), ("O2", None, "None")],
        ),
    ),
    *both(
        "B29",
        "orders",
        [ORDERS, *((f"O{i}", "2025-03-04", -i) for i in range(1, 4))],
        outcome="W",
        code="W_REFUNDS",
        sentence="3 negative amounts are treated as refunds.",
    ),
    *both(
        "B29",
        "contract",
        [
            ("contract_id", "customer_id", "starts_on", "ends_on", "amount"),
            ("K1", "C1", "2025-01-01", "2025-12-31", -5),
        ],
        outcome="Q",
        code="E_NEGATIVE",
        sentence="Row 2, amount: -5 is negative, which this column cannot be.",
        rejected=(2,),
        note="forbidden",
    ),
    *(
        Case(
            "B30",
            text("orders.csv", order(given)),
            "W" if kept.startswith("-") else "A",
            answers=Answers(currency=currency),
            holds=("orders", ("amount",), [(kept,)]),
            note=given,
        )
        for given, kept, currency in (
            ("$1,234.50", "1234.5000", "USD"),
            ("¥1234", "1234.0000", "CNY"),
            ("(500)", "-500.0000", None),
            ("１２３", "123.0000", None),
            ("-$5", "-5.0000", "USD"),
            ("12 元", "12.0000", "CNY"),
        )
    ),
    Case(
        "B30",
        text("orders.csv", MONEY_HEAD + "O1,2025-03-04,$5\nO2,2025-03-04,¥6\n"),
        "Q",
        "E_CURRENCY",
        "Row 3, amount: '¥' is not the currency of this file (USD).",
        (3,),
        Answers(currency="USD"),
        note="mixed",
    ),
    Case(
        "B31",
        text(
            "orders.csv",
            MONEY_HEAD
            + "O1,2025-03-04,0.30000000000000004\nO2,2025-03-04,2.00005\nO3,2025-03-04,2.00015\n",
        ),
        "W",
        "W_ROUNDED",
        "3 amounts were rounded to 4 decimals.",
        holds=("orders", ("amount",), [("0.3000",), ("2.0000",), ("2.0002",)]),
    ),
]
