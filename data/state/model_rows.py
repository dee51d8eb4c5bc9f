"""The rows of scoring model versions, read and written within a caller's transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from data.domain.canonical import sha256
from data.domain.model import ScoringModel
from data.state.audit import utc_now
from data.state.engine import StateError
from data.state.tables import scoring_model

_t = scoring_model.c


class UnknownModelError(StateError):
    """There is no such version."""


@dataclass(frozen=True)
class ModelRecord:
    """One version of the scoring model with its history; `fitted` is None before the first fit."""

    version: int
    name: str
    state: str
    definition: ScoringModel
    fitted: Mapping[str, Any] | None
    from_version: int | None
    made_by: str
    made_at: datetime
    proposed_by: str | None
    proposed_at: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    effective_month: date | None
    note: str

    @property
    def subject(self) -> str:
        """What the audit log calls this version."""
        return subject_of(self.version)


def subject_of(version: int) -> str:
    """Return what the audit log calls a version."""
    return f"scoring-model/{version}"


def all_of(connection: Connection) -> list[ModelRecord]:
    """Return every version, oldest first."""
    return _records(connection, select(scoring_model).order_by(_t.version))


def found(connection: Connection, version: int) -> ModelRecord:
    """Return one version; raise UnknownModelError where there is none."""
    records = _records(connection, select(scoring_model).where(_t.version == version))
    if not records:
        newest = connection.execute(select(func.max(_t.version))).scalar()
        raise UnknownModelError(
            f"There is no version {version} of the scoring model. The newest is {newest}."
        )
    return records[0]


def approved(connection: Connection) -> list[ModelRecord]:
    """Return the approved versions by effective month; the table allows one per month."""
    stmt = select(scoring_model).where(_t.state == "approved").order_by(_t.effective_month)
    return _records(connection, stmt)


def holding(connection: Connection, version: int, parameters: str) -> ModelRecord | None:
    """Return the version, or the newest one made from it, that holds just this fit."""
    is_kin = (_t.version == version) | (_t.from_version == version)
    stmt = select(scoring_model).where(is_kin, _t.fitted == parameters)
    definition = found(connection, version).definition
    for record in _records(connection, stmt.order_by(_t.version.desc())):
        if not record.definition.changes(definition):
            return record
    return None


def insert_draft(
    connection: Connection,
    *,
    made_by: str,
    definition: ScoringModel,
    from_version: int | None = None,
    fitted: str | None = None,
) -> ModelRecord:
    """Add a draft under the next number, which replaces the one in the definition."""
    version = (connection.execute(select(func.max(_t.version))).scalar() or 0) + 1
    stmt = insert(scoring_model).values(
        version=version,
        name=definition.name,
        state="draft",
        definition=replace(definition, version=version).to_json(),
        fitted=fitted,
        from_version=from_version,
        made_by=made_by,
        made_at=utc_now(),
        note="",
    )
    connection.execute(stmt)
    return found(connection, version)


def change(connection: Connection, version: int, **values: Any) -> ModelRecord:
    """Set columns of one version and return it as it is then."""
    connection.execute(update(scoring_model).where(_t.version == version).values(**values))
    return found(connection, version)


def seals(connection: Connection, version: int) -> dict[str, Any]:
    """Return SHA-256 of what a version says and of its fit, for the audit log."""
    stmt = select(_t.definition, _t.fitted).where(_t.version == version)
    row = connection.execute(stmt).one()
    return {
        "definition": sha256(row.definition),
        "fitted": None if row.fitted is None else sha256(row.fitted),
    }


def _records(connection: Connection, stmt: Select[Any]) -> list[ModelRecord]:
    return [_record(row) for row in connection.execute(stmt).mappings()]


def _record(row: RowMapping) -> ModelRecord:
    values: dict[str, Any] = dict(row)
    values["definition"] = ScoringModel.from_json(row["definition"])
    values["fitted"] = None if row["fitted"] is None else json.loads(row["fitted"])
    return ModelRecord(**values)
