"""Other names for it: the words of other schemes beside the tiers, stages and figures here."""

from typing import Any

from components.definitions import other_names
from data.i18n import t

#: Words used elsewhere and what stands for them here, by what they speak of.
TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "tier": (
        (
            "High value / potential / general / to be activated",
            "The official four: high value, potential, general, dormant.",
        ),
        (
            "VIP / potential / asleep / one-off",
            "VIP is high value, asleep is dormant. One-off customers are general until they are"
            " silent for 180 days, then dormant; the repeat rate counts them.",
        ),
        (
            "High value / potential / to be activated (by RFM alone)",
            "The same three of the four; who is in none of them is general. RFM stands beside the"
            " tiers as a grid and does not decide them.",
        ),
        (
            "High / middle / low value",
            "High is high value, middle is potential, low is general and dormant together.",
        ),
        (
            "A / B / C",
            "A is high value, B is potential, C is general and dormant. The ABC classes of"
            " concentration are another thing: shares of 80 and 95 % of a sum.",
        ),
        (
            "High value / ordinary / new / silent",
            "Ordinary is potential and general, silent is dormant; new is a stage of the"
            " lifecycle.",
        ),
        (
            "New / active / silent",
            "Silent is dormant, active is any other tier; new is a stage of the lifecycle.",
        ),
    ),
    "lifecycle": (
        (
            "Acquire / nurture / grow / mature / churn / reactivate",
            "Prospect / new / growing / mature / churned / reactivated; slipping and at risk are"
            " warnings within growing and mature.",
        ),
        (
            "Prospective / new / active / churned",
            "Active is growing, mature, slipping, at risk and reactivated.",
        ),
        (
            "Acquisition / growth / retention",
            "Acquisition is prospect and new, growth is growing, retention is mature, slipping, at"
            " risk and reactivated; churned is outside of it.",
        ),
        (
            "Lead / won / repurchase / churned",
            "Lead is prospect, won is new, repurchase is every later stage until churned.",
        ),
    ),
    "settled": (
        (
            "Customer lifetime value, in three ways",
            "The official one is the value: what the models expect of the months ahead, discounted."
            " The simple CLV and the historical value stand beside it under their own names.",
        ),
        (
            "Average spend: per order or per customer",
            "Two names: AOV is gross revenue per order, ARPU is net revenue per active customer.",
        ),
        (
            "Repurchase rate: a share or a number of orders",
            "Two names: repeat rate is the share of customers with two orders or more, purchase"
            " frequency is orders per customer and year.",
        ),
        (
            "Satisfaction, also for the NPS",
            "NPS is promoters less detractors and is never called satisfaction; CSAT is the mean"
            " satisfaction.",
        ),
        (
            "Weights 50/30/20, or five dimensions",
            "Both are presets of the value score; the scoring model in force names its own.",
        ),
        (
            "Average order × repurchase rate × years",
            "A rate has no unit of money a year, so the simple CLV takes orders per year and the"
            " margin rate.",
        ),
    ),
}


def names_of_others() -> Any:
    """Return the table of other names, in the reader's language."""
    titles = (
        ("tier", t("Tiers elsewhere")),
        ("lifecycle", t("Stages of the lifecycle elsewhere")),
        ("settled", t("One word for two figures, settled")),
    )
    return other_names(
        [(key, title, [(t(there), t(here)) for there, here in TEXTS[key]]) for key, title in titles]
    )
