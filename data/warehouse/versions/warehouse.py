"""A warehouse and where its versions lie."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import BigInteger, Column, Engine, MetaData, Table, Text

from data import settings
from data.warehouse.engine import WarehouseError, server_engine

CONTROL = "cockpit"
CONTROL_META = MetaData()
PUBLICATION = Table(
    "publication",
    CONTROL_META,
    Column("sequence", BigInteger, autoincrement=False),
    Column("version", BigInteger),
    Column("name", Text),
    schema=CONTROL,
    info={"sort": ("sequence",)},
)


class NoWarehouseError(WarehouseError):
    """Nothing was imported yet."""


@dataclass(frozen=True)
class Warehouse:
    """Where versions live: a folder of DuckDB files, or a server."""

    url: str
    var: Path
    schema: str = ""

    @property
    def kind(self) -> str:
        """`duckdb`, `postgresql` or `clickhouse`."""
        head = self.url.split(":", 1)[0].split("+", 1)[0]
        return {"": "duckdb", "clickhousedb": "clickhouse"}.get(head, head)

    @property
    def folder(self) -> Path:
        """The folder of the embedded versions, the lock and the staging files."""
        return self.var / "warehouse"

    @property
    def staging(self) -> Path:
        """The folder that an import may read and write."""
        return self.folder / "staging"

    @cached_property
    def server(self) -> Engine:
        """The engine that writes to the server; only for PostgreSQL and ClickHouse."""
        return server_engine(self.url, is_writer=True)

    def file(self, number: int) -> Path:
        """The DuckDB file of a version."""
        return self.folder / f"v{number:06d}.duckdb"

    def name(self, number: int) -> str:
        """The schema of a version on a server."""
        return f"{CONTROL}_v{number:06d}"


def open_warehouse(url: str | None = None, *, var: Path | None = None) -> Warehouse:
    """Return the warehouse that the settings (or the arguments) name."""
    return Warehouse(
        url=settings.value("WAREHOUSE_URL") if url is None else url,
        var=settings.var() if var is None else var,
        schema=settings.value("WAREHOUSE_SCHEMA"),
    )
