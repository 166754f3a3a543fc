"""台账。

The ledger: typed tables, the day whose state they record, and all that was found wrong in them.
"""

from __future__ import annotations

import datetime as dt
import os
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from zonekpi import _argument, _html, _query, _zonekpi, errors
from zonekpi._argument import one_of, texts
from zonekpi._calendar import Calendar, core_of
from zonekpi._frames import incoming, outgoing
from zonekpi._listing import Issues, Readings
from zonekpi._options import settings
from zonekpi._progress import Bar
from zonekpi._table import KpiTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from zonekpi._catalog import Catalog
    from zonekpi._frames import ArrowFrame

OnDuplicate: TypeAlias = Literal["error", "first", "last"]
Blank: TypeAlias = Literal["no", "unknown"]
Path: TypeAlias = str | os.PathLike[str]

ON_DUPLICATE = ("error", "first", "last")


def read(
    path: Path | Iterable[Path],
    *,
    sheet: str | Sequence[str] | None = None,
    table: str | None = None,
    columns: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    blanks: Mapping[str, Blank] | None = None,
    on_duplicate: OnDuplicate = "error",
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
    strict: bool = False,
    progress: bool | None = None,
) -> Ledger:
    """读取一个或几个台账文件（.xlsx、.xls、.xlsb、.ods、.csv，数据表也可以是 .parquet、.arrow）。

    Reads a ledger from one or more files. Headers, units, dates and yes/no words are recognised as people write
    them; what could not be read is in :attr:`Ledger.issues`, never dropped.

    Args:
        path: a file, or several that together are one ledger.
        sheet: the sheet of the workbook, where more than one fits. A list (``["1月", "2月"]``) or a pattern
            (``"*"``, ``"*月"``) reads several together; each row then says in its column ``sheet`` which it came
            from, for ``by="sheet"``.
        table: the table (``"projects"``, 项目, ``"cases"``, …), where the headers do not tell.
        columns: own headers and the columns they mean: ``{"签约日": "signed_on"}``, ``{"签约日": "签约时间"}``.
        units: the unit of a column, ``{"总投资": "亿元"}``; it beats that of the header, and one in a cell beats both.
        blanks: flags whose blank means no: ``{"commitment": "no"}``.
        on_duplicate: what a key that stands twice is: ``"error"``, or the ``"first"`` or ``"last"`` row counts, in the
            order of reading: files as they are given, sheets as they stand or are asked for, rows from above. Dates
            play no part, so name the file last whose rows are to count.
        snapshot_on: the day whose state the files record; by default that of a title (截至2024年3月31日) after which
            nothing happened, else the latest event that is not after today (see :attr:`Ledger.snapshot_from`).
        calendar: the days that are worked: a :class:`zonekpi.Calendar`, or a file that extends or overrides the
            shipped one (see :func:`zonekpi.working_days`). Due dates in working days are counted by it.
        strict: raise on the first cell that could not be read.
        progress: show how far it is: by default only where a reading takes longer than two seconds and somebody looks
            (a terminal, a notebook); ``True`` at once and anywhere, ``False`` never.

    Raises:
        LedgerFileNotFoundError: a file is not there.
        InputError: a file that is no ledger, a sheet that fits no table, a unit that nothing says.

    Example:
        >>> import zonekpi as zk
        >>> ledger = zk.read("项目台账.xlsx", units={"总投资": "亿元"})  # doctest: +SKIP
        >>> ledger.issues  # doctest: +SKIP
    """
    paths = _argument.files("read", path)
    sheets = None if sheet is None or isinstance(sheet, str) else texts("sheet", sheet)
    table = None if table is None else _argument.text("table", table)
    options = _reading(columns, units, blanks, on_duplicate, snapshot_on, calendar, strict)
    with Bar.asked(progress) as bar:
        core = _zonekpi.Ledger.read(
            paths,
            sheet=sheet if isinstance(sheet, str) else None,
            sheets=sheets,
            table=table,
            progress=bar.core,
            **options,
        )
    return Ledger._of(core)


