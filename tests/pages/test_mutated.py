"""Bodies that a browser did send, changed in one place and more: refused or answered (T30)."""

import copy
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from pages._page import PAGES
from pages._state import state
from tests.pages.test_malformed import SIGNS_OUT, plain
from tests.pages.visitor import Visitor
from tests.security.corpus import SQL_INJECTIONS
from tests.security.test_filter_fuzz import anything

Visit = Callable[..., Visitor]
#: The parts of a body, and names that mean something elsewhere.
NAMES = ("output", "outputs", "inputs", "state", "changedPropIds", "id", "property", "value")
ELSEWHERE = ("__proto__", "", "job", "user", "panel", "mark", "n", "\x00", "\u202e")


class Recorder(Visitor):
    """A reader of whose pages every callback's body is kept as it was sent."""

    sent: list[dict[str, Any]]

    def post(self, body: Any) -> Any:
        """Send a callback body, and keep it."""
        self.__dict__.setdefault("sent", []).append(copy.deepcopy(body))
        return super().post(body)


def places(found: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a body: what holds it, and under which name or number."""
    if isinstance(found, dict | list):
        names = found if isinstance(found, dict) else range(len(found))
        for name in list(names):
            yield found, name
            yield from places(found[name])


def _nested(dice: random.Random, value: Any) -> Any:
    for _ in range(dice.choice((1, 3, 39, 45))):
        value = [value] if dice.random() < 0.5 else {"value": value}
    return value


def _renamed(dice: random.Random, holder: Any, name: Any) -> None:
    if isinstance(holder, dict):
        holder[dice.choice((*NAMES, *ELSEWHERE))] = holder.pop(name)
    else:
        holder.insert(0, holder.pop(name))


def _unlike(dice: random.Random, value: Any) -> Any:
    """Return another value: deeper, huge, a copy of a neighbour's, anything, or an injection."""
    huge = dice.choice(("x", "😀", "[", "\x00")) * dice.choice((9, 99_999))
    others = (huge, anything(dice), dice.choice(SQL_INJECTIONS), [copy.deepcopy(value)] * 2)
    return _nested(dice, value) if dice.random() < 0.2 else dice.choice(others)


def _changed(dice: random.Random, holder: Any, name: Any) -> None:
    kind = dice.randrange(5)
    if kind == 0:
        del holder[name]
    elif kind == 1:
        _renamed(dice, holder, name)
    elif kind == 2 and isinstance(holder, dict):
        holder[dice.choice((*NAMES, *ELSEWHERE))] = anything(dice)
    else:
        holder[name] = _unlike(dice, holder[name])


def mutate(dice: random.Random, body: Any, outputs: list[str]) -> Any:
    """Change one to four places of a body: its names, types, depth, parts, length or output."""
    for _ in range(dice.randint(1, 4)):
        if dice.random() < 0.15:
            body["output"] = dice.choice((*outputs, "..a.b..", "nothing.children"))
        elif found := list(places(body)):
            _changed(dice, *dice.choice(found))
    return body


def recorded(visitor: Recorder, pages: list[str]) -> list[dict[str, Any]]:
    """Return what a browser sends for some pages and drawers, and a body of every other callback."""
    for path in pages:
        visitor.open(path, "?period=all")
    filters = visitor.filters()
    visitor.rows("cockpit-kpis", filters, mark="metric:revenue")
    visitor.explain("revenue", filters, panel="cockpit-kpis")
    met = {body["output"] for body in visitor.sent}
    others = [output for output in visitor.dependencies if output not in {*met, SIGNS_OUT}]
    return visitor.sent + [visitor.body(output, {"filters.data": filters}) for output in others]


@pytest.fixture
def nothing_stays(visit: Visit) -> Iterator[None]:
    """Bring the state database back as it was: a changed body may still press a button."""
    visit()
    file = str(state().url.database)
    with closing(sqlite3.connect(":memory:")) as before:
        with closing(sqlite3.connect(file)) as now:
            now.backup(before)
        yield
        with closing(sqlite3.connect(file)) as now:
            before.backup(now)


@pytest.mark.usefixtures("nothing_stays")
def test_a_body_that_was_changed_is_refused_or_answered(
    server: Any,
    visit: Visit,
    dice: random.Random,
    many: Callable[[int, int], int],
    tell: Callable[[str], None],
) -> None:
    visit()
    visitor = Recorder(server, "executive")
    pages = [page.path for page in PAGES.values()]
    bodies = recorded(visitor, pages if many(0, 1) else ["/"])
    outputs = sorted(output for output in visitor.dependencies if output != SIGNS_OUT)
    count, said = many(30, 1_000), dict[int, int]()
    for _ in range(count):
        body = mutate(dice, copy.deepcopy(dice.choice(bodies)), outputs)
        response = Visitor.post(visitor, body)
        where = (json.dumps(body)[:2_000], response.status_code, response.text[:500])
        assert response.status_code in (200, 204, 400, 413), where
        assert plain(response.text) or response.status_code == 200, where
        assert "Traceback" not in response.text, where
        said[response.status_code] = said.get(response.status_code, 0) + 1
    assert said.get(400, 0) > count / 4, said
    assert said.get(200, 0) > 0 or not many(0, 1), said
    tell(f"{count:,} changed bodies: no answer is a 5xx ({said})")
