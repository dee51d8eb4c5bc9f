"""An alert on a figure, or a digest by schedule: what is watched, when it is raised, who is told.

A month is unusual where its change against the same month of the year before lies far from the
usual changes: the modified z-score of Iglewicz and Hoaglin (1993), 0.6745 (r − median) / MAD,
beyond 3.5. r are the residuals of the seasonal-naive forecast. Where half of all residuals are
equal, the mean absolute deviation times 1.253314 takes the place of MAD / 0.6745 (IBM SPSS).
"""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any, cast

from data.domain.canonical import canonical_json
from data.domain.period import Period, add_months, month_start

KINDS = ("threshold", "anomaly", "digest")
OPERATORS = ("at_least", "at_most")
#: How often an alert is looked at, and a digest written.
WINDOWS: Mapping[str, tuple[str, ...]] = {
    "threshold": ("day", "week", "month"),
    "anomaly": ("month",),
    "digest": ("week", "month"),
}
LANGUAGES = ("en", "zh")
MOST_LETTERS, MOST_SEARCH, MOST_CHANNELS = 200, 4_000, 5
#: Residuals below which a change cannot be called unusual, and the score beyond which it is.
LEAST_RESIDUALS, FAR = 12, 3.5
NORMAL, MEAN_NORMAL = 0.6745, 1.253314
SEASON = 12

#: What is wrong with an alert, in sentences that go through `t()`.
SENTENCES: dict[str, str] = {
    "json": "An alert is a JSON object with one entry per part, and this is none.",
    "name": "An alert needs a name of 1 to {most} letters on one line.",
    "kind": "An alert is a threshold, an unusual month or a digest.",
    "metric": "Choose the figure that is watched.",
    "months": "{metric} is not known by month, so no month of it can be called unusual.",
    "limit": "Give the limit as a number.",
    "window": "An alert is looked at daily, weekly or monthly, a digest written weekly or monthly.",
    "channels": "A digest needs a channel, and no alert has more than {most}.",
}


class AlertError(ValueError):
    """An alert cannot be so; `code` names the sentence that says why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(SENTENCES[code].format(**values))


@dataclass(frozen=True)
class Alert:
    """What is watched for its owner, in the owner's language; `search` are filters as in a URL."""

    name: str
    kind: str
    metric: str = ""
    search: str = ""
    operator: str = "at_most"
    limit: float = 0.0
    window: str = "day"
    channels: tuple[str, ...] = ()
    language: str = "en"

    def __post_init__(self) -> None:
        object.__setattr__(self, "channels", tuple(sorted({str(c) for c in self.channels})))
        for is_wrong, code, values in (
            (not _is_line(self.name), "name", {"most": MOST_LETTERS}),
            (self.kind not in KINDS or self.operator not in OPERATORS, "kind", {}),
            (self.kind != "digest" and not self.metric, "metric", {}),
            (not _is_number(self.limit), "limit", {}),
            (self.window not in WINDOWS.get(self.kind, ()), "window", {}),
            (len(self.search) > MOST_SEARCH or self.language not in LANGUAGES, "json", {}),
            (not self._has_channels(), "channels", {"most": MOST_CHANNELS}),
        ):
            if is_wrong:
                raise AlertError(code, **values)

    def _has_channels(self) -> bool:
        least = 1 if self.kind == "digest" else 0
        return least <= len(self.channels) <= MOST_CHANNELS

    def to_json(self) -> str:
        """Return the alert as canonical JSON; `from_json` gives an equal one back."""
        return canonical_json({**asdict(self), "limit": float(self.limit)})

    @classmethod
    def from_json(cls, text: str) -> "Alert":
        """Read what `to_json` wrote; raise AlertError for anything else."""
        try:
            found = json.loads(text)
        except ValueError as error:
            raise AlertError("json") from error
        known = {f.name for f in fields(cls)}
        if not isinstance(found, dict) or set(cast("dict[str, Any]", found)) - known:
            raise AlertError("json")
        return cls(**cast("dict[str, Any]", found))

    def is_beyond(self, value: float) -> bool:
        """Whether a figure has reached the limit."""
        return value >= self.limit if self.operator == "at_least" else value <= self.limit


def _is_line(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MOST_LETTERS and text.isprintable()


def _is_number(value: Any) -> bool:
    is_real = isinstance(value, int | float) and not isinstance(value, bool)
    return is_real and abs(value) < 1e15


# --- when ------------------------------------------------------------------------------------


def last_whole(window: str, until: date) -> Period:
    """Return the last week (Monday to Sunday) or month that is over on a day (itself not over)."""
    if window == "week":
        monday = until - timedelta(days=until.weekday())
        return Period(monday - timedelta(days=7), monday)
    return Period(add_months(month_start(until), -1), month_start(until))


# --- unusual months --------------------------------------------------------------------------


@dataclass(frozen=True)
class Unusual:
    """A month whose change against the year before is far from the usual one."""

    value: float
    before: float
    usual: float
    z: float


def unusual(values: Sequence[float | None]) -> Unusual | None:
    """Return what is unusual in the last of monthly values; None: nothing, or too few are known."""
    changes = [
        now - before
        for before, now in zip(values[:-SEASON], values[SEASON:], strict=True)
        if now is not None and before is not None
    ]
    if len(values) <= SEASON or values[-1] is None or values[-1 - SEASON] is None:
        return None
    earlier = changes[:-1]
    if len(earlier) < LEAST_RESIDUALS:
        return None
    usual = statistics.median(earlier)
    spread = _spread(earlier, usual)
    if not spread:
        return None
    z = (changes[-1] - usual) / spread
    found = Unusual(values[-1], cast("float", values[-1 - SEASON]), usual, z)
    return found if abs(z) > FAR else None


def _spread(changes: Sequence[float], middle: float) -> float:
    apart = [abs(change - middle) for change in changes]
    if median := statistics.median(apart):
        return median / NORMAL
    return MEAN_NORMAL * statistics.fmean(apart)
