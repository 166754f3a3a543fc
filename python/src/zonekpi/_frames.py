"""数据框的进出。

Data frames in and out. Whatever speaks the Arrow PyCapsule interface comes in; polars goes out, and is imported
only then.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    import polars as pl


@runtime_checkable
class ArrowFrame(Protocol):
    """会讲 Arrow 的数据框：polars、pandas、pyarrow、DuckDB。

    Any data frame that speaks Arrow.
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Arrow 数据流。

        The frame as an Arrow stream.
        """
        ...


def incoming(frame: Any) -> ArrowFrame:
    """交给核心之前的数据框。

    The frame as the core takes it: lazy frames are collected, the index of a pandas frame is left behind, and its
    columns of mixed objects (what ``pd.read_excel`` makes of a ledger) are texts, read cell by cell like a file's.
    """
    origin = type(frame).__module__.partition(".")[0]
    if origin == "polars" and hasattr(frame, "collect"):
        return frame.collect()  # type: ignore[no-any-return]
    if origin == "pandas" and hasattr(frame, "reset_index"):
        return _pandas(frame.reset_index(drop=True))
    # What is no frame is told by the core, with the type that it found.
    return frame  # type: ignore[no-any-return]


def _pandas(frame: Any) -> ArrowFrame:
    for place, dtype in enumerate(frame.dtypes):
        if str(dtype) != "object":
            continue
        column = frame.iloc[:, place]
        kinds = {type(cell) for cell in column if not _is_missing(cell)}
        if len(kinds) > 1:
            texts = [None if _is_missing(cell) else _text(cell) for cell in column]
            frame = frame.assign(**{frame.columns[place]: texts}) if frame.columns.is_unique else frame
    return frame  # type: ignore[no-any-return]


def _is_missing(cell: Any) -> bool:
    # By the names of the types, so that pandas need not be imported.
    return (
        cell is None or type(cell).__name__ in ("NAType", "NaTType") or (isinstance(cell, float) and math.isnan(cell))
    )


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def outgoing(frame: ArrowFrame) -> pl.DataFrame:
    """交还给用户的数据框。

    A frame of the core as a polars one, without a copy.
    """
    import polars as pl

    return pl.DataFrame(frame)
