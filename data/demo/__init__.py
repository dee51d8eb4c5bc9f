"""The seeded demo company: `demo_batches()` streams it, `demo_truth()` says what was planted.

Haiyue Supply sells equipment, consumables and packaging to businesses and household goods to
private persons, all over China, in yuan. 20,000 customers over 36 months by default make
about 230,000 orders and 110 million yuan of sales a year; any size from 200 to 3,000,000
customers keeps the proportions. The last day with facts is 2026-06-20.

How it is made: customers come in chunks of at most 20,000. A chunk is a handful of numpy
arrays (`people`), from which purchases, orders, money, opportunities, service and engagement
follow, topic by topic, each with random draws of its own: a chunk depends on the plan and on
its number alone, the same seed gives the same bytes, and a change in one topic leaves the
others as they were. Customers of the first day are the base that the company already had;
their earlier orders are not on record, as with any firm that changed its systems.

Eight stories are planted (`stories`); `stories=False` gives the same firm undisturbed.
"""

from data.demo.calendar import AS_OF
from data.demo.company import demo_batches
from data.demo.plan import DemoSizeError
from data.demo.staff import DEMO_LEAD_TEAM, DEMO_REP
from data.demo.truth import demo_truth, write_truth

__all__ = [
    "AS_OF",
    "DEMO_LEAD_TEAM",
    "DEMO_REP",
    "DemoSizeError",
    "demo_batches",
    "demo_truth",
    "write_truth",
]
