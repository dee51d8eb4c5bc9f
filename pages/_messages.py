"""Channels and messages behind their page: in words, and what may be done with them."""

import secrets
from typing import Any

from components.messages import LABELS
from data.channels.send import send
from data.domain.channel import SENTENCES, ChannelError, Config, Message
from data.i18n import day_and_time, figure, t, tn
from data.state import channels, outbox
from data.state.audit import require
from pages._rule_form import given
from pages._state import actor_now, state

#: The fields of the form that a channel consists of.
FIELDS = ("kind", "address", "secret", "user", "sender", "security")


def error_words(error: ChannelError) -> str:
    """Return why a channel cannot be so, or did not take a message."""
    return t(SENTENCES[error.code], **error.values)


def channel_lines() -> list[dict[str, str]]:
    """Return the channels in words."""
    return [
        {
            "key": each.channel_id,
            "name": each.name,
            "kind": each.kind,
            "words": t(
                "{host}, added by {name} on {day}",
                host=each.hint,
                name=each.made_by,
                day=day_and_time(each.made_at),
            ),
        }
        for each in channels.channels(state())
    ]


def letter_lines() -> list[dict[str, str]]:
    """Return the messages that were not taken, in words."""
    return [
        {
            "key": each.key,
            "subject": each.subject,
            "state": each.state,
            "words": " · ".join(
                [
                    each.channel,
                    tn("{count} attempt", "{count} attempts", each.attempts),
                    each.said,
                ]
            ),
        }
        for each in outbox.letters(state())
    ]


def counted() -> str:
    """Return how many messages are in each state."""
    found = outbox.counts(state())
    if not found:
        return t("Nothing has been sent yet.")
    parts = [
        f"{t(label)}: {figure(found.get(key, 0), 'count')}"
        for key, label in LABELS["state"].items()
    ]
    return " · ".join(parts)


def carry_out(what: str, key: str) -> str:
    """Do it as the reader, whose right is checked and logged; return what was done."""
    actor = actor_now()
    if what == "again":
        outbox.send_again(state(), actor=actor, key=key)
        return t("The message is sent again with the next run.")
    if what == "remove":
        channels.remove_channel(state(), actor=actor, channel_id=key)
        return t("The channel is removed, with what it kept secret.")
    require(state(), actor=actor, permission=channels.MANAGE, subject=f"channel/{key}")
    words = t("This is a test from Customer Asset Cockpit.")
    send(channels.config_of(state(), key), Message(secrets.token_hex(32), words, words))
    return t("The test was taken.")


def add(ids: Any, values: Any) -> str:
    """Keep the channel that the form holds; return what was done."""
    held = {k: v.strip() if isinstance(v, str) else "" for k, v in given(ids, values).items()}
    receivers = tuple(each.strip() for each in held.get("receivers", "").split(",") if each.strip())
    config = Config(**{name: held.get(name, "") for name in FIELDS}, receivers=receivers)
    made = channels.add_channel(
        state(), actor=actor_now(), name=held.get("name", ""), config=config
    )
    return t("The channel {name} is added. Its secret is not shown again.", name=made.name)
