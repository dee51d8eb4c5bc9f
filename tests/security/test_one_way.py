"""There is one way for each thing that can leak: what goes past it is found in the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.links import NOWHERE, safe_url

ROOT = Path(__file__).parents[2]
OURS = ("app.py", "data", "queries", "components", "pages")
#: Rule -> the only files that may do it.
ALLOWED: dict[str, set[str]] = {
    # One writer for files that leave; the import reads its own staged copy, `ask` prints.
    "file": {"data/export.py", "data/pipeline/clean.py", "app.py"},
    # One wrapper for callbacks, which asks for the permission.
    "callback": {"pages/_page.py"},
    # Statements, texts and settings may be kept; rows are kept by data/warehouse/fetch.py alone,
    # and by the bytes that it keeps: what they read as.
    "memory": {
        "data/warehouse/cache.py",
        *("data/settings.py", "data/i18n/numbers.py", "data/i18n/language.py"),
        *("data/pipeline/mapping.py", "data/demo/plan.py", "data/warehouse/versions/warehouse.py"),
        "data/access/passwords.py",
        *("queries/visible/predicates.py", "queries/visible/ranking.py"),
        *("queries/visible/pinned.py", "queries/visible/book_rows.py"),
    },
    # Statements as text: engines are set up, versions made and the import's files typed so.
    "sql": {
        *("data/warehouse/append.py", "data/warehouse/engine.py", "data/warehouse/reading.py"),
        *("data/warehouse/versions/building.py", "data/state/engine.py", "data/state/opening.py"),
        *("data/pipeline/sources.py", "data/pipeline/marts/filling.py"),
        *("data/pipeline/marts/keys.py", "data/pipeline/marts/formulas.py"),
        # Whether a file is in use shows in a PRAGMA alone.
        *("data/pipeline/marts/habits.py", "data/backup/restoring.py"),
    },
    "markup": set(),
    # A line drawn from numbers, as a picture: in an <img> nothing runs.
    "target": {"components/cards.py"},
    "code": set(),
}
FILES = {"to_csv", "to_excel", "writer", "DictWriter", "Workbook", "to_html"}
MEMORIES = {"lru_cache", "cache", "cached_property", "memoize", "cached", "memory_cache"}
MARKUP = {"dangerously_allow_html", "srcDoc", "srcdoc", "DangerouslySetInnerHTML"}
MARKUP_PARTS = {"Iframe", "Markdown", "Embed", "ObjectEl", "Script", "DataTable"}
RUNS = {"eval", "exec", "compile", "__import__", "loads_pickle"}
TARGETS = {"href", "src", "action", "formAction", "xlinkHref"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield our code, file by file."""
    for place in OURS:
        path = ROOT / place
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            name = str(file.relative_to(ROOT))
            if "migrations/versions" not in name:
                yield name, ast.parse(file.read_text(encoding="utf-8"))


def found_in(name: str, tree: ast.Module) -> list[str]:
    """Return what a file does past the one way: rule, file and line."""
    return [
        f"{rule} {name}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.FunctionDef)
        for rule in _rules(node)
        if name not in ALLOWED[rule]
    ]


def _rules(node: ast.Call | ast.FunctionDef) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        if any(_name(d) in MEMORIES for d in node.decorator_list):
            yield "memory"
        if any(_name(d).endswith("callback") for d in node.decorator_list):
            yield "callback"
        return
    name = _name(node)
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    checks = {
        "file": name in FILES,
        "callback": _registers(name, node),
        "memory": name in MEMORIES,
        "sql": _writes_sql(name, node),
        "markup": bool(MARKUP & set(given)) or name in MARKUP_PARTS,
        "target": name[:1].isupper() and any(not _is_ours(given[a]) for a in TARGETS & set(given)),
        "code": name in RUNS and isinstance(node.func, ast.Name),
    }
    yield from (rule for rule, broken in checks.items() if broken)


def _name(node: ast.AST) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _writes_sql(name: str, node: ast.Call) -> bool:
    """Whether a statement is text: by `text`, straight to the driver, or put together."""
    if name == "exec_driver_sql" or (name == "text" and isinstance(node.func, ast.Name)):
        return True
    is_text = bool(node.args) and isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
    if name == "literal_column":
        return not _is_number(node.args[0])
    return name in ("execute", "executemany") and is_text


