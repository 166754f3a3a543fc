"""清单：读台账时发现的问题，以及文件是怎样读的。

Lists of what the reading met: the issues that were found, and how each file was read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from zonekpi import _html, _zonekpi, errors
from zonekpi._argument import one_of, texts
from zonekpi._options import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars as pl

SEVERITIES = ("error", "warning", "note")
# Issues, and lines of a reading, that are shown at once.
SHOWN = 50
MOST_LINES = 200
# Names that an error lists.
MOST_NAMES = 15
# Rows above the data.
ABOVE = ("title_row", "unit_row", "header_row")


class Listing(ABC):
    """一张清单，可看、可取作数据框。

    A list of what the reading met: it can be looked at, and taken as a data frame. The frame has English names and
    codes; what is shown is in the language of :func:`zonekpi.options`.
    """

    __slots__ = ("_frame",)

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def to_polars(self) -> pl.DataFrame:
        """取作 polars 数据框。

        The list as a data frame.
        """
        return self._frame

    def __len__(self) -> int:
        return self._frame.height

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)

    @abstractmethod
    def _shown(self) -> list[_html.Listed]:
        """给人看的各部分。

        The parts that a person looks at: each a caption, heads and rows of finished text.
        """

    def __repr__(self) -> str:
        return "\n\n".join(part.text() for part in self._shown())

    def _repr_html_(self) -> str:
        return _html.listing(self._shown())


@dataclass(frozen=True)
class Issue:
    """一个问题：在哪里、写的是什么、是什么问题、怎样处理的。

    One issue. What is not known is ``None``.

    Attributes:
        table: the table, by its canonical name.
        file: the file, as the caller named it.
        sheet: the sheet of a workbook.
        row: the row as the sheet numbers it; in text files the record.
        column: the column, by its own header.
        value: the cell as it was written.
        code: what sort of issue (see :func:`zonekpi.issue_codes`).
        severity: ``"error"``, ``"warning"`` or ``"note"``.
        message: the sentence, in the language that was set.
        action: what was done about it.
    """

    table: str
    file: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    severity: str
    message: str
    action: str

    def __str__(self) -> str:
        words = _Words()
        place = [words("table", self.table), self.file, self.sheet]
        if self.row is not None:
            place.append(words.either(f"第 {self.row} 行", f"row {self.row}"))
        if self.column is not None:
            place.append(words.either(f"“{self.column}”列", f"column {self.column}"))
        where = words.either("，", ", ").join(part for part in place if part)
        said = words.either(f"：{self.message}；{self.action}", f": {self.message}; {self.action}")
        return f"[{words('severity', self.severity)}] {where}{said}"


class Issues(Listing):
    """读台账时发现的问题：哪里、写的是什么、怎么处理的。

    All that was found wrong: where, as it was written, and what was done about it. Shown are the counts by severity
    and code, and the first fifty, the worst first. Going through it gives each :class:`Issue` in turn.

    Example:
        >>> import polars as pl, zonekpi as zk
        >>> frame = pl.DataFrame({"项目编号": ["P1"], "签约时间": ["9月底"]})
        >>> issues = zk.Ledger(projects=frame, snapshot_on="2024-03-31").issues
        >>> [(issue.row, issue.column, issue.code) for issue in issues]
        [(1, '签约时间', 'date_year_missing')]
        >>> len(issues.filter(severity="错误", table="项目", column="签约时间"))
        1
    """

    __slots__ = ("_reading",)

    def __init__(self, frame: pl.DataFrame, reading: Callable[[], pl.DataFrame] | None = None) -> None:
        super().__init__(frame)
        self._reading = reading

    def __iter__(self) -> Iterator[Issue]:
        names = [field.name for field in fields(Issue)]
        return (Issue(*row) for row in self._frame.select(names).iter_rows())

    def filter(
        self,
        *,
        severity: str | Sequence[str] | None = None,
        code: str | Sequence[str] | None = None,
        table: str | Sequence[str] | None = None,
        column: str | Sequence[str] | None = None,
    ) -> Issues:
        """按严重程度、代码、表或列筛选。

        The issues of some severities (``error``, ``warning``, ``note``; 错误, 警告, 提示), codes (see
        :func:`zonekpi.issue_codes`), tables (``projects``, 项目) or columns (by their own headers, or by the names of
        what they were read as).

        Raises:
            QueryError: a severity or a code that does not exist, with the nearest that does.
            UnknownNameError: a table that does not exist, or a column that the files do not have.
        """
        frame = self._frame
        wanted: dict[str, set[str]] = {}
        if severity is not None:
            wanted["severity"] = {_severity(name) for name in texts("severity", severity)}
        if code is not None:
            codes = tuple(code for code, _, _ in _zonekpi.issue_codes())
            wanted["code"] = {one_of("code", name, codes) for name in texts("code", code)}
        if table is not None:
            wanted["table"] = {_table(name) for name in texts("table", table)}
        if column is not None:
            known = self._columns()
            wanted["column"] = {header for name in texts("column", column) for header in _column(name, known)}
        for name, values in wanted.items():
            frame = frame.filter(frame[name].cast(str).is_in(list(values)))
        return Issues(frame, self._reading)

    def _columns(self) -> dict[str, set[str]]:
        """列的各种叫法，以及各自的表头。

        What columns are called, and the headers of those that are called so.
        """
        called: dict[str, set[str]] = {}
        for header in self._frame["column"].drop_nulls().unique():
            called.setdefault(header, set()).add(header)
        if self._reading is not None:
            canonical = _words("column")
            read = self._reading().select("table", "column", "header").unique(maintain_order=True)
            for table, name, header in read.iter_rows():
                if header is not None:
                    for own in (header, name, canonical.get(f"{table}.{name}")):
                        if own:
                            called.setdefault(own, set()).add(header)
        return called

    def _shown(self) -> list[_html.Listed]:
        frame, words = self._frame, _Words()
        if frame.is_empty():
            return [_html.Listed(words.either("没有发现问题", "no issues were found"), [], [])]
        order = {name: place for place, name in enumerate(SEVERITIES)}
        counts: dict[tuple[str, str], int] = {}
        for pair in frame.select("severity", "code").iter_rows():
            counts[pair] = counts.get(pair, 0) + 1
        ranked = sorted(counts.items(), key=lambda item: (order[item[0][0]], -item[1], item[0][1]))
        totals = {name: sum(n for (own, _), n in counts.items() if own == name) for name in SEVERITIES}
        parts = words.either("、", ", ").join(
            f"{words('severity', name)} {count}" for name, count in totals.items() if count
        )
        caption = words.either(f"{frame.height} 个问题：{parts}", f"{frame.height} issues: {parts}")
        summary = _html.Listed(
            caption,
            words.heads("severity", "code", "count"),
            [[words("severity", severity), code, str(count)] for (severity, code), count in ranked],
            numbers={2},
        )
        names = ("severity", "table", "file", "sheet", "row", "column", "value", "message", "action", "code")
        rows = frame.select(names).rows()
        rows.sort(key=lambda row: order[row[0]])
        shown = [[words("severity", row[0]), words("table", row[1]), *_told(*row[2:])] for row in rows[:SHOWN]]
        left = len(rows) - SHOWN
        note = words.either(f"还有 {left} 个，见 to_polars() 或 filter()", f"{left} more: see to_polars() or filter()")
        details = _html.Listed(
            words.either("逐条", "one by one"),
            words.heads(*names),
            shown,
            numbers={4},
            wide={6, 7, 8},
            note=note if left > 0 else "",
        ).without_empty()
        return [summary, details]


@dataclass(frozen=True)
class ReadingLine:
    """读取记录的一行：认出的一列、略过的一行、核对的一个合计……

    One thing that a reading tells of. What does not apply is ``None``.

    Attributes:
        table: the table, by its canonical name.
        file: the file, as the caller named it.
        sheet: the sheet of a workbook.
        format: what the file is.
        encoding: the encoding of a text file.
        item: ``"table"``, ``"title_row"``, ``"unit_row"``, ``"header_row"``, ``"column"``, ``"other_column"``,
            ``"set_aside"``, ``"total"``, ``"hidden_row"``, ``"hidden_column"`` or ``"sheet_not_read"``.
        row: the row as the sheet numbers it.
        column: what a column was read as.
        header: its own header.
        how: by what it was recognised.
        unit: the unit of its numbers.
        unit_from: what said that unit.
        note: the sentence, in the language that was set.
    """

    table: str
    file: str | None
    sheet: str | None
    format: str | None
    encoding: str | None
    item: str
    row: int | None
    column: str | None
    header: str | None
    how: str | None
    unit: str | None
    unit_from: str | None
    note: str | None


class Readings(Listing):
    """文件是怎样读的：表头、列与单位、略过的行、核对的合计。

    How each file and sheet was read: its header, columns and units, rows set aside, totals checked, what is hidden,
    and the sheets that were not read. Going through it gives each :class:`ReadingLine` in turn.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[ReadingLine]:
        names = [field.name for field in fields(ReadingLine)]
        return (ReadingLine(*row) for row in self._frame.select(names).iter_rows())

    def _shown(self) -> list[_html.Listed]:
        words = _Words()
        parts: list[_html.Listed] = []
        if self._frame.is_empty():
            return [_html.Listed(words.either("没有读取记录", "nothing was read"), [], [])]
        # A reading begins with the line that tells of the whole table.
        groups: list[list[dict[str, Any]]] = []
        for line in self._frame.iter_rows(named=True):
            if line["item"] == "table":
                groups.append([])
            groups[-1].append(line)
        for lines in groups:
            first = lines[0]
            place = " · ".join(str(first[name]) for name in ("file", "sheet", "format", "encoding") if first[name])
            caption = f"{place}{words.either('：', ': ')}{first['note']}"
            for item in ABOVE:
                rows_above = [str(line["row"]) for line in lines if line["item"] == item]
                if rows_above:
                    caption += f"{words.either('；', '; ')}{words('item', item)} {', '.join(rows_above)}"
            rest = [line for line in lines[1:] if line["item"] not in ABOVE]
            rows = [
                [
                    words("item", line["item"]),
                    *("" if line[name] is None else str(line[name]) for name in ("row", "column", "header")),
                    words("how", line["how"]),
                    line["unit"] or "",
                    words("unit_from", line["unit_from"]),
                    line["note"] or "",
                ]
                for line in rest[:MOST_LINES]
            ]
            left = len(rest) - MOST_LINES
            note = words.either(f"还有 {left} 行，见 to_polars()", f"{left} more lines: see to_polars()")
            heads = words.heads("item", "row", "column", "header", "how", "unit", "unit_from", "note")
            part = _html.Listed(caption, heads, rows, numbers={1}, wide={7}, note=note if left > 0 else "")
            parts.append(part.without_empty())
        return parts


