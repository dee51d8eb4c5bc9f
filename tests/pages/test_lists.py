"""Lists of customers: who has no name is called by the number, so that each line is somebody."""

import pandas as pd

from pages._lists import called


def test_a_customer_without_a_name_is_called_by_the_number() -> None:
    rows = pd.DataFrame({"customer_id": ["12346", "12347"], "name": [None, "Ann"]})
    assert called(rows)["name"].tolist() == ["12346", "Ann"]
    assert rows["name"].isna().tolist() == [True, False]
    numbers = rows.drop(columns="name")
    assert called(numbers) is numbers
