"""Shared by the scoring tests: CDNOW, read once."""

from typing import cast

import pandas as pd
import pytest

from tests.scoring.cdnow import History, history, purchases


@pytest.fixture(scope="session")
def sample() -> History:
    """The published tenth: 2,357 customers up to 1997-09-30."""
    return history(purchases(sample=True))


@pytest.fixture(scope="session")
def everybody() -> pd.DataFrame:
    """All purchase days of all 23,570 customers."""
    return cast("pd.DataFrame", purchases(sample=False))
