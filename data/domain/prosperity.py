"""The six checks for false prosperity: their thresholds, their verdict, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: The checks, in the order in which they are read.
CHECKS = ("vanity", "hunters", "campaigns", "churn", "loyalty", "voice")
PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
#: Whole months before the judged one that make the base.
BASE_MONTHS = 3
#: Failed checks from which prosperity is false, and from which it is watched.
FALSE_FROM, WATCH_FROM = 4, 3
#: Fewer checks than this can say nothing.
LEAST_KNOWN = 4


@dataclass(frozen=True)
class Threshold:
    """One number that a reader may change, with its usual value and what it may be."""

    usual: int
    span: range
    unit: str = "percent"


THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        # Growth of vanity figures from which it is asked what they bring.
        "vanity": Threshold(10, range(1, 201)),
        # Rise of a core figure up to which it counts as flat.
        "flat": Threshold(0, range(51)),
        # Share of the growth in engagement that may come from general or dormant customers.
        "hunters": Threshold(60, range(1, 101)),
        # Days after the start of a campaign within which it must have paid.
        "roi": Threshold(90, range(30, 366), "days"),
        # Days within which customers won by a campaign should order again.
        "loyalty": Threshold(180, range(30, 366), "days"),
    }
)


def verdict(results: Mapping[str, str]) -> str:
    """Return false, watch, healthy or unknown from what each check says.

    Checks without data are left out; with fewer than four left, nothing is said.
    """
    known = {name: result for name, result in results.items() if result != UNKNOWN}
    if len(known) < LEAST_KNOWN:
        return UNKNOWN
    failed = [name for name, result in known.items() if result == FAILED]
    if "vanity" in failed and len(failed) >= FALSE_FROM:
        return "false"
    if {"vanity", "hunters"} & set(failed) or len(failed) >= WATCH_FROM:
        return "watch"
    return "healthy"
