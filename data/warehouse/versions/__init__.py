"""Which warehouse version is live, and how a new one comes to be: built aside, published at once.

DuckDB keeps one file per version under `VAR/warehouse` and a pointer file `CURRENT`. A server
keeps one schema (ClickHouse: database) per version and a log of publications in the schema
`cockpit`; the newest row is live. A version never changes after it is published.
"""

from data.warehouse.versions.building import (
    Build,
    building_since,
    new_version,
    scratch_version,
    version_before,
)
from data.warehouse.versions.damaged import (
    DamagedError,
    is_damage,
    keep_intact,
    stands_in_for,
)
from data.warehouse.versions.publishing import (
    Noting,
    live,
    live_or_none,
    publish,
    published,
    undo,
)
from data.warehouse.versions.readers import Readers, check_reading
from data.warehouse.versions.warehouse import NoWarehouseError, Warehouse, open_warehouse

__all__ = [
    "Build",
    "DamagedError",
    "NoWarehouseError",
    "Noting",
    "Readers",
    "Warehouse",
    "building_since",
    "check_reading",
    "is_damage",
    "keep_intact",
    "live",
    "live_or_none",
    "new_version",
    "open_warehouse",
    "publish",
    "published",
    "scratch_version",
    "stands_in_for",
    "undo",
    "version_before",
]
