"""How a fitted part is stored: as JSON with a format, equal bytes for equal parts."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Part = TypeVar("Part", bound=DataclassInstance)
else:
    Part = TypeVar("Part")

FORMAT = 1


class ModelFormatError(ValueError):
    """A stored model cannot be read."""

    def __init__(self, found: object) -> None:
        super().__init__(
            f"This stored model has the format {found!r}, and format {FORMAT} is needed. "
            "Fit the model again."
        )


def dump(part: "DataclassInstance", **told: str) -> str:
    """Return a part as JSON; `told` says more about it, such as its unit of time."""
    return json.dumps({"format": FORMAT, **told, **asdict(part)}, sort_keys=True)


def load(kind: type[Part], text: str, **told: str) -> Part:
    """Return the part that `dump` wrote with the same `told`, lists as tuples again."""
    stored: dict[str, Any] = json.loads(text)
    head = {"format": FORMAT, **told}
    if any(stored.pop(name, None) != value for name, value in head.items()):
        raise ModelFormatError(json.loads(text).get("format"))
    return kind(**{name: _frozen(value) for name, value in stored.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
