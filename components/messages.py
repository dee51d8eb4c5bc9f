"""Channels and messages on screen: what can be sent to, the form of a new one, dead letters."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from data.domain.channel import KINDS, MOST_LETTERS, MOST_NAME_LETTERS, SECURITIES
from data.i18n import t

#: What kinds of channels, their encryption and the states of messages are called.
LABELS: dict[str, dict[str, str]] = {
    "kind": {
        "email": "E-mail (SMTP)",
        "wecom": "WeCom robot",
        "dingtalk": "DingTalk robot",
        "webhook": "Webhook",
    },
    "security": {"starttls": "STARTTLS", "tls": "TLS", "none": "Not encrypted"},
    "state": {
        "waiting": "Waiting",
        "sending": "On the way",
        "sent": "Sent",
        "dead": "Dead letters",
    },
}


def channel_list(lines: Sequence[Mapping[str, str]], *, may_change: bool) -> html.Ol:
    """Return the channels with their hosts; nothing of what is secret."""
    return html.Ol([_channel(line, may_change=may_change) for line in lines], className="moves")


def _channel(line: Mapping[str, str], *, may_change: bool) -> html.Li:
    kind = t(LABELS["kind"][line["kind"]])
    buttons = [
        _button("test", line["key"], t("Send a test")),
        _button("remove", line["key"], t("Remove")),
    ]
    return html.Li(
        [
            html.Strong(line["name"]),
            html.B(kind),
            html.P(line["words"]),
            html.Div(buttons if may_change else [], className="lab-actions"),
        ]
    )


def _button(what: str, key: str, label: str) -> html.Button:
    ids = {"type": "messages-act", "key": f"{what}:{key}"}
    return html.Button(label, id=ids, type="button", className="btn btn-outline")


def channel_form() -> html.Div:
    """Return the form of a new channel; what is secret is written here and shown nowhere."""
    kinds: list[Any] = [{"value": kind, "label": t(LABELS["kind"][kind])} for kind in KINDS]
    ways: list[Any] = [
        {"value": way, "label": t(LABELS["security"][way])} for way in reversed(SECURITIES)
    ]
    row = [
        _field(t("Kind"), dbc.Select(id=_id("kind"), options=kinds, value="webhook")),
        _text("name", t("Name"), most=MOST_NAME_LETTERS),
    ]
    mail = [
        _text("user", t("Sign-in name")),
        _text("sender", t("Sender")),
        _text("receivers", t("Receivers, with commas between them")),
        _field(
            t("Encryption"),
            dbc.Select(id=_id("security"), options=ways, value="starttls"),
        ),
    ]
    secret = dbc.Input(
        id=_id("secret"), type="password", autocomplete="new-password", maxlength=MOST_LETTERS
    )
    return html.Div(
        [
            html.Div(row, className="rule-row"),
            _text("address", t("Address: https://… or mail.example.com:587")),
            _field(t("Secret to sign with, or password; it is never shown again"), secret),
            html.Details(
                [
                    html.Summary(t("Only for e-mail"), className="rule-fold"),
                    html.Div(mail, className="rule-row"),
                ]
            ),
        ],
        className="rule-form",
    )


def _id(key: str) -> dict[str, str]:
    return {"type": "messages-field", "key": key}


def _field(label: str, control: Any) -> html.Label:
    return html.Label([html.Span(label), control], className="field")


def _text(key: str, label: str, *, most: int = MOST_LETTERS) -> html.Label:
    control = dbc.Input(id=_id(key), type="text", maxlength=most, autocomplete="off")
    return _field(label, control)


def letter_list(lines: Sequence[Mapping[str, str]], *, may_change: bool) -> html.Ol:
    """Return messages that were not taken, with why; dead ones can be sent again."""
    return html.Ol([_letter(line, may_change=may_change) for line in lines], className="moves")


def _letter(line: Mapping[str, str], *, may_change: bool) -> html.Li:
    is_dead = line["state"] == "dead"
    buttons = [_button("again", line["key"], t("Send again"))] if is_dead and may_change else []
    state = t("Dead letter") if is_dead else t("Waits for the next attempt")
    return html.Li(
        [
            html.Strong(line["subject"]),
            html.B(state, className="bad" if is_dead else "muted"),
            html.P(line["words"]),
            html.Div(buttons, className="lab-actions"),
        ]
    )
