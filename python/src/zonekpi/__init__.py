"""开发区项目台账的指标：每个数字都说得清。

Indicators of development zones that can be defended, from their project ledgers. Each value comes with its
numerator, denominator and unknowns, at a date or over a period, and opens down to the rows behind it.

    >>> import zonekpi as zk
    >>> ledger = zk.example()  # or zk.read("项目台账.xlsx"), zk.Ledger(projects=frame)
    >>> board = ledger.kpis(["commitment_share", "agency_share"], by="zone", as_of="2024-03-31")
    >>> rows = board.rows("commitment_share", at={"zone": "朔州经开区"})
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zonekpi import errors
from zonekpi._calendar import Calendar, working_days
from zonekpi._catalog import Catalog
from zonekpi._ledger import Ledger, example, issue_codes, load, read, write_template
from zonekpi._listing import Issue, Issues, ReadingLine, Readings
from zonekpi._options import options
from zonekpi._scan import Scan, scan
from zonekpi._table import KpiTable, merge
from zonekpi._zonekpi import __version__
from zonekpi.errors import ZoneKpiError

if TYPE_CHECKING:
    from zonekpi import kpi

__all__ = [
    "Calendar",
    "Catalog",
    "Issue",
    "Issues",
    "KpiTable",
    "Ledger",
    "ReadingLine",
    "Readings",
    "Scan",
    "ZoneKpiError",
    "__version__",
    "errors",
    "example",
    "issue_codes",
    "kpi",
    "load",
    "merge",
    "options",
    "read",
    "scan",
    "working_days",
    "write_template",
]


def __getattr__(name: str) -> Any:
    # A function for every indicator is much to load for a program that asks a ledger.
    if name == "kpi":
        from importlib import import_module

        return import_module("zonekpi.kpi")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
