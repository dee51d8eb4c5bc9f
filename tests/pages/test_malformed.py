"""What no browser of ours would send is refused with a sentence, never with a trace."""

import json
import random
import string
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import pytest

from pages._frame import _from_form
from pages._page import PAGES, PANELS
from tests.conftest import Demo
from tests.pages.visitor import UPDATE, Visitor

Visit = Callable[..., Visitor]
TRACES = ("Traceback", 'File "/', "sqlalchemy", "duckdb", ".py", "site-packages")
KPIS = "cockpit-kpis.children"


def plain(text: str) -> bool:
    """Return whether a refusal says nothing about the inside."""
    return not any(trace in text for trace in TRACES)


def _deep(brackets: int) -> str:
    return "[" * brackets + "]" * brackets


MALFORMED = {
    "empty": "",
    "no JSON": "{output:",
    "binary": b"\xff\xfe\x00\x01",
    "a list": "[]",
    "null": "null",
    "a number": "7",
    "a text": '"x"',
    "deep lists": _deep(200_000),
    "deep output": '{"output":' + _deep(200_000) + "}",
    "deep input": json.dumps({"output": KPIS, "inputs": ["X"]}).replace('"X"', _deep(200_000)),
    "NaN": '{"output": NaN}',
    "huge number": '{"output": 1e999999, "inputs": []}',
    "long number": '{"output": "x", "inputs": [' + "9" * 10_000 + "]}",
    "unknown output": json.dumps({"output": "nothing.children", "inputs": []}),
    "output a list": json.dumps({"output": ["a"], "inputs": []}),
    "no inputs": json.dumps({"output": KPIS}),
    "inputs a text": json.dumps({"output": KPIS, "inputs": "x"}),
    "inputs empty": json.dumps({"output": KPIS, "inputs": []}),
    "inputs of numbers": json.dumps({"output": KPIS, "inputs": [1, 2]}),
    "inputs of nulls": json.dumps({"output": KPIS, "inputs": [None]}),
    "inputs without a value": json.dumps({"output": KPIS, "inputs": [{}]}),
    "too many inputs": json.dumps({"output": KPIS, "inputs": [{"value": 1}] * 50}),
    "outputs a text": json.dumps({"output": KPIS, "outputs": "x", "inputs": [{"value": 1}]}),
    "outputs missing": json.dumps(
        {"output": KPIS, "inputs": [{"id": "filters", "property": "data", "value": None}]}
    ),
    "outputs other": json.dumps(
        {
            "output": KPIS,
            "outputs": {"id": "other", "property": "children"},
            "inputs": [{"id": "filters", "property": "data", "value": {"version": "1"}}],
            "changedPropIds": ["filters.data"],
        }
    ),
    "state a text": json.dumps({"output": KPIS, "inputs": [], "state": "x"}),
    "changed a number": json.dumps({"output": KPIS, "inputs": [], "changedPropIds": 5}),
    "changed numbers": json.dumps({"output": KPIS, "inputs": [{}], "changedPropIds": [5, None]}),
    "surrogates": '{"output": "\\ud800", "inputs": []}',
    "not utf-8": b'{"output": "\xe9", "inputs": []}',
    "null byte": '{"output": "a\\u0000b", "inputs": []}',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_body_is_refused(visit: Visit, name: str) -> None:
    response = visit().post(MALFORMED[name])
    assert 400 <= response.status_code < 500 or name == "outputs other", response.text
    assert plain(response.text), response.text


def test_a_huge_body_is_refused_before_it_is_read(visit: Visit) -> None:
    response = visit().post('{"output": "' + "x" * (2 * 1024 * 1024) + '"}')
    assert response.status_code == 413
    assert plain(response.text)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "application/xml", ""])
def test_another_content_type_is_refused_or_read(visit: Visit, kind: str) -> None:
    response = visit().client.post(UPDATE, data="{}", content_type=kind)
    assert 400 <= response.status_code < 500
    assert plain(response.text)


#: Ends every session of whoever asks.
SIGNS_OUT = "profile-out-said.children"


def test_wrong_values_in_a_right_body_break_nothing(
    visit: Visit, dice: random.Random, many: Any, tell: Callable[[str], None]
) -> None:
    visitor, each = visit(), many(3, 20)
    values: list[object] = [None, [], {}, "", "x", 0, -1, 1e300, True, [[]], {"panel": []}]
    for output, wanted in visitor.dependencies.items():
        keys = [f"{p['id']}.{p['property']}" for p in (*wanted["inputs"], *wanted["state"])]
        for _ in range(each):
            answer = visitor.fire(output, {key: dice.choice(values) for key in keys})
            is_dashs_own = output.lstrip(".").startswith("_pages")
            if output == SIGNS_OUT:
                # It does what it says, whatever it is sent.
                visitor.sign_in(demo=visitor.user)
            assert answer.status in (200, 204, 400) or is_dashs_own, (output, answer.text)
            assert plain(answer.text) or answer.status == 200, (output, answer.text)
    tell(
        f"{each * len(visitor.dependencies):,} bodies with wrong values: no answer of ours is a 5xx"
    )


