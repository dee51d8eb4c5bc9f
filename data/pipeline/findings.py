"""What an import says: refusals, questions, rejected rows and warnings, each with a stable code."""

import re
from dataclasses import dataclass

#: How much of a value a message shows.
SHOWN_CHARACTERS = 40

_PRIVATE = {"phone", "email"}


class ImportRefusedError(Exception):
    """A file, mapping or choice that stops the import; `str()` is the sentence for the reader."""

    def __init__(self, code: str, sentence: str, *, file: str = "", fix: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.file = file
        self.fix = fix


class QuestionError(ImportRefusedError):
    """A choice that only the reader can make; `fix` names the option that answers it."""


@dataclass(frozen=True)
class Warned:
    """Something accepted that the reader should look at, or a fact about how a file was read."""

    code: str
    sentence: str
    file: str = ""


@dataclass(frozen=True)
class Finding:
    """One rejected value: where it stands and why it cannot be taken."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    code: str
    reason: str


def masked(value: str, *, kind: str) -> str:
    """Return the value as a message may show it: cut at 40 characters, phone and e-mail masked."""
    if kind not in _PRIVATE or len(value) < 3:
        return value[:SHOWN_CHARACTERS]
    if "@" in value:
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"[:SHOWN_CHARACTERS]
    return f"{value[:3]}{'*' * min(len(value) - 3, 6)}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 row", "2 rows" or "12,000 rows"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: list[str]) -> str:
    """Return names joined by commas, the first 20 of them."""
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return ", ".join(names[:20]) + more


def plain_name(name: str) -> str:
    """Return a column, sheet or file name as it is compared: no case, spaces, dashes or dots."""
    return re.sub(r"[\s_\-.]+", "_", name.strip().casefold()).strip("_")
