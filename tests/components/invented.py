"""Invented rows for every figure, so that one test can hold all of them to the same rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from components.figures import (
    asset,
    bars,
    checks,
    churn,
    concentration,
    counts,
    effects,
    flow,
    foretold,
    funnel,
    gaps,
    growth,
    loss,
    migration,
    months,
    outlook,
    paying,
    prosperity,
    risk_check,
    schedule,
    scores,
    signals,
    split,
    statement,
    survival,
    tier_churn,
    tiers,
    value,
)
from components.figures.values import records
from data.domain.metric import Metric
from data.domain.period import add_months
from data.domain.prosperity import Check

SALES = Metric("revenue", "Sales", "", "", "money", "sum")
SALES_RATE = Metric("retention", "Retention rate", "", "", "rate", "ratio")
NPS = Metric("nps", "NPS", "", "", "number", "ratio")
CHURN = Metric("churn_rate", "Churn rate", "", "", "rate", "ratio", better="down")
MONTHS = [add_months(date(2025, 6, 1), i) for i in range(13)]
TIERS = ("high", "potential", "general", "dormant")


@dataclass(frozen=True)
class Drawn:
    """A figure function with its rows and its other arguments."""

    draw: Callable[..., dict[str, Any]]
    rows: pd.DataFrame
    args: tuple[Any, ...] = ()
    extra: tuple[tuple[str, Any], ...] = ()

    def figure(self, rows: pd.DataFrame | None = None) -> dict[str, Any]:
        """Return the figure of these rows, or of the rows given."""
        return self.draw(self.rows if rows is None else rows, *self.args, **dict(self.extra))


def frame(columns: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    """Return the rows under the columns, which are words of one text."""
    return pd.DataFrame(list(rows), columns=columns.split())


COHORTS = [
    (MONTHS[i], age, 200 + i, 60 - age, 1.0 if age == 0 else 0.3 - age / 50, i + age == 12)
    for i in range(13)
    for age in range(13 - i)
]
STATEMENT = (
    ("acquired", 20, None, 900.0, None, 0.0, 900.0),
    ("reactivated", 9, None, 300.0, None, 5.0, 305.0),
    ("expansion", 40, 5000.0, 700.0, None, 0.0, 5700.0),
    ("contraction", 60, 8000.0, -600.0, -250.0, -12.0, 7388.0),
    ("depreciation", 15, 1100.0, -1100.0, None, 0.0, None),
    ("unchanged", 30, None, None, None, 0.0, None),
)
SCHEDULE = " ".join(f"loss_{i} lost_{i}" for i in range(1, 13))
MOVES = frame(
    "was tier customers opening closing moved amount loyalty referral service growth",
    ("high", "high", 180, 2900.0, 2700.0, -200.0, 1.7, 0.9, 0.2, 0.0, -5.2),
    ("high", "general", 74, 169.0, 112.0, -57.0, 0.1, -1.4, -0.9, 0.0, -49.3),
    ("general", "high", 87, 192.0, 234.0, 42.0, 7.2, 5.1, 2.1, 0.0, 41.1),
    ("dormant", "dormant", 214, None, None, None, -5.1, -1.7, -1.1, 0.2, 9.6),
    ("absent", "potential", 23, None, 287.0, 287.0, None, None, None, None, None),
)
EFFECTS = frame(
    "name difference low high treated control",
    ("while it ran", 0.06, 0.036, 0.084, 0.248, 0.188),
    ("within 30 days", -0.01, -0.03, 0.01, 0.1, 0.11),
)
FIGURES: dict[str, Drawn] = {
    "effect_lines": Drawn(effects.effect_lines, EFFECTS, ("rate",)),
    "margin_lines": Drawn(effects.effect_lines, EFFECTS, ("money",)),
    "activity_pays": Drawn(
        prosperity.activity_pays,
        frame(
            "month engaged active engagements redemptions orders",
            *[(m, 200 + 9 * i, 400 - i, 900 + 40 * i, 30 + i, 500) for i, m in enumerate(MONTHS)],
        ),
        (MONTHS[9],),
    ),
    "churn_against_base": Drawn(
        checks.churn_against_base,
        frame("month alive lost", *[(m, 900 + i, 40 + 5 * i) for i, m in enumerate(MONTHS)]),
        (MONTHS[-1], Check("failed", {"now": 0.11, "base": 0.09, "margin": 0.01}), CHURN),
    ),
    "nps_against_base": Drawn(
        checks.nps_against_base,
        frame(
            "month promoters detractors nps_answers",
            *[(m, 20 - i, 9 + i, 50) for i, m in enumerate(MONTHS)],
        ),
        (MONTHS[9], Check("passed", {"now": -0.14, "base": 0.0, "margin": 0.2}), NPS),
    ),
    "core_months": Drawn(
        paying.core_months,
        frame(
            "month engaged active visits orders gross margin net",
            *[(m, 200 + 9 * i, 400 - i, 900, 500, 9e3, 2e3 + i, 8e3) for i, m in enumerate(MONTHS)],
        ),
        (MONTHS[9], 5),
    ),
    "won_again": Drawn(
        paying.won_again, frame("is_won customers again", (False, 647, 530), (True, 37, 29))
    ),
    "growth_bars": Drawn(
        prosperity.growth_bars,
        frame(
            "tier customers engagements before",
            *[(tier, 30 * i, 300 * i, 600) for i, tier in enumerate((*TIERS, "absent"), start=1)],
        ),
    ),
    "move_matrix": Drawn(migration.move_matrix, MOVES),
    "move_streams": Drawn(migration.move_streams, MOVES, extra=(("by_value", False),)),
    "value_streams": Drawn(migration.move_streams, MOVES, extra=(("by_value", True),)),
    "waterfall": Drawn(
        statement.waterfall,
        frame(
            "key line customers opening moved silence revaluation closing",
            *[("T1", *row) for row in STATEMENT],
        ),
    ),
    "statement_bars": Drawn(
        statement.statement_bars,
        frame(
            "month line customers opening moved silence revaluation closing",
            *[(m, *row) for m in MONTHS for row in STATEMENT],
        ),
    ),
    "schedule_bars": Drawn(
        schedule.schedule_bars,
        frame(
            f"reason month customers asset {SCHEDULE}",
            ("contract", MONTHS[0], 10, 900.0, *[5.0 + i for i in range(24)]),
            ("silence", MONTHS[0], 90, 7000.0, *[50.0 - i for i in range(24)]),
        ),
    ),
    "keep_line": Drawn(
        schedule.keep_line,
        frame(
            "rank expected_loss saved whole losing",
            *[(i, 100.0 - i, i * 80.0, 9000.0, 130) for i in range(1, 80)],
        ),
        (25,),
    ),
    "compared_months": Drawn(
        months.compared_months,
        frame(
            "month value before is_partial",
            *[(m, 100.0 + i, None if i < 3 else 90.0, i == 12) for i, m in enumerate(MONTHS)],
        ),
        (SALES,),
    ),
    "foretold": Drawn(
        foretold.foretold,
        frame(
            "month open_amount forecast won_amount off",
            *[(m, 400.0 + i, 160.0 - i, 150.0 - 3 * i, 10.0 + 2 * i) for i, m in enumerate(MONTHS)],
        ),
    ),
    "outlook": Drawn(
        lambda rows, metric: outlook.outlook(records(rows), metric),
        frame(
            "month value target expected low high is_partial",
            *[(m, 90.0 + i, 100.0, None, None, None, False) for i, m in enumerate(MONTHS[:-1])],
            (MONTHS[-1], 12.5, None, 95.0, 80.0, 110.0, True),
            (add_months(MONTHS[-1], 1), None, None, 97.0, 81.0, 112.0, True),
        ),
        (SALES,),
    ),
    "dimension_bars": Drawn(
        bars.dimension_bars,
        frame(
            "key value before",
            *[(f"<b>R{i}</b>, n:o ~1", 10.5 * i, 9.0 * i) for i in range(1, 16)],
            ("(none)", 3.0, None),
        ),
        (SALES,),
        (("dimension", "region"),),
    ),
    "dimension_bars_rate": Drawn(
        bars.dimension_bars,
        frame("key value before", *[(tier, 0.25, 0.3) for tier in TIERS]),
        (CHURN,),
        (("dimension", "tier"),),
    ),
    "growth_states": Drawn(
        growth.growth_states,
        frame(
            "month new resumed retained lapsed is_partial",
            *[(m, 200 + i, 60, 4000, 120 - i, i == 12) for i, m in enumerate(MONTHS)],
        ),
    ),
    "cohort_heat": Drawn(
        growth.cohort_heat,
        frame("cohort age size value rate is_partial", *COHORTS),
        (SALES_RATE,),
    ),
    "stages": Drawn(
        funnel.stages,
        frame(
            "position stage reached amount rate_previous rate_first before_rate_previous",
            (0, "lead", 400, 4e5, None, 1.0, None),
            (1, "quoted", 200, 2e5, 0.5, 0.5, 0.6),
            (2, "won", 80, 1e5, 0.4, 0.2, 0.39),
        ),
    ),
    "flow": Drawn(
        flow.flow,
        frame(
            "position stage entered before_entered amount lost rate_previous level missed",
            (0, "lead", 400, 380, 4e5, 40, None, None, 0.0),
            (1, "quoted", 200, 210, 2e5, 90, 0.83, 0.8, 0.0),
            (2, "won", 80, None, 1e5, 0, 0.47, 0.6, 5e4),
        ),
    ),
    "counts": Drawn(
        counts.counts,
        frame("key name value amount", ("0-30", "0–30", 31, 8e5), ("181+", "181+", 5, None)),
        (SALES,),
        (("focus", "band"), ("heading", "Days")),
    ),
    "stage_days": Drawn(
        funnel.stage_days,
        frame("stage median_days count", ("lead", 1.5, 400), ("quoted", 21.0, 200)),
    ),
    "reasons": Drawn(
        funnel.reasons,
        frame("reason lost amount", ("Price", 31, 8e5), ("(none)", 5, None)),
    ),
    "tier_bars": Drawn(
        tiers.tier_bars,
        frame(
            "tier customers value before_customers",
            *[(tier, 100 + i, 1e6 / (i + 1), 90) for i, tier in enumerate(TIERS)],
        ),
        (SALES,),
    ),
    "tier_months": Drawn(
        tiers.tier_months,
        frame(
            "month tier customers",
            *[(m, tier, 100 + i) for i, m in enumerate(MONTHS) for tier in TIERS],
        ),
    ),
    "rfm_grid": Drawn(
        tiers.rfm_grid,
        frame(
            "recency frequency customers value",
            *[(r, f, 10 * r, 1e4 * f) for r in range(1, 6) for f in range(1, 6) if r + f > 2],
        ),
        (SALES,),
    ),
    "tier_split": Drawn(
        split.tier_split,
        frame(
            "key tier customers value",
            *[(f"Region {i}", x, 10 * i, 1e4) for i in range(1, 15) for x in TIERS],
        ),
        (SALES,),
        (("dimension", "region"),),
    ),
    "score_grid": Drawn(
        scores.score_grid,
        frame(
            "tier customers score amount loyalty referral service growth growth_imputed coverage",
            *[(x, 9, 80.0, 70.5, 60.0, 50.0, 50.0, 40.0, 1.0, 0.8) for x in TIERS],
        ),
    ),
    "would_be_bars": Drawn(
        scores.would_be_bars,
        frame(
            "tier tier_raw customers value",
            ("general", "high", 54, 2e6),
            ("high", "general", 9, None),
        ),
    ),
    "tier_churn_bars": Drawn(
        tier_churn.tier_churn_bars,
        frame(
            "key churn_rate churned_customers alive_at_start",
            *[(x, 0.2, 2, 10) for x in TIERS],
        ),
        (CHURN,),
    ),
    "cohort_bars": Drawn(
        value.cohort_bars,
        frame("cohort customers value revenue", *[(m, 10, 1e5, 1e4) for m in MONTHS]),
        (SALES,),
    ),
    "asset_months": Drawn(
        asset.asset_months,
        frame("month value", *[(m, None if i == 2 else 1e6 + i) for i, m in enumerate(MONTHS)]),
        (SALES,),
    ),
    "value_risk_map": Drawn(
        asset.value_risk_map,
        frame(
            "band tenth customers value",
            *[(b, x, 10 * b + x + 1, 1e4 * b) for b in range(1, 4) for x in range(0, 10, 2)],
        ),
        ((100.0, 1_000.0, 10_000.0),),
    ),
    "calibration": Drawn(
        asset.calibration,
        frame(
            "decile customers predicted actual", *[(i, 21, 0.3 * i, i / 4) for i in range(1, 11)]
        ),
    ),
    "lorenz": Drawn(
        concentration.lorenz,
        frame("share_customers share_value", *[(i / 20, 1 - (1 - i / 20) ** 3) for i in range(21)]),
        (SALES,),
    ),
    "abc": Drawn(
        concentration.abc,
        frame("class customers value", ("A", 113, 7e6), ("B", 147, 1e6), ("C", 173, 4e5)),
        (SALES,),
    ),
    "silence_bands": Drawn(
        churn.silence_bands,
        frame(
            "since_days until_days customers",
            (0, 30, 900),
            (30, 90, 400),
            (90, 180, 300),
            (180, None, 200),
        ),
        (90,),
    ),
    "rate_months": Drawn(
        churn.rate_months,
        frame(
            "month churn_rate retention is_partial",
            *[(m, 0.06 + i / 500, None if i == 4 else 0.7, i == 12) for i, m in enumerate(MONTHS)],
        ),
        (CHURN, SALES_RATE),
    ),
    "loss_months": Drawn(
        loss.loss_months,
        frame(
            "tier reason customers asset " + " ".join(f"loss_{i}" for i in range(1, 13)),
            *[
                (x, r, 9, 1e6, *[9e4 / i for i in range(1, 13)])
                for x in TIERS
                for r in ("silence", "contract")
            ],
        ),
        (date(2026, 6, 20),),
    ),
    "tier_survival": Drawn(
        survival.tier_survival,
        frame(
            "key month customers survival low high",
            *[(x, i, 90, 1 - i / 20, 0.9 - i / 20, 1 - i / 30) for x in TIERS for i in range(13)],
        ),
    ),
    "cohort_survival": Drawn(
        survival.cohort_survival,
        frame(
            "key month customers survival low high",
            *[
                (f"{year}-H1", i, 90, 1 - i / 40, 0.9 - i / 40, 1 - i / 50)
                for year in range(2021, 2027)
                for i in range(8)
            ],
        ),
    ),
    "risk_calibration": Drawn(
        risk_check.risk_calibration,
        frame(
            "model decile customers predicted actual",
            *[(m, i, 21, i / 10, i / 12) for m in ("mbg", "logistic") for i in range(1, 11)],
        ),
    ),
    "signal_bars": Drawn(
        signals.signal_bars,
        frame(
            "signal customers known value",
            ("is_silent", 103, 115, 8e6),
            ("is_service_worse", 2, 7, 1e4),
            ("is_complaints_rising", 0, 160, None),
            ("is_engagement_falling", None, 0, None),
        ),
    ),
    "threshold_proposal": Drawn(
        gaps.threshold_proposal,
        frame("tier gaps p50 p90", *[(tier, 100, 20, 88) for tier in ("all", *TIERS)]),
        (90,),
    ),
}
