"""语言、修约方式、位数与金额单位。

How answers and messages are shown. What is computed never depends on it.
"""

from __future__ import annotations

from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from zonekpi import errors
from zonekpi._argument import one_of, whole

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

Lang = Literal["zh", "en"]
Rounding = Literal["half_up", "half_even", "down"]
MoneyUnit = Literal["auto", "元", "万元", "亿元"]

LANGS = ("zh", "en")
ROUNDINGS = ("half_up", "half_even", "down")
MONEY_UNITS = ("auto", "元", "万元", "亿元")


@dataclass(frozen=True)
class Settings:
    """现行的显示设置。

    The display settings in force.
    """

    lang: Lang = "zh"
    rounding: Rounding = "half_up"
    digits: int | None = None
    money_unit: MoneyUnit = "auto"


_for_all = Settings()
_here: ContextVar[Settings | None] = ContextVar("zonekpi_settings", default=None)


def settings() -> Settings:
    """现行的显示设置。

    The settings in force here: those of the innermost ``with``, else the global ones.
    """
    return _here.get() or _for_all


class _Unset:
    """尚未给出。"""


_UNSET = _Unset()


class options:  # noqa: N801 - used like a function
    """设置显示方式；也可用于 ``with``，离开时复原。

    Sets how answers and messages are shown: for the whole program when called, only inside the block when used
    with ``with``. Options that are not named stay as they are.

    Args:
        lang: ``"zh"`` (default) or ``"en"``.
        rounding: ``"half_up"`` (四舍五入, default), ``"half_even"`` (GB/T 8170) or ``"down"`` (截断).
        digits: digits after the point; ``None`` (default) leaves it to the unit.
        money_unit: ``"auto"`` (default), ``"元"``, ``"万元"`` or ``"亿元"``.

    Raises:
        QueryError: a value that is none of these.

    Example:
        >>> import zonekpi as zk
        >>> with zk.options(lang="en"):
        ...     print(zk.options.current().lang)
        en
        >>> zk.options.current().lang
        'zh'
    """

    def __init__(
        self,
        *,
        lang: Lang | _Unset = _UNSET,
        rounding: Rounding | _Unset = _UNSET,
        digits: int | _Unset | None = _UNSET,
        money_unit: MoneyUnit | _Unset = _UNSET,
    ) -> None:
        global _for_all
        changed = settings()
        if not isinstance(lang, _Unset):
            changed = replace(changed, lang=cast("Lang", one_of("lang", lang, LANGS)))
        if not isinstance(rounding, _Unset):
            changed = replace(changed, rounding=cast("Rounding", one_of("rounding", rounding, ROUNDINGS)))
        if not isinstance(digits, _Unset):
            digits = None if digits is None else whole("digits", digits)
            if digits is not None and not 0 <= digits <= 12:
                raise errors.QueryError.told(
                    code="bad_option",
                    zh=f"digits 应为 0 到 12 的整数或 None，而不是 {digits!r}",
                    en=f"digits is a whole number from 0 to 12, or None, not {digits!r}",
                )
            changed = replace(changed, digits=digits)
        if not isinstance(money_unit, _Unset):
            changed = replace(changed, money_unit=cast("MoneyUnit", one_of("money_unit", money_unit, MONEY_UNITS)))
        self._wanted = changed
        self._entered: list[Token[Settings | None]] = []
        self._before: Settings | None = None
        self._called: Token[Settings | None] | None = None
        # Inside a `with`, a plain call changes what that block sees, and no more.
        if _here.get() is None:
            self._before, _for_all = _for_all, changed
        else:
            self._called = _here.set(changed)

    @staticmethod
    def current() -> Settings:
        """现行设置。

        The settings in force here.
        """
        return settings()

    def __enter__(self) -> Self:
        global _for_all
        # The call set them for what is around the block too; that is taken back.
        if self._called is not None:
            _here.reset(self._called)
            self._called = None
        elif self._before is not None:
            _for_all, self._before = self._before, None
        self._entered.append(_here.set(self._wanted))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _here.reset(self._entered.pop())

    def __repr__(self) -> str:
        return f"options({settings()!r})"
