"""Servers on this machine that take messages: by http, and by SMTP."""

import socketserver
import threading
import time
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class WebReceiver:
    """A web server that notes each body with its key, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answer, self.body = 200, b'{"errcode": 0}'
        self.location = ""
        noting = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                noting.headers.append(dict(self.headers))
                noting.paths.append(self.path)
                noting.got.append((self.headers.get("Idempotency-Key", ""), body))
                self.send_response(noting.answer)
                if noting.location:
                    self.send_header("Location", noting.location)
                self.send_header("Content-Length", str(len(noting.body)))
                self.end_headers()
                self.wfile.write(noting.body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def wait_for(self, count: int, *, seconds: float = 30.0) -> None:
        """Wait until so many messages have come."""
        until = time.monotonic() + seconds
        while len(self.got) < count and time.monotonic() < until:
            time.sleep(0.002)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Dialogue(socketserver.StreamRequestHandler):
    """One SMTP connection."""

    def handle(self) -> None:
        noting = self.server.noting  # type: ignore[attr-defined]
        sender, receivers = "", list[str]()
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb, named = line[:4].upper(), line.partition("<")[2].partition(">")[0]
            if verb == "RCPT" and noting.refuses:
                self._say("550 no")
                continue
            sender = named if verb == "MAIL" else sender
            receivers += [named] if verb == "RCPT" else []
            if verb == "DATA":
                self._say("354 go on")
                noting.letters.append(message_from_bytes(self._letter()))
                noting.envelopes.append((sender, receivers))
            self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _letter(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


class MailReceiver:
    """A small SMTP server that notes envelopes and letters; `refuses` answers 550 to receivers."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.refuses = False
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Dialogue)
        self._server.noting = self  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
