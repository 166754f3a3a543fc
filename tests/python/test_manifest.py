"""Sample ledgers against their manifest: columns, values to the yuan, issues."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

import zonekpi as zk

CASES = Path(__file__).parents[1] / "data" / "cases"
ENTRIES = yaml.safe_load((CASES / "manifest.yaml").read_text("utf-8"))["files"]
# What a file refers to stands in another.
BESIDE = {"o22_batch_entries.csv": ["o22_batch_projects.csv"]}
READABLE = [entry for entry in ENTRIES if "expect_error" not in entry]


def squeezed(header: str | None) -> str:
    return "".join((header or "").split())


def as_written(value: Any) -> Any:
    """A value as the manifest writes it: amounts as numbers, days as texts."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return value


def wanted(value: Any, found: Any) -> Any:
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        return Decimal(text).normalize() if isinstance(found, Decimal) else text
    if isinstance(found, Decimal) and isinstance(value, (int, float)):
        return Decimal(str(value)).normalize()
    return str(value) if isinstance(found, str) else value


def test_the_manifest_is_whole() -> None:
    on_disk = {path.name for path in CASES.iterdir()} - {
        "manifest.yaml",
        "log.yaml",
        "README.md",
        "o22_batch_projects.csv",
    }
    assert {entry["file"] for entry in ENTRIES} == on_disk
    assert len(READABLE) == 23


@pytest.mark.parametrize("entry", READABLE, ids=lambda entry: entry["file"].split("_")[0])
def test_a_sample_gives_what_its_manifest_says(entry: dict[str, Any]) -> None:
    files = [entry["file"], *BESIDE.get(entry["file"], [])]
    ledger = zk.read([CASES / file for file in files], on_duplicate="first")
    table = ledger.table(entry["table"])
    reading = ledger.reading.to_polars()
    if "columns" in entry:
        known = reading.filter(pl.col("column").is_in(list(entry["columns"])))
        headers = dict(zip(known["column"], known["header"], strict=True))
        assert {name: squeezed(header) for name, header in headers.items()} == {
            name: squeezed(header) for name, header in entry["columns"].items()
        }
    issues = ledger.issues.to_polars()
    left_out = set(issues.filter(pl.col("code") == "duplicate_key")["row"])
    rows = {row["source_row"]: row for row in table.iter_rows(named=True)}
    for row in entry.get("rows", []):
        if row["_row"] in left_out:
            continue
        for column, value in row.items():
            if column != "_row":
                found = as_written(rows[row["_row"]][column])
                assert found == wanted(value, found), (row["_row"], column)
    if "issues" in entry:
        told = [
            (row, squeezed(column), value, code, severity)
            for row, column, value, code, severity in issues.select(
                "row", "column", "value", "code", "severity"
            ).iter_rows()
        ]
        assert told == [
            (issue.get("row"), squeezed(issue.get("column")), str(issue["value"]), issue["kind"], issue["severity"])
            for issue in entry["issues"]
        ]


def test_a_page_named_xls_is_told_as_one() -> None:
    (entry,) = [entry for entry in ENTRIES if "expect_error" in entry]
    with pytest.raises(zk.errors.InputError) as caught:
        zk.read(CASES / entry["file"])
    assert caught.value.code == entry["expect_error"]["kind"]
    assert "HTML" in str(caught.value)
    assert "xlsx" in str(caught.value)
