"""工作日。

The calendar of days worked, and counting by it.
"""

from __future__ import annotations

import datetime as dt
import warnings
from typing import TYPE_CHECKING

from zonekpi import _argument, _query, _zonekpi, errors
from zonekpi._options import settings

if TYPE_CHECKING:
    from zonekpi._ledger import Path


class Calendar:
    """工作日历：随附的（2004–2026 年），或由自己的通知延长、改写。

    Which days are worked: Monday to Friday without the public holidays, with the weekends that were made up. The
    shipped calendar covers 2004 to 2026; what lies after :attr:`final_until` may yet be changed by a notice. Of days
    outside of :attr:`coverage` nothing is known.

    Example:
        >>> import zonekpi as zk
        >>> calendar = zk.Calendar.builtin()
        >>> calendar.is_working_day("2024-02-04")  # a Sunday, made up for the Spring Festival
        True
        >>> calendar.is_working_day("2031-01-01") is None
        True
    """

    __slots__ = ("_core",)

    def __init__(self, core: _zonekpi.Calendar) -> None:
        if not isinstance(core, _zonekpi.Calendar):
            _argument.wrong(
                "Calendar",
                core,
                "由 Calendar.builtin()、Calendar.read(文件) 或 extended(文字) 得来的日历",
                "a calendar: it comes from Calendar.builtin(), Calendar.read(file) or extended(text)",
            )
        self._core = core

    @classmethod
    def builtin(cls) -> Calendar:
        """随附的工作日历。

        The calendar that ships with the package.
        """
        return cls(_zonekpi.Calendar.builtin())

    @classmethod
    def read(cls, path: Path) -> Calendar:
        """随附的工作日历，由一个文件（CSV 或 JSON）延长或改写。

        The shipped calendar, extended or overridden by a file: see :meth:`extended`.

        Raises:
            LedgerFileNotFoundError: the file is not there.
            InputError: a file that cannot be read, or that leaves a year out.
        """
        return cls(_zonekpi.Calendar.read(_argument.path("calendar", path)))

    def extended(self, text: str) -> Calendar:
        r"""由一段文字（CSV 或 JSON）延长或改写。

        This calendar with the days of a text, which come before its own: CSV with the columns ``date`` and ``day``
        (``休`` or ``班``), or JSON with ``date`` and ``isOffDay``. Of a year that is new the text must list all days
        off, and all weekends that are made up, as the notice of the year does: what is not listed goes by the week.

        Raises:
            InputError: a text that cannot be read, or that leaves a year out; a new year that is listed in part, with
                what is missing.

        Example:
            >>> import zonekpi as zk
            >>> calendar = zk.Calendar.builtin()
            >>> own = calendar.extended("date,day\n2024-02-09,休")  # New Year's Eve, which the zone gave off
            >>> calendar.working_days("2024-02-02", "2024-02-19"), own.working_days("2024-02-02", "2024-02-19")
            (8, 7)
            >>> calendar.extended("date,day\n2027-01-01,休\n2027-05-01,休\n2027-10-01,休")
            Traceback (most recent call last):
            ...
            zonekpi.errors.InputError: 日历的 2027 年不全：1 月 15 日至 2 月底之间没有连休 3 个工作日的春节假期
        """
        return Calendar(self._core.extended(_argument.text("text", text)))

    @property
    def coverage(self) -> tuple[dt.date, dt.date]:
        """已知的第一天和最后一天。

        The first and the last day of which it is known whether they are worked.
        """
        first, last = self._core.coverage()
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    @property
    def final_until(self) -> dt.date:
        """到这一天为止不再变动；之后是暂定的。

        The last day that no later notice is expected to change: after it, the calendar is provisional.
        """
        return dt.date.fromisoformat(self._core.final_until())

    @property
    def version(self) -> str:
        """版本：内容相同的日历版本相同。

        A fingerprint: calendars of the same coverage and the same days have the same.
        """
        return self._core.version()

    def is_working_day(self, on: _query.Day) -> bool | None:
        """某天是否为工作日；超出范围为 None。

        Whether a day is worked; ``None`` outside of the coverage.
        """
        return self._core.is_working_day(_query.day_of("on", on))

    def working_days(self, start: _query.Day, end: _query.Day) -> int:
        """两个日期之间的工作日数，见 :func:`zonekpi.working_days`。

        Working days after ``start``, up to and with ``end``.

        Warns:
            ProvisionalWarning: a day after :attr:`final_until`.

        Raises:
            ComputeError: a day outside of the coverage.
        """
        return self._counted(start, end)

    def _counted(self, start: _query.Day, end: _query.Day) -> int:
        """工作日数；调用者的调用者会得到暂定的提醒。

        The count, of which the caller's caller is warned where it may yet change.
        """
        days = _query.day_of("start", start), _query.day_of("end", end)
        count = self._core.working_days(*days)
        final = self._core.final_until()
        # Days in ISO form are in order as texts.
        if max(days) > final:
            zh = f"{final} 之后的工作日是暂定的，以后的放假通知可能调整"
            en = f"working days after {final} are provisional: a later notice may change them"
            warnings.warn(en if settings().lang == "en" else zh, errors.ProvisionalWarning, stacklevel=3)
        return count

    def __repr__(self) -> str:
        first, last = self._core.coverage()
        return f"<zonekpi.Calendar {first}–{last}: {self._core.version()}>"


def core_of(calendar: Calendar | Path | None) -> _zonekpi.Calendar | None:
    """所给的日历：日历本身，或一个文件。

    The calendar that was given, or that a file makes of the shipped one.
    """
    if calendar is None:
        return None
    return calendar._core if isinstance(calendar, Calendar) else Calendar.read(calendar)._core


def working_days(start: _query.Day, end: _query.Day, *, calendar: Calendar | Path | None = None) -> int:
    """两个日期之间的工作日数：次日为第 1 日，含截止日；扣除法定节假日，计入调休上班日。

    Working days after ``start``, up to and with ``end``: the day after ``start`` is day 1, as time limits count.
    Public holidays are out, weekends that were made up are in. Negative where ``end`` lies before ``start``.

    Args:
        start: the day that is not counted.
        end: the last day that is.
        calendar: a :class:`Calendar`, or a file that extends or overrides the shipped one (2004 to 2026; after 25
            December 2026 it is provisional): CSV with the columns ``date`` and ``day`` (``休`` or ``班``), or JSON
            with ``date`` and ``isOffDay``; in UTF-8, UTF-16 or GB18030.

    Warns:
        ProvisionalWarning: a day after 25 December of the calendar's last year.

    Raises:
        ComputeError: a day outside of the calendar's coverage: of such days nothing is known.
        InputError: a calendar that cannot be read, or that leaves a year out.

    Example:
        >>> import zonekpi as zk
        >>> zk.working_days("2024-02-02", "2024-02-19")  # the Spring Festival, and two Sundays made up
        8
    """
    own = calendar if isinstance(calendar, Calendar) else Calendar(core_of(calendar) or _zonekpi.Calendar.builtin())
    return own._counted(start, end)
