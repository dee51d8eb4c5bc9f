"""Sending one message: by e-mail, to a WeCom or DingTalk robot, or to a webhook, signed."""

import base64
import hashlib
import hmac
import json
import smtplib
import socket
import ssl
import time
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, cast
from urllib.parse import quote_plus, urlsplit

from data.channels.target import Target, checked
from data.domain.channel import ChannelError, Config, Message

#: Longest wait for a target.
SECONDS = 5
#: What of an answer is read, and what of a refusal is kept.
MOST_BYTES, MOST_SAID = 65_536, 120
MAIL_DOMAIN = "customer-asset-cockpit.invalid"


def send(config: Config, message: Message) -> None:
    """Send a message once; raise ChannelError where it was not taken.

    The target is checked again: what was public when it was saved may not be now.
    """
    target = checked(config)
    try:
        if config.kind == "email":
            _mail(config, target, message)
        else:
            _post(config, target, message)
    except (OSError, HTTPException) as error:
        raise _said_of(target, error) from error


def _said_of(target: Target, error: Exception) -> ChannelError:
    if isinstance(error, smtplib.SMTPResponseException):
        said = f"{error.smtp_code}"
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "the receivers were refused"
    elif isinstance(error, smtplib.SMTPException | ssl.SSLError):
        said = type(error).__name__
    else:
        return ChannelError("away", host=target.host)
    return ChannelError("refused", host=target.host, said=said)


# --- e-mail ----------------------------------------------------------------------------------


class _Mailer(smtplib.SMTP):
    """A connection to the checked address, under the host's name."""

    checked_address = ""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        return socket.create_connection((self.checked_address, port), timeout)


class _TlsMailer(_Mailer):
    """The same, encrypted from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _mail(config: Config, target: Target, message: Message) -> None:
    kind = _TlsMailer if config.security == "tls" else _Mailer
    mailer = kind(timeout=SECONDS, local_hostname="localhost")
    mailer.checked_address = target.address
    try:
        # smtplib checks certificates against the host that it was told to connect to.
        cast("Any", mailer)._host = target.host
        mailer.connect(target.host, target.port)
        if config.security == "starttls":
            mailer.starttls(context=ssl.create_default_context())
        if config.user:
            mailer.login(config.user, config.secret)
        mailer.send_message(_letter(config, message))
    finally:
        mailer.close()


def _letter(config: Config, message: Message) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = config.sender
    letter["To"] = ", ".join(config.receivers)
    letter["Subject"] = " ".join(message.subject.split())
    letter["Message-ID"] = f"<{message.key}@{MAIL_DOMAIN}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.whole_text)
    if message.file:
        name, content = message.file.name, message.file.content
        letter.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return letter


# --- by http ---------------------------------------------------------------------------------


class _Plain(HTTPConnection):
    checked_address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.checked_address, self.port), self.timeout)


class _Encrypted(HTTPSConnection):
    checked_address = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.checked_address, self.port), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def _post(config: Config, target: Target, message: Message) -> None:
    """Post the message; redirects are not followed, since they are not checked."""
    kind = _Encrypted if config.scheme == "https" else _Plain
    connection = kind(target.host, target.port, timeout=SECONDS)
    connection.checked_address = target.address
    body = json.dumps(_body(config.kind, message), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.key}
    if config.kind == "webhook":
        headers |= signature(config.secret, str(int(time.time())), body)
    try:
        connection.request("POST", _path(config), body=body, headers=headers)
        answer = connection.getresponse()
        _check(config, answer.status, answer.read(MOST_BYTES))
    finally:
        connection.close()


def _body(kind: str, message: Message) -> dict[str, Any]:
    if kind in ("wecom", "dingtalk"):
        text = f"{message.subject}\n{message.whole_text}"
        return {"msgtype": "text", "text": {"content": text}}
    return {
        "key": message.key,
        "subject": message.subject,
        "text": message.text,
        "link": message.link,
    }


def signature(secret: str, timestamp: str, body: bytes) -> dict[str, str]:
    """Return the headers by which a receiver knows who sent the body, and when."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return {
        "X-Cockpit-Timestamp": timestamp,
        "X-Cockpit-Signature": f"sha256={signed.hexdigest()}",
    }


def _path(config: Config) -> str:
    parts = urlsplit(config.address)
    query = parts.query
    if config.kind == "dingtalk":
        query = f"{query}&{robot_sign(config.secret, round(time.time() * 1_000))}".lstrip("&")
    return f"{parts.path or '/'}?{query}" if query else parts.path or "/"


def robot_sign(secret: str, milliseconds: int) -> str:
    """Return the signed parameters of a DingTalk robot: HMAC over the time and the secret."""
    text = f"{milliseconds}\n{secret}"
    signed = base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())
    return f"timestamp={milliseconds}&sign={quote_plus(signed)}"


def _check(config: Config, status: int, body: bytes) -> None:
    """Raise where the answer is a refusal; robots answer 200 with an error number."""
    said = ""
    if not 200 <= status < 300:
        said = f"HTTP {status}"
    elif config.kind in ("wecom", "dingtalk") and (number := _error_number(body)) != 0:
        said = f"error {number}"
    if said:
        raise ChannelError("refused", host=config.host, said=said[:MOST_SAID])


def _error_number(body: bytes) -> int | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    number = cast("dict[str, Any]", found).get("errcode") if isinstance(found, dict) else None
    return number if isinstance(number, int) else None
