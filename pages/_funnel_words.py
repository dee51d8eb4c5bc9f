"""What the Funnel page says: where the bottleneck is, who sells what, which quotes wait."""

from typing import Any

import pandas as pd

from components.figures.flow import bottleneck as slowest
from components.figures.marks import go, mark
from components.figures.values import Row, records
from components.tables import Column, short_table
from data.i18n import change, figure, label_of, t
from pages._page import label_of_dimension
from queries.metrics import METRICS


def bottleneck(found: list[Row]) -> list[Any]:
    """Say at which stage more is lost than usual, and how much; rows of the flow, in order."""
    if all(row["level"] is None for row in found):
        return [t("Nothing happened in the 12 months before to compare the stages with.")]
    slow = slowest(found)
    if slow is None:
        return [
            t("No stage passes on fewer opportunities than in the 12 months before the period.")
        ]
    place = next(i for i, row in enumerate(found) if row["stage"] == slow)
    return _lost_at(found[place - 1], found[place])


def _lost_at(before: Row, at: Row) -> list[Any]:
    names = {"stage": label_of("stage", before["stage"]), "next": label_of("stage", at["stage"])}
    return [
        t("The bottleneck is {stage} → {next}:", **names),
        " ",
        (
            t(
                "{now} went on, against {level} in the 12 months before.",
                now=figure(at["rate_previous"], "rate"),
                level=figure(at["level"], "rate"),
            ),
            mark(stage=at["stage"]),
        ),
        " ",
        t(
            "{count} opportunities worth {amount} were lost there in the period.",
            count=figure(before["lost"], "count"),
            amount=figure(before["lost_amount"], "money", short=True),
        ),
    ]


def sellers(rows: list[Row], dimension: str) -> Any:
    """List what deal teams, owners or customers created and won."""
    columns = [
        Column("name", label_of_dimension(dimension), main=True),
        _column("created_deals"),
        _column("won_deals"),
        _column("lost_deals"),
        _column("win_rate", main=True),
        Column("moved", t("Change")),
        _column("won_amount", main=True),
    ]
    return short_table(
        [_seller(row, dimension) for row in rows], columns, id="funnel-sellers-table", go="go"
    )


def _column(key: str, *, main: bool = False) -> Column:
    return Column(key, t(METRICS[key].label), METRICS[key].unit, main=main)


def _seller(row: Row, dimension: str) -> dict[str, Any]:
    moved = change(row["win_rate"], row["win_rate_before"], METRICS["win_rate"])
    name = row.get("name") or label_of(dimension, row["key"])
    return {
        **row,
        "name": name,
        "moved": f"{moved.arrow} {moved.text}".strip(),
        "go": go(dimension, row["key"]),
    }


def quotes(rows: pd.DataFrame) -> Any:
    """List quotes that wait for a decision."""
    columns = [
        Column("name", t("Name"), main=True),
        Column("opportunity_id", t("Opportunity")),
        Column("stage", t("Stage"), "dimension"),
        Column("seller", label_of_dimension("seller"), main=True),
        Column("created_on", t("Created"), "date"),
        Column("quote_waiting", t("Quote"), "money", main=True),
    ]
    return short_table(records(rows), columns, id="funnel-quotes-table")
