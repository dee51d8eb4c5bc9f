"""A channel: a place that messages are sent to, and what a message says."""

import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

KINDS = ("email", "wecom", "dingtalk", "webhook")
#: What takes a file with a message; the others have the text and its link.
TAKING_FILES = frozenset({"email"})
SECURITIES = ("tls", "starttls", "none")
MOST_LETTERS, MOST_NAME_LETTERS = 1_000, 60
#: What an e-mail address looks like, strictly enough that no header can be smuggled in.
ADDRESS = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,190}")

#: What is wrong with a channel, in sentences that go through `t()`.
SENTENCES: dict[str, str] = {
    "kind": "A channel is an e-mail server, a WeCom robot, a DingTalk robot or a webhook.",
    "name": "A channel needs a name of 1 to {most} letters on one line.",
    "url": "The address must be a whole one, like https://example.com/hook, on one line.",
    "https": "The address must begin with https://, so that nobody reads along.",
    "server": "Name the mail server as host or host:port.",
    "addresses": "Give one sender and up to 20 receivers as plain e-mail addresses.",
    "secret": "A webhook and a DingTalk robot need a secret of at least 8 letters to sign with.",
    "unknown": "The host {host} cannot be found.",
    "private": "{host} is an address inside a network, to which nothing is sent. An administrator"
    " can allow it by CHANNEL_HOSTS.",
    "sealed": "The secrets of this channel cannot be read any more. Add it anew.",
    "gone": "There is no such channel any more.",
    "refused": "{host} did not take the message: {said}.",
    "away": "{host} does not answer.",
}
MOST_RECEIVERS = 20


class ChannelError(ValueError):
    """A channel cannot be so, or does not take a message; `code` names the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(SENTENCES[code].format(**values))

    @property
    def is_passing(self) -> bool:
        """Whether the same message may get through later."""
        return self.code in ("unknown", "away", "refused")


@dataclass(frozen=True)
class Config:
    """How a channel is reached; all of it is kept sealed, since addresses of robots are keys."""

    kind: str
    #: The URL, or host:port of the mail server.
    address: str
    secret: str = ""
    user: str = ""
    sender: str = ""
    receivers: tuple[str, ...] = ()
    security: str = "starttls"

    def __post_init__(self) -> None:
        object.__setattr__(self, "receivers", tuple(self.receivers))
        if self.kind not in KINDS:
            raise ChannelError("kind")
        texts = (self.address, self.secret, self.user, self.sender, *self.receivers)
        if any(len(t) > MOST_LETTERS or not (t.isprintable() or not t) for t in texts):
            raise ChannelError("url")
        if self.kind == "email":
            self._check_mail()
        elif not self.host or self.scheme not in ("http", "https"):
            raise ChannelError("url")
        elif self.kind in ("dingtalk", "webhook") and len(self.secret) < 8:
            raise ChannelError("secret")

    def _check_mail(self) -> None:
        if not self.host or self.security not in SECURITIES:
            raise ChannelError("server")
        given = (self.sender, *self.receivers)
        is_full = 0 < len(self.receivers) <= MOST_RECEIVERS
        if not is_full or not all(ADDRESS.fullmatch(each) for each in given):
            raise ChannelError("addresses")

    @property
    def host(self) -> str:
        """The host that is connected to; empty where the address names none."""
        try:
            return urlsplit(self._url).hostname or ""
        except ValueError:
            return ""

    @property
    def port(self) -> int:
        """The port, or the usual one."""
        try:
            found = urlsplit(self._url).port
        except ValueError as error:
            raise ChannelError("url") from error
        usual = {"tls": 465, "starttls": 587, "none": 25}.get(self.security, 587)
        if self.kind != "email":
            usual = 443 if self.address.startswith("https:") else 80
        return found or usual

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.security != "none" if self.kind == "email" else self.scheme == "https"

    @property
    def scheme(self) -> str:
        """The scheme of the URL."""
        return urlsplit(self.address).scheme

    @property
    def _url(self) -> str:
        return f"smtp://{self.address}" if self.kind == "email" else self.address

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, to be sealed."""
        return asdict(self)


@dataclass(frozen=True)
class File:
    """A PDF that goes with a message to channels that take one."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """What is sent: a subject, plain text, and the key that is the same at every attempt."""

    key: str
    subject: str
    text: str
    link: str = ""
    file: File | None = None

    @property
    def whole_text(self) -> str:
        """The text with its link."""
        return f"{self.text}\n{self.link}" if self.link else self.text
