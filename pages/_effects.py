"""What a campaign did: its treatment less its control, by outcome, by days and by segment."""

from datetime import date, timedelta

import pandas as pd

from components.figures.values import Row
from data.domain.experiment import Arm, Effect, of_means, of_shares
from data.i18n import label_of
from pages._page import label_of_dimension

#: Customers of an arm below which a segment says nothing.
LEAST_SEGMENT = 10


def bought(treated: Row, control: Row | None, key: str = "buyers") -> Effect | None:
    """Return the difference in the share that ordered; None where nobody was held back."""
    if control is None:
        return None
    return of_shares((treated[key], treated["customers"]), (control[key], control["customers"]))


def is_over(row: Row, days: int, until: date) -> bool:
    """Whether so many days have passed since the campaign began."""
    return row["starts_on"] + timedelta(days=days) <= until


def effect_rows(effects: list[tuple[str, Effect | None]]) -> pd.DataFrame:
    """Return named effects as rows: name and the fields of an effect; unknown ones left out."""
    known = [{"name": name, **vars(effect)} for name, effect in effects if effect is not None]
    return pd.DataFrame(known, columns=["name", *Effect.__dataclass_fields__])


def _arm(row: Row, days: int) -> Arm:
    sums = {"y": f"y_{days}", "yy": f"yy_{days}", "x": "x", "xx": "xx", "xy": f"xy_{days}"}
    return Arm(row["customers"], **{name: row[key] or 0.0 for name, key in sums.items()})


def margin(treated: Row, control: Row, days: int, *, is_adjusted: bool) -> Effect | None:
    """Return the difference in margin per customer within so many days of the start."""
    return of_means(_arm(treated, days), _arm(control, days), is_adjusted=is_adjusted)


def by_segment(rows: list[Row], campaign: str) -> list[tuple[str, Effect]]:
    """Return the effect in each segment that is large enough in both arms."""
    arms: dict[tuple[str, str], dict[bool, Row]] = {}
    for row in rows:
        if row["campaign_id"] == campaign:
            arms.setdefault((row["dimension"], row["key"]), {})[bool(row["is_treated"])] = row
    found: list[tuple[str, Effect]] = []
    for (dimension, key), pair in arms.items():
        if len(pair) < 2 or min(row["customers"] for row in pair.values()) < LEAST_SEGMENT:
            continue
        effect = bought(pair[True], pair[False])
        if effect is not None:
            found.append((f"{label_of_dimension(dimension)}: {label_of(dimension, key)}", effect))
    return found
