"""Alerts behind their page: in words, made from the form, and what may be done with them."""

from datetime import date
from typing import Any

from components.alerts import LABELS
from components.rules import RuleLine
from data.domain.alert import SENTENCES, Alert, AlertError
from data.domain.filters import Filters
from data.i18n import day, figure, filter_words, language, t
from data.state import alerts
from data.state.alerts import AlertRecord, FindingRecord, UnknownAlertError
from data.state.rules import MANAGE, MANAGE_ALL
from pages._alert_runs import filters_of, look, value_words
from pages._rule_form import given
from pages._state import actor_now, state
from queries.alerts import is_monthly
from queries.metrics import METRICS
from queries.run import fetcher, reader_now

#: A rate is written in percent.
PERCENT = 100


def error_words(error: AlertError) -> str:
    """Return why an alert cannot be so."""
    values = {
        k: t(v) if k == "metric" and isinstance(v, str) else v for k, v in error.values.items()
    }
    return t(SENTENCES[error.code], **values)


def metrics() -> dict[str, str]:
    """Return the figures that can be watched, with their names."""
    return {key: t(metric.label) for key, metric in METRICS.items() if not metric.pending}


def finding_lines() -> list[dict[str, str]]:
    """Return the reader's open findings in words."""
    return [_finding(each) for each in open_findings()]


def open_findings() -> list[FindingRecord]:
    """Return what the reader's alerts have found and the reader has not closed."""
    return alerts.open_findings(state(), owner=reader_now().user_id)


def _finding(found: FindingRecord) -> dict[str, str]:
    return {
        "key": f"{found.alert_id}:{found.window_on.isoformat()}",
        "name": found.name,
        "day": day(found.day),
        "text": str(found.details.get("text", "")),
    }


def lines() -> list[RuleLine]:
    """Return the reader's alerts, and for administrators those of everybody."""
    reader = reader_now()
    owner = None if reader.may(MANAGE_ALL) else reader.user_id
    return [_line(each) for each in alerts.alerts(state(), owner=owner)]


def _line(about: AlertRecord) -> RuleLine:
    return RuleLine(
        key=about.alert_id,
        name=about.alert.name,
        words=" · ".join([*_words(about.alert), *_whose(about)]),
        state=t("On") if about.is_on else t("Off"),
        is_on=about.is_on,
        actions=_actions(about),
    )


def _words(alert: Alert) -> list[str]:
    kind = t(LABELS["kind"][alert.kind])
    rhythm = t(LABELS["window"][alert.window])
    if alert.kind == "digest" or alert.metric not in METRICS:
        return [kind, rhythm, *_filters(alert)]
    metric = METRICS[alert.metric]
    watched = t(metric.label)
    if alert.kind == "threshold":
        compared = t(LABELS["operator"][alert.operator])
        watched = f"{watched} {compared} {figure(alert.limit, metric.unit)}"
    return [kind, watched, rhythm, *_filters(alert)]


def _filters(alert: Alert) -> list[str]:
    words = filter_words(filters_of(alert), fetcher().info().labels)
    is_fixed = alert.kind != "threshold"
    return [f"{label} {said}" for key, label, said in words if key != "period" or not is_fixed][:4]


def _whose(about: AlertRecord) -> list[str]:
    is_own = about.owner == reader_now().user_id
    return [] if is_own else [t("Belongs to {owner}.", owner=about.owner)]


def _actions(about: AlertRecord) -> list[tuple[str, str]]:
    reader = reader_now()
    if not reader.may(MANAGE):
        return []
    switch = ("off", t("Switch off")) if about.is_on else ("on", t("Switch on"))
    is_own = about.owner == reader.user_id
    return [*([switch] if is_own or about.is_on else []), ("remove", t("Remove"))]


# --- made and changed ------------------------------------------------------------------------


def alert_in(ids: Any, values: Any, filters: Filters, *, name: str = "") -> Alert:
    """Return the alert that the form describes; raise AlertError where it is none.

    `name` stands in for one that is not written yet.
    """
    held = given(ids, values)
    key = str(held.get("metric") or "")
    kind = str(held.get("kind") or "")
    if kind != "digest" and key not in metrics():
        raise AlertError("metric")
    if kind == "anomaly" and not is_monthly(METRICS[key]):
        raise AlertError("months", metric=METRICS[key].label)
    channels = held.get("channels")
    return Alert(
        name=str(held.get("name") or name),
        kind=kind,
        metric="" if kind == "digest" else key,
        search=filters.to_search(),
        operator=str(held.get("operator") or ""),
        limit=_limit(held.get("limit"), key),
        window="month" if kind == "anomaly" else str(held.get("window") or ""),
        channels=tuple(channels) if isinstance(channels, list) else (),
        language=language(),
    )


def _limit(value: Any, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AlertError("limit")
    return value / PERCENT if key in METRICS and METRICS[key].unit == "rate" else value


def looked(alert: Alert) -> str:
    """Return what an alert would find now for the reader who asks."""
    found = look(alert, reader_now())
    if found:
        return found.message.text
    not_now = t("It would not be raised now.")
    return f"{value_words(alert)}\n{not_now}" if alert.kind == "threshold" else not_now


def carry_out(what: str, key: str) -> str:
    """Do it as the reader, whose right is checked and logged; return what was done."""
    actor, about = actor_now(), {"database": state()}
    alert_id, _, window = key.partition(":")
    if what == "close":
        try:
            window_on = date.fromisoformat(window)
        except ValueError as error:
            raise UnknownAlertError("There is no such alert any more.") from error
        alerts.close_finding(**about, actor=actor, alert_id=alert_id, window_on=window_on)
        return t("Noted as seen to.")
    if what == "remove":
        alerts.remove_alert(**about, actor=actor, alert_id=alert_id)
        return t("The alert is removed.")
    alerts.switch_alert(**about, actor=actor, alert_id=alert_id, is_on=what == "on")
    return t("The alert is on.") if what == "on" else t("The alert is off.")


def keep(alert: Alert) -> str:
    """Save an alert as the reader's own; return what was done."""
    alerts.add_alert(state(), actor=actor_now(), alert=alert)
    return t("The alert is on. It is looked at with the next run.")