@pytest.mark.parametrize(
    "request_body",
    [
        {"panel": "nothing"},
        {"panel": "cockpit-kpis", "mark": "nonsense"},
        {"panel": "cockpit-kpis", "mark": "month:nope"},
        {"panel": "cockpit-kpis", "mark": "month:9999999-99"},
        {"panel": "cockpit-kpis", "mark": "metric:nope"},
        {"panel": "cockpit-kpis", "mark": "metric:customer_no"},
        {"panel": "cockpit-kpis", "metric": "nope"},
        {"panel": "cockpit-kpis", "metric": ["revenue"]},
        {"panel": "cockpit-kpis", "mark": ["month:2026-01"]},
        {"panel": "cockpit-kpis", "mark": 5},
        {"panel": ["cockpit-kpis"]},
        {"panel": {}},
        {"panel": None},
    ],
    ids=str,
)
def test_a_forged_request_for_rows_gives_a_sentence(
    visit: Visit, request_body: dict[str, object]
) -> None:
    visitor = visit()
    filters = visitor.filters()
    for output, name in (("rows-body.children", "rows"), ("explain-body.children", "explain")):
        body = {"metric": "revenue", **request_body} if name == "explain" else request_body
        answer = visitor.fire(output, {f"{name}-request.data": body, "filters.data": filters})
        assert answer.status == 200, answer.text
        assert "Reference" not in answer.words, (name, answer.words)


# --- the address ----------------------------------------------------------------------------

WORDS = (
    "' OR 1=1 --",
    "'; DROP TABLE customer; --",
    "UNION SELECT * FROM orders",
    "${7*7}{{7*7}}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "\x00",
    "‮客户" * 20,
    "é\u0301\u200b",
    "😀" * 60,
    "-1",
    "1e309",
    "9" * 400,
    "0x10",
    "²",
    "٣",
    "NaN",
    "Infinity",
    "None",
    "2026-02-30..2026-03-01",
    "0001-01-01..9999-12-31",
    "9999-12-31..9999-12-31",
    "2026-06-01..2020-01-01",
    "..",
    ":",
    "~",
    "~~~c~d",
    ",,,,",
    "a:b,c:d",
)
KEYS = (
    *("period", "compare", "threshold", "focus", "path", "team", "rep", "region", "tier"),
    *("lifecycle", "cohort", "customer", "kind", "industry", "nonsense", "<b>", "", "版本"),
)
FOCUS = (
    *(
        "metric:nope",
        "month:abc",
        "month:9999-12",
        "month:0000-00",
        "cohort:x",
        "age:-1",
        "age:abc",
    ),
    *(
        "age:99999999999999999999",
        "stage:zzz",
        "status:zzz",
        "band:zzz",
        "recency:x",
        "frequency:9",
    ),
    *("monetary:-5", "reason:'", "class:Z", "state:zzz", "metric:revenue"),
)
NAMED = "Left out of the filters"


def nonsense(seed: int) -> str:
    """Return a search that means nothing."""
    dice = random.Random(seed)
    pairs = []
    for _ in range(dice.randint(1, 8)):
        junk = "".join(dice.choices(string.printable, k=dice.randint(0, 80)))
        value = dice.choice((*WORDS, *(f"{w}{junk}" for w in WORDS[:4]), junk))
        key = dice.choice(KEYS)
        value = dice.choice(FOCUS) if key == "focus" and dice.random() < 0.7 else value
        pairs.append(f"{quote(key)}={quote(value)}")
    return "?" + "&".join(pairs)


@pytest.mark.parametrize("seed", range(50))
def test_nonsense_in_the_address_is_dropped_and_named(visit: Visit, seed: int) -> None:
    visitor = visit()
    pages = list(PAGES.values())
    page = pages[seed % len(pages)]
    search = nonsense(seed)
    opened = visitor.open(page.path, search)
    for answer in opened.answers.values():
        assert answer.status in (200, 204), (search, answer.output, answer.text)
        assert "Reference " not in answer.words.replace("<br>", " "), (search, answer.output)
        assert plain(answer.text), (search, answer.output)


@pytest.mark.parametrize("start", range(4))
def test_nonsensical_marks_break_no_drawer(visit: Visit, start: int) -> None:
    visitor = visit()
    filters = visitor.filters()
    marks = ",".join(FOCUS[start::4])
    for panel in PANELS:
        answer = visitor.rows(panel, filters, mark=marks)
        assert answer.status == 200
        assert "Reference" not in answer.words, (panel, marks)


