"""Dates: what is none, day or month first, time zones, serial numbers of both epochs."""

import datetime as dt
from typing import Any

from data.pipeline.clean import Answers
from tests.pipeline.cases.case import ORDERS, Case, Write, both, text
from tests.pipeline.files import fill, workbook

NO_DATES = ("31/02/2025", "2025-02-29", "0000-00-00", "99999-01-01", "2025-13-01", "03/04/25")


def _serial(epoch: int, *days: float) -> Write:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        rows = [(f"O{i}", day, 5) for i, day in enumerate(days, start=1)]
        fill(book, sheet, [ORDERS, *rows])

    options = {"date_1904": epoch == 1904}
    return lambda folder: [workbook(folder, "orders.xlsx", write, **options)]


CASES: list[Case] = [
    *both(
        "B32",
        "orders",
        [ORDERS, *((f"O{i}", word, 5) for i, word in enumerate(NO_DATES))],
        outcome="Q",
        code="E_DATE",
        sentence="Row 2, ordered_on: 31/02/2025 is not a date.",
        rejected=(2, 3, 4, 5, 6, 7),
    ),
    *both(
        "B33",
        "orders",
        [ORDERS, ("O1", "03/04/2025", 5)],
        outcome="M",
        code="M_DATES",
        sentence="Are dates day/month or month/day?",
    ),
    *both(
        "B33",
        "orders",
        [ORDERS, ("O1", "03/04/2025", 5), ("O2", "04/25/2025", 5)],
        outcome="Q",
        code="E_DATE",
        sentence="Row 3, ordered_on: 04/25/2025 is not a date.",
        rejected=(3,),
        answers=Answers(dates="dmy"),
        holds=("orders", ("ordered_on",), [(dt.date(2025, 4, 3),)]),
        note="contradicted",
    ),
    *both(
        "B34",
        "rep",
        [("rep_id", "name", "hired_on", "left_on"), ("R1", "Ann", "2025-03-04", "2024-01-01")],
        outcome="Q",
        code="E_DATE_ORDER",
        sentence="Row 2: left_on is before hired_on.",
        rejected=(2,),
    ),
    *both(
        "B34",
        "orders",
        [ORDERS, ("O1", "2199-03-04", 5), ("O2", "1969-03-04", 5)],
        outcome="W",
        code="W_FUTURE",
        sentence="1 date lies after 2026-01-01, the day of this import.",
        note="future",
    ),
    Case(
        "B35",
        text(
            "activity.csv",
            "activity_id,kind,happened_at\nA1,call,2025-03-09T01:30:00-05:00\n"
            "A2,call,2025-07-01 12:00\n",
        ),
        "A",
        holds=(
            "activity",
            ("happened_at",),
            [
                (dt.datetime.fromisoformat("2025-03-09 06:30"),),
                (dt.datetime.fromisoformat("2025-07-01 16:00"),),
            ],
        ),
    ),
    Case(
        "B35",
        text("activity.csv", "activity_id,kind,happened_at\nA1,call,2025-03-09 02:30\n"),
        "Q",
        "E_DST",
        "Row 2, happened_at: 2025-03-09 02:30 does not exist in America/New_York: "
        "clocks skip that hour.",
        (2,),
        note="gap",
    ),
    Case(
        "B36",
        _serial(1900, 45720, 60, -5, 99999999),
        "Q",
        "E_DATE",
        "Row 4, ordered_on: -5 is not a date.",
        (3, 4, 5),
        holds=("orders", ("ordered_on",), [(dt.date(2025, 3, 4),)]),
    ),
    Case(
        "B36",
        _serial(1904, 44258),
        "A",
        holds=("orders", ("ordered_on",), [(dt.date(2025, 3, 4),)]),
        note="1904",
    ),
    *(
        Case(
            "B36",
            lambda folder, epoch=epoch: [
                workbook(
                    folder,
                    "orders.xlsx",
                    lambda book: fill(
                        book, book.add_worksheet(), [ORDERS, ("O1", dt.date(2025, 3, 4), 5)]
                    ),
                    date_1904=epoch,
                )
            ],
            "A",
            holds=("orders", ("ordered_on",), [(dt.date(2025, 3, 4),)]),
            note=f"cell-{epoch}",
        )
        for epoch in (False, True)
    ),
]
