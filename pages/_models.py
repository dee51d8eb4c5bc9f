"""Scoring model versions on a page: the list, which one is live, and the steps of a new one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import flask
from dash import html

from components.refitted import refitted
from components.states import banner
from components.weights import ModelLine, fragment, model_list, terms
from data.domain.filters import Filters
from data.domain.period import add_months, month_start
from data.domain.what_if import WhatIf
from data.i18n import day, label_of, month, t
from data.state import accounts, models
from data.state.model_checks import (
    APPROVE,
    BEGINNING,
    PROPOSE,
    EffectiveMonthError,
    check_note,
)
from data.state.model_rows import ModelRecord
from pages._state import actor_now, live_model, state
from queries.run import fetcher

#: Months ahead from which a version may be put in force.
MONTHS_AHEAD = 12


def standing(filters: Filters) -> Any:
    """Say by which version today's customers were scored, and whether a newer one is approved."""
    number = fetcher().info(filters.version).model
    words = t(
        "Today's customers are scored by version {number}, {name}.",
        number=number,
        name=label_of("model_name", live_model(filters.version).name),
    )
    later = [m for m in models.approved_models(state()) if m.version > number]
    if not later:
        return html.P(words, className="muted")
    newest = later[-1]
    when = f"{newest.effective_month:%Y-%m}"
    if newest.effective_month and newest.effective_month > filters.calendar.as_of:
        more = t(
            "Version {number} is approved from {month}; the first refresh with data of that month"
            " uses it.",
            number=newest.version,
            month=when,
        )
    else:
        more = t(
            "Version {number} is approved from {month}; the next refresh uses it.",
            number=newest.version,
            month=when,
        )
    return banner(f"{words} {more}")


def list_of_models(filters: Filters) -> Any:
    """Return every version, newest first, with what the reader may do to each."""
    months = _months(filters)
    actor = actor_now()
    lines = [
        ModelLine(
            version=m.version,
            name=label_of("model_name", m.name),
            state=m.state,
            terms=terms(WhatIf.of_model(m.definition)),
            history=_history(m),
            go=fragment(WhatIf.of_model(m.definition)),
            can_propose=m.state == "draft" and actor.may(PROPOSE),
            can_decide=m.state == "proposed" and actor.may(APPROVE),
            learnt=_learnt(m) if actor.may(PROPOSE) or actor.may(APPROVE) else None,
        )
        for m in reversed(models.models(state()))
    ]
    return model_list(lines, months)


def _learnt(record: ModelRecord) -> Any:
    """Return what a refit changed, for those who decide: its amounts are the whole company's."""
    fitted = record.fitted or {}
    told = fitted.get("refit")
    if not told or record.state not in ("draft", "proposed"):
        return None
    return refitted(told, fitted["findings"], id=f"weights-refit-{record.version}")


def _months(filters: Filters) -> Mapping[str, str]:
    """Return the months from which a version may take effect: open, and not before the newest."""
    newest = models.approved_models(state())[-1].effective_month or BEGINNING
    first = max(month_start(filters.calendar.as_of), newest)
    found = [add_months(first, i) for i in range(MONTHS_AHEAD)]
    return {f"{each:%Y-%m}": month(each) for each in found}


def _history(record: ModelRecord) -> str:
    """Return who made, proposed and decided a version, why, and from when it holds."""
    parts = [t("made by {who} on {day}", who=_who(record.made_by), day=_day(record.made_at))]
    steps: list[tuple[datetime, str]] = []
    if record.proposed_by and record.proposed_at:
        when = _day(record.proposed_at)
        words = t("proposed by {who} on {day}", who=_who(record.proposed_by), day=when)
        steps.append((record.proposed_at, words))
    if record.decided_by and record.decided_at:
        steps.append((record.decided_at, _decision(record, _who(record.decided_by))))
    # A version that was returned may have been proposed once more.
    parts += [words for _at, words in sorted(steps, key=lambda step: step[0])]
    if record.effective_month == BEGINNING:
        parts.append(t("in force from the beginning"))
    elif record.effective_month:
        parts.append(t("in force from {month}", month=f"{record.effective_month:%Y-%m}"))
    return " · ".join(parts)


def _decision(record: ModelRecord, who: str) -> str:
    """Return how a proposal was decided, by whom, and the reason where one was given."""
    when = _day(record.decided_at) if record.decided_at else ""
    if record.state in ("draft", "proposed"):
        return t("returned by {who} on {day}: {note}", who=who, day=when, note=record.note)
    if record.effective_month is None:
        return t("rejected by {who} on {day}: {note}", who=who, day=when, note=record.note)
    return t("approved by {who} on {day}", who=who, day=when)


def _who(user: str) -> str:
    name = _names().get(user)
    return t(name) if name else t("the application")


def _names() -> dict[str, str]:
    """Return the users' names; each request asks once, however long the list of versions is."""
    if "names" not in flask.g:
        flask.g.names = {found.user_id: found.name for found in accounts.accounts(state())}
    return flask.g.names


def _day(at: datetime) -> str:
    return day(at.date())


# --- steps -----------------------------------------------------------------------------------


def draft(filters: Filters, tried: WhatIf, *, name: str) -> str:
    """Keep a what-if as a draft of the live model's next version; return what was done."""
    own = live_model(filters.version)
    known = {m.version for m in models.models(state())}
    made = models.draft_model(
        state(),
        actor=actor_now(),
        definition=tried.applied_to(own, name=name.strip()),
        name=name.strip(),
        from_version=own.version if own.version in known else None,
    )
    return t(
        "Version {number} is saved as a draft. Nothing changes for anybody until it is proposed"
        " and approved.",
        number=made.version,
    )


def propose(version: int) -> str:
    """Put a draft before those who approve; return what was done."""
    made = models.propose_model(state(), actor=actor_now(), version=version)
    return t("Version {number} is proposed. Somebody else may approve it now.", number=made.version)


def approve(filters: Filters, version: int, *, month: str) -> str:
    """Put a proposal in force from a month on; return what was done."""
    try:
        effective = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise EffectiveMonthError("Choose the month from which it holds, as in 2026-12.") from error
    made = models.approve_model(
        state(),
        actor=actor_now(),
        version=version,
        effective_month=effective,
        open_month=month_start(filters.calendar.as_of),
    )
    return t(
        "Version {number} is approved and in force from {month}. The months before keep their"
        " model.",
        number=made.version,
        month=month,
    )


def give_back(version: int, *, note: str) -> str:
    """Return a proposal to its makers as a draft; return what was done."""
    made = models.return_model(state(), actor=actor_now(), version=version, note=note)
    return t(
        "Version {number} is returned. It is a draft again, and your note stands beside it.",
        number=made.version,
    )


def ask_to_reject(version: int, *, note: str) -> str:
    """Return the question before a proposal is turned down for good; a note must be there."""
    check_note(version, note, done="rejected")
    about = models.model(state(), version)
    return t(
        "Reject version {number}, {name}? It can never be proposed again; its weights can be"
        " drafted anew.",
        number=version,
        name=label_of("model_name", about.name),
    )


def reject(version: int, *, note: str) -> str:
    """Turn a proposal down for good; return what was done."""
    made = models.reject_model(state(), actor=actor_now(), version=version, note=note)
    return t(
        "Version {number} is rejected for good. Your note stands beside it.", number=made.version
    )