def _is_number(value: ast.expr) -> bool:
    """Whether it is a constant of the code, or a number as text."""
    is_constant = isinstance(value, ast.Constant) or _name(value).isupper()
    return is_constant or (isinstance(value, ast.Call) and _name(value) == "str")


def _registers(name: str, node: ast.Call) -> bool:
    owner = getattr(getattr(node.func, "value", None), "id", "dash")
    is_dash = isinstance(node.func, ast.Name) or owner in ("dash", "app")
    return name in ("callback", "clientside_callback") and is_dash


def _is_ours(value: ast.expr) -> bool:
    """Whether a link's target is written in the code, a registered path, or went through the check."""
    if isinstance(value, ast.Constant):
        return safe_url(str(value.value)) == value.value
    return _name(value).isupper() or _name(value) in ("safe_url", "path", "target")


def test_nothing_goes_past_the_one_way() -> None:
    assert [line for name, tree in sources() for line in found_in(name, tree)] == []


PAST: dict[str, tuple[str, ...]] = {
    "file": ("rows.to_csv(path)", "rows.to_excel(path)", "csv.writer(sink)", "Workbook(sink)"),
    "callback": (
        "@callback(Output('a', 'b'))\ndef f(): ...",
        "@dash.callback(Output('a', 'b'))\ndef f(): ...",
        "@app.callback(Output('a', 'b'))\ndef f(): ...",
        "clientside_callback('f', Output('a', 'b'))",
    ),
    "memory": (
        "@lru_cache(maxsize=9)\ndef rows(): ...",
        "@cache\ndef rows(): ...",
        "@store.memoize()\ndef rows(): ...",
        "kept = functools.cache(rows)",
    ),
    "sql": (
        "text('select 1')",
        "connection.execute(f'select {x}')",
        "connection.execute('select ' + x)",
        "connection.exec_driver_sql('select 1')",
        "select(literal_column(x))",
    ),
    "markup": (
        "dcc.Markdown(x)",
        "html.Iframe(srcDoc=x)",
        "dag.AgGrid(dangerously_allow_code=True, dangerously_allow_html=True)",
        "DataTable(x)",
    ),
    "target": ("html.A(x, href=row['url'])", "dbc.NavLink(href=f'{x}')", "html.Img(src=x)"),
    "code": ("eval(x)", "exec(x)"),
}


@pytest.mark.parametrize(("rule", "code"), [(r, c) for r, codes in PAST.items() for c in codes])
def test_the_check_finds_what_goes_past(rule: str, code: str) -> None:
    assert f"{rule} somewhere.py" in " ".join(found_in("somewhere.py", ast.parse(code)))


def test_no_file_is_allowed_in_vain() -> None:
    everywhere = {rule: set[str]() for rule in ALLOWED}
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call | ast.FunctionDef):
                for rule in _rules(node):
                    everywhere[rule].add(name)
    assert {rule: ALLOWED[rule] - everywhere[rule] for rule in ALLOWED} == {
        rule: set() for rule in ALLOWED
    }


def test_the_browser_part_writes_text_only() -> None:
    files = [f for f in (ROOT / "assets").glob("*.js") if not f.name.startswith("plotly")]
    assert len(files) > 3
    ours = "".join(f.read_text(encoding="utf-8") for f in files)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                "new Function", "setAttribute(\"on", "srcdoc", "javascript:"):  # fmt: skip
        assert way not in ours, way


# --- links -----------------------------------------------------------------------------------

GOOD = (
    *("https://example.com/a?b=c#d", "http://example.com", "mailto:someone@example.com"),
    *("/clv?period=all", "#content", "?tier=high", "HTTPS://EXAMPLE.COM"),
)
BAD = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
    ),
    *(
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
    ),
    *("vbscript:msgbox(1)", "file:///etc/passwd", "ftp://example.com", "//evil.example", "/\\evil"),
    *("\\\\evil\\share", "https:evil.example", "http:///x", "blob:https://x", "tel:+861", "x"),
    *("https://[::1", "", "\u200bjavascript:alert(1)", "about:blank", "intent://x", "ws://x"),
)


@pytest.mark.parametrize("target", GOOD)
def test_a_good_target_is_kept(target: str) -> None:
    assert safe_url(target) == target


@pytest.mark.parametrize("target", BAD)
def test_a_bad_target_leads_nowhere(target: str) -> None:
    assert safe_url(target) == NOWHERE