def example() -> Ledger:
    """随附的示例台账（虚构）。

    The ledger that ships with the package. It is made up, and built so that the figures which newspapers printed
    of Shanxi's development zones come out of its rows, as of 2024-03-31.

    Example:
        >>> import zonekpi as zk
        >>> zk.example().snapshot_on
        datetime.date(2024, 3, 31)
    """
    return Ledger._of(_zonekpi.Ledger.example())


def load(path: Path) -> Ledger:
    """打开用 :meth:`Ledger.save` 存下的台账，不必重新读取文件。

    Opens a ledger that :meth:`Ledger.save` wrote: it has the same tables, issues and readings, records the same day
    by the same calendar, and answers as the one that was saved. Columns are read when a question needs them, and
    compared with their fingerprints then. The ledger stays what it is when another one is saved into the folder.

    Args:
        path: the folder that the ledger was saved into.

    Raises:
        LedgerFileNotFoundError: the folder, or a file of the ledger, is not there.
        InputError: a folder without a ledger, a file that is not as it was saved, a ledger that a later version of the
            package saved. That a column is not as it was saved is an error of the question that needs it.

    Example:
        >>> import os, tempfile, zonekpi as zk
        >>> path = os.path.join(tempfile.mkdtemp(), "台账")
        >>> zk.example().save(path)
        >>> board = zk.load(path).kpis("commitment_share", by="zone", as_of="2024-03-31")
        >>> board.value("commitment_share", at={"zone": "朔州经开区"})
        0.9365079365079365
    """
    return Ledger._of(_zonekpi.Ledger.load(_argument.path("path", path)))


def write_template(table: str | Iterable[str], path: Path) -> None:
    """写一个空的填报模板（.xlsx）。

    Writes an empty workbook to fill in: a sheet for each table with its headers and units, lists to choose from, notes
    that say what a column and a blank in it mean, and a sheet that explains. Empty or filled in, :func:`read` reads it
    without an issue. A file that is there already is replaced.

    Args:
        table: the table (``"projects"``, ``"项目"``, ``"cases"``, …), or several for one workbook.
        path: where to write it, ending in ``.xlsx``.

    Raises:
        UnknownNameError: a table that does not exist, with the nearest that does.
        LedgerIoError: the file cannot be written.

    Example:
        >>> import os, tempfile, zonekpi as zk
        >>> path = os.path.join(tempfile.mkdtemp(), "台账.xlsx")
        >>> zk.write_template(["projects", "cases"], path)
        >>> zk.read(path).tables
        {'cases': 0, 'projects': 0}
    """
    _zonekpi.write_template(texts("table", table), _argument.path("path", path), settings().lang)


def issue_codes() -> pl.DataFrame:
    """问题代码一览：每种问题的代码，以及中英文说明。

    Every code that an issue may have, with its sentence in Chinese and in English; ``{value}`` stands for the cell as
    it was written. The list is closed.

    Example:
        >>> import zonekpi as zk
        >>> zk.issue_codes().columns
        ['code', 'zh', 'en']
    """
    import polars as pl

    return pl.DataFrame(_zonekpi.issue_codes(), schema=["code", "zh", "en"], orient="row")


def _core_of(catalog: Catalog) -> _zonekpi.Catalog:
    from zonekpi._catalog import Catalog

    if not isinstance(catalog, Catalog):
        _argument.wrong(
            "catalog",
            catalog,
            '指标目录，如 zk.Catalog.builtin().add("mine.toml")',
            "a catalog such as zk.Catalog.builtin().add('mine.toml')",
        )
    return catalog._core


