"""What is sent, to real servers on this machine, and where nothing is ever sent."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from data.channels import target
from data.channels.send import robot_sign, send
from data.channels.target import checked
from data.domain.channel import ChannelError, Config, Message
from tests.rules.receivers import MailReceiver, WebReceiver

SECRET = "a-secret-to-sign-with"
MESSAGE = Message(
    "k" * 64, "Tier dropped 层级下降", "Find out why\nand win it back", "https://c/?x=1"
)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebReceiver]:
    """A web server to which messages may go."""
    found = WebReceiver()
    monkeypatch.setenv("CHANNEL_HOSTS", f"mail.internal, 127.0.0.1:{found.port}")
    yield found
    found.close()


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailReceiver]:
    """A mail server to which messages may go."""
    found = MailReceiver()
    monkeypatch.setenv("CHANNEL_HOSTS", f"127.0.0.1:{found.port}")
    yield found
    found.close()


def hook(web: WebReceiver, kind: str = "webhook", path: str = "/in?key=k1") -> Config:
    return Config(kind, f"http://127.0.0.1:{web.port}{path}", SECRET)


def letter(mail: MailReceiver, **changed: Any) -> Config:
    given = {"sender": "cockpit@example.com", "receivers": ("a@example.com", "b@example.com")}
    return Config("email", f"127.0.0.1:{mail.port}", **{**given, "security": "none", **changed})


# --- what arrives ----------------------------------------------------------------------------


def test_a_webhook_is_signed_over_time_and_body(web: WebReceiver) -> None:
    send(hook(web), MESSAGE)
    ((key, body),) = web.got
    (headers,) = web.headers
    assert key == MESSAGE.key == json.loads(body)["key"]
    assert json.loads(body)["text"] == MESSAGE.text
    signed = headers["X-Cockpit-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Cockpit-Signature"] == f"sha256={expected}"
    assert web.paths == ["/in?key=k1"]


@pytest.mark.parametrize("kind", ["wecom", "dingtalk"])
def test_a_robot_gets_its_own_form(web: WebReceiver, kind: str) -> None:
    send(hook(web, kind), MESSAGE)
    assert json.loads(web.got[0][1]) == {
        "msgtype": "text",
        "text": {"content": f"{MESSAGE.subject}\n{MESSAGE.text}\n{MESSAGE.link}"},
    }
    query = parse_qs(urlsplit(web.paths[0]).query)
    assert query["key"] == ["k1"]
    assert ("sign" in query) is (kind == "dingtalk")
    web.body = b'{"errcode": 310000, "errmsg": "sign not match"}'
    with pytest.raises(ChannelError, match="error 310000"):
        send(hook(web, kind), MESSAGE)


def test_the_robots_signature_is_the_published_one() -> None:
    """DingTalk's recipe, written out again: base64 of HMAC-SHA256(secret, time + newline + secret)."""
    text = f"1577262236757\n{SECRET}".encode()
    digest = hmac.digest(SECRET.encode(), text, "sha256")
    query = parse_qs(robot_sign(SECRET, 1577262236757))
    assert query == {"timestamp": ["1577262236757"], "sign": [base64.b64encode(digest).decode()]}


def test_a_letter_carries_its_key_and_both_languages(mail: MailReceiver) -> None:
    send(letter(mail), MESSAGE)
    (got,) = mail.letters
    assert mail.envelopes == [("cockpit@example.com", ["a@example.com", "b@example.com"])]
    assert MESSAGE.key in str(got["Message-ID"])
    from email.header import decode_header, make_header

    assert str(make_header(decode_header(str(got["Subject"])))) == MESSAGE.subject
    body = got.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().split() == MESSAGE.whole_text.split()


def test_no_header_is_smuggled_in(mail: MailReceiver) -> None:
    send(letter(mail), Message("k", "One\r\nBcc: evil@example.com", "text"))
    assert mail.letters[0]["Bcc"] is None
    assert len(mail.envelopes[0][1]) == 2
    for wrong in ("a@example.com\r\nBcc: e@example.com", "a@example.com, b@c.de", "<a@b.c>", "a"):
        with pytest.raises(ChannelError):
            letter(mail, receivers=(wrong,))


def test_a_refusal_is_told_without_what_is_secret(web: WebReceiver) -> None:
    web.answer = 403
    with pytest.raises(ChannelError) as found:
        send(hook(web), MESSAGE)
    assert found.value.is_passing
    assert str(found.value) == "127.0.0.1 did not take the message: HTTP 403."


def test_refused_receivers_and_absent_servers_are_told(mail: MailReceiver) -> None:
    mail.refuses = True
    with pytest.raises(ChannelError, match="did not take"):
        send(letter(mail), MESSAGE)
    mail.close()
    with pytest.raises(ChannelError, match="does not answer"):
        send(letter(mail), MESSAGE)


# --- where nothing goes ----------------------------------------------------------------------

SPELLINGS = (
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "localhost"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "10.0.0.1", "10.255.255.254"),
    *("172.16.0.1", "172.31.255.254", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "127.0.0.1.",),
)  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("kind", ["webhook", "email"])
def test_nothing_is_sent_inside_the_network(host: str, kind: str) -> None:
    listening = WebReceiver()
    try:
        config = (
            Config("webhook", f"https://{host}:{listening.port}/x", SECRET)
            if kind == "webhook"
            else Config("email", f"{host}:{listening.port}", sender="a@b.co", receivers=("a@b.co",))
        )
        for way in (lambda: checked(config), lambda: send(config, MESSAGE)):
            with pytest.raises(ChannelError) as found:
                way()
            assert found.value.code in ("private", "unknown"), found.value
        assert listening.got == []
    finally:
        listening.close()


@pytest.mark.parametrize(
    "url",
    ["ftp://example.com/", "file:///etc/passwd", "gopher://x", "//x", "x", "", "https://", "https:///x",
     "https://exa mple.com\r\nX: y/", "https://[::1", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_https_address_is_no_channel(url: str) -> None:
    with pytest.raises(ChannelError):
        checked(Config("webhook", url, SECRET))


def test_plain_http_goes_to_named_hosts_only() -> None:
    with pytest.raises(ChannelError, match="https://"):
        checked(Config("webhook", "http://example.com/", SECRET))


def test_a_name_that_turns_inward_is_refused_when_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["93.184.216.34"], ["93.184.216.34", "127.0.0.1"]])
    monkeypatch.setattr(target, "_resolved", lambda _host, _port: next(answers))
    config = Config("webhook", "https://rebinding.example/", SECRET)
    assert checked(config).address == "93.184.216.34"
    with pytest.raises(ChannelError, match="inside a network"):
        send(config, MESSAGE)


def test_the_connection_goes_to_the_checked_address(
    web: WebReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Resolved once: what the name says a moment later is never asked."""
    monkeypatch.setenv("CHANNEL_HOSTS", "hooks.internal")
    asked: list[str] = []

    def resolve(host: str, *_a: Any, **_k: Any) -> Any:
        asked.append(host)
        assert len(asked) == 1 or host == "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", web.port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    send(Config("webhook", f"http://hooks.internal:{web.port}/", SECRET), MESSAGE)
    assert len(web.got) == 1
    assert asked[0] == "hooks.internal"


def test_a_redirect_is_not_followed(web: WebReceiver) -> None:
    inside = WebReceiver()
    try:
        web.answer, web.location = 302, f"http://127.0.0.1:{inside.port}/"
        with pytest.raises(ChannelError, match="HTTP 302"):
            send(hook(web), MESSAGE)
        assert inside.got == []
    finally:
        inside.close()