@pytest.mark.parametrize(
    "search",
    ["?period=2026-02-30..2026-03-01", "?period=0001-01-01..0001-01-05", "?tier=gold",
     "?team=NOPE", "?region=zzz", "?rep=nobody", "?seller=nobody", "?source=(nothing)",
     "?threshold=-1", "?threshold=30", "?colour=red", "?compare=x",
     "?cohort=13", "?focus=x:y", "?focus=metric:revenue", "?focus=month:9999-12",
     "?period=9999-01-01..9999-12-31"],
)  # fmt: skip
def test_what_is_dropped_is_named(visit: Visit, search: str) -> None:
    answer = visit().fire("toasts.children", {"url.search": search})
    assert NAMED in answer.words
    assert search.split("=")[1].replace("%20", " ") in answer.words


def test_a_value_that_the_version_lost_is_dropped_and_the_others_stay(
    visit: Visit, demo: Demo
) -> None:
    info = demo.fetcher.info()
    known = info.dictionary.values["region"][-1]
    lost = replace(info, labels=MappingProxyType({**info.labels, "region": MappingProxyType({})}))
    query = {"region": f"{known},zzz", "team": "NOPE", "customer": "anyone"}
    filters, dropped = info.parsed(query)
    assert filters.values("region") == (known,)
    assert not filters.values("team")
    assert filters.values("customer") == ("anyone",), "customers have no dictionary"
    assert dropped == [f"region={known},zzz", "team=NOPE"]
    assert not lost.parsed(query)[0].values("region")
    assert visit().filters("?team=NOPE&region=zzz") == visit().filters()


def test_a_value_that_nobody_knows_widens_no_scope(visit: Visit, demo: Demo) -> None:
    own = visit("lead")
    rows = own.rows("cockpit-kpis", own.filters(), metric="customer_asset").words
    forged = {**own.filters(), "team": "NOPE", "rep": "nobody"}
    assert own.rows("cockpit-kpis", forged, metric="customer_asset").words == rows


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"threshold": None}, "31 to 730"),
        ({"threshold": 30}, "31 to 730"),
        ({"threshold": "x"}, "31 to 730"),
        ({"period": "custom", "since": "2026-03-02", "until": "2026-03-01"}, "last day"),
        ({"period": "custom", "since": None, "until": ""}, "last day"),
        ({"period": "last_12", "threshold": 31}, ""),
    ],
)
def test_a_wrong_field_of_the_filter_form_is_said(
    demo: Demo, form: dict[str, object], said: str
) -> None:
    _filters, wrong = _from_form(form, demo.filters())
    assert said in " ".join(wrong)
    assert bool(wrong) == bool(said)


@pytest.mark.parametrize("size", [5_000, 100_000, 1_500_000])
def test_a_huge_address_in_a_callback_is_cut(visit: Visit, size: int) -> None:
    visitor = visit()
    search = "?team=" + ",".join(f"T{i}" for i in range(size // 6))
    filters = visitor.filters(search)
    assert len(json.dumps(filters)) < 10_000
    assert visitor.fire("cockpit-teams.figure", {"filters.data": filters}).status == 200


# --- addresses that are none ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/admin", "/cockpit/../x", "/.env", "/assets/../app.py", "/export/", "/%00",
     "/assets/%2e%2e/app.py", "/assets/none.js", "/export/nothing.csv",
     "/export/cockpit-kpis.pdf"],
)  # fmt: skip
def test_an_unknown_address_is_said_to_be_none(visit: Visit, path: str) -> None:
    response = visit().get(path)
    assert response.status_code == 404, path
    assert plain(response.text)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "options", "post"])
def test_another_method_is_refused(visit: Visit, method: str) -> None:
    visitor = visit()
    for path in (UPDATE, "/", "/export/cockpit-kpis.csv"):
        response = getattr(visitor.client, method)(path)
        assert response.status_code < 500, (path, response.status_code)
        assert plain(response.text)


def test_every_answer_carries_the_headers(visit: Visit) -> None:
    visitor = visit()
    visitor.filters()
    paths = ["/", "/nothing", "/livez", "/readyz", "/_dash-layout", "/_dash-dependencies",
             "/assets/app.css", "/export/cockpit-kpis.csv", "/export/nothing.csv"]  # fmt: skip
    answers = [visitor.get(path) for path in paths]
    answers += [visitor.post("{"), visitor.post(visitor.body("filters.data", {}))]
    for response in answers:
        response.close()
        policy = response.headers["Content-Security-Policy"]
        (scripts,) = [p for p in policy.split(";") if p.strip().startswith("script-src")]
        assert "unsafe-inline" not in scripts
        assert "unsafe-eval" not in scripts
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in response.headers
    assert all(
        "no-store" in r.headers["Cache-Control"] for r in answers if "assets" not in r.request.path
    )


def test_the_session_cookie_is_out_of_reach_of_scripts(visit: Visit) -> None:
    (cookie,) = (
        c for c in visit().sign_in(demo="lead").headers.getlist("Set-Cookie") if "cockpit=" in c
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie
