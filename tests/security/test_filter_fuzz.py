"""Whatever a browser sends in place of filters, marks and requests: no error, nobody else's rows."""

import json
import random
import string
from collections.abc import Callable
from typing import Any

import pytest

from data.domain.dimension import DIMENSIONS
from pages._page import PANELS
from tests.conftest import Demo
from tests.pages.test_rights import customers_of, leaks
from tests.pages.visitor import Visitor
from tests.security.corpus import SQL_INJECTIONS, XSS_PAYLOADS

Visit = Callable[..., Visitor]
Many = Callable[[int, int], int]
KEYS = (
    *(*DIMENSIONS, "period", "compare", "threshold", "path", "focus", "weights", "limits"),
    *("version", "user", "teams", "scope", "role", "permissions", "__proto__", "constructor"),
)
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, "", " ", "\x00", "null", "NaN", "*", "%", "_", "~", "~~", ",", ":"),
    *(
        "..",
        "../../etc/passwd",
        "{}",
        "[]",
        "a" * 5_000,
        "😀" * 50,
        "\u202e",
        [],
        {},
        ["x"],
        {"a": 1},
    ),
    *("2026-99-99..x", "2026-01-01..2025-01-01", "1" * 40, "all", "everything", "admin"),
)


def anything(dice: random.Random, depth: int = 0) -> Any:
    """Return a value of any shape, hostile strings among them."""
    kind = dice.randrange(6)
    if kind == 0 and depth < 3:
        return [anything(dice, depth + 1) for _ in range(dice.randrange(4))]
    if kind == 1 and depth < 3:
        return {dice.choice(KEYS): anything(dice, depth + 1) for _ in range(dice.randrange(4))}
    if kind == 2:
        return "".join(dice.choices(string.printable, k=dice.randrange(1, 40)))
    return dice.choice((*ODD, dice.choice(SQL_INJECTIONS), dice.choice(XSS_PAYLOADS)))


def store(dice: random.Random, honest: dict[str, str]) -> Any:
    """Return what may stand where the page's filters stand."""
    if dice.random() < 0.1:
        return anything(dice)
    forged = {dice.choice(KEYS): anything(dice) for _ in range(dice.randint(1, 5))}
    return {**(honest if dice.random() < 0.8 else {}), **forged}


@pytest.fixture
def hidden(demo: Demo) -> set[str]:
    """Customers that the lead must not see."""
    return customers_of(demo, "executive") - customers_of(demo, "lead")


def test_random_filters_break_nothing_and_widen_nothing(
    dice: random.Random,
    visit: Visit,
    hidden: set[str],
    many: Many,
    tell: Callable[[str], None],
) -> None:
    visitor = visit("lead")
    honest = visitor.filters("?period=all")
    outputs = [
        name
        for name, wanted in visitor.dependencies.items()
        if any(part["id"] == "filters" for part in wanted["inputs"])
    ]
    panels = sorted(PANELS)
    count = many(30, 250)
    for _ in range(count):
        forged = store(dice, honest)
        answer = visitor.fire(dice.choice(outputs), {"filters.data": forged})
        request = {"panel": dice.choice((*panels, "none")), "mark": anything(dice), "n": 1}
        request["metric"] = anything(dice)
        rows = visitor.fire(
            "rows-body.children", {"rows-request.data": request, "filters.data": forged}
        )
        for each in (answer, rows):
            assert each.status in (200, 204, 400), (forged, request, each.text)
            assert not leaks(each.text, hidden), (forged, request)
            assert "Traceback" not in each.text
            assert "Reference " not in each.words, (each.output, json.dumps(forged))
    tell(f"{2 * count} forged filters and requests: no error, no row of another team")
