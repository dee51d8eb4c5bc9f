"""What is asked: every question is a function (filters, scope) -> Select."""

import importlib
import pkgutil

from queries.question import QUESTIONS, Question


def all_questions() -> dict[str, Question]:
    """Return every registered question by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return QUESTIONS
