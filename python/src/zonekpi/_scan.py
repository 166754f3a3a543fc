"""比内存大的文件。

Files that are larger than memory: asked batch by batch, and never held.
"""

from __future__ import annotations

import datetime as dt
import glob
import os
from typing import TYPE_CHECKING

from zonekpi import _argument, _query, _zonekpi, errors
from zonekpi._calendar import Calendar, core_of
from zonekpi._ledger import Ledger, asked
from zonekpi._progress import Bar
from zonekpi._table import KpiTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zonekpi._catalog import Catalog
    from zonekpi._ledger import Blank, Path


def scan(
    path: Path | Iterable[Path],
    *,
    table: str | None = None,
    columns: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    blanks: Mapping[str, Blank] | None = None,
    snapshot_on: _query.Day | None = None,
    calendar: Calendar | Path | None = None,
    beside: Ledger | None = None,
) -> Scan:
    """打开比内存大的 Parquet 文件，分批计算，不整个读入。

    Opens Parquet files of one table, of any size, to be asked without being held. Batches of rows go through the same
    engine as a ledger's, and their figures are added; only the columns that a question needs are read, and parts of the
    files that a filter surely rejects, by the statistics that they carry, are not read at all.

    Only what adds up can be asked: counts, shares, sums and ratios, not distinct counts, ``once`` or days. What takes
    all rows at hand is not checked: keys that repeat, references without a target, orders of events, scales, blank
    rows. Cells that cannot be read count as unknown, as always; how many there are is in :attr:`KpiTable.notes`. A
    number does not open into its rows: read the part in question with :func:`zonekpi.read`.

    All files are of one table, and a file of another is refused. A column may be called otherwise in another file
    (签约日, 签约时间), where both are known to mean the same, in the same unit; a file that lacks a column of the
    question is refused, and so is one with a column that bears on it and that the first file lacks. A file that is
    named twice, or meant by two patterns, is scanned once; one that changed since it was opened is refused: scan it
    anew.

    Times in a zone are days on the wall of that zone; DuckDB, Spark and others write moments in UTC, eight hours before
    Beijing, so that a midnight there is the day before. Where times in UTC are at 16:00:00 exactly, a note of the
    answer says so; convert them before they are saved, as by polars' ``dt.convert_time_zone("Asia/Shanghai")``.

    Args:
        path: a file, a folder, a pattern (``"cases/*.parquet"``), or several of these.
        table: the table, where the columns do not tell, as in :func:`zonekpi.read`.
        columns: own headers, of any of the files, and the columns they mean, as there.
        units: the units of columns, as there.
        blanks: flags whose blank means no, as there.
        snapshot_on: the day whose state the files record; by default the columns of events are gone through once, for
            the latest that is not after today.
        calendar: the days that are worked, as in :func:`zonekpi.read`.
        beside: a ledger with what the files refer to, such as projects or suspensions. Where it has the table of the
            files, too, its rows of it do not count, and a note of the answer says so.

    Raises:
        LedgerFileNotFoundError: a file is not there, or a pattern means none.
        InputError: a file that is no Parquet, columns that are those of no table, or of another than ``table`` or than
            those of the first file.

    Example:
        >>> import os, tempfile, zonekpi as zk
        >>> folder = tempfile.mkdtemp()
        >>> zk.example().table("projects").write_parquet(os.path.join(folder, "projects.parquet"))
        >>> scan = zk.scan(folder, snapshot_on="2024-03-31")
        >>> board = scan.kpis("commitment_share", where={"zone": "朔州经开区"})
        >>> board.to_polars().select("numerator", "denominator").row(0)
        (59.0, 63.0)
    """
    if beside is not None and not isinstance(beside, Ledger):
        _argument.wrong("beside", beside, "台账，如 zk.read(…)", "a ledger such as zk.read(...)")
    if isinstance(path, (Ledger, Scan)):
        _argument.misplaced(
            "path",
            "scan 打开的是 Parquet 文件；已有的台账或 scan 直接用它的 kpis(…)",
            "scan opens Parquet files; a ledger or a scan that is there is asked by its own kpis(...)",
        )
    return Scan._of(
        _zonekpi.Scan.of(
            [file for one in _argument.files("scan", path) for file in _files(one)],
            table=None if table is None else _argument.text("table", table),
            columns=_argument.pairs("columns", columns, '{"签约日": "签约时间"}', "{'签约日': 'signed_on'}"),
            units=_argument.pairs("units", units, '{"总投资": "亿元"}', "{'总投资': '亿元'}"),
            blanks=_argument.pairs("blanks", blanks, '{"是否承诺制": "no"}', "{'commitment': 'no'}"),
            snapshot_on=None if snapshot_on is None else _query.day_of("snapshot_on", snapshot_on),
            calendar=core_of(calendar),
            beside=None if beside is None else beside._core,
        )
    )


def _files(path: str) -> list[str]:
    if os.path.isdir(path) and not os.path.isfile(os.path.join(path, "ledger.json")):
        meant, pattern = os.path.join(path, "*.parquet"), os.path.join(glob.escape(path), "*.parquet")
    elif os.path.exists(path) or not glob.has_magic(path):
        # How a folder that `Ledger.save` wrote is opened is told by the core.
        return [path]
    else:
        meant, pattern = path, _pattern(path)
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        raise errors.LedgerFileNotFoundError.told(
            code="file_not_found", zh=f"没有文件符合 {meant}", en=f"no file is meant by {meant}", file=meant
        )
    return found


def _pattern(path: str) -> str:
    # A folder that is there under its very name is meant, whatever signs it holds: dir[1]/*.parquet.
    literal, rest = "", path.replace(os.altsep, os.sep) if os.altsep else path
    while rest:
        head, separator, after = rest.partition(os.sep)
        if not os.path.isdir(literal + (head or separator)):
            break
        literal, rest = literal + head + separator, after
    return glob.escape(literal) + rest


class Scan:
    """打开而没有读入的文件，由 :func:`zonekpi.scan` 得到。两次提问之间不留行，只为各线程留几十兆内存供下次解压。

    Files that are open to questions, made by :func:`zonekpi.scan`. Its length is the number of their rows. Between two
    questions no rows are kept, only memory to unpack the next ones into: as a rule some tens of megabytes for each
    thread.
    """

    __slots__ = ("_core",)
    _core: _zonekpi.Scan

    @classmethod
    def _of(cls, core: _zonekpi.Scan) -> Scan:
        scan = cls.__new__(cls)
        scan._core = core
        return scan

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"<zonekpi.Scan {self._core.snapshot_on()}: {self._core.table()} {len(self)}>"

    @property
    def snapshot_on(self) -> dt.date:
        """文件所记录的日期。

        The day whose state the files record.
        """
        return dt.date.fromisoformat(self._core.snapshot_on())

    def kpis(
        self,
        ids: str | Iterable[str] | None = None,
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
        """分批计算指标。

        Computes indicators batch by batch. The options are those of :meth:`Ledger.kpis`; without ``ids``, all
        indicators of the table that add up. A series (``every=``) needs its ``period=``.

        Raises:
            QueryError: an indicator that does not add up over batches, or is about another table.
            MissingColumnError: a column that the files do not have.
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
