"""参数的检查：类型不对的，说明是哪个选项、得到什么、可以是什么。

Checks of arguments: one of a wrong type is an error that names the option, what was found, and what is allowed.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NoReturn

from zonekpi import errors

# The longest value that an error repeats.
_LONGEST = 80


def wrong(option: str, found: object, zh: str, en: str) -> NoReturn:
    """类型不对。

    Refuses a value of a wrong type; ``zh`` and ``en`` say what is allowed.
    """
    shown = repr(found)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}…"
    kind = type(found).__name__
    raise errors.OptionTypeError.told(
        code="bad_option",
        zh=f"{option} 应为{zh}，而不是 {shown}（{kind}）",
        en=f"{option} is {en}, not {shown} ({kind})",
        option=option,
    )


def one_of(option: str, value: object, allowed: tuple[str, ...]) -> str:
    """检查选项取值。

    The value, if it is one of those allowed.
    """
    if isinstance(value, str) and value in allowed:
        return value
    if not isinstance(value, str):
        wrong(option, value, f" {'、'.join(allowed)} 之一", f"one of {', '.join(allowed)}")
    near = get_close_matches(value, allowed, n=1)
    hint = ("；是否指“" + near[0] + "”？", f"; did you mean '{near[0]}'?") if near else ("", "")
    raise errors.QueryError.told(
        code="bad_option",
        zh=f"{option} 应为 {'、'.join(allowed)} 之一，而不是 {value!r}{hint[0]}",
        en=f"{option} is one of {', '.join(allowed)}, not {value!r}{hint[1]}",
        suggestion=near[0] if near else None,
    )


def text(option: str, value: object) -> str:
    """一段文字。

    A text.
    """
    if isinstance(value, str):
        return value
    wrong(option, value, "文字", "a text")


def texts(option: str, value: object) -> list[str]:
    """一个或几个名称；``None`` 为没有。

    One name or several; ``None`` for none.
    """
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, (Mapping, bytes, bytearray)):
        names = list(value)
        if all(isinstance(name, str) for name in names):
            return names
    wrong(option, value, "一个名称或名称的列表", "a name or a list of names")


def pairs(option: str, value: object, zh: str, en: str) -> list[tuple[str, str]]:
    """文字到文字的对照；``None`` 为空。

    A mapping of texts to texts; ``None`` for an empty one. ``zh`` and ``en`` are an example of it.
    """
    if value is None:
        return []
    if isinstance(value, Mapping) and all(isinstance(side, str) for pair in value.items() for side in pair):
        return list(value.items())
    wrong(option, value, f"字典，如 {zh}", f"a mapping such as {en}")


def truth(option: str, value: object) -> bool:
    """真或假。

    True or false, also those of numpy.
    """
    inner = _plain(value)
    if isinstance(inner, bool):
        return inner
    wrong(option, value, " True 或 False", "True or False")


def whole(option: str, value: object) -> int:
    """整数。

    A whole number that 64 bits hold, also one of numpy.
    """
    inner = _plain(value)
    if not isinstance(inner, bool):
        try:
            number = operator.index(inner)  # type: ignore[arg-type]
        except TypeError:
            wrong(option, value, "整数", "a whole number")
        if -(2**63) <= number < 2**63:
            return number
        raise errors.QueryError.told(
            code="bad_option",
            zh=f"{option} 太大：最多 64 位整数",
            en=f"{option} is too large: 64 bits are the most",
        )
    wrong(option, value, "整数", "a whole number")


def wholes(option: str, value: object) -> list[int]:
    """一个或几个整数。

    One whole number or several.
    """
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
        return [whole(option, one) for one in value]
    return [whole(option, value)]


def real(option: str, value: object) -> float:
    """数。

    A number, also one of numpy.
    """
    inner = _plain(value)
    if isinstance(inner, (int, float, Decimal)) and not isinstance(inner, bool):
        try:
            return float(inner)
        except (OverflowError, ValueError):
            pass
    wrong(option, value, "数，如 0.95", "a number such as 0.95")


def path(option: str, value: object) -> str:
    """一个路径。

    A path, as a text or any path object.
    """
    try:
        return os.fsdecode(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        wrong(option, value, "文件的路径（文字或 pathlib.Path）", "the path of a file (a text or a pathlib.Path)")


def paths(option: str, value: object) -> list[str]:
    """一个或几个路径。

    One path or several.
    """
    if isinstance(value, (str, bytes, os.PathLike)) or not isinstance(value, Iterable) or isinstance(value, Mapping):
        return [path(option, value)]
    return [path(option, one) for one in value]


def files(call: str, value: object) -> list[str]:
    """一个或几个文件；数据框不是文件。

    One file or several, of those that ``call`` opens. A data frame is none: the error says what takes it.
    """
    several = value if isinstance(value, (list, tuple)) else [value]
    if any(hasattr(one, "__arrow_c_stream__") or hasattr(one, "collect") for one in several):
        misplaced(
            "path",
            f"{call} 打开的是文件；数据框请用 zk.Ledger(projects=frame) 做成台账，再用 ledger.kpis(…)",
            f"{call} opens files; make a ledger of a data frame by zk.Ledger(projects=frame), and ask ledger.kpis(...)",
        )
    return paths("path", value)


def misplaced(option: str, zh: str, en: str) -> NoReturn:
    """东西对，地方不对。

    Refuses what has its use elsewhere; ``zh`` and ``en`` say where.
    """
    raise errors.OptionTypeError.told(code="bad_option", zh=zh, en=en, option=option)


def _plain(value: Any) -> object:
    # Numbers of other libraries (numpy) give their own as Python's.
    item: Callable[[], object] | None = getattr(value, "item", None)
    if item is None or isinstance(value, (str, bytes)) or getattr(value, "shape", ()) != ():
        return value
    try:
        return item()
    except (TypeError, ValueError):
        return value
