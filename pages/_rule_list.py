"""The rules of a reader behind the page: in words, and what may be done with each."""

from components.rule_words import in_words, rhythm
from components.rules import RuleLine
from data.domain.ready_rules import READY, Ready
from data.domain.rule import Rule
from data.i18n import day, t, tn
from data.state import rules
from data.state.channels import channels as all_channels
from data.state.firings import Tally, tallies
from data.state.rules import MANAGE, MANAGE_ALL, RuleRecord
from pages import _rule_form
from pages._rule_preview import hindrances, names_of
from pages._state import actor_now, state
from queries.run import fetcher, reader_now


def lines() -> list[RuleLine]:
    """Return the reader's rules, and for administrators those of everybody."""
    reader = reader_now()
    owner = None if reader.may(MANAGE_ALL) else reader.user_id
    counted = tallies(state())
    return [_line(each, counted.get(each.rule_id)) for each in rules.rules(state(), owner=owner)]


def _line(about: RuleRecord, tally: Tally | None) -> RuleLine:
    names = names_of(fetcher().info())
    conditions = in_words(about.rule.tree, names)
    words = [
        t("{conditions}; {rhythm}.", conditions=conditions, rhythm=rhythm(about.rule)),
        _told(tally),
    ]
    if about.owner != reader_now().user_id:
        words.append(t("Belongs to {owner}.", owner=about.owner))
    return RuleLine(
        key=about.rule_id,
        name=about.rule.name,
        words=" ".join(words),
        state=t("On") if about.is_on else t("Off"),
        is_on=about.is_on,
        actions=_actions(about),
    )


def _told(tally: Tally | None) -> str:
    if tally is None or tally.last_day is None:
        return t("Has not fired yet.")
    return tn(
        "Has fired {count} time, last on {day}.",
        "Has fired {count} times, last on {day}.",
        tally.firings,
        day=day(tally.last_day),
    )


def _actions(about: RuleRecord) -> list[tuple[str, str]]:
    reader = reader_now()
    if not reader.may(MANAGE):
        return []
    is_own = about.owner == reader.user_id
    found = [("edit", t("Edit"))] if is_own else []
    if about.is_on:
        found.append(("off", t("Switch off")))
    elif is_own:
        found.append(("on", t("Switch on")))
    return [*found, ("remove", t("Remove"))]


def ready_lines() -> list[RuleLine]:
    """Return the ready rules; those of which the reader has one already say so."""
    reader = reader_now()
    mine = {each.rule.ready for each in rules.rules(state(), owner=reader.user_id)}
    may = reader.may(MANAGE)
    return [_ready_line(ready, is_used=key in mine, may=may) for key, ready in READY.items()]


def _ready_line(ready: Ready, *, is_used: bool, may: bool) -> RuleLine:
    rule = _own(ready)
    names = names_of(fetcher().info())
    words = f"{in_words(rule.tree, names)} → {rule.text}"
    actions = [("take", t("Switch on")), ("use", t("Change first"))] if may else []
    return RuleLine(
        key=ready.key,
        name=rule.name,
        words=words,
        state=t("In use") if is_used else "",
        is_on=is_used,
        actions=actions[1:] if is_used else actions,
    )


def _own(ready: Ready) -> Rule:
    """Return a ready rule in the reader's language."""
    return ready.taken_over(t(ready.name), t(ready.text))


def draft_for(what: str, key: str) -> _rule_form.Draft | None:
    """Return what goes into the form: a new rule, a ready one or an own one; None for no draft."""
    if what == "new":
        return _rule_form.new_draft()
    if what == "use" and key in READY:
        return _rule_form.draft_of(_own(READY[key]))
    if what != "edit":
        return None
    found = rules.rule(state(), key)
    if found.owner != reader_now().user_id:
        raise rules.UnknownRuleError("There is no such rule any more. Look at the list again.")
    return _rule_form.draft_of(found.rule, rule_id=key, version=found.version)


def carry_out(what: str, key: str) -> str:
    """Do it as the reader, whose right is checked and logged; return what was done."""
    actor = actor_now()
    if what == "take" and key in READY:
        rule = _own(READY[key])
        if why := hindrances(rule):
            return " ".join(why)
        rules.save_rule(state(), actor=actor, rule=rule)
        return t("The rule is on. It runs with the next run of the rules.")
    if what == "remove":
        rules.remove_rule(state(), actor=actor, rule_id=key)
        return t("The rule is removed; what it has fired stays.")
    rules.switch_rule(state(), actor=actor, rule_id=key, is_on=what == "on")
    return t("The rule is on.") if what == "on" else t("The rule is off.")


def keep(draft: _rule_form.Draft, rule: Rule, *, is_over: bool) -> RuleRecord:
    """Save what the form holds; `is_over`: over whatever somebody else saved meanwhile."""
    rule_id, version = draft.get("rule_id"), draft.get("version")
    is_known = isinstance(rule_id, str) and isinstance(version, int)
    return rules.save_rule(
        state(),
        actor=actor_now(),
        rule=rule,
        rule_id=rule_id if is_known else None,
        version=version if is_known and not is_over else None,
    )


def channels() -> dict[str, str]:
    """Return the channels that a message can go to, with their names."""
    return {each.channel_id: each.name for each in all_channels(state())}
