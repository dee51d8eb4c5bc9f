"""What the browser holds of two versions of one thing, where they differ, and the merge."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from components.versions import Differing
from data.i18n import t
from pages._state import FormError

#: The label of a field, and a value of it in words.
Labels = Callable[[str], str]
Words = Callable[[str, str], str]


def texts_read(read: Any, key: str = "texts", *, known: Sequence[str]) -> dict[str, str]:
    """Return the fields as they were read, or as `mine` were written, from what is kept of them."""
    held = read.get(key) if isinstance(read, dict) else None
    pairs = held.items() if isinstance(held, dict) else ()
    return {k: v for k, v in pairs if k in known and isinstance(v, str)}


def written(
    read: Any, typed: Mapping[str, str], sides: Mapping[str, str], *, known: Sequence[str]
) -> dict[str, str]:
    """Return the fields as the reader wants them: as typed, or of both versions as chosen."""
    mine = texts_read(read, "mine", known=known)
    if not mine:
        return dict(typed)
    if any(side not in ("mine", "theirs") for side in sides.values()):
        raise FormError(t("Choose for each field whose version is kept."))
    theirs = texts_read(read, known=known)
    return {**theirs, **{key: mine[key] for key in sides if sides[key] == "mine" and key in mine}}


def differing(
    before: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    *,
    label: Labels,
    words: Words,
) -> list[Differing]:
    """Return the fields that differ; only what both changed is left open."""
    return [
        Differing(
            key,
            label(key),
            words(key, mine[key]),
            words(key, value),
            _side(before.get(key), mine[key], value),
        )
        for key, value in theirs.items()
        if key in mine and mine[key] != value
    ]


def _side(before: str | None, mine: str, theirs: str) -> str:
    if theirs == before:
        return "mine"
    return "theirs" if mine == before else ""
