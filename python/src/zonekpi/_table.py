"""答案：指标表。

The answer: a long and tidy table of figures that open down to the rows behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from zonekpi import _html, _query, _zonekpi
from zonekpi._argument import real, text, texts, truth, wrong
from zonekpi._calendar import Calendar
from zonekpi._frames import outgoing
from zonekpi._options import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import polars as pl


class Definition(str):
    """一段定义文字；在笔记本里按原样换行显示。

    The text of a definition, which a notebook shows with its line breaks.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return _html.text(self)


class KpiTable:
    """指标表：每个值都带着分子、分母和未知数。

    One row for every indicator, group and period. It is what :meth:`zonekpi.Ledger.kpis` and the functions of
    :mod:`zonekpi.kpi` give; a notebook shows it as a finished table in the language of :func:`zonekpi.options`.

    Example:
        >>> import zonekpi as zk
        >>> board = zk.example().kpis(["commitment_share", "agency_share"], by="zone", as_of="2024-03-31")
        >>> board.value("commitment_share", at={"zone": "朔州经开区"})
        0.9365079365079365
    """

    __slots__ = ("_core",)
    _core: _zonekpi.Table

    def __init__(self) -> None:
        raise TypeError("a KpiTable is made by Ledger.kpis or by a function of zonekpi.kpi")

    @classmethod
    def _of(cls, core: _zonekpi.Table) -> KpiTable:
        table = cls.__new__(cls)
        table._core = core
        return table

    def to_polars(self, *, exact: bool = False) -> pl.DataFrame:
        """取作 polars 数据框；``exact=True`` 时为精确小数。

        All columns of the answer. Numbers are Float64; with ``exact=True`` decimals.
        """
        return outgoing(self._core.frame(truth("exact", exact)))

    def to_pandas(self, *, exact: bool = False) -> pd.DataFrame:
        """取作 pandas 数据框。

        The same as a pandas frame. Needs pandas and pyarrow: ``pip install zonekpi[notebook]``.
        """
        return self.to_polars(exact=exact).to_pandas()

    def value(self, id: str, *, at: Mapping[str, object] | None = None) -> float | None:
        """一个单元格的值；分母为零时为 ``None``。

        The value of one cell: its dimensions, with several periods ``period_end``, for a total ``total=True``. A
        dimension goes by any name of its column: ``zone`` or ``开发区``.

        Raises:
            UnknownNameError: the board does not hold the indicator.
            QueryError: no cell, or several, are at these coordinates.
        """
        return self._core.value(text("id", id), *_query.cell(at))

    def rows(self, id: str, *, at: Mapping[str, object] | None = None) -> pl.DataFrame:
        """打开一个单元格：数字背后的每一行，以及它为何计入。

        Opens a cell: every row of the ledger behind it, with its ``outcome`` (``met``, ``not_met``, ``unknown``,
        ``population_unknown``, ``excluded``, ``repeated``) and the truth of each clause. The counts are those of
        the cell.

        Args:
            id: the indicator.
            at: the cell: its dimensions, with several periods ``period_end``, for a total ``total=True``. Not
                needed where the board holds one cell of the indicator.

        Raises:
            UnknownNameError: the board does not hold the indicator.
            QueryError: no cell, or several, are at these coordinates.

        Example:
            >>> import zonekpi as zk
            >>> board = zk.example().kpis("commitment_share", by="zone", as_of="2024-03-31")
            >>> rows = board.rows("commitment_share", at={"zone": "朔州经开区"})
            >>> (rows["outcome"] == "met").sum()
            59
        """
        return outgoing(self._core.open(text("id", id), *_query.cell(at)))

    def attrition(self, id: str, *, at: Mapping[str, object] | None = None) -> pl.DataFrame:
        """从台账总行数到分母、分子，一步一步减去了哪些行。

        The way from all rows of the ledger to the numerator: at each step how many are in, out, and unknown.

        Raises:
            UnknownNameError: the board does not hold the indicator.
            QueryError: no cell, or several, are at these coordinates.
        """
        return outgoing(self._core.attrition(text("id", id), *_query.cell(at), settings().lang))

    def curve(self, id: str, *, at: Mapping[str, object] | None = None, confidence: float = 0.95) -> pl.DataFrame:
        """天数指标的曲线：起算后每一天，已达到的占多大比例（Aalen–Johansen 累积发生率）。

        The share that had reached the event of a duration by each day after it began. Rows that are still open count
        as long as they were observed, and rows that were cancelled can no longer reach it: the Aalen–Johansen
        cumulative incidence, with cancellation as the competing event.

        Columns: ``day``, ``at_risk`` (who had waited up to that day), ``events``, ``competing``, ``censored`` (whose
        wait ended on it in the event, in the competing one, or with the last day observed), ``incidence``, ``lower``,
        ``upper``. The interval is that of the delta method (Collett, *Modelling Survival Data in Medical Research*,
        3rd ed., p. 411), symmetric on the scale log(−log); there is none where the share is 0 or 1.

        The figure itself (:meth:`value`) ranks open rows last whatever their age: where many are young, it comes later
        than the day on which the curve passes one half.

        Args:
            id: an indicator that measures days, such as ``days_signed_to_started``.
            at: the cell: its dimensions, with several periods ``period_end``, for a total ``total=True``.
            confidence: of the interval.

        Raises:
            UnknownNameError: the board does not hold the indicator.
            QueryError: an indicator that measures no days; no cell, or several, at these coordinates; a confidence
                that is not between 0 and 1.

        Example:
            >>> import zonekpi as zk
            >>> board = zk.example().kpis("days_signed_to_started", by="zone")
            >>> curve = board.curve("days_signed_to_started", at={"zone": "朔州经开区"})
            >>> curve.columns
            ['day', 'at_risk', 'events', 'competing', 'censored', 'incidence', 'lower', 'upper']
        """
        return outgoing(self._core.curve(text("id", id), *_query.cell(at), real("confidence", confidence)))

    @property
    def calendar(self) -> Calendar | None:
        """答案所依据的工作日历；与工作日无关的答案为 ``None``。

        The days that are worked, where the answer depends on them: it counts working days, or reads due dates that
        were made from limits. Its coverage and version stand in :attr:`notes` too.

        Example:
            >>> import zonekpi as zk
            >>> board = zk.example().kpis("on_time_rate", period="2023")
            >>> board.calendar.final_until
            datetime.date(2026, 12, 25)
        """
        core = self._core.calendar()
        return None if core is None else Calendar(core)

    @property
    def notes(self) -> list[str]:
        """数字之外须知道的话：对某些指标不起作用的选项、筛选中没有一行具有的值、所依据的工作日历。

        What must be known beside the numbers: options without effect on an indicator, and values of the filter that
        no row has, with the nearest that some row has; the calendar by which working days were counted. They stand
        below the printed table too.

        Example:
            >>> import zonekpi as zk
            >>> zk.example().kpis("commitment_share", where={"zone": "朔州经开去"}).notes
            ['筛选中的“朔州经开去”在“开发区”列中一行也没有；相近的有：“朔州经开区”']
        """
        return self._core.notes(settings().lang)

    def definition(self, id: str) -> Definition:
        """指标的定义：文字、公式、日期、出处。

        What the indicator means: in words, as a formula, at which dates, after which source.

        Raises:
            UnknownNameError: the board does not hold the indicator.
        """
        return Definition(self._core.definition(text("id", id), settings().lang))

    def __len__(self) -> int:
        return len(self._core)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._core.frame(False).__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        now = settings()
        return self._core.text(now.lang, now.rounding, now.digits, now.money_unit)

    def _repr_html_(self) -> str:
        return _html.board(self._rendered())

    def _rendered(self) -> dict[str, Any]:
        import json

        now = settings()
        rendered: dict[str, Any] = json.loads(self._core.rendered(now.lang, now.rounding, now.digits, now.money_unit))
        return rendered


