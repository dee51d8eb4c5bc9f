"""Every text of the source that a reader may see: found by reading the code, not by running it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = ("app.py", "pages", "components", "queries", "data")

#: Calls whose arguments are texts: by position, by keyword. Positions of `t` itself included.
TEXT_ARGUMENTS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "t": ((0,), ("text",)),
    "tn": ((0, 1), ("one", "many")),
    "Reader": ((1,), ("name",)),
    "Role": ((1,), ("name", "sees")),
    "Metric": ((1, 2, 3), ("label", "definition", "formula", "owner", "pending")),
    "_asset": ((1, 2, 3), ()),
    "Dimension": ((1,), ("label",)),
    "RuleField": ((1,), ("label",)),
    "Ready": ((1, 2), ("name", "text")),
    "Question": ((), ("title",)),
    "NavItem": ((1,), ("name",)),
    "register_page": ((), ("title", "name")),
    "asks": ((0,), ("title",)),
}
#: Tables of texts that `t` is given later, by name: their values are texts.
TEXT_TABLES = frozenset(
    {"LABELS", "SENTENCES", "PRESET_LABELS", "COMPARISON_LABELS", "GROUPS", "TEXTS", "VIEW"}
    | {"PERMISSIONS"}
)
#: Tables of (text, unit) pairs, by name: the first of each pair is a text.
PAIRED_TABLES = frozenset({"PLAIN"})


def sources() -> Iterator[Path]:
    """Yield the files whose texts need a translation."""
    for place in PLACES:
        path = ROOT / place
        yield from [path] if path.suffix else sorted([*path.rglob("*.py"), *path.rglob("*.html")])


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (text, where) for every literal text in the file."""
    if path.suffix == ".html":
        for found in re.finditer(r"""\bt\((["'])(.+?)\1""", path.read_text(encoding="utf-8")):
            yield found.group(2), str(path.relative_to(ROOT))
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for literal in [*_called(node), *_tabled(node)]:
            yield literal.value, f"{path.relative_to(ROOT)}:{literal.lineno}"  # type: ignore[misc]


def _called(node: ast.AST) -> list[ast.Constant]:
    if not isinstance(node, ast.Call):
        return []
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    positions, keywords = TEXT_ARGUMENTS.get(name, ((), ()))
    given: list[ast.AST] = [node.args[i] for i in positions if i < len(node.args)]
    given += [each.value for each in node.keywords if each.arg in keywords]
    return [literal for part in given for literal in _literals(part)]


def _tabled(node: ast.AST) -> list[ast.Constant]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    named = any(isinstance(each, ast.Name) and each.id in TEXT_TABLES for each in targets)
    paired = any(isinstance(each, ast.Name) and each.id in PAIRED_TABLES for each in targets)
    value = getattr(node, "value", None)
    if paired and isinstance(value, ast.Dict):
        return [lit for pair in value.values for lit in _literals(getattr(pair, "elts", [pair])[0])]
    return _values(value) if named and isinstance(node, ast.Assign | ast.AnnAssign) else []


def _values(node: ast.AST | None) -> list[ast.Constant]:
    if isinstance(node, ast.Dict):
        return [literal for value in node.values for literal in _values(value)]
    if isinstance(node, ast.Tuple | ast.List):
        return [literal for value in node.elts for literal in _values(value)]
    return _literals(node)


def _literals(node: ast.AST | None) -> list[ast.Constant]:
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
        return [node]
    return []


def all_texts() -> dict[str, str]:
    """Return every text with the first place it stands at."""
    found: dict[str, str] = {}
    for path in sources():
        if path.exists():
            for text, where in texts_of(path):
                found.setdefault(text, where)
    return found
