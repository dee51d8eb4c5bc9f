"""Families of columns that what fills the marts and what asks them both name."""

#: Masks of the days at which a customer was not churned: firsts of months, and all days.
ALIVE_MONTHS = tuple(f"alive_month_{i}" for i in range(2))
ALIVE_DAYS = tuple(f"alive_day_{i}" for i in range(30))
#: P(first churned in each of the next twelve months), in ten-thousandths.
LOSSES = tuple(f"loss_{month}" for month in range(1, 13))
#: The same times the value: what each month is expected to take, and all twelve together.
EXPECTED = tuple(f"expected_{month}" for month in range(1, 13))
EXPECTED_LOSS = "expected_loss"
#: By how much a value moves with each direction of error of the fitted models: four of buying,
#: three of spend, two of renewals. They are independent, so their squares add up.
SHIFTS = tuple(f"shift_{k}" for k in range(1, 10))
#: Per cent of the valued customers that do not pass each border between two bands of value.
VALUE_CUTS = (20, 50, 80, 95)
#: Days after a campaign's start within which its results are counted.
CAMPAIGN_DAYS = (30, 90, 180)
#: Signs that a customer may leave, each with its own rule; blank where it cannot be told.
SIGNALS = (
    *("is_frequency_falling", "is_complaints_rising", "is_service_worse"),
    *("is_silent", "is_engagement_falling"),
)
#: What a customer is an asset for, each 0-100 in hundredths of a point.
ASSETS = ("information", "relationship", "value", "strategic")
#: The dimensions of the two presets of the value score, in hundredths of a point.
SCORE_DIMENSIONS = (
    *("amount", "loyalty", "referral", "service", "growth"),
    *("potential", "interaction"),
)