def _reading(
    columns: Mapping[str, str] | None,
    units: Mapping[str, str] | None,
    blanks: Mapping[str, Blank] | None,
    on_duplicate: OnDuplicate,
    snapshot_on: _query.Day | None,
    calendar: Calendar | Path | None,
    strict: bool,
) -> dict[str, Any]:
    return {
        "columns": _argument.pairs("columns", columns, '{"签约日": "签约时间"}', "{'签约日': 'signed_on'}"),
        "units": _argument.pairs("units", units, '{"总投资": "亿元"}', "{'总投资': '亿元'}"),
        "blanks": _argument.pairs("blanks", blanks, '{"是否承诺制": "no"}', "{'commitment': 'no'}"),
        "on_duplicate": one_of("on_duplicate", on_duplicate, ON_DUPLICATE),
        "snapshot_on": None if snapshot_on is None else _query.day_of("snapshot_on", snapshot_on),
        "calendar": core_of(calendar),
        "strict": _argument.truth("strict", strict),
    }


def asked(
    ids: str | Iterable[str] | None,
    by: str | Sequence[str] | None,
    where: _query.Where | None,
    as_of: _query.Day | None,
    period: _query.Period | None,
    every: _query.Every | None,
    cancelled: _query.Cancelled | None,
    phases: _query.Phases,
    totals: bool,
    min_age: int | None,
    within: int | None,
    confidence: float | None,
    catalog: Catalog | None,
    engine: _query.Engine,
) -> _query.Asked:
    """提问的各项，检查之后交给核心。

    The options of a question, checked, as the core takes them.
    """
    return {
        "ids": None if ids is None else texts("ids", ids),
        "by": texts("by", by),
        "where": None if where is None else _query.filter_text(where),
        "as_of": None if as_of is None else _query.day_text("as_of", as_of),
        "period": None if period is None else _query.period_text(period),
        "every": None if every is None else one_of("every", every, _query.EVERY),
        "cancelled": None if cancelled is None else one_of("cancelled", cancelled, _query.CANCELLED),
        "phases": one_of("phases", phases, _query.PHASES),
        "totals": _argument.truth("totals", totals),
        "min_age": None if min_age is None else _argument.whole("min_age", min_age),
        "within": None if within is None else _argument.whole("within", within),
        "confidence": None if confidence is None else _argument.real("confidence", confidence),
        "catalog": None if catalog is None else _core_of(catalog),
        "engine": one_of("engine", engine, _query.ENGINES),
    }


