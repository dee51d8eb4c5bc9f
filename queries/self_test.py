"""The scope self-test: what the cache holds for a reader against what the engine says now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from data.access.reader import Reader
from data.domain.filters import Filters
from data.warehouse.cache import pack, unpack
from queries.question import Question
from queries.run import reading, run, run_uncached


@dataclass(frozen=True)
class Check:
    """One question, asked twice as one reader."""

    question: str
    rows: int
    is_equal: bool


def check_scope(reader: Reader, questions: Iterable[Question], filters: Filters) -> Iterator[Check]:
    """Ask each question as a reader, through the cache and past it, and compare row by row."""
    with reading(reader):
        for question in questions:
            cached, fresh = run(question.query, filters), run_uncached(question.query, filters)
            yield Check(question.name, len(fresh), is_same(cached, fresh))


def is_same(cached: pd.DataFrame, fresh: pd.DataFrame) -> bool:
    """Whether two answers are equal to the last digit; the second goes the way of the first."""
    return cached.equals(unpack(pack(fresh)))
