"""Every form of a cell, from tests/data/cells.toml, as a frame of Python gives it: the same as Rust reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import zonekpi as zk

try:
    import tomllib
except ModuleNotFoundError:  # before Python 3.11
    import tomli as tomllib

FORMS = tomllib.loads((Path(__file__).parents[1] / "data/cells.toml").read_text("utf-8"))["group"]
KEYS = {"projects": "项目编号", "cases": "办件编号", "buildings": "单体编号", "batch_entries": "批次"}
UNITS = {"promised_limit": "promised_limit_unit"}


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.mark.parametrize("group", FORMS, ids=[group["title"] for group in FORMS])
def test_every_form_of_a_cell_is_a_value_or_an_issue(group: dict[str, Any]) -> None:
    column, cells = group["column"], group["cells"]
    key = "项目名称" if column == "project_id" else KEYS.get(group["table"], "指标")
    frame = pl.DataFrame(
        {key: [f"X{row}" for row in range(len(cells))], group["header"]: [cell["text"] for cell in cells]}
    )
    ledger = zk.Ledger(**{group["table"]: frame}, snapshot_on="2030-12-31")
    table = ledger.table(group["table"])
    told: dict[int, list[str]] = {}
    for row, severity, code in ledger.issues.to_polars().select("row", "severity", "code").iter_rows():
        told.setdefault(row, []).append(f"{severity} {code}")

    def at(name: str, row: int) -> str:
        return shown(table[name][row]) if name in table.columns else ""

    for row, cell in enumerate(cells):
        read = {
            "value": at(column, row),
            "from": at(f"{column}_from", row),
            "state": at(f"{column}_state", row),
            "unit": at(UNITS[column], row) if column in UNITS else "",
            "issue": ", ".join(told.get(row + 1, [])),
        }
        assert read == {name: cell.get(name, "") for name in read}, cell["text"]
