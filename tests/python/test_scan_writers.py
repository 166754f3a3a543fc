"""Files answer the same whoever wrote them: other encodings, sizes of pages, versions, compressions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import zonekpi as zk

ROWS = 23_456
SNAPSHOT = "2024-03-31"


def made() -> pl.DataFrame:
    """Columns of each sort: some full, some nearly empty, long stretches of blanks, values that repeat or never do."""
    random = np.random.default_rng(20_241_130)
    day = random.integers(0, 5000, ROWS)
    signed = pl.Series("signed_on", (np.datetime64("2010-01-01") + day).astype("datetime64[D]"))
    started = signed + pl.Series(dt.timedelta(days=int(n)) for n in random.integers(0, 900, ROWS))
    land = np.round(random.lognormal(3.5, 0.8, ROWS) * 4) / 4
    frame = pl.DataFrame(
        {
            "zone": [f"开发区{n}" for n in random.integers(0, 7, ROWS)],
            "commissioner": [f"专员{n:05}" for n in random.integers(0, 20_000, ROWS)],
            "signed_on": signed,
            "approved_on": signed + pl.Series(dt.timedelta(days=int(n)) for n in random.integers(0, 90, ROWS)),
            "started_on": started,
            "produced_on": started.cast(pl.Datetime("us")) + pl.Series([dt.timedelta(hours=9)]),
            "filed": random.random(ROWS) < 0.5,
            "commitment": random.random(ROWS) < 0.7,
            "cancelled_on": signed + pl.Series(dt.timedelta(days=int(n)) for n in random.integers(50, 900, ROWS)),
            "investment_cny": random.integers(0, 10**11, ROWS),
            "jobs": random.integers(0, 90, ROWS).astype(np.int32),
            "land_mu": land,
            "output_cny": pl.Series(random.integers(0, 10**9, ROWS)).cast(pl.Decimal(18, 2)),
        }
    )
    blank = {
        "cancelled_on": 0.9,
        "started_on": 0.3,
        "produced_on": 0.97,
        "filed": 0.1,
        "investment_cny": 0.2,
        "jobs": 0.02,
        "land_mu": 0.5,
    }
    for name, share in blank.items():
        frame = frame.with_columns(pl.when(pl.Series(random.random(ROWS) >= share)).then(pl.col(name)))
    # A stretch without any commissioner, and one where all are known.
    row = pl.int_range(ROWS)
    return frame.with_columns(pl.when((row < 9000) | (row > 14_000)).then(pl.col("commissioner")))


FRAME = made()


def by_pyarrow(**options: Any) -> Callable[[Path], None]:
    return lambda path: pq.write_table(FRAME.to_arrow(), path, **options)


def in_seconds(**options: Any) -> Callable[[Path], None]:
    """Times of whole seconds, which are stored in thousandths."""

    def write(path: Path) -> None:
        table = FRAME.to_arrow()
        place = table.schema.get_field_index("produced_on")
        seconds = table.column(place).cast(pa.timestamp("s"))
        pq.write_table(table.set_column(place, "produced_on", seconds), path, **options)

    return write


def by_duckdb(options: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with duckdb.connect() as connection:
            connection.register("frame", FRAME.to_arrow())
            connection.execute(f"COPY frame TO '{path}' (FORMAT parquet, {options})")

    return write


WRITERS: dict[str, Callable[[Path], None]] = {
    "pyarrow": by_pyarrow(),
    "pyarrow, version 2 pages": by_pyarrow(data_page_version="2.0"),
    "pyarrow, small pages": by_pyarrow(data_page_size=700, write_batch_size=50),
    "pyarrow, small version 2 pages": by_pyarrow(data_page_size=700, write_batch_size=50, data_page_version="2.0"),
    "pyarrow, small dictionaries": by_pyarrow(dictionary_pagesize_limit=600, data_page_size=2000, write_batch_size=99),
    "pyarrow, without dictionaries": by_pyarrow(use_dictionary=False),
    "pyarrow, uncompressed": by_pyarrow(compression="none"),
    "pyarrow, lz4, small row groups": by_pyarrow(compression="lz4", row_group_size=1001),
    "pyarrow, brotli": by_pyarrow(compression="brotli", data_page_version="2.0"),
    "pyarrow, deltas": by_pyarrow(
        use_dictionary=False,
        column_encoding={
            "signed_on": "DELTA_BINARY_PACKED",
            "jobs": "DELTA_BINARY_PACKED",
            "land_mu": "BYTE_STREAM_SPLIT",
        },
    ),
    "pyarrow, decimals as integers": by_pyarrow(store_decimal_as_integer=True),
    "pyarrow, days as milliseconds": by_pyarrow(coerce_timestamps="ms"),
    "pyarrow, seconds": in_seconds(),
    "pyarrow, seconds without dictionaries": in_seconds(use_dictionary=False),
    "pyarrow, seconds of 96 bits": in_seconds(use_deprecated_int96_timestamps=True),
    "duckdb": by_duckdb("COMPRESSION snappy"),
    "duckdb, version 2": by_duckdb("PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE 5000"),
    "polars": lambda path: FRAME.write_parquet(path, row_group_size=7000),
    "polars, small pages": lambda path: FRAME.write_parquet(path, data_page_size=900, compression="uncompressed"),
}

QUESTIONS: list[dict[str, Any]] = [
    {"as_of": SNAPSHOT, "by": "zone", "totals": True},
    {"as_of": "2019-06-30", "where": "commitment AND jobs > 40", "cancelled": "keep"},
    {"every": "year", "period": ("2012-01-01", "2023-12-31"), "where": {"zone": ["开发区1", "开发区5"]}},
]
INDICATORS = [
    "signed_projects",
    "signed_investment",
    "start_rate",
    "production_rate",
    "commissioner_share",
    "commitment_share",
    "jobs",
    "output_per_mu",
]


@pytest.fixture(scope="module")
def held() -> list[list[tuple[object, ...]]]:
    """The answers of the same rows, held."""
    ledger = zk.Ledger(snapshot_on=SNAPSHOT, projects=FRAME)
    return [lines(ledger.kpis(INDICATORS, engine="reference", **question)) for question in QUESTIONS]


def lines(board: zk.KpiTable) -> list[tuple[object, ...]]:
    return sorted(board.to_polars(exact=True).drop("engine").rows(), key=repr)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_answers_the_same_whoever_wrote_it(
    writer: str, held: list[list[tuple[object, ...]]], tmp_path: Path
) -> None:
    path = tmp_path / "projects.parquet"
    WRITERS[writer](path)
    scan = zk.scan(path, table="projects", snapshot_on=SNAPSHOT)
    for question, expected in zip(QUESTIONS, held, strict=True):
        assert lines(scan.kpis(INDICATORS, **question)) == expected
