"""数据框的进出。

Data frames in and out. Whatever speaks the Arrow PyCapsule interface comes in; polars goes out, and is imported
only then.
"""

from __future__ import annotations

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

    The frame as the core takes it: lazy frames are collected, the index of a pandas frame is left behind.
    """
    origin = type(frame).__module__.partition(".")[0]
    if origin == "polars" and hasattr(frame, "collect"):
        return frame.collect()  # type: ignore[no-any-return]
    if origin == "pandas" and hasattr(frame, "reset_index"):
        return frame.reset_index(drop=True)  # type: ignore[no-any-return]
    # What is no frame is told by the core, with the type that it found.
    return frame  # type: ignore[no-any-return]


def outgoing(frame: ArrowFrame) -> pl.DataFrame:
    """交还给用户的数据框。

    A frame of the core as a polars one, without a copy.
    """
    import polars as pl

    return pl.DataFrame(frame)
