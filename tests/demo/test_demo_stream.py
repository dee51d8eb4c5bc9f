"""The stream is the same for the same seed, grows with the size, and stays small in memory."""

import hashlib
import json
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pytest

from data.demo import DemoSizeError, demo_batches, demo_truth, write_truth


def digest(*, customers: int = 2_000, seed: int = 7, months: int = 36) -> dict[str, str]:
    """A fingerprint of each table's bytes."""
    sums: dict[str, hashlib._Hash] = {}
    for name, rows in demo_batches(customers=customers, seed=seed, months=months):
        found = sums.setdefault(name, hashlib.sha256())
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as writer:
            writer.write_table(rows)
        found.update(sink.getvalue())
    return {name: found.hexdigest() for name, found in sums.items()}


def sizes(*, customers: int, months: int = 36) -> dict[str, int]:
    rows: dict[str, int] = {}
    for name, batch in demo_batches(customers=customers, months=months):
        rows[name] = rows.get(name, 0) + batch.num_rows
    return rows


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert digest() == digest()


def test_another_seed_gives_another_company() -> None:
    first, second = digest(), digest(seed=8)
    same = {name for name in first if first[name] == second[name]}
    assert same == {"team", "product"}


def test_a_chunk_is_the_same_whenever_it_is_made() -> None:
    chunks: list[list[pa.Table]] = []
    for _ in range(2):
        chunks.append([rows for name, rows in demo_batches(customers=40_001) if name == "orders"])
    assert len(chunks[0]) == 3
    assert all(a.equals(b) for a, b in zip(*chunks, strict=True))
    assert not chunks[0][0].equals(chunks[0][1])


def test_every_table_grows_with_the_customers() -> None:
    small, large = sizes(customers=2_000), sizes(customers=10_000)
    fixed = {"team", "rep", "product", "campaign", "target"}
    for name in small.keys() - fixed:
        assert 3.5 < large[name] / small[name] < 7, name


def test_tables_stay_in_proportion() -> None:
    rows = sizes(customers=20_000)
    most = {
        "orders": 13, "order_line": 17, "invoice": 3.2, "payment": 5.5, "activity": 4,
        "engagement": 5, "ticket": 0.4, "survey": 0.4, "opportunity": 1, "opportunity_stage": 4,
        "contract": 0.3, "customer_attribute": 1, "service_cost": 1.5,
    }  # fmt: skip
    for name, limit in most.items():
        assert limit * 0.6 < rows[name] / 20_000 <= limit, name


@pytest.mark.parametrize(("customers", "months"), [(200, 12), (300, 13), (500, 24), (300, 120)])
def test_odd_sizes_work(customers: int, months: int) -> None:
    rows = sizes(customers=customers, months=months)
    assert rows["customer"] == customers
    assert all(rows.values())


def test_memory_does_not_grow_with_the_customers() -> None:
    peaks: list[int] = []
    for customers in (20_000, 60_000):
        pa.default_memory_pool().release_unused()
        tracemalloc.start()
        for _name, rows in demo_batches(customers=customers):
            del rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.15 * peaks[0]
    assert peaks[1] < 400_000_000


@pytest.mark.parametrize(
    ("customers", "months", "sentence"),
    [
        (10, 36, "Ask for 200 to 3,000,000 customers."),
        (3_000_001, 36, "Ask for 200 to 3,000,000 customers."),
        (2_000, 3, "Ask for 12 to 120 months of history."),
    ],
)
def test_sizes_out_of_bounds_are_refused(customers: int, months: int, sentence: str) -> None:
    with pytest.raises(DemoSizeError, match=sentence):
        demo_batches(customers=customers, months=months)


def test_the_truth_is_written_as_json(tmp_path: Path) -> None:
    write_truth(tmp_path / "truth.json", customers=2_000, months=36, seed=7)
    text = (tmp_path / "truth.json").read_text(encoding="utf-8")
    assert json.loads(text) == demo_truth(customers=2_000)
