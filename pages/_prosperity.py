"""The six checks asked and judged: for the page of false prosperity and for the cockpit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from components.figures.values import records
from data.domain import prosperity as rules
from data.domain.filters import Filters
from data.domain.period import add_months
from data.domain.prosperity import BASE_MONTHS, Check
from queries import campaigns, engagement, newcomers, prosperity
from queries.run import fetcher, run


@dataclass(frozen=True)
class Judged:
    """One month judged: every check by its name, the verdict, and the month."""

    month: date
    checks: dict[str, Check]
    verdict: str

    @property
    def failed(self) -> list[str]:
        """The checks that fail, in their order."""
        return [name for name, check in self.checks.items() if check.result == rules.FAILED]

    @property
    def unknown(self) -> list[str]:
        """The checks that have no data."""
        return [name for name, check in self.checks.items() if check.result == rules.UNKNOWN]


def judge(filters: Filters) -> Judged:
    """Ask what the checks rest on, and judge the month."""
    month = prosperity.judged(filters)
    limits = rules.thresholds(filters.choices.checks)
    counts = fetcher().info(filters.version).counts
    has = {name: bool(counts.get(name, 0)) for name in ("engagement", "campaign_member")}
    now, base = _months(filters, month)
    checks = {
        "vanity": Check(rules.UNKNOWN),
        "hunters": Check(rules.UNKNOWN),
        "campaigns": Check(rules.UNKNOWN),
        "churn": churn_check(filters),
        "loyalty": Check(rules.UNKNOWN),
        "voice": voice_check(filters),
    }
    if has["engagement"] and len(base) == BASE_MONTHS:
        checks["vanity"] = rules.check_vanity(now, base, limits)
        growth = records(run(engagement.engagement_growth, filters))
        checks["hunters"] = rules.check_hunters(growth, limits)
    if has["campaign_member"]:
        found = records(run(campaigns.campaign_results, filters))
        as_of = filters.calendar.as_of
        checks["campaigns"] = rules.check_campaigns(found, month, as_of, limits)
        checks["loyalty"] = rules.check_loyalty(records(run(newcomers.newcomers, filters)))
    verdict = rules.verdict({name: check.result for name, check in checks.items()})
    return Judged(month, checks, verdict)


def churn_check(filters: Filters) -> Check:
    """Return what the churn of the judged month says."""
    return rules.check_churn(_churn(filters, prosperity.judged(filters)))


def voice_check(filters: Filters) -> Check:
    """Return what the customers of the judged month say; unknown where nobody was asked."""
    now, base = _months(filters, prosperity.judged(filters))
    has_answers = bool(fetcher().info(filters.version).counts.get("survey", 0))
    is_known = has_answers and len(base) == BASE_MONTHS
    return rules.check_voice(now, base) if is_known else Check(rules.UNKNOWN)


def _months(filters: Filters, month: date) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Return the sums of a month, and of those months of its base that are known."""
    months = {row["month"]: row for row in records(run(prosperity.prosperity_months, filters))}
    return months.get(month), [months[m] for m in _base(month) if m in months]


def _base(month: date) -> list[date]:
    return [add_months(month, -i) for i in range(BASE_MONTHS, 0, -1)]


def _churn(filters: Filters, month: date) -> list[dict[str, Any]]:
    """Return the month ends of the churn check, none where one is not over or not known."""
    rows = records(run(prosperity.prosperity_churn, filters))[-BASE_MONTHS - 2 :]
    return rows if rows and rows[-1]["month"] == month else []
