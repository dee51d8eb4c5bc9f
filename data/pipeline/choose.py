"""Which mapping an import uses: the one given, a ready one that fits, or names that speak."""

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from data.pipeline.aliases import column_named, table_named
from data.pipeline.clean import Answers, Sheet
from data.pipeline.findings import ImportRefusedError, QuestionError, listed, plain_name
from data.pipeline.mapping import Block, Condition, Field, FileRole, Mapping, read_mapping
from data.warehouse.schema import CONTRACT

READY = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Choice:
    """The mapping, the sheet of each of its file roles, and how it was chosen."""

    mapping: Mapping
    sheets: dict[str, Sheet]
    sentence: str


def choose(sheets: list[Sheet], *, given: Path | None, answers: Answers) -> Choice:
    """Return the mapping for these sheets; raise `ImportRefusedError` where none can be told."""
    if given is not None:
        mapping = read_mapping(given)
        return Choice(mapping, _assigned(mapping, sheets), f"Mapping used: {mapping.name}.")
    for path in sorted(READY.glob("*.toml")):
        mapping = read_mapping(path)
        roles = _fitting(mapping, sheets)
        if roles is not None:
            return Choice(mapping, roles, f"Ready mapping used: {mapping.name}.")
    mapping, roles = by_names(sheets, answers=answers)
    return Choice(mapping, roles, "Columns were matched by their names.")


def columns_of(mapping: Mapping, role: str) -> set[str]:
    """Return the source columns that a mapping reads from one of its files."""
    found: set[str] = set()
    for block in mapping.blocks:
        if block.file == role:
            found |= _of_block(block)
        for field in block.columns.values():
            if field.lookup and field.lookup.file == role:
                lookup = field.lookup
                found |= {*lookup.on.values(), lookup.column, *lookup.by}
                found |= {c.column for c in lookup.where}
    return found


def _of_block(block: Block) -> set[str]:
    found = {*block.one_row_per, *(c.column for c in block.where)}
    for field in block.columns.values():
        found |= _of_field(field)
    return found


def _of_field(field: Field) -> set[str]:
    found = {*field.product, *field.parts, *(field.number_within or ()), *field.by}
    conditions: list[Condition] = [field.negative_when] if field.negative_when else []
    found |= {c.column for c in conditions}
    if field.column:
        found.add(field.column)
    if field.lookup:
        found |= set(field.lookup.on)
    return found


def _has_columns(mapping: Mapping, role: str, sheet: Sheet) -> bool:
    header = {plain_name(name) for name in sheet.header}
    return {plain_name(name) for name in columns_of(mapping, role)} <= header


def _is_named(mapping: Mapping, role: str, sheet: Sheet) -> bool:
    names = [sheet.file.lower(), sheet.name.lower()]
    return any(
        fnmatch(name, p.lower()) for p in mapping.files[role].match for name in names if name
    )


def _fitting(mapping: Mapping, sheets: list[Sheet]) -> dict[str, Sheet] | None:
    """Return the sheet of each role if every role and every sheet finds its partner."""
    roles: dict[str, Sheet] = {}
    for sheet in sheets:
        role = next(
            (
                r
                for r in mapping.files
                if _is_named(mapping, r, sheet) and _has_columns(mapping, r, sheet)
            ),
            None,
        )
        if role is None or role in roles:
            return None
        roles[role] = sheet
    return roles if set(roles) == set(mapping.files) else None


def _assigned(mapping: Mapping, sheets: list[Sheet]) -> dict[str, Sheet]:
    """Assign sheets to the roles of a given mapping: by name, by columns, or the only one."""
    roles: dict[str, Sheet] = {}
    for sheet in sheets:
        free = [role for role in mapping.files if role not in roles]
        named = [role for role in free if _is_named(mapping, role, sheet)]
        fitting = [role for role in free if _has_columns(mapping, role, sheet)]
        both = [role for role in named if role in fitting]
        role = next(
            iter([*both, *named, *fitting, *(free if len(mapping.files) == 1 else [])]), None
        )
        if role is None:
            raise ImportRefusedError(
                "E_MAPPING",
                f"The mapping '{mapping.name}' has no place for {sheet.file}.",
                file=sheet.file,
            )
        roles[role] = sheet
    missing = [role for role in mapping.files if role not in roles]
    if missing:
        raise ImportRefusedError(
            "E_MAPPING",
            f"The mapping '{mapping.name}' also needs these files: {listed(missing)}.",
        )
    return roles


def by_names(sheets: list[Sheet], *, answers: Answers) -> tuple[Mapping, dict[str, Sheet]]:
    """Return the mapping that names alone give: file or sheet = table, column = column."""
    files: dict[str, FileRole] = {}
    roles: dict[str, Sheet] = {}
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets, start=1):
        role = f"file_{number}"
        blocks.append(_block_by_names(sheet, role=role, answers=answers))
        files[role], roles[role] = FileRole(), sheet
    return Mapping(name="by names", files=files, tables=blocks), roles


def _stem(file: str) -> str:
    name = file
    for ending in (".gz", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm"):
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
    return name


def _block_by_names(sheet: Sheet, *, role: str, answers: Answers) -> Block:
    table = (table_named(sheet.name) if sheet.name else None) or table_named(_stem(sheet.file))
    if table is None:
        raise ImportRefusedError(
            "E_TABLE",
            f"The name '{sheet.file}' does not say which table it fills. Name it customer, "
            "orders or like another table of the contract, or give a mapping with --map.",
            file=sheet.file,
        )
    columns: dict[str, str] = {}
    unknown: list[str] = []
    for name in sheet.header:
        known = column_named(name, table=table)
        if known is None or known in columns:
            unknown.append(name)
        else:
            columns[known] = name
    _refuse_missing(sheet, table, columns)
    _ask_unknown(sheet, unknown, answers=answers)
    fields = {known: Field(column=name) for known, name in columns.items()}
    return Block(table=table, file=role, columns=fields)


def _refuse_missing(sheet: Sheet, table: str, columns: dict[str, str]) -> None:
    missing = [name for name in CONTRACT.tables[table].info["required"] if name not in columns]
    if missing:
        raise ImportRefusedError(
            "E_MISSING",
            f"Required column{'s' if len(missing) > 1 else ''} missing: {listed(missing)}. "
            f"Found: {listed(list(sheet.header))}.",
            file=sheet.file,
        )


def _ask_unknown(sheet: Sheet, unknown: list[str], *, answers: Answers) -> None:
    if unknown and not answers.ignore_unknown:
        verb = "columns are" if len(unknown) > 1 else "column is"
        them = "them" if len(unknown) > 1 else "it"
        raise QuestionError(
            "M_COLUMNS",
            f"{len(unknown)} {verb} not known: {listed(unknown)}. Ignore or map {them}.",
            file=sheet.file,
            fix="Answer with --ignore-unknown, or give a mapping with --map.",
        )
