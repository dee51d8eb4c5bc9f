"""Any table in any dialect comes back equal; a damaged file never breaks the importer."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.pipeline.findings import ImportRefusedError
from data.pipeline.load import stage
from data.pipeline.refresh import silent
from data.pipeline.stage_work import StageOptions
from tests.pipeline.files import xlsx_rows
from tests.pipeline.test_bad_input import staged_rows

DAY = datetime(2026, 1, 1, tzinfo=UTC)
QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)

WORDS = st.text(st.sampled_from("abcXYZ019 ,;|\"'王芳客户éüß\n."), min_size=1, max_size=12).map(
    lambda text: f"n{text}m"
)
TABLES = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12)


def chinese_or_plain(table: list[tuple[str, str]], encoding: str) -> list[tuple[str, str]]:
    """Leave out what a legacy encoding cannot write or what would read as the other one."""
    if encoding == "utf-8" or encoding.startswith("utf"):
        return table
    return [(a.translate({ord(c): None for c in "éüß"}), "客户" + b) for a, b in
            [(x, y.translate({ord(c): None for c in "éüß"})) for x, y in table]]  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=QUIET)
@given(
    table=TABLES,
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_round_trip(
    table: list[tuple[str, str]], separator: str, encoding: str, ending: str, quoting: int
) -> None:
    rows = [(f"C{i:03}", *pair) for i, pair in enumerate(chinese_or_plain(table, encoding))]
    if ending == "\r":
        # The standard writer leaves a line feed bare when rows end in a carriage return.
        quoting = csv.QUOTE_ALL
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=ending, quoting=quoting)  # pyright: ignore[reportArgumentType]
    writer.writerows([("customer_id", "name", "region"), *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "customer.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        options = StageOptions(imported_at=DAY)
        staged = stage([path], options=options, staging=Path(folder) / "s", progress=silent)
        found = staged_rows(staged, "customer", ("customer_id", "name", "region"))
        rejects = staged.rejects()
        staged.close()
    assert rejects == []
    assert found == sorted(rows, key=repr)


def _sources() -> list[tuple[str, bytes]]:
    rows = [
        ("customer_id", "name", "joined_on"),
        *((f"C{i}", f"王 {i}", "2025-03-04") for i in range(9)),
    ]
    text = "\n".join(",".join(row) for row in rows) + "\n"
    with TemporaryDirectory() as folder:
        book = xlsx_rows(Path(folder), "customer", rows).read_bytes()
    return [
        ("customer.csv", text.encode()),
        ("customer.csv", text.encode("gb18030")),
        ("customer.csv", text.encode("utf-16")),
        ("customer.xlsx", book),
    ]


def _check_refusal(refused: ImportRefusedError) -> None:
    assert refused.code[:2] in ("E_", "M_")
    assert refused.sentence.endswith((".", "?"))


SOURCES = _sources()
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 10**6), st.sampled_from(["set", "cut", "insert"]), st.integers(0, 255)
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=50, deadline=None, suppress_health_check=QUIET)
@given(source=st.sampled_from(SOURCES), changes=CHANGES)
def test_damaged_bytes_give_an_answer_and_never_a_surprise(
    source: tuple[str, bytes], changes: list[tuple[int, str, int]]
) -> None:
    name, content = source
    damaged = bytearray(content)
    for place, what, byte in changes:
        at = place % max(len(damaged), 1)
        if what == "set" and damaged:
            damaged[at] = byte
        elif what == "insert":
            damaged.insert(at, byte)
        else:
            del damaged[at : at + byte]
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(damaged)
        try:
            staged = stage(
                [path],
                options=StageOptions(imported_at=DAY),
                staging=Path(folder) / "s",
                progress=silent,
            )
        except ImportRefusedError as refused:
            _check_refusal(refused)
            return
        assert staged.rows_read >= 1
        staged.close()
