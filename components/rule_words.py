"""A rule in words: its conditions as a sentence, its rhythm, and what is wrong with it."""

from collections.abc import Mapping

from data.domain.rule import SENTENCES, Condition, Group, Node, Rule, RuleError
from data.domain.rule_fields import FIELDS
from data.i18n import figure, label_of, language, t

#: How a kind of field is compared.
TEXTS: dict[str, str] = {
    "choice.in": "is one of",
    "choice.not_in": "is none of",
    "number.at_least": "at least",
    "number.at_most": "at most",
    "money.at_least": "at least",
    "money.at_most": "at most",
    "since.at_least": "at least",
    "since.at_most": "at most",
    "since.never": "never happened",
    "until.within": "within the next",
    "waiting.at_least": "for at least",
    "flag.yes": "yes",
    "flag.no": "no",
}
#: What groups, windows and priorities are called.
LABELS: dict[str, dict[str, str]] = {
    "join": {"all": "All of these", "any": "Any of these", "none": "Not one of these"},
    "joined": {"all": " and ", "any": " or ", "none": " or "},
    "window": {
        "day": "at most once a day",
        "week": "at most once a week",
        "month": "at most once a month",
    },
    "priority": {"high": "Urgent", "normal": "Usual", "low": "When there is time"},
}
#: Fields whose values go by another dimension's names.
NAMED_AS = {"tier_end": "tier"}
NAMED = 4
#: field -> value -> the name that readers know.
Names = Mapping[str, Mapping[str, str]]


def operator_word(field: str, operator: str) -> str:
    """Return how a field is compared."""
    return t(TEXTS[f"{FIELDS[field].kind}.{operator}"])


def value_word(field: str, value: str, names: Names) -> str:
    """Return what a value of a field is called."""
    known = names.get(field, {}).get(value, value)
    return label_of(NAMED_AS.get(field, field), value) if known == value else known


def in_words(node: Node, names: Names) -> str:
    """Return conditions as one sentence without its full stop."""
    if isinstance(node, Condition):
        return _condition(node, names)
    parts = [_inner(part, names) for part in node.parts]
    joined = t(LABELS["joined"][node.join]).join(parts)
    return t("not ({conditions})", conditions=joined) if node.join == "none" else joined


def _inner(part: Node, names: Names) -> str:
    words = in_words(part, names)
    is_open = isinstance(part, Group) and part.join != "none" and len(part.parts) > 1
    return f"({words})" if is_open else words


def _condition(condition: Condition, names: Names) -> str:
    field = FIELDS[condition.field]
    label, compared = t(field.label), operator_word(condition.field, condition.operator)
    if isinstance(condition.value, tuple):
        values = [value_word(condition.field, v, names) for v in condition.value]
        comma = "、" if language() == "zh" else ", "
        more = len(values) - NAMED
        shown = comma.join(values[:NAMED])
        shown = t("{values} and {count} more", values=shown, count=more) if more > 0 else shown
        if len(values) == 1:
            compared = t("is not") if condition.operator == "not_in" else t("is")
        return f"{label} {compared} {shown}"
    if condition.value is None:
        return f"{label}: {compared}"
    return f"{label} {compared} {_number(condition)}"


def _number(condition: Condition) -> str:
    kind = FIELDS[condition.field].kind
    unit = {"money": "money", "number": "count"}.get(kind, "days")
    return figure(condition.value, unit)


def rhythm(rule: Rule) -> str:
    """Return how often a rule fires."""
    return t(
        "{window}, {days} of pause for the same customer",
        window=t(LABELS["window"][rule.window]),
        days=figure(rule.cool_down, "days"),
    )


def error_words(error: RuleError) -> str:
    """Return why a rule cannot be so, in the reader's language."""
    values = {
        k: t(v) if k == "field" and isinstance(v, str) else v for k, v in error.values.items()
    }
    return t(SENTENCES[error.code], **values)
