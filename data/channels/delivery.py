"""Delivery: what is due in the outbox is sent, channel by channel, as long as it is taken."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from data.channels.send import send
from data.domain.channel import ChannelError, Config, Message
from data.state import outbox
from data.state.channels import config_of
from data.state.outbox import Claimed

Send = Callable[[Config, Message], None]


@dataclass
class Delivered:
    """What came of one round: messages taken, refused, and left for later."""

    sent: int = 0
    failed: int = 0
    left: int = 0


def deliver(database: Engine, *, most: int = 50, by: Send = send) -> Delivered:
    """Send what is due, at most so many; a channel that fails is not asked again in this round."""
    done = Delivered()
    down: dict[str, int] = {}
    for each in outbox.claim(database, most=most):
        if each.channel_id in down:
            outbox.put_back(database, each, attempt=down[each.channel_id])
            done.left += 1
        elif _is_taken(database, each, by, down):
            done.sent += 1
        else:
            done.failed += 1
    return done


def _is_taken(database: Engine, each: Claimed, by: Send, down: dict[str, int]) -> bool:
    try:
        by(config_of(database, each.channel_id), each.message)
    except ChannelError as error:
        is_passing = error.is_passing
        outbox.note_failed(database, each, said=str(error), is_passing=is_passing)
        if error.code in ("away", "unknown"):
            down[each.channel_id] = each.attempts + 1
        return False
    outbox.note_sent(database, each)
    return True
