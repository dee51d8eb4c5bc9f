"""Runs of alerts and digests: asked with the owner's rights, told in the owner's language."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from data.access.reader import Reader
from data.domain.alert import Alert, AlertError, Unusual, last_whole, unusual
from data.domain.channel import Message
from data.domain.filters import Filters, parse_search
from data.domain.metric import Metric
from data.domain.period import Period
from data.domain.rule import window_of
from data.i18n import (
    change,
    day,
    figure,
    filter_words,
    is_blank,
    language,
    month,
    period_words,
    signed,
    t,
    use_language,
)
from data.state import alerts
from data.state.alerts import AlertRecord, Found
from data.state.channels import takes_files
from data.warehouse.engine import WarehouseError
from pages._brief_file import brief_file
from pages._rule_runs import link_to, reader_of_owner
from queries.alerts import closed_months, metric_months
from queries.cockpit import CARDS, cockpit_kpis
from queries.kpis import BEFORE, NOW
from queries.metrics import METRICS
from queries.run import fetcher, reading, run
from queries.single import metric_total


@dataclass(frozen=True)
class AlertRun:
    """What came of one alert: whether it was raised, and why it was not looked at."""

    about: AlertRecord
    is_raised: bool = False
    why_not: str = ""

    @property
    def sentence(self) -> str:
        """What to tell on the command line."""
        name = f"{self.about.alert.name} ({self.about.owner})"
        if self.why_not:
            return f"{name}: not looked at. {self.why_not}"
        return f"{name}: {'raised' if self.is_raised else 'nothing new'}."


def run_alerts(database: Engine, *, lease: tuple[str, int] | None = None) -> Iterator[AlertRun]:
    """Look at every alert that is on; what fails is told and the next one goes on."""
    for about in alerts.alerts(database, is_on=True):
        yield _run(database, about, lease)


def _run(database: Engine, about: AlertRecord, lease: tuple[str, int] | None) -> AlertRun:
    owner = reader_of_owner(database, about.owner)
    if owner is None:
        return AlertRun(about, why_not="Its owner is closed or may not have alerts any more.")
    window = _window(about.alert)
    if alerts.raised_in(database, about.alert_id, [window]):
        return AlertRun(about)
    try:
        found = look(about.alert, owner, files=takes_files(database, about.alert.channels))
    except (WarehouseError, AlertError) as error:
        return AlertRun(about, why_not=str(error))
    if found is None:
        return AlertRun(about)
    return AlertRun(about, alerts.raise_finding(database, about=about, found=found, lease=lease))


def _window(alert: Alert) -> date:
    """Return the window that an alert is looked at for: of today, or the last that is over."""
    calendar = fetcher().info().calendar
    if alert.kind == "threshold":
        return window_of(alert.window, calendar.as_of)
    return last_whole(alert.window, calendar.until).since


def look(alert: Alert, owner: Reader, *, files: bool = False) -> Found | None:
    """Return what an alert finds now for its owner, in the owner's language; None: nothing.

    With `files` a digest carries the one-page brief of its period.
    """
    with reading(owner, through=fetcher()), _speaking(alert.language):
        filters = _asked(alert)
        sentences = {"threshold": _beyond, "anomaly": _unusual, "digest": _digest}
        told = sentences[alert.kind](alert, filters)
        if told is None:
            return None
        text, details = told
        link = link_to(f"/{filters.to_search()}")
        file = brief_file(filters) if files and alert.kind == "digest" else None
        return Found(
            window_on=_window(alert),
            day=filters.calendar.as_of,
            details={**details, "text": text},
            message=Message("", alert.name, text, link, file),
            is_open=alert.kind != "digest",
        )


@contextmanager
def _speaking(wanted: str) -> Generator[None]:
    before = language()
    use_language(wanted)
    try:
        yield
    finally:
        use_language(before)


def filters_of(alert: Alert) -> Filters:
    """Return the filters of an alert on the live version."""
    info = fetcher().info()
    return parse_search(alert.search, info.calendar, version=info.number)[0]


def _asked(alert: Alert) -> Filters:
    """Return the filters of an alert; those of a digest are over the last whole week or month."""
    filters = filters_of(alert)
    if alert.kind != "digest":
        return filters
    period = last_whole(alert.window, filters.calendar.until)
    return replace(filters, preset="custom", period=period, compare="previous")


Told = tuple[str, dict[str, Any]]


def metric_of(alert: Alert) -> Metric:
    """Return the figure that is watched; raise AlertError where it is none any more."""
    if alert.metric not in METRICS:
        raise AlertError("metric")
    return METRICS[alert.metric]


def _whose(filters: Filters) -> str:
    """Return the chosen customers in words; empty for all of them."""
    info = fetcher().info()
    chosen = [
        f"{label} {words}"
        for key, label, words in filter_words(filters, info.labels)
        if key != "period"
    ]
    return f" ({'; '.join(chosen)})" if chosen else ""


def _value(metric: Metric, filters: Filters) -> Any:
    rows = run(metric_total, filters.focused(metric=metric.key))
    return None if rows.empty else rows[metric.key].iloc[0]


def value_words(alert: Alert) -> str:
    """Return what the figure is now for the reader who asks."""
    metric, filters = metric_of(alert), filters_of(alert)
    value = figure(_value(metric, filters), metric.unit)
    return t("{metric}: {value}", metric=t(metric.label) + _whose(filters), value=value)


def _beyond(alert: Alert, filters: Filters) -> Told | None:
    metric = metric_of(alert)
    value = _value(metric, filters)
    if is_blank(value) or not alert.is_beyond(float(value)):
        return None
    words = {
        "metric": t(metric.label) + _whose(filters),
        "value": figure(value, metric.unit),
        "limit": figure(alert.limit, metric.unit),
        "period": period_words(filters.period, filters.calendar),
    }
    text = (
        t("{metric}, {period}: {value}. That has reached the limit of {limit}.", **words)
        if alert.operator == "at_least"
        else t("{metric}, {period}: {value}. That is down to the limit of {limit}.", **words)
    )
    return text, {"value": float(value)}


def _unusual(alert: Alert, filters: Filters) -> Told | None:
    metric = metric_of(alert)
    span = closed_months(filters)
    rows = run(metric_months(metric.key), filters)
    known = dict(zip(rows["slot"], rows[metric.key], strict=True))
    values = [known.get(f"{m.since:%Y-%m}") for m in span.months()]
    found = unusual([None if is_blank(v) else float(v) for v in values])
    if found is None:
        return None
    return _unusual_words(metric, filters, found, span), {"value": found.value, "z": found.z}


def _unusual_words(metric: Metric, filters: Filters, found: Unusual, span: Period) -> str:
    return t(
        "{metric} in {month}: {value}, {change} against the same month of the year before. Usual"
        " is a change of {usual}: the robust z-score is {z}, and beyond 3.5 a month counts as"
        " unusual.",
        metric=t(metric.label) + _whose(filters),
        month=month(span.months()[-1].since),
        value=figure(found.value, metric.unit),
        change=signed(found.value - found.before, metric.unit),
        usual=signed(found.usual, metric.unit),
        z=f"{found.z:+.1f}",
    )


def _digest(_alert: Alert, filters: Filters) -> Told | None:
    """Return the figures of the cockpit over the period, in words."""
    since = filters.period.since
    if since < filters.calendar.first_on:
        return None
    slots = run(cockpit_kpis, filters).set_index("slot")
    words = period_words(filters.period, filters.calendar)
    lines = [t("{period}{whose}, data as of {day}:", period=words, whose=_whose(filters),
               day=day(filters.calendar.as_of))]  # fmt: skip
    lines += [_line(METRICS[key], slots) for key in CARDS]
    return "\n".join(lines), {"since": since.isoformat()}


def _line(metric: Metric, slots: Any) -> str:
    now = slots[metric.key].get(NOW)
    before = slots[metric.key].get(BEFORE)
    words = t("{metric}: {value}", metric=t(metric.label), value=figure(now, metric.unit))
    if is_blank(now) or is_blank(before):
        return words
    moved = change(now, before, metric)
    return t(
        "{words}, {change} against the one before",
        words=words,
        change=f"{moved.arrow} {moved.text}",
    )
