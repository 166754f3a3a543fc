"""错误类型。

Every error of the package is a :class:`ZoneKpiError`, and also the built-in error that fits, so that
``except ValueError`` and ``except FileNotFoundError`` do what they say. The sentence is in the language that
:func:`zonekpi.options` sets at the moment it is raised; ``code`` is the same in both.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = [
    "ComputeError",
    "DefinitionError",
    "InputError",
    "LedgerFileNotFoundError",
    "LedgerIoError",
    "MergeError",
    "MissingColumnError",
    "OptionTypeError",
    "ProvisionalWarning",
    "QueryError",
    "UnknownNameError",
    "ZoneKpiError",
]


class ZoneKpiError(Exception):
    """zonekpi 的一切错误。

    The base of all errors of the package.

    Attributes:
        code: a stable name of the sentence, such as ``unknown_indicator``.
        file: the file, as the caller named it.
        sheet: the sheet of a workbook.
        table: the table of the ledger.
        row: the row as the sheet numbers it; in text files the record.
        column: the column, by its own header.
        line: the line of a file of definitions.
        indicator: the id of the indicator that is being defined.
        field: the field of its definition.
        position: line and character of an expression's text, both from 1.
        suggestion: the nearest right name, where there is one.
    """

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        file: str | None = None,
        sheet: str | None = None,
        table: str | None = None,
        row: int | None = None,
        column: str | None = None,
        line: int | None = None,
        indicator: str | None = None,
        field: str | None = None,
        position: tuple[int, int] | None = None,
        suggestion: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.file = file
        self.sheet = sheet
        self.table = table
        self.row = row
        self.column = column
        self.line = line
        self.indicator = indicator
        self.field = field
        self.position = position
        self.suggestion = suggestion

    def __str__(self) -> str:
        # KeyError would show the repr of its argument.
        return str(self.args[0]) if self.args else ""

    @classmethod
    def told(cls, *, zh: str, en: str, code: str, **about: Any) -> Self:
        """用当前语言造一个错误。

        Makes the error with its sentence in the language that is set.
        """
        from zonekpi._options import settings

        return cls(en if settings().lang == "en" else zh, code=code, **about)


class UnknownNameError(ZoneKpiError, KeyError):
    """没有这个名称：指标、列、表或维度。

    A name that nothing bears; ``suggestion`` holds the nearest right one.
    """


class MissingColumnError(ZoneKpiError, ValueError):
    """台账缺少指标所需的表或列。

    The ledger lacks a table or columns that the question needs.
    """


class DefinitionError(ZoneKpiError, ValueError):
    """指标定义或筛选条件没有意义。

    A definition, or a filter, that has no meaning.
    """


class QueryError(ZoneKpiError, ValueError):
    """提问没有意义：期间、选项或它们的组合。

    A question that has no meaning: a period, an option, a combination.
    """


class OptionTypeError(QueryError, TypeError):
    """选项的类型不对。

    An option of a wrong type, such as a number where a name is needed. It is a :class:`QueryError`, and a
    :class:`TypeError` as Python's own functions raise.

    Attributes:
        option: the name of the option.
    """

    def __init__(self, message: str = "", *, option: str | None = None, **about: Any) -> None:
        super().__init__(message, **about)
        self.option = option


class InputError(ZoneKpiError, ValueError):
    """文件或数据框无法作为台账读取。

    A file or a frame that cannot be read as a ledger.
    """


class MergeError(ZoneKpiError, ValueError):
    """合并会得出错误的数字，因此拒绝。

    A merge that would give a wrong number.
    """


class LedgerFileNotFoundError(ZoneKpiError, FileNotFoundError):
    """台账文件不存在。

    A file that is not there.
    """

    @property
    def filename(self) -> str | None:
        """文件名。

        The file, as the caller named it.
        """
        return self.file

    @property
    def errno(self) -> int:  # type: ignore[override]
        """系统错误号 ENOENT。

        The number that the operating system gives the error.
        """
        return errno.ENOENT


class LedgerIoError(ZoneKpiError, OSError):
    """系统拒绝读写。

    The system refused to read or write.
    """


class ComputeError(ZoneKpiError, RuntimeError):
    """无法精确计算，或计算引擎出错。

    A result that cannot be computed exactly, or a failure of a dependency.
    """


class ProvisionalWarning(UserWarning):
    """结果依赖暂定的工作日：以后的放假通知可能改变它。

    A number that counts days which are provisional: a later notice may change which of them are worked.
    """