class Ledger:
    """台账：按类型整理好的表、它所记录的日期，以及发现的问题。

    Typed tables of one or more development zones, as of one day. From files with :func:`zonekpi.read`; from data
    frames here, by the name of the table that each holds.

    Args:
        columns: see :func:`zonekpi.read`, as for the other options.
        **tables: data frames that speak Arrow (polars, pandas, pyarrow, DuckDB), by table: ``projects=``,
            ``cases=``, …

    Raises:
        UnknownNameError: a table that no ledger has.
        InputError: a frame that cannot be read.

    Example:
        >>> import polars as pl, zonekpi as zk
        >>> frame = pl.DataFrame({"开发区": ["甲"], "项目名称": ["一号"], "签约时间": ["2024-01-15"]})
        >>> zk.Ledger(projects=frame, snapshot_on="2024-03-31").tables
        {'projects': 1}
    """

    __slots__ = ("_core",)
    _core: _zonekpi.Ledger

    def __init__(
        self,
        *,
        columns: Mapping[str, str] | None = None,
        units: Mapping[str, str] | None = None,
        blanks: Mapping[str, Blank] | None = None,
        on_duplicate: OnDuplicate = "error",
        snapshot_on: _query.Day | None = None,
        calendar: Calendar | Path | None = None,
        strict: bool = False,
        **tables: ArrowFrame,
    ) -> None:
        self._core = _zonekpi.Ledger.of_frames(
            [(name, incoming(frame)) for name, frame in tables.items()],
            **_reading(columns, units, blanks, on_duplicate, snapshot_on, calendar, strict),
        )

    @classmethod
    def _of(cls, core: _zonekpi.Ledger) -> Ledger:
        ledger = cls.__new__(cls)
        ledger._core = core
        return ledger

    @property
    def tables(self) -> dict[str, int]:
        """有哪些表，各多少行。

        The tables that the ledger has, with their numbers of rows.
        """
        return dict(self._core.tables())

    def table(self, name: str) -> pl.DataFrame:
        """一张表，列已按类型读好。

        A table with its columns typed, and ``source_file``, ``source_sheet``, ``source_row`` beside them. Of
        ``cases``, due dates (``promised_due_on``, ``statutory_due_on``, ``due_on``) and ``suspended_days`` are made
        from acceptance, limits and suspensions where the ledger does not have them; where a due date is not known,
        ``due_on_from`` is the first day that it may be.

        Raises:
            UnknownNameError: the ledger has no such table.
            InputError: the ledger was loaded, and the table is not as it was saved.
        """
        table = self._core.table(_argument.text("name", name))
        if table is None:
            near = get_close_matches(name, self.tables, n=1)
            raise errors.UnknownNameError.told(
                code="unknown_table",
                zh=f"台账没有名为“{name}”的表；有：{'、'.join(self.tables)}",
                en=f"the ledger has no table named '{name}'; it has: {', '.join(self.tables)}",
                suggestion=near[0] if near else None,
            )
        return outgoing(table)

    @property
    def issues(self) -> Issues:
        """读台账时发现的问题。

        What was found wrong, cell by cell: to look at, to filter, to go through one by one.
        """
        core = self._core
        # The columns that may be asked for are told by the reading, which is made only then.
        return Issues(outgoing(core.issues(settings().lang)), lambda: outgoing(core.reading("zh")))

    @property
    def reading(self) -> Readings:
        """文件是怎样读的：编码、表头、单位、略过的行、核对的合计。

        How the files were read: encodings, headers, units, rows set aside, totals checked.

        Example:
            >>> import zonekpi as zk
            >>> zk.example().reading.to_polars()["item"].unique().sort().to_list()
            ['column', 'header_row', 'table']
        """
        return Readings(outgoing(self._core.reading(settings().lang)))

    @property
    def snapshot_on(self) -> dt.date:
        """台账所记录的日期。

        The day whose state the ledger records.
        """
        return dt.date.fromisoformat(self._core.snapshot_on())

    @property
    def calendar(self) -> Calendar:
        """台账所用的工作日历。

        The days that are worked, by which limits in working days are counted.
        """
        return Calendar(self._core.calendar())

    def write_excel(self, path: Path) -> None:
        """写成核对用的工作簿（.xlsx），问题标在各自的单元格上。

        Writes the tables into a workbook, a sheet for each, every issue marked on its own cell: coloured by severity,
        with a note that says what was found, what was done and what stood there. A list of all issues links to the
        cells; another sheet tells how the files were read. Amounts are in 万元 (in English in yuan), exactly; what
        could not be read stands as it was written. The sheets are read back as the same tables. A file that is there
        already is replaced, unless the ledger was read from it.

        Raises:
            QueryError: a table with more rows than a sheet of Excel holds, or a file that the ledger was read from.
            LedgerIoError: the file cannot be written.

        Example:
            >>> import zonekpi as zk
            >>> zk.example().write_excel("核对.xlsx")  # doctest: +SKIP
        """
        self._core.write_excel(_argument.path("path", path), settings().lang)

    def save(self, path: Path) -> None:
        """存成一个文件夹（Parquet 和一份清单），以后用 :func:`zonekpi.load` 打开。

        Saves the ledger into a folder, from which :func:`zonekpi.load` opens it: a Parquet file for each table and for
        the issues, and ``ledger.json`` with all the rest, among it the fingerprints of the files that were read. The
        folder is made if it is not there. A ledger that was saved there before is replaced; whatever happens meanwhile,
        the folder holds that one or the new one, whole.

        Args:
            path: the folder; empty, not there yet, or one that a ledger was saved into.

        Raises:
            QueryError: a folder that holds something else, or a file of that name.
            LedgerFileNotFoundError: the folder that it would be in is not there.
            LedgerIoError: the folder cannot be written.

        Example:
            >>> import os, tempfile, zonekpi as zk
            >>> path = os.path.join(tempfile.mkdtemp(), "台账")
            >>> zk.example().save(path)
            >>> zk.load(path).tables == zk.example().tables
            True
        """
        self._core.save(_argument.path("path", path))

    @property
    def sources(self) -> dict[str, str]:
        """台账从哪些文件读来，以及各自的指纹（SHA-256）。

        The files that the ledger was read from, as they were named, with the SHA-256 of each. Data frames have none.
        """
        return dict(self._core.sources())

    @property
    def snapshot_from(self) -> dict[str, str | None]:
        """台账日期从哪里来：调用时指定、标题、最晚的一件事（文件、工作表、行、列），或今天。

        What said :attr:`snapshot_on`: ``from`` is ``"given"``, ``"title"``, ``"event"`` or ``"today"``; the cell is
        named beside it, with its words (``written``).

        Example:
            >>> import polars as pl, zonekpi as zk
            >>> frame = pl.DataFrame({"项目编号": ["P1", "P2"], "签约时间": ["2024-01-15", "2024年3月"]})
            >>> said = zk.Ledger(projects=frame).snapshot_from
            >>> said["value"], said["written"]
            ('2024-03-01', '2024年3月')
        """
        return dict(self._core.snapshot_from())

    def kpis(
        self,
        ids: str | Sequence[str] | None = None,
        *,
        by: str | Sequence[str] | None = None,
        where: _query.Where | None = None,
        as_of: _query.Day | None = None,
        period: _query.Period | None = None,
        every: _query.Every | None = None,
        cancelled: _query.Cancelled | None = None,
        phases: _query.Phases = "own",
        totals: bool = False,
        min_age: int | None = None,
        within: int | None = None,
        confidence: float | None = None,
        catalog: Catalog | None = None,
        engine: _query.Engine = "auto",
        progress: bool | None = None,
    ) -> KpiTable:
        """计算指标。

        Computes indicators. Each value comes with its numerator, denominator, and what is unknown.

        Args:
            ids: ids of indicators; ``None`` for all that the ledger has the columns for.
            by: dimensions to split by (``"zone"``, ``"industry"``, ``"project.park"``, own columns).
            where: only rows that meet an expression (``"key_project AND investment_cny >= 100000000"``) or have
                values (``{"zone": "朔州经开区"}``, ``{"industry": ["化工", "建材"]}``).
            as_of: the date asked about; later events have not happened.
            period: ``"2024"``, ``"2024H1"``, ``"2024Q1"``, ``"2024-03"``, ``"cumulative"``, or a pair of dates.
            every: a series by ``"month"``, ``"quarter"``, ``"half_year"`` or ``"year"``.
            cancelled: ``"keep"`` or ``"drop"`` cancelled projects; by default as each definition says.
            phases: ``"own"`` counts every row; ``"parent"`` leaves phases out.
            totals: add lines over all groups, computed from the rows.
            min_age: leave out rows younger than so many days.
            within: count an event only within so many days of the row's own date.
            confidence: add Wilson intervals to shares, for instance ``0.95``.
            catalog: the catalog that the ids are of.
            engine: ``"auto"`` takes the fastest that can, for each indicator by itself; ``"fused"``, or
                ``"reference"`` for the engine that defines the meaning. Column ``engine`` tells which it was.
            progress: show how far it is, as in :func:`zonekpi.read`: by default only where it takes longer than two
                seconds and somebody looks. Ctrl-C ends it at any time.

        Raises:
            UnknownNameError: an indicator or a dimension that does not exist, with the nearest that does.
            MissingColumnError: the ledger lacks what an indicator needs.
            DefinitionError: a filter without a meaning.
            QueryError: a period or a combination without a meaning.

        Example:
            >>> import zonekpi as zk
            >>> board = zk.example().kpis("commitment_share", where={"zone": "朔州经开区"}, as_of="2024-03-31")
            >>> board.to_polars().select("numerator", "denominator").row(0)
            (59.0, 63.0)
        """
        question = asked(
            ids,
            by,
            where,
            as_of,
            period,
            every,
            cancelled,
            phases,
            totals,
            min_age,
            within,
            confidence,
            catalog,
            engine,
        )
        with Bar.asked(progress) as bar:
            return KpiTable._of(self._core.kpis(question, progress=bar.core))

    def cohorts(
        self,
        time: str,
        *,
        event: str,
        ages: int | Sequence[int],
        every: _query.Every = "quarter",
        by: str | Sequence[str] | None = None,
        where: _query.Where | None = None,
        as_of: _query.Day | None = None,
        period: _query.Period | None = None,
        table: str | None = None,
        cancelled: _query.Cancelled | None = None,
        phases: _query.Phases = "own",
        totals: bool = False,
        confidence: float | None = None,
        progress: bool | None = None,
    ) -> KpiTable:
        """同龄队列：各期起算的一批，满同样天数时，各有多大比例达到。

        Cohorts at equal age: of what began in each period, the share that had come to an event within so many days.
        Each line is a cohort, each age a column; the indicators are called ``<event>_within_<age>``. A cohort that as a
        whole is not so many days old by ``as_of`` has no value yet (``immature`` in the frame): compared with older
        ones it would look like a decline. Otherwise a cell is the query of a share with ``within=`` that age, and opens
        to its rows.

        Args:
            time: the event that begins the cohort: ``"signed_on"``, 签约时间.
            event: the event that is waited for: ``"started_on"``.
            ages: days after the first event at which cohorts are compared: ``[90, 180, 365]``.
            every: the periods that make a cohort: ``"month"``, ``"quarter"``, ``"half_year"`` or ``"year"``.
            by: dimensions to split by, as in :meth:`kpis`.
            where: only rows that meet an expression or have values, as in :meth:`kpis`.
            as_of: the day at which all cohorts are judged; by default that of the ledger.
            period: from when to when; by default from the first recorded day to ``as_of``.
            table: the table, where several have both events.
            cancelled: ``"keep"`` (default) or ``"drop"`` cancelled projects.
            phases: ``"own"`` counts every row; ``"parent"`` leaves phases out.
            totals: add a line over all groups to each cohort.
            confidence: add Wilson intervals, for instance ``0.95``.
            progress: show how far it is, as in :meth:`kpis`.

        Raises:
            UnknownNameError: an event or a dimension that the ledger does not have, with the nearest that it has.
            QueryError: no age, or a combination without a meaning.

        Example:
            >>> import zonekpi as zk
            >>> board = zk.example().cohorts(
            ...     "signed_on", event="started_on", ages=[90, 180], every="half_year", period="2023"
            ... )
            >>> board.to_polars().filter(age=180).select("period_end", "immature").rows()[1]
            (datetime.date(2023, 12, 31), True)
        """
        with Bar.asked(progress) as bar:
            return KpiTable._of(
                self._core.cohorts(
                    _argument.text("time", time),
                    event=_argument.text("event", event),
                    every=one_of("every", every, _query.EVERY),
                    ages=_argument.wholes("ages", ages),
                    table=None if table is None else _argument.text("table", table),
                    by=texts("by", by),
                    where=None if where is None else _query.filter_text(where),
                    as_of=None if as_of is None else _query.day_text("as_of", as_of),
                    period=None if period is None else _query.period_text(period),
                    cancelled=None if cancelled is None else one_of("cancelled", cancelled, _query.CANCELLED),
                    phases=one_of("phases", phases, _query.PHASES),
                    totals=_argument.truth("totals", totals),
                    confidence=None if confidence is None else _argument.real("confidence", confidence),
                    progress=bar.core,
                )
            )

    def __repr__(self) -> str:
        tables = ", ".join(f"{name} {rows}" for name, rows in self._core.tables())
        return f"<zonekpi.Ledger {self._core.snapshot_on()}: {tables}>"

    def _repr_html_(self) -> str:
        return _html.ledger(self._core.tables(), self._core.snapshot_on(), len(self.issues))
