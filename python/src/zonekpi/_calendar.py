"""工作日。

Counting working days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zonekpi import _argument, _query, _zonekpi

if TYPE_CHECKING:
    from zonekpi._ledger import Path


def working_days(start: _query.Day, end: _query.Day, *, calendar: Path | None = None) -> int:
    """两个日期之间的工作日数：次日为第 1 日，含截止日；扣除法定节假日，计入调休上班日。

    Working days after ``start``, up to and with ``end``: the day after ``start`` is day 1, as time limits count.
    Public holidays are out, weekends that were made up are in. Negative where ``end`` lies before ``start``.

    Args:
        start: the day that is not counted.
        end: the last day that is.
        calendar: a file that extends or overrides the shipped calendar (2004 to 2026; after 25 December 2026 it is
            provisional): CSV with the columns ``date`` and ``day`` (``休`` or ``班``), or JSON with ``date`` and
            ``isOffDay``; in UTF-8, UTF-16 or GB18030.

    Raises:
        ComputeError: a day outside of the calendar's coverage: of such days nothing is known.
        InputError: a calendar that cannot be read, or that leaves a year out.

    Example:
        >>> import zonekpi as zk
        >>> zk.working_days("2024-02-02", "2024-02-19")  # the Spring Festival, and two Sundays made up
        8
    """
    return _zonekpi.working_days(
        _query.day_of("start", start),
        _query.day_of("end", end),
        calendar=None if calendar is None else _argument.path("calendar", calendar),
    )
