"""Texts: too many, too long, odd letters, control characters, code, references, addresses."""

from data.pipeline.clean import Answers
from tests.pipeline.cases.case import CUSTOMER, NAMES, ORDERS, Case, both, text
from tests.pipeline.files import csv_file

#: Texts that must be stored exactly as typed.
TYPED = {
    "B58": ('=HYPERLINK("http://x")', "@SUM(1+1)*cmd|'/C calc'!A0", "+1", "-1"),
    "B59": ("<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"),
    "B60": ("'; DROP TABLE customer; --", "Robert'); --", "50% :name %s ? {x}"),
}
CASES: list[Case] = [
    *both(
        "B54",
        "customer",
        [
            ("customer_id", *(f"c{i}" for i in range(1, 1_000))),
            ("C1", *("x" for _ in range(1, 1_000))),
        ],
        outcome="R",
        code="E_WIDE",
        sentence="The file has 1,000 columns; the limit is 200.",
    ),
    Case(
        "B55",
        text("customer.csv", CUSTOMER + f"C1,{'q' * 5_000_000}\nC2,Ben\n"),
        "Q",
        "E_LONG",
        "Row 2, name: 5,000,000 characters; the limit is 200.",
        (2,),
        holds=(*NAMES, [("C2", "Ben")]),
    ),
    *both(
        "B56",
        "customer",
        [
            ("customer_id", "name"),
            ("C1\u00a0", "Jose\u0301 "),
            ("Ｃ２", "👨‍👩‍👧 Shop"),
            ("C3", "\u3000李\u3000"),
        ],
        outcome="A",
        holds=(*NAMES, [("C1", "José"), ("C2", "👨‍👩‍👧 Shop"), ("C3", "李")]),
    ),
    *both(
        "B56",
        "customer",
        [("customer_id", "name"), ("C1", "Ann"), ("Ｃ１", "Ann")],
        outcome="W",
        code="W_KEYS_EQUAL",
        sentence="customer_id: 1 value written in several ways (blanks, accents, full-width) "
        "is read as one: C1.",
        note="equal",
    ),
    *(
        Case(
            "B57",
            text("customer.csv", CUSTOMER + f"C1,An{bad}n\n"),
            "Q",
            "E_CONTROL",
            "Row 2, name: contains an invisible control character.",
            (2,),
            note=f"{ord(bad):04x}",
        )
        for bad in ("\0", "\x07", "\u202e")
    ),
    *(
        case
        for row, words in TYPED.items()
        for case in both(
            row,
            "customer",
            [("customer_id", "name"), *((f"C{i}", word) for i, word in enumerate(words))],
            outcome="A",
            holds=(*NAMES, [(f"C{i}", word) for i, word in enumerate(words)]),
        )
    ),
    Case(
        "B61",
        lambda folder: [
            csv_file(folder, "team.csv", "team_id,name\nNorth,North\nSouth,South\n"),
            csv_file(
                folder,
                "rep.csv",
                "rep_id,name,team\n"
                + "".join(f"R{i},Rep,North\n" for i in range(7))
                + "R9,Rep,Nroth\n",
            ),
        ],
        "Q",
        "E_REF",
        "Row 9, team: 'Nroth' is not known. Did you mean 'North'?",
        (9,),
    ),
    *both(
        "B61",
        "orders",
        [(*ORDERS, "customer_id"), ("O1", "2025-03-04", 5, ""), ("O2", "2025-03-04", 5, "C9")],
        outcome="Q",
        code="E_REF",
        sentence="Row 3, customer_id: 'C9' is not known.",
        rejected=(3,),
        holds=("orders", ("order_id", "customer_id"), [("O1", None)]),
        note="blank-customer",
    ),
    *both(
        "B62",
        "customer",
        [
            ("customer_id", "phone", "email"),
            ("C1", "12", "nobody"),
            ("C2", "+86 139 1234 5678", "a@b.cn"),
        ],
        outcome="W",
        code="W_CONTACT",
        sentence="1 phone number does not look right, the first in row 2.",
    ),
    *both(
        "B62",
        "customer",
        [("customer_id", "email"), ("C1", "ann.lee@nowhere")],
        outcome="Q",
        code="E_EMAIL",
        sentence="Row 2, email: a***@nowhere is not an e-mail address.",
        rejected=(2,),
        answers=Answers(strict_contacts=True),
        note="strict",
    ),
]
