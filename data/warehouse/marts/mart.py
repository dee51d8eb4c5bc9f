"""A mart as a table of the warehouse: its columns, what its rows are, its physical order."""

from typing import Any

from sqlalchemy import Column, MetaData, Table

MARTS = MetaData()


def mart(name: str, one_row_per: str, *groups: list[Column[Any]], sort: tuple[str, ...]) -> Table:
    """Return a mart with its columns, group after group, and its physical order."""
    columns = [c for group in groups for c in group]
    comment = f"one row per {one_row_per}"
    return Table(name, MARTS, *columns, comment=comment, info={"sort": sort})
