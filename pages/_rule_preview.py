"""What a reader is told about a rule before it is saved: hindrances, reach, and past firings."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from components.rule_words import error_words, value_word
from data.domain.filters import Filters
from data.domain.rule import Rule, RuleError, firings
from data.domain.rule_fields import FIELDS
from data.domain.rule_sense import check_sense, unknown_values
from data.i18n import t
from data.warehouse.info import VersionInfo
from queries.rule_check import known_values, masked_fields, missing_tables
from queries.rules import (
    PREVIEW_DAYS,
    first_of,
    held_bits,
    mask_days,
    rule_customers,
    rule_days,
    rule_patterns,
    rule_reach,
)
from queries.run import fetcher, run, scope_now

#: Customers that the preview names.
NAMED = 15


@dataclass(frozen=True)
class Preview:
    """How many meet a rule today, how often it would have fired, and the customers."""

    met: int
    everyone: int
    #: None where a condition knows today only.
    firings: int | None
    customers: int
    lines: list[dict[str, Any]]

    @property
    def is_everybody(self) -> bool:
        """Whether all customers and prospects that the reader sees meet the rule today."""
        return 0 < self.everyone == self.met


def names_of(info: VersionInfo) -> dict[str, dict[str, str]]:
    """Return the values of the fields that are chosen from a list, with their names."""
    known = known_values(info)
    return {key: {v: info.label(key, v) for v in sorted(values)} for key, values in known.items()}


def hindrances(rule: Rule) -> list[str]:
    """Return in sentences why a rule cannot be saved by the reader who asks."""
    info = fetcher().info()
    try:
        check_sense(rule)
    except RuleError as error:
        return [error_words(error)]
    found = [
        t(
            "You see {field} masked, so no rule of yours can ask about it.",
            field=t(FIELDS[key].label),
        )
        for key in masked_fields(rule, scope_now())
    ]
    found += [
        t(
            "{field} needs rows in {tables}, and there are none: the condition could never hold.",
            field=t(FIELDS[key].label),
            tables=", ".join(tables),
        )
        for key, tables in missing_tables(rule, info).items()
    ]
    return found + [
        t(
            "There is no '{value}' among the values of {field}.",
            value=value_word(field, value, {}),
            field=t(FIELDS[field].label),
        )
        for field, value in unknown_values(rule.tree, known_values(info))
    ]


def preview(rule: Rule, filters: Filters) -> Preview:
    """Return what a rule would do and would have done, for the reader who asks."""
    reach = run(rule_reach(rule), filters).iloc[0]
    met, everyone = int(reach["met"]), int(reach["everyone"])
    if not rule.is_exact:
        rows = run(first_of(rule_customers(rule), NAMED), filters)
        lines = [_line(row, []) for row in rows.to_dict("records")]
        return Preview(met, everyone, None, met, lines)
    patterns = run(rule_patterns(rule), filters)
    counts = [int(n) for n in patterns["customers"]]
    often = [len(days) for days in _fired(rule, patterns, filters)]
    rows = run(first_of(rule_days(rule), NAMED), filters)
    named = zip(rows.to_dict("records"), _fired(rule, rows, filters), strict=True)
    lines = [_line(row, days) for row, days in named]
    total = sum(n * times for n, times in zip(counts, often, strict=True))
    return Preview(met, everyone, total, sum(counts), lines)


def _fired(rule: Rule, rows: pd.DataFrame, filters: Filters) -> list[list[date]]:
    """Return the days on which the rule would have fired for each row's bits."""
    last = filters.calendar.as_of
    since = last - timedelta(days=PREVIEW_DAYS - 1)
    masks = [rows[f"mask_{i}"] for i in range(len(mask_days(last, PREVIEW_DAYS)))]
    return [
        firings(held_bits([int(bits) for bits in each]), since, rule, days=PREVIEW_DAYS)
        for each in zip(*masks, strict=True)
    ]


def _line(row: dict[Any, Any], days: list[date]) -> dict[str, Any]:
    kept = {str(k): v for k, v in row.items() if not str(k).startswith("mask_")}
    return {**kept, "firings": len(days) or None, "last_on": days[-1] if days else None}
