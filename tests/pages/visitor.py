"""A browser without a screen: opens pages, fires their callbacks, and keeps the answers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import flask

UPDATE = "/_dash-update-component"
#: What every page's address and frame hold before anything is asked.
FRAME = {"tick.n_intervals": 0, "mark.data": None}
#: What a browser says a form comes from, and where the form keeps its token.
ORIGIN = "http://localhost"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PAGE_CONTENT = ".._pages_content.children..._pages_store.data.."


class NotANumberError(Exception):
    """An answer holds NaN or an infinity, which is no JSON."""


def strict_json(text: str) -> Any:
    """Return the text's JSON; raise where it holds a number that is none."""

    def refuse(name: str) -> None:
        raise NotANumberError(name)

    return json.loads(text, parse_constant=refuse)


@dataclass
class Answer:
    """What the server said to one callback."""

    output: str
    status: int
    text: str

    @property
    def values(self) -> dict[str, dict[str, Any]]:
        """The new properties by component id; empty where nothing changes."""
        return strict_json(self.text)["response"] if self.status == 200 else {}

    @property
    def value(self) -> Any:
        """The new property that was asked for."""
        where, name = self.output.rsplit(".", 1)
        return self.values[where][name]

    @property
    def words(self) -> str:
        """Everything that a reader would read in the answer."""
        return " ".join(words_of(self.values))


@dataclass
class Opened:
    """A page with the answers of everything it asked when it was opened."""

    layout: Any
    filters: dict[str, str]
    answers: dict[str, Answer] = field(default_factory=dict)

    def of(self, part: str) -> Answer:
        """Return the answer that holds one property, among others or alone."""
        (found,) = (a for output, a in self.answers.items() if part in parts_of(output))
        return Answer(part, found.status, found.text)

    @property
    def text(self) -> str:
        """All answers as they came."""
        return "\n".join(a.text for a in self.answers.values())

    @property
    def words(self) -> str:
        """Everything that a reader would read."""
        return "\n".join(a.words for a in self.answers.values())


def parts_of(output: str) -> list[str]:
    """Return the properties that a callback answers with: "..a.b...c.d.." are two."""
    return output.strip(".").split("...")


#: Properties whose text a reader sees; in figures every `text` and the table twin's parts.
READ = ("children", "text", "summary", "rows", "columns", "ticktext", "hovertext", "title")


def words_of(found: Any, *, key: str = "") -> Iterator[str]:
    """Yield the texts of a component tree or a figure that a reader sees."""
    if isinstance(found, str):
        if key in READ or key == "":
            yield found
    elif isinstance(found, dict):
        for name, inside in found.items():
            yield from words_of(inside, key=name)
    elif isinstance(found, list):
        for inside in found:
            yield from words_of(inside, key=key)


def component_ids(found: Any) -> dict[str, dict[str, Any]]:
    """Return the properties of every component with an id, anywhere in a layout."""
    ids: dict[str, dict[str, Any]] = {}
    if isinstance(found, dict):
        props = found.get("props", {})
        if isinstance(props, dict) and isinstance(props.get("id"), str):
            ids[props["id"]] = props
        for inside in found.values():
            ids |= component_ids(inside)
    elif isinstance(found, list):
        for inside in found:
            ids |= component_ids(inside)
    return ids


def sign_in(client: Any, **fields: str) -> Any:
    """Send the form of the sign-in page as a browser does; return the answer."""
    token = TOKEN.search(client.get("/login?why=again").text)
    assert token
    form = {"csrf_token": token.group(1), **fields}
    return client.post("/login", data=form, headers={"Origin": ORIGIN})


class Visitor:
    """One reader with cookies of their own: a demo user, who has come in through the door."""

    def __init__(
        self, server: flask.Flask, user: str = "executive", *, language: str = "en"
    ) -> None:
        self.client = server.test_client()
        self.client.set_cookie("lang", language)
        self.user = user or "executive"
        self.sign_in(demo=self.user)
        self.dependencies = {
            d["output"]: d for d in json.loads(self.client.get("/_dash-dependencies").text)
        }

    def sign_in(self, **fields: str) -> Any:
        """Send the form of the sign-in page: demo=…, or user=… and password=…."""
        return sign_in(self.client, **fields)

    def get(self, path: str) -> Any:
        """Return the answer to a plain request."""
        return self.client.get(path)

    def post(self, body: Any) -> Any:
        """Send a callback body as it stands."""
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(
            UPDATE, data=sent, content_type="application/json", headers={"Origin": ORIGIN}
        )

    def body(self, output: str, values: dict[str, Any]) -> dict[str, Any]:
        """Return the body that the browser part would send for a callback."""
        wanted = self.dependencies[output := self._whole(output)]

        def filled(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
            return [{**p, "value": values.get(f"{p['id']}.{p['property']}")} for p in parts]

        names = [name.rsplit(".", 1) for name in parts_of(output)]
        outputs = [dict(zip(("id", "property"), name, strict=True)) for name in names]
        return {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": filled(wanted["inputs"]),
            "state": filled(wanted["state"]),
            "changedPropIds": [f"{p['id']}.{p['property']}" for p in wanted["inputs"]][:1],
        }

    def _whole(self, part: str) -> str:
        """Return the output of the callback that answers with a property, alone or among others."""
        if part in self.dependencies:
            return part
        return next(output for output in self.dependencies if part in parts_of(output))

    def fire(self, output: str, values: dict[str, Any]) -> Answer:
        """Fire one callback, named by one of its outputs, with its inputs' and states' values."""
        response = self.post(self.body(output, values))
        return Answer(output, response.status_code, response.text)

    def filters(self, search: str = "") -> dict[str, str]:
        """Return the Store that a URL makes."""
        return self.fire("filters.data", {"url.search": search}).value

    def open(self, path: str, search: str = "") -> Opened:
        """Open a page: its layout, its Store, then every callback that can fire on it."""
        where = {"_pages_location.pathname": path, "_pages_location.search": search}
        layout = strict_json(self.fire(PAGE_CONTENT, where).text)["response"]
        opened = Opened(layout, self.filters(search))
        there = component_ids(layout)
        held = {f"{i}.{name}": value for i, props in there.items() for name, value in props.items()}
        address = {"url.search": search, "url.pathname": path, "filters.data": opened.filters}
        values = {**FRAME, **held, **address}
        for output, wanted in self.dependencies.items():
            if self._fires(output, wanted, there):
                opened.answers[output] = self.fire(output, values)
        return opened

    def _fires(self, output: str, wanted: dict[str, Any], there: dict[str, Any]) -> bool:
        first = parts_of(output)[0]
        if first.startswith("_pages") or wanted["prevent_initial_call"]:
            return False
        is_frame = any(part["id"] in ("url", "tick") for part in wanted["inputs"])
        return is_frame or first.rsplit(".", 1)[0] in there

    def rows(self, panel: str, filters: dict[str, str], **request: Any) -> Answer:
        """Open the rows behind a panel."""
        asked = {"panel": panel, "mark": None, "metric": None, "n": 1, **request}
        values = {"rows-request.data": asked, "filters.data": filters}
        return self.fire("rows-body.children", values)

    def explain(self, metric: str, filters: dict[str, str], *, panel: str = "") -> Answer:
        """Open the explanation of a number."""
        asked = {"metric": metric, "panel": panel, "mark": None, "n": 1}
        values = {"explain-request.data": asked, "filters.data": filters}
        return self.fire("explain-body.children", values)
