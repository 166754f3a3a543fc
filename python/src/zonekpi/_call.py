"""单个指标的调用。

One indicator, asked of a ledger or of a data frame. What :mod:`zonekpi.kpi` is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zonekpi import _argument
from zonekpi._ledger import Ledger
from zonekpi._scan import Scan

if TYPE_CHECKING:
    from zonekpi import _query
    from zonekpi._calendar import Calendar
    from zonekpi._frames import ArrowFrame
    from zonekpi._ledger import Path
    from zonekpi._table import KpiTable


def indicator(
    id: str,
    table: str,
    data: Ledger | ArrowFrame,
    *,
    snapshot_on: _query.Day | None,
    calendar: Calendar | Path | None,
    **options: Any,
) -> KpiTable:
    """计算一个指标。

    The indicator, of a ledger or of a frame that holds the rows of its table.
    """
    if isinstance(data, Scan):
        _argument.misplaced(
            "data",
            f"zk.kpi 的函数接受台账或数据框；打开的文件请用 scan.kpis({id!r}, …)",
            f"functions of zk.kpi take a ledger or a data frame; ask open files by scan.kpis({id!r}, ...)",
        )
    if isinstance(data, Ledger):
        if snapshot_on is not None:
            from zonekpi import errors

            raise errors.QueryError.told(
                code="bad_option",
                zh="snapshot_on 只用于数据框；台账的日期在读取时给出",
                en="snapshot_on is for data frames; a ledger is given its day when it is read",
            )
        if calendar is not None:
            from zonekpi import errors

            raise errors.QueryError.told(
                code="bad_option",
                zh="calendar 只用于数据框；台账的日历在读取时给出",
                en="calendar is for data frames; a ledger is given its calendar when it is read",
            )
        return data.kpis([id], **options)
    return Ledger(snapshot_on=snapshot_on, calendar=calendar, **{table: data}).kpis([id], **options)  # type: ignore[arg-type]
