"""The planted stories: what happens, to whom, from when, and how strongly.

A story is a fact of the demo company that a good dashboard must reveal. `truth.py` writes
these figures beside the data. Without stories the same company lives on undisturbed.
"""

from datetime import date

from data.demo.calendar import day_of

# 1 A spring campaign buys activity (visits, redemptions) from quiet customers, and no profit.
SPRING_SINCE, SPRING_UNTIL = date(2026, 3, 1), date(2026, 5, 1)
SPRING = "CMP-2026-SPRING"
SPRING_HEAD_COST = 38
SPRING_DISCOUNT = 0.07
#: Share of all customers who come only for the gift: one order and never again.
SPRING_HUNTERS = 0.006

# 2 A team answers its customers more slowly; from then on they leave.
SLOW_TEAM = "TN2"
SLOW_SINCE = date(2026, 3, 1)
REPLY_HOURS, SLOW_REPLY_HOURS = 9.0, 20.0
SLOW_LEAVE_SHARE = 0.32

# 3 A representative takes over the rich book of a colleague who left.
HANDOVER_ON = date(2026, 1, 15)
HANDOVER_TEAM = "TE1"

# 4 Large accounts that cost more than they bring: 40 of 20,000.
COSTLY_SHARE = 0.002
COSTLY_DISCOUNT = 0.22
COSTLY_SERVICE = 1.3

# 5 All list prices rise.
PRICE_RISE_ON = date(2025, 3, 1)
PRICE_RISE = 0.06

# 6 A wake-up campaign with a control group and a known effect on conversion.
WAKE_SINCE, WAKE_UNTIL = date(2025, 9, 15), date(2025, 11, 14)
WAKE = "CMP-2025-WAKE"
WAKE_QUIET_DAYS = 120
WAKE_UPLIFT = 0.06
WAKE_HEAD_COST = 12

# 7 The step from quote to contract becomes the bottleneck.
BOTTLENECK_SINCE = date(2026, 2, 1)
QUOTE_TO_CONTRACT, NARROW_QUOTE_TO_CONTRACT = 0.62, 0.45

# 8 The same customer entered twice, and fields left blank.
DUPLICATE_SHARE = 0.01
HOLE_SHARE = 0.012

#: Quotes above this amount in yuan wait for the director.
APPROVAL_LIMIT = 200_000

SPRING_START, SPRING_END = day_of(SPRING_SINCE), day_of(SPRING_UNTIL)
SLOW_START = day_of(SLOW_SINCE)
HANDOVER_DAY = day_of(HANDOVER_ON)
PRICE_RISE_DAY = day_of(PRICE_RISE_ON)
WAKE_START, WAKE_END = day_of(WAKE_SINCE), day_of(WAKE_UNTIL)
BOTTLENECK_DAY = day_of(BOTTLENECK_SINCE)
