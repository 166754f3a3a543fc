"""读取和计算的进度。

How far a long reading or a long query is: a line on the terminal, or one in the notebook that is written over.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from zonekpi import _argument
from zonekpi._options import settings

# Seconds before anything is shown, and between two showings.
PATIENCE = 2.0
PACE = 0.25
# Characters of the bar.
LONG = 24
# What is done, by the core's name of the step.
WORDS = {
    "unpack": ("打开", "opening"),
    "rows": ("读取行", "rows"),
    "column": ("读取列", "reading"),
    "compute": ("计算", "computing"),
}


class Bar:
    """进度条；快就不出现。

    A bar that appears only where something takes long, and is gone when it is over.

    Args:
        shown: ``None`` shows it after two seconds where somebody is looking (a terminal, a notebook); ``True`` at once
            and anywhere; ``False`` never.
    """

    def __init__(self, shown: bool | None) -> None:
        self._notebook = _in_notebook()
        self.wanted = shown if shown is not None else self._notebook or sys.stderr.isatty()
        self._next = time.monotonic() + (0.0 if shown else PATIENCE)
        self._handle: Any = None
        self._drawn = 0

    def __call__(self, stage: str, zh_name: str, en_name: str, done: int, of: int) -> None:
        """到了哪一步。

        A step, as the core tells it.
        """
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PACE
        zh = settings().lang == "zh"
        word = WORDS[stage][0 if zh else 1]
        name = zh_name if zh else en_name
        full = LONG * done // max(of, 1)
        # How many rows a file has is known at its end only.
        bar = f"[{'█' * full}{'·' * (LONG - full)}] {done}/{of}" if of else f"{done:,}"
        self._draw(f"{word} {bar} {name}")

    def _draw(self, line: str) -> None:
        if not self._notebook:
            sys.stderr.write("\r" + line.ljust(self._drawn))
            sys.stderr.flush()
            self._drawn = len(line)
        elif self._handle is None:
            from IPython.display import display

            self._handle = display({"text/plain": line}, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update({"text/plain": line}, raw=True)

    @classmethod
    def asked(cls, progress: object) -> Bar:
        """按选项 ``progress`` 造一个。

        The bar that the option ``progress`` asks for.
        """
        return cls(None if progress is None else _argument.truth("progress", progress))

    @property
    def core(self) -> Bar | None:
        """告诉核心：要不要显示。

        Itself, where it is to be told of steps at all.
        """
        return self if self.wanted else None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """收起。

        Takes the bar away.
        """
        if self._handle is not None:
            self._handle.update({"text/plain": ""}, raw=True)
        elif self._drawn:
            # Names may be twice as wide as their characters are many.
            sys.stderr.write("\r" + " " * (2 * self._drawn) + "\r")
            sys.stderr.flush()


def _in_notebook() -> bool:
    # IPython is asked only if it is there already.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")
