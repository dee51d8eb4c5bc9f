"""Which callback bodies the browser part sends; everything else is refused before Dash sees it."""

import json
from collections.abc import Iterable
from typing import Any

import dash
import flask

from data.i18n import t
from pages._policy import NOBODY, SIGNED_IN, callback_needs

#: A page's own values lie no deeper than this, children of a layout included.
MOST_DEPTH = 40
#: What the browser part adds to the address: which page load asks. Handles of jobs that run beside
#: the server would stand there too (`job`, `cacheKey`, `oldJob`, `cancelJob`); there are none here.
IN_ADDRESS = frozenset({"endId"})


def refused() -> str:
    """Return why this callback's body is refused; empty where it is one of ours."""
    if set(flask.request.args) - IN_ADDRESS:
        return t("The request names no callback of this application.")
    try:
        body = json.loads(flask.request.get_data(cache=True))
    except (ValueError, RecursionError):
        return t("The request is not valid JSON.")
    if _depth(body) > MOST_DEPTH:
        return t("The request is nested too deeply.")
    return "" if _is_ours(body) else t("The request names no callback of this application.")


def _depth(body: Any) -> int:
    """Return how deeply lists and objects lie in each other, looked at level by level."""
    depth, level = 0, [body]
    while level and depth <= MOST_DEPTH:
        depth += 1
        level = [part for each in level for part in _parts(each)]
    return depth


def _parts(found: Any) -> Iterable[Any]:
    if isinstance(found, dict):
        return found.values()
    return found if isinstance(found, list) else ()


def _is_ours(body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    known: Any = dash.get_app().callback_map.get(body["output"])
    return (
        known is not None
        and callback_needs(body["output"]) != NOBODY
        and _fit(body.get("inputs"), known["inputs"])
        and _fit(body.get("state", []), known["state"])
        and _outputs(body.get("outputs")) == body["output"]
        and _are_texts(body.get("changedPropIds", []))
        and _lays_out_an_address(body)
    )


def _lays_out_an_address(body: dict[str, Any]) -> bool:
    """Whether what Dash's own callback lays out is an address; it fails on anything else."""
    if callback_needs(body["output"]) != SIGNED_IN:
        return True
    values = {part["property"]: part.get("value") for part in body["inputs"]}
    if "pathname" not in values:
        return True
    path, search = values["pathname"], values.get("search")
    return isinstance(path, str) and path.startswith("/") and isinstance(search, str | None)


def _fit(parts: Any, wanted: list[Any]) -> bool:
    """Return whether the parts name what the callback reads, in its order."""
    if not isinstance(parts, list) or len(parts) != len(wanted):
        return False
    return all(_fits(part, one) for part, one in zip(parts, wanted, strict=True))


def _fits(part: Any, wanted: dict[str, str]) -> bool:
    if wanted["id"].startswith("{"):
        return isinstance(part, list) and all(_is_of(each, wanted["property"]) for each in part)
    return _is_of(part, wanted["property"]) and part["id"] == wanted["id"]


def _is_of(part: Any, name: str) -> bool:
    return (
        isinstance(part, dict)
        and isinstance(part.get("id"), str | dict)
        and (part.get("property") == name)
    )


def _outputs(found: Any) -> str:
    """Return the outputs as the callback's name spells them."""
    if isinstance(found, list):
        return "..".join(("", "...".join(_output(each) for each in found), ""))
    return _output(found)


def _output(found: Any) -> str:
    return f"{found.get('id')}.{found.get('property')}" if isinstance(found, dict) else ""


def _are_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)
