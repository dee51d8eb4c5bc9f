"""What the page of rules says about one: its preview, doubts before it is saved, a faster hand."""

from typing import Any

from dash import html

from components.rule_words import in_words
from components.rules import act_button, preview_table
from components.states import banner
from data.domain.rule import Rule
from data.i18n import figure, t, tn
from data.state.rules import RuleRecord
from pages._rule_preview import NAMED, Preview, hindrances, names_of, preview
from pages._rule_runs import plain_filters
from queries.run import fetcher


def previewed(rule: Rule) -> Any:
    """Return what a rule would do, in sentences and with its customers."""
    if why := hindrances(rule):
        return [banner(sentence) for sentence in why]
    found = preview(rule, plain_filters())
    names = names_of(fetcher().info())
    parts: list[Any] = [html.P(in_words(rule.tree, names), className="muted")]
    parts += [html.P(_today(found)), html.P(_past(found))]
    if doubt := _doubt(found):
        parts.append(banner(doubt))
    if found.lines:
        parts.append(
            preview_table(
                [_named(line) for line in found.lines], is_dated=found.firings is not None
            )
        )
    if found.customers > NAMED:
        count = figure(found.customers - NAMED, "count")
        parts.append(html.P(t("and {count} more", count=count), className="muted"))
    return parts


def _named(line: dict[str, Any]) -> dict[str, Any]:
    info = fetcher().info()
    labels = {n: info.label(n, str(line[n])) for n in ("team", "rep") if line.get(n)}
    return {**line, **labels}


def _today(found: Preview) -> str:
    return t(
        "Today {met} of {everyone} customers and prospects meet it.",
        met=figure(found.met, "count"),
        everyone=figure(found.everyone, "count"),
    )


def _past(found: Preview) -> str:
    if found.firings is None:
        return t(
            "It asks for what is known of today only, so the preview counts today only: it would"
            " fire for {met}.",
            met=figure(found.met, "count"),
        )
    return tn(
        "Run daily, it would have fired {count} time in the last 90 days, for {customers}.",
        "Run daily, it would have fired {count} times in the last 90 days, for {customers}.",
        found.firings,
        customers=tn("{count} customer", "{count} customers", found.customers),
    )


def _doubt(found: Preview) -> str:
    if found.is_everybody:
        return t("Everybody meets it: it would fire for all of them.")
    if not found.customers:
        return t("With these data it fires for nobody.")
    return ""


def unsure(rule: Rule, *, is_sure: bool) -> Any:
    """Return why a rule cannot be saved, or should not without a second look; None: it can."""
    if why := hindrances(rule):
        return [banner(sentence) for sentence in why]
    doubt = "" if is_sure else _doubt(preview(rule, plain_filters()))
    return [banner(doubt), _sure("save", t("Save it all the same"))] if doubt else None


def stale(now: RuleRecord) -> Any:
    """Return what somebody else saved meanwhile, beside what the form still holds."""
    words = t(
        "{name} changed this rule at {time} UTC. What you have written is kept: reload the rule,"
        " or save over it.",
        name=now.changed_by,
        time=f"{now.changed_at:%H:%M}",
    )
    other = (
        f"{now.rule.name}: {in_words(now.rule.tree, names_of(fetcher().info()))} → {now.rule.text}"
    )
    buttons = [
        act_button(f"edit:{now.rule_id}", t("Reload the rule")),
        _sure("over", t("Save over it")),
    ]
    inside = [html.P(words), html.P(other, className="muted")]
    return html.Div([*inside, html.Div(buttons, className="lab-actions")], className="confirm",
                    role="alertdialog")  # fmt: skip


def _sure(key: str, label: str) -> html.Button:
    ids = {"type": "rules-sure", "key": key}
    return html.Button(label, id=ids, type="button", className="btn btn-outline")
