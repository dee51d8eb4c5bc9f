"""Rules on screen: the list, the ready ones, the form that builds a tree, and the preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.attributes import attributes
from components.icons import icon
from components.rule_words import LABELS, Names, operator_word, value_word
from components.tables import Column, short_table
from data.domain.rule import DUE_DAYS, MOST_COOL_DOWN, MOST_LETTERS, PRIORITIES, WINDOWS
from data.domain.rule_fields import FIELDS, GROUPS, WITHOUT_VALUE
from data.i18n import t

#: Joins in the order in which they are offered.
JOINED = ("all", "any", "none")


@dataclass(frozen=True)
class RuleLine:
    """One rule in the list: ready texts, and what the reader may do with it."""

    key: str
    name: str
    words: str
    state: str
    is_on: bool
    actions: Sequence[tuple[str, str]]


def rule_list(lines: Sequence[RuleLine]) -> html.Ol:
    """Return rules, each with its conditions in words and its buttons."""
    return html.Ol([_line(line) for line in lines], className="moves")


def _line(line: RuleLine) -> html.Li:
    buttons = [act_button(f"{action}:{line.key}", label) for action, label in line.actions]
    return html.Li(
        [
            html.Strong(line.name),
            html.B(line.state, className="" if line.is_on else "muted"),
            html.P(line.words),
            html.Div(buttons, className="lab-actions"),
        ]
    )


def act_button(key: str, label: str, *, look: str = "btn-outline") -> html.Button:
    """Return a button that does something with a rule."""
    ids = {"type": "rules-act", "key": key}
    return html.Button(label, id=ids, type="button", className=f"btn {look}")


def ready_list(lines: Sequence[RuleLine], *, is_open: bool) -> html.Details:
    """Return the ready rules, folded away for who has rules already."""
    summary = html.Summary(t("{count} ready rules", count=len(lines)), className="rule-fold")
    return html.Details([summary, rule_list(lines)], open=is_open)


# --- the form --------------------------------------------------------------------------------


def rule_form(draft: Mapping[str, Any], names: Names, channels: Mapping[str, str]) -> html.Div:
    """Return the form of a rule: name, conditions, what follows and how often."""
    return html.Div(
        [
            _text("name", t("Name of the rule"), draft),
            html.Fieldset([html.Legend(t("For whom")), _group(draft["tree"], "", names)]),
            html.Fieldset(
                [html.Legend(t("What follows")), *_action(draft, channels)], className="rule-part"
            ),
            html.Fieldset(
                [html.Legend(t("How often")), html.Div(_rhythm(draft), className="rule-row")],
                className="rule-part",
            ),
        ],
        className="rule-form",
    )


def _value(key: str) -> dict[str, str]:
    return {"type": "rules-value", "key": key}


def _text(key: str, label: str, draft: Mapping[str, Any]) -> html.Label:
    control = dbc.Input(
        id=_value(key), type="text", value=draft[key], maxlength=MOST_LETTERS, autocomplete="off"
    )
    return html.Label([html.Span(label), control], className="field")


def _choice(ids: dict[str, str], value: Any, options: Sequence[tuple[str, str]]) -> dbc.Select:
    listed: list[Any] = [{"value": v, "label": words} for v, words in options]
    return dbc.Select(id=ids, value=value, options=listed)


def _named(label: str, control: Any) -> html.Label:
    return html.Label([html.Span(label), control], className="field")


def _number(key: str, label: str, value: Any, span: tuple[int, int]) -> html.Label:
    low, high = span
    limits: dict[str, Any] = {"min": low, "max": high, "step": 1, "value": value}
    return _named(label, dbc.Input(id=_value(key), type="number", **limits))


def _action(draft: Mapping[str, Any], channels: Mapping[str, str]) -> list[Any]:
    switch = dbc.Checkbox(
        id=_value("has_task"),
        value=bool(draft["has_task"]),
        label=t("Open a task for the customer's owner"),
    )
    priorities = [(key, t(LABELS["priority"][key])) for key in PRIORITIES]
    row = [
        _named(t("Priority"), _choice(_value("priority"), draft["priority"], priorities)),
        _number("due_days", t("Due within days"), draft["due_days"], (0, DUE_DAYS[-1])),
    ]
    send = dcc.Dropdown(
        id=_value("channels"),
        multi=True,
        options=[{"value": key, "label": name} for key, name in channels.items()],
        value=list(draft["channels"]),
        placeholder=t("No message"),
    )
    told = [_named(t("Send a message to"), send)] if channels else []
    return [_text("text", t("What is to be done"), draft), switch,
            html.Div(row, className="rule-row"), *told]  # fmt: skip


def _rhythm(draft: Mapping[str, Any]) -> list[Any]:
    windows = [(key, t(LABELS["window"][key])) for key in WINDOWS]
    return [
        _named(t("For one customer"), _choice(_value("window"), draft["window"], windows)),
        _number("cool_down", t("Then a pause of days"), draft["cool_down"], (0, MOST_COOL_DOWN)),
    ]


# --- the tree --------------------------------------------------------------------------------


def _group(node: Mapping[str, Any], path: str, names: Names) -> html.Div:
    joins = [(key, t(LABELS["join"][key])) for key in JOINED]
    pick = _choice(_pick(path, "join"), node["join"], joins)
    pick = html.Label([html.Span(t("These must hold"), className="visually-hidden"), pick])
    parts = [
        _node(part, f"{path}.{i}" if path else str(i), names)
        for i, part in enumerate(node["parts"])
    ]
    buttons = [build_button(f"add:{path}", "plus", t("Condition"))]
    if path.count(".") + bool(path) < 2:
        buttons.append(build_button(f"group:{path}", "plus", t("Group")))
    if path:
        buttons.append(build_button(f"remove:{path}", "x", t("Remove the group")))
    return html.Div(
        [pick, html.Div(parts), html.Div(buttons, className="chip-row")],
        className="rule-group",
        role="group",
    )


def _node(part: Mapping[str, Any], path: str, names: Names) -> html.Div:
    return _group(part, path, names) if "join" in part else _condition(part, path, names)


def _pick(path: str, part: str) -> dict[str, str]:
    return {"type": "rules-pick", "key": f"{path}|{part}"}


def build_button(key: str, sign: str, label: str) -> html.Button:
    """Return a button that changes the tree."""
    ids = {"type": "rules-build", "key": key}
    return html.Button([icon(sign), label], id=ids, type="button", className="chip add")


def _condition(part: Mapping[str, Any], path: str, names: Names) -> html.Div:
    field = str(part["field"]) if part["field"] in FIELDS else next(iter(FIELDS))
    fields = [(f.key, f"{t(GROUPS[f.group])} · {t(f.label)}") for f in FIELDS.values()]
    compared = [(each, operator_word(field, each)) for each in FIELDS[field].operators]
    remove = html.Button(
        icon("x"),
        id={"type": "rules-build", "key": f"remove:{path}"},
        type="button",
        className="icon-button",
        **attributes(aria_label=t("Remove this condition")),
    )
    inside = [
        _hidden(t("Field"), _choice(_pick(path, "field"), field, fields)),
        _hidden(t("Comparison"), _choice(_pick(path, "operator"), part["operator"], compared)),
        _control(part, path, names),
        remove,
    ]
    return html.Div(inside, className="rule-condition")


def _hidden(label: str, control: Any) -> html.Label:
    return html.Label([html.Span(label, className="visually-hidden"), control])


def _control(part: Mapping[str, Any], path: str, names: Names) -> Any:
    """Return what the condition is compared with, as the field's kind needs it."""
    field = FIELDS.get(str(part["field"]), next(iter(FIELDS.values())))
    if part["operator"] in WITHOUT_VALUE:
        return html.Span()
    key = f"{path}|value"
    if field.kind == "choice":
        options = [
            {"value": v, "label": value_word(field.key, v, names)} for v in names.get(field.key, {})
        ]
        chosen = part["value"] if isinstance(part["value"], list) else []
        control: Any = dcc.Dropdown(
            id=_value(key), multi=True, options=options, value=chosen, placeholder=t("Choose")
        )
        return html.Div(control, **attributes(aria_label=t("Values")))
    low, high = field.span
    value = part["value"] if isinstance(part["value"], int) else None
    limits: dict[str, Any] = {"min": low, "max": high, "step": 1, "value": value}
    number = dbc.Input(id=_value(key), type="number", **limits)
    unit = t("days") if field.kind in ("since", "until", "waiting") else ""
    named = html.Span(t("Value"), className="visually-hidden")
    return html.Label([named, number, html.Span(unit, className="muted")], className="rule-number")


# --- the preview -----------------------------------------------------------------------------


def preview_table(rows: Sequence[Mapping[str, Any]], *, is_dated: bool) -> html.Div:
    """Return the customers whom a rule would meet, and when, where that is known."""
    columns = [
        Column("name", t("Customer"), main=True),
        Column("team", t("Team")),
        Column("rep", t("Owner")),
        Column("tier", t("Tier"), "dimension"),
        Column("value", t("Value"), "money", main=not is_dated),
    ]
    if is_dated:
        columns += [
            Column("firings", t("Firings"), "count"),
            Column("last_on", t("Last on"), "date", main=True),
        ]
    return short_table(rows, columns, id="rules-preview-table")
