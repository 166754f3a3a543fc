"""A ledger that was saved is opened as it was, whatever befell the process that saved it."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

import zonekpi as zk

CASES = Path(__file__).parents[1] / "data" / "cases"


def test_a_ledger_comes_back_with_its_tables_issues_readings_and_answers(tmp_path: Path) -> None:
    file = CASES / "o04_dates.xlsx"
    ledger = zk.read(file)
    ledger.save(tmp_path / "台账")
    kept = zk.load(tmp_path / "台账")
    assert repr(kept) == repr(ledger)
    for name in ledger.tables:
        assert kept.table(name).equals(ledger.table(name))
        assert kept.table(name).schema == ledger.table(name).schema
    for lang in ("zh", "en"):
        with zk.options(lang=lang):
            assert kept.issues.to_polars().equals(ledger.issues.to_polars())
            assert kept.reading.to_polars().equals(ledger.reading.to_polars())
    assert len(kept.issues) > 0
    assert (kept.snapshot_on, kept.snapshot_from) == (ledger.snapshot_on, ledger.snapshot_from)
    assert kept.sources == ledger.sources == {str(file): hashlib.sha256(file.read_bytes()).hexdigest()}


def test_every_indicator_of_the_example_answers_as_before(ledger: zk.Ledger, tmp_path: Path) -> None:
    ledger.save(tmp_path / "台账")
    kept = zk.load(tmp_path / "台账")
    before, after = (one.kpis(by="zone", as_of="2024-03-31", totals=True) for one in (ledger, kept))
    assert len(after) > 500
    assert after.to_polars(exact=True).equals(before.to_polars(exact=True))
    assert str(after) == str(before)
    cell = {"zone": "朔州经开区"}
    assert after.rows("commitment_share", at=cell).equals(before.rows("commitment_share", at=cell))


def test_words_are_kept_as_a_dictionary_and_read_by_other_tools(ledger: zk.Ledger, tmp_path: Path) -> None:
    ledger.save(tmp_path / "台账")
    [path] = (tmp_path / "台账").glob("projects-*.parquet")
    group = pq.ParquetFile(path).metadata.row_group(0)
    chunks = {group.column(at).path_in_schema: group.column(at) for at in range(group.num_columns)}
    for column in ("zone", "approval_kind", "source_file"):
        assert "RLE_DICTIONARY" in chunks[column].encodings, column
    assert pq.read_table(path).num_rows == ledger.tables["projects"]
    assert pl.read_parquet(path).equals(ledger.table("projects"))


def damage(path: Path, column: str) -> None:
    """Puts other bytes where a column stands in a file, by the account of another reader."""
    metadata = pq.ParquetFile(path).metadata
    data = bytearray(path.read_bytes())
    for group in range(metadata.num_row_groups):
        chunks = [metadata.row_group(group).column(at) for at in range(metadata.num_columns)]
        [chunk] = [chunk for chunk in chunks if chunk.path_in_schema == column]
        starts = [chunk.data_page_offset] + ([chunk.dictionary_page_offset] if chunk.has_dictionary_page else [])
        data[min(starts) : min(starts) + chunk.total_compressed_size] = b"\xa5" * chunk.total_compressed_size
    path.write_bytes(data)


def test_a_question_reads_its_columns_and_a_damaged_one_is_told_when_it_is_read(
    ledger: zk.Ledger, tmp_path: Path
) -> None:
    ledger.save(tmp_path / "台账")
    [path] = (tmp_path / "台账").glob("projects-*.parquet")
    damage(path, "investment_cny")
    kept = zk.load(tmp_path / "台账")
    assert kept.tables == ledger.tables
    board = kept.kpis("commitment_share", by="zone", as_of="2024-03-31")
    assert str(board) == str(ledger.kpis("commitment_share", by="zone", as_of="2024-03-31"))
    asked = [
        lambda: kept.table("projects"),
        lambda: kept.kpis("signed_projects", where="investment_cny > 0"),
        lambda: kept.kpis("signed_projects", where="investment_cny > 0", engine="reference"),
        lambda: board.rows("commitment_share", at={"zone": "朔州经开区"}),
        lambda: kept.save(tmp_path / "另一处"),
    ]
    for ask in asked:
        with pytest.raises(zk.errors.InputError, match="文件和存下时不一样") as told:
            ask()
        error = told.value
        assert (error.code, error.file) == ("saved_file_changed", str(path))
        assert (error.table, error.column) == ("projects", "investment_cny")
    assert kept.table("cases").equals(ledger.table("cases"))


def test_a_ledger_that_was_opened_stays_what_it_was(ledger: zk.Ledger, tmp_path: Path) -> None:
    ledger.save(tmp_path / "台账")
    kept = zk.load(tmp_path / "台账")
    zk.Ledger(projects=ledger.table("projects").head(7)).save(tmp_path / "台账")
    assert rows_of(tmp_path / "台账") == 7
    for name in ledger.tables:
        assert kept.table(name).equals(ledger.table(name))


# Saves two ledgers in turn, for as long as it lives; tells when the first is there.
SAVER = """
import sys, zonekpi as zk
ledgers = [zk.Ledger(projects=zk.example().table("projects").head(rows), snapshot_on="2024-03-31") for rows in (40, 90)]
ledgers[0].save(sys.argv[1])
print("saved", flush=True)
while True:
    for ledger in ledgers[::-1]:
        ledger.save(sys.argv[1])
"""


def saver(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SAVER, str(folder)], stdout=subprocess.PIPE, text=True)


def rows_of(folder: Path) -> int:
    return zk.load(folder).tables["projects"]


@pytest.mark.parametrize("seed", range(6))
def test_a_process_that_is_killed_while_it_saves_leaves_a_whole_ledger(tmp_path: Path, seed: int) -> None:
    process = saver(tmp_path / "台账")
    assert process.stdout is not None
    assert process.stdout.readline() == "saved\n"
    time.sleep(random.Random(seed).uniform(0.0, 0.3))
    process.kill()
    process.wait()
    process.stdout.close()
    assert rows_of(tmp_path / "台账") in (40, 90)
    # Whoever comes next clears up.
    zk.Ledger(projects=zk.example().table("projects").head(7)).save(tmp_path / "台账")
    assert rows_of(tmp_path / "台账") == 7
    assert sorted(path.name.split("-")[0] for path in (tmp_path / "台账").iterdir()) == [
        ".lock",
        "issues",
        "ledger.json",
        "projects",
    ]


def test_several_may_save_while_another_loads(tmp_path: Path) -> None:
    processes = [saver(tmp_path / "台账") for _ in range(2)]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "saved\n"
        seen = [rows_of(tmp_path / "台账") for _ in range(40)]
        assert all(process.poll() is None for process in processes)
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    assert set(seen) <= {40, 90}