def merge(tables: KpiTable | Iterable[KpiTable], *, over: str | Sequence[str] | None = None) -> KpiTable:
    """合并指标表：分子、分母相加后再相除，比值从不相加。

    Merges answers, such as those of several zones: numerators, denominators and counts are added, values never.

    Args:
        tables: the answers; one alone to add up its groups.
        over: dimensions to add up over, by any name of their columns; by default none.

    Raises:
        MergeError: a merge that would give a wrong number, with the reason.

    Example:
        >>> import polars as pl, zonekpi as zk
        >>> frame = pl.DataFrame({"zone": ["甲"], "project_name": ["一号"], "signed_on": ["2024-01-15"]})
        >>> other = pl.DataFrame({"zone": ["乙"], "project_name": ["二号"], "signed_on": ["2024-02-20"]})
        >>> parts = [
        ...     zk.kpi.signed_projects(f, by="zone", period="2024Q1", snapshot_on="2024-03-31")
        ...     for f in (frame, other)
        ... ]
        >>> zk.merge(parts, over="zone").to_polars()["value"].to_list()
        [2.0]
    """
    many = isinstance(tables, Iterable) and not isinstance(tables, (KpiTable, str, bytes, Mapping))
    parts: list[KpiTable] = list(tables) if many else [tables]  # type: ignore[arg-type, list-item]
    for part in parts:
        if not isinstance(part, KpiTable):
            wrong("tables", part, " kpis() 给出的指标表", "made of answers of kpis()")
    return KpiTable._of(_zonekpi.merge([part._core for part in parts], over=texts("over", over)))
