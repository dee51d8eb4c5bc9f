"""Customers of closed tasks as pages ask what followed: those of the tasks that are listed."""

from dataclasses import replace

from data.domain.filters import Filters
from data.domain.task import CLOSED
from data.domain.treatment import MOST_TREATED, Treated, treated_by
from data.state.task_lists import treatments
from pages._state import state
from pages._task_list import query_of


def treated_now(filters: Filters) -> Treated:
    """Return whom the latest closed tasks of the list were about, whatever their state and day.

    Which of these customers the reader may see is for the question that is handed them.
    """
    asked = replace(
        query_of(filters), states=tuple(sorted(CLOSED)), due_before=None, has_no_day=False
    )
    found = treatments(state(), asked, limit=MOST_TREATED + 1)
    return treated_by(found[:MOST_TREATED], is_cut=len(found) > MOST_TREATED)