def _told(
    file: str | None, sheet: str | None, row: int | None, column: str | None, value: str | None, *said: str
) -> list[str]:
    # An issue that is about no cell has nothing that was written in one.
    written = None if row is None and column is None else value
    return ["" if part is None else str(part) for part in (file, sheet, row, column, written, *said)]


def _words(group: str) -> dict[str, str]:
    """一组代码的中文。

    The Chinese words of the codes of a group.
    """
    start = f"{group}."
    return {key[len(start) :]: word for key, word in _zonekpi.listing_words("zh") if key.startswith(start)}


def _severity(name: str) -> str:
    spoken = {word: code for code, word in _words("severity").items()}
    return one_of("severity", spoken.get(name, name), SEVERITIES)


def _table(name: str) -> str:
    tables = _words("table")
    spoken = {word: code for code, word in tables.items()}
    if name in tables or name in spoken:
        return spoken.get(name, name)
    near = get_close_matches(name, [*spoken, *tables], n=1)
    raise errors.UnknownNameError.told(
        code="unknown_table",
        zh=f"没有名为“{name}”的表；可用的表：{'、'.join(spoken)}{_meant_zh(near)}",
        en=f"there is no table named '{name}'; there are: {', '.join(tables)}{_meant_en(near)}",
        suggestion=near[0] if near else None,
    )


def _column(name: str, known: dict[str, set[str]]) -> set[str]:
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1)
    listed = list(known)[:MOST_NAMES]
    raise errors.UnknownNameError.told(
        code="unknown_column",
        zh=f"读取的文件没有“{name}”这一列；有：{'、'.join(listed)}{_meant_zh(near)}",
        en=f"the files read have no column '{name}'; they have: {', '.join(listed)}{_meant_en(near)}",
        suggestion=near[0] if near else None,
    )


def _meant_zh(near: list[str]) -> str:
    return f"；是否指“{near[0]}”？" if near else ""


def _meant_en(near: list[str]) -> str:
    return f"; did you mean '{near[0]}'?" if near else ""


class _Words:
    """清单的用词。

    The words of listings in the language that is set.
    """

    def __init__(self) -> None:
        self._lang = settings().lang
        self._words = dict(_zonekpi.listing_words(self._lang))

    def __call__(self, group: str, code: str | None) -> str:
        return "" if code is None else self._words.get(f"{group}.{code}", code)

    def heads(self, *names: str) -> list[str]:
        return [self("head", name) for name in names]

    def either(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en
