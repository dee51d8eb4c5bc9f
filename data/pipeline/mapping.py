"""The mapping from a company's own columns to the contract tables, read from TOML."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    model_validator,
)
from pydantic import Field as Declared
from sqlalchemy import Table

from data.pipeline.findings import ImportRefusedError, listed
from data.warehouse.schema import CONTRACT

Dates = Literal["ymd", "dmy", "mdy"] | None
Decimal = Literal[".", ","] | None


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(_Model):
    """A row filter: the column is present, blank, of a sign, equal to or starting with a text."""

    column: str
    is_: Literal["present", "blank", "positive", "negative", "zero"] | None = Declared(
        default=None, validation_alias=AliasChoices("is", "is_")
    )
    equals: list[str] = []
    starts_with: str | None = None
    negated: bool = Declared(default=False, validation_alias=AliasChoices("not", "negated"))

    @model_validator(mode="after")
    def _one_test(self) -> "Condition":
        tests = [self.is_ is not None, bool(self.equals), self.starts_with is not None]
        if sum(tests) != 1:
            raise ValueError("give exactly one of 'is', 'equals' and 'starts_with'")
        return self


class Lookup(_Model):
    """A column of another file, found where the key columns agree; `take` settles several rows."""

    file: str
    on: dict[str, str]
    column: str
    take: Literal["first", "last"] = "last"
    by: list[str] = []
    where: list[Condition] = []


Taking = Literal["same", "first", "last", "most", "sum", "min", "max"]


class Field(_Model):
    """Where one contract column comes from, and how its text is read."""

    column: str | None = None
    value: str | None = None
    product: list[str] = []
    parts: list[str] = []
    separator: str = "-"
    numbered: bool = False
    number_within: list[str] | None = None
    lookup: Lookup | None = None
    take: Taking = "same"
    by: list[str] = []
    translate: dict[str, str] = {}
    only_translated: bool = False
    nulls: list[str] = []
    dates: Dates = None
    decimal: Decimal = None
    currency: str | None = None
    negative_when: Condition | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Field":
        sources = [
            self.column is not None,
            self.value is not None,
            bool(self.product),
            bool(self.parts),
            self.number_within is not None,
            self.lookup is not None,
        ]
        if sum(sources) != 1:
            raise ValueError(
                "give exactly one of column, value, product, parts, number_within and lookup"
            )
        return self


def _field(given: object) -> object:
    return {"column": given} if isinstance(given, str) else given


FieldSource = Annotated[Field, BeforeValidator(_field)]


class FileRole(_Model):
    """One source file: the names it may have, and how its values are written."""

    match: list[str] = []
    dates: Dates = None
    decimal: Decimal = None
    currency: str | None = None
    nulls: list[str] = []


class Block(_Model):
    """Rows of one file becoming rows of one contract table."""

    table: str
    file: str = Declared(validation_alias=AliasChoices("from", "file"))
    where: list[Condition] = []
    one_row_per: list[str] = []
    replace_by: str | None = None
    columns: dict[str, FieldSource]

    @property
    def target(self) -> Table:
        """The contract table that this block fills."""
        return CONTRACT.tables[self.table]


class Funnel(_Model):
    """How "reached" is told without stage history: which stages each present stage implies."""

    file: str = Declared(validation_alias=AliasChoices("from", "file"))
    opportunity_id: str
    column: str
    stages: list[str]
    reached: dict[str, list[str]]
    entered: dict[str, str] = {}

    def blocks(self) -> list[Block]:
        """Return one block of stage entries per stage whose day of entry the file knows."""
        return [self._block(stage, day) for stage, day in self.entered.items()]

    def _block(self, stage: str, day: str) -> Block:
        implied_by = [now for now, reached in self.reached.items() if stage in reached]
        return Block(
            table="opportunity_stage",
            file=self.file,
            where=[
                Condition(column=self.column, equals=implied_by),
                Condition(column=day, is_="present"),
            ],
            replace_by="opportunity_id",
            columns={
                "opportunity_id": Field(column=self.opportunity_id),
                "stage": Field(value=stage),
                "entered_at": Field(column=day),
            },
        )


class Mapping(_Model):
    """A whole mapping: the files it needs and the blocks that fill contract tables from them."""

    name: str
    about: str = ""
    files: dict[str, FileRole]
    tables: list[Block]
    funnel: Funnel | None = None

    @cached_property
    def blocks(self) -> list[Block]:
        """All blocks, those of the funnel rule included, in contract order."""
        order = list(CONTRACT.tables)
        written = [*self.tables, *(self.funnel.blocks() if self.funnel else [])]
        return sorted(written, key=lambda block: order.index(block.table))

    @model_validator(mode="after")
    def _known_names(self) -> "Mapping":
        for block in self.tables:
            _check_block(block, files=set(self.files))
        if self.funnel and self.funnel.file not in self.files:
            raise ValueError(f"funnel: file '{self.funnel.file}' is not declared under [files]")
        return self


def _check_block(block: Block, *, files: set[str]) -> None:
    if block.table not in CONTRACT.tables:
        raise ValueError(f"'{block.table}' is no contract table")
    lookups = {f.lookup.file for f in block.columns.values() if f.lookup}
    for name in {block.file, *lookups} - files:
        raise ValueError(f"{block.table}: file '{name}' is not declared under [files]")
    unknown = sorted(set(block.columns) - set(block.target.columns.keys()))
    if unknown:
        raise ValueError(f"{block.table}: {listed(unknown)} is no column of the contract table")
    missing = [c for c in block.target.info["required"] if c not in block.columns]
    if missing:
        raise ValueError(f"{block.table}: no source is given for {listed(missing)}")


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a TOML file; raise `ImportRefusedError` on a mistake."""
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ImportRefusedError("E_MAPPING", f"The mapping '{path}' cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImportRefusedError("E_MAPPING", f"{path.name} is not valid TOML: {error}.") from error
    except ValidationError as error:
        raise ImportRefusedError("E_MAPPING", f"{path.name}: {_first(error)}.") from error


def _first(error: ValidationError) -> str:
    problem: Any = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    message = str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        message = "this entry is not known"
    return f"{place}: {message}" if place else message
