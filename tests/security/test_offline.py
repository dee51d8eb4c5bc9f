"""The application starts and serves every page without asking anyone else for anything (T37)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import Demo

ROOT = Path(__file__).parents[2]
#: Runs in a process of its own: it refuses every call to the outside before anything is imported.
SERVE = r"""
import json, sys

ASKED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")

def refuse(event, arguments):
    if event in ASKED:
        raise OSError(f"no network: {event} {arguments!r}")

sys.addaudithook(refuse)

from pages._page import PAGES
from pages._server import build_server
from tests.pages.visitor import PAGE_CONTENT, Visitor

server = build_server()
server.config["PROPAGATE_EXCEPTIONS"] = False
visitor = Visitor(server)
texts = {path: visitor.get(path).text for path in ("/", "/login", "/_dash-layout")}
answers = []
for page in PAGES.values():
    where = {"_pages_location.pathname": page.path, "_pages_location.search": ""}
    texts[page.path] = visitor.fire(PAGE_CONTENT, where).text
for page in list(PAGES.values())[:4]:
    opened = visitor.open(page.path)
    texts[page.path] += opened.text
    answers += [a.status for a in opened.answers.values()]
# The page names itself by its own address.
files = sorted(set(visitor.get("/").text.split('"')[1::2]) - {"http://localhost/"})
texts |= {f: visitor.get(f).text for f in files if f.endswith(".css") or ".css?" in f}
json.dump({"texts": texts, "answers": answers, "files": files}, open(sys.argv[1], "w"))
"""
#: What a browser fetches because a page, a component or a style sheet says so.
FETCHES = re.compile(
    r"""(?:\b(?:src|href|action|poster|data)["']?\s*[=:]\s*["']?|url\(["']?|@import\s+["'])"""
    r"""((?:https?:)?//[^"'\s)]+)""",
    re.IGNORECASE,
)


def test_nothing_is_asked_of_anyone_else(duckdb_demo: Demo, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    environment = {**os.environ, "VAR": str(duckdb_demo.warehouse.var), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SERVE, str(told)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(told.read_text())
    assert set(found["answers"]) <= {200, 204}
    assert len(found["answers"]) > 20
    assert any(".css" in name for name in found["texts"])
    assert {page: FETCHES.findall(text) for page, text in found["texts"].items()} == {
        page: [] for page in found["texts"]
    }
    assert [name for name in found["files"] if re.match(r"(?:https?:)?//", name)] == []


def test_the_check_finds_foreign_origins() -> None:
    for text in (
        '<script src="https://cdn.example/x.js">',
        "<link href=//cdn.example/x.css>",
        '{"props": {"src": "http://img.example/x.png"}}',
        "body { background: url(https://img.example/x.png) }",
        "@import 'https://fonts.example/x.css'",
    ):
        assert len(FETCHES.findall(text)) == 1, text
