"""The bad-input table as data: one or more cases per row B1–B65 that concerns the command line.

Left to the page and the API, where the same functions run behind an upload: B23 (scope of a
lead), B52's abort at Content-Length, B53 (background job with viewers), B64 (disconnect).
B59 and B60 are stored as typed here; showing them literally is the pages' case. B65 (undo) is
exact because a batch travels with its version; see test_import.py.
"""

from tests.pipeline.cases import columns, dates, numbers, text_files, texts, workbooks, wrong_files
from tests.pipeline.cases.case import Case

__all__ = ["CASES"]

_TOPICS = (text_files, columns, numbers, dates, workbooks, wrong_files, texts)

CASES: tuple[Case, ...] = tuple(case for topic in _TOPICS for case in topic.CASES)
