"""把 Python 的参数写成核心的查询语句。

Arguments as Python programs have them (dates, dicts, pairs), put into the words of the core. What the words mean
is not known here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from zonekpi import errors
from zonekpi._argument import text, truth, wrong

if TYPE_CHECKING:
    from zonekpi import _zonekpi

Day: TypeAlias = str | dt.date
Period: TypeAlias = str | int | tuple[Day, Day]
Value: TypeAlias = str | bool | int | float | Decimal | dt.date | None
Where: TypeAlias = str | Mapping[str, Value | Sequence[Value]]
Every: TypeAlias = Literal["month", "quarter", "half_year", "year"]
Cancelled: TypeAlias = Literal["keep", "drop"]
Phases: TypeAlias = Literal["own", "parent"]
Engine: TypeAlias = Literal["auto", "reference", "fused"]

EVERY = ("month", "quarter", "half_year", "year")
CANCELLED = ("keep", "drop")
PHASES = ("own", "parent")
ENGINES = ("auto", "reference", "fused")


class Asked(TypedDict):
    """提问的各项，如核心所收。

    The options of a question, as the core takes them.
    """

    ids: list[str] | None
    by: list[str]
    where: str | None
    as_of: str | None
    period: str | None
    every: str | None
    cancelled: str | None
    phases: str
    totals: bool
    min_age: int | None
    within: int | None
    confidence: float | None
    catalog: _zonekpi.Catalog | None
    engine: str


def day_text(option: str, day: Day) -> str:
    """日期的文字。

    A date as ``2024-03-31``.
    """
    if isinstance(day, dt.datetime):
        return day.date().isoformat()
    if isinstance(day, dt.date):
        return day.isoformat()
    if isinstance(day, str):
        return day
    if type(day).__module__ == "numpy" and hasattr(day, "item"):
        # A day of numpy is one of the standard library, at whichever precision.
        return day_text(option, day.astype("datetime64[us]").item())
    wrong(option, day, '日期，如 "2024-03-31" 或 datetime.date', "a date such as '2024-03-31' or a datetime.date")


def day_of(option: str, day: Day) -> str:
    """必须是完整日期。

    A whole date as ``2024-03-31``; anything else is an error of the question.
    """
    written = day_text(option, day)
    try:
        return dt.date.fromisoformat(written).isoformat()
    except (TypeError, ValueError):
        raise errors.QueryError.told(
            code="bad_option",
            zh=f"{option} 应为日期，如 2024-03-31，而不是 {day!r}",
            en=f"{option} is a date such as 2024-03-31, not {day!r}",
        ) from None


def period_text(period: Period) -> str:
    """期间的文字。

    A named period, or a pair of dates as ``2024-01-01..2024-02-15``.
    """
    if isinstance(period, str):
        return period
    if isinstance(period, int) and not isinstance(period, bool):
        # A year, as people write it.
        return str(period)
    if not isinstance(period, (tuple, list)):
        wrong("period", period, "“2024Q1”这样的名称或一对日期", "a name such as '2024Q1' or a pair of dates")
    try:
        start, end = period
    except ValueError:
        raise errors.QueryError.told(
            code="bad_option",
            zh=f"period 应为“2024Q1”这样的名称或一对日期，而不是 {period!r}",
            en=f"period is a name such as '2024Q1' or a pair of dates, not {period!r}",
        ) from None
    return f"{day_text('period', start)}..{day_text('period', end)}"


def filter_text(where: Where) -> str:
    """筛选条件的文字。

    An expression as it is; a mapping as an expression that is true where every column has its value. Values are
    quoted, never pasted. A list means any of its values, ``None`` a blank.
    """
    if isinstance(where, str):
        return where
    if not isinstance(where, Mapping):
        wrong(
            "where",
            where,
            '表达式，如 "key_project"，或字典，如 {"zone": "朔州经开区"}',
            "an expression such as 'key_project' or a mapping of columns to values",
        )
    for column in where:
        text("where", column)
    terms = [_term(column, value) for column, value in where.items()]
    return " AND ".join(terms) if terms else "TRUE"


def _term(column: str, value: Value | Sequence[Value]) -> str:
    name = column_text(column)
    if isinstance(value, str) or not isinstance(value, Iterable):
        return f"{name} IS NULL" if value is None else f"{name} = {literal(value)}"
    values = list(value)
    known = [literal(v) for v in values if v is not None]
    terms = [f"{name} IN ({', '.join(known)})"] if known else []
    if len(known) < len(values):
        terms.append(f"{name} IS NULL")
    return f"({' OR '.join(terms)})" if terms else "FALSE"


def column_text(column: str) -> str:
    """加引号的列名。

    A column's name, quoted; ``project.zone`` is the column of the project that a row refers to.
    """
    head, dot, tail = column.partition(".")
    if dot and head == "project":
        return f"project.{column_text(tail)}"
    return '"' + column.replace('"', '""') + '"'


def literal(value: Value) -> str:
    """加引号的值。

    A value as the expression language writes it.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, dt.date):
        return f"'{day_text('where', value)}'"
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if number.is_finite():
            return format(number, "f")
    # Numbers of other libraries (numpy) that are whole or real.
    item = getattr(value, "item", None)
    if callable(item) and isinstance(inner := item(), (bool, int, float, str)):
        return literal(inner)
    raise errors.QueryError.told(
        code="bad_filter_value",
        zh=f"筛选条件中的值 {value!r} 不是文字、数字、日期或真假",
        en=f"the value {value!r} of the filter is no text, number, date, or truth value",
    )


def cell(at: Mapping[str, object] | None) -> tuple[dict[str, str | None], str | None, bool]:
    """单元格的坐标。

    The coordinates of a cell: the values of the dimensions, the period's end, and whether it is a total.
    """
    groups: dict[str, str | None] = {}
    period_end, total = None, False
    if at is not None and not isinstance(at, Mapping):
        wrong("at", at, '字典，如 {"zone": "朔州经开区"}', "a mapping of dimensions to values")
    for name, value in (at or {}).items():
        text("at", name)
        if name == "total":
            total = truth("total", value)
        elif name == "period_end":
            period_end = day_of(name, value)  # type: ignore[arg-type]
        elif isinstance(value, bool):
            # Flags are groups by the names `true` and `false`.
            groups[name] = "true" if value else "false"
        else:
            groups[name] = None if value is None else str(value)
    return groups, period_end, total
