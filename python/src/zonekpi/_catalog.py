"""指标目录。

The catalog: what every indicator means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zonekpi import _argument, _html, _zonekpi
from zonekpi._frames import outgoing
from zonekpi._options import settings

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import polars as pl


class Catalog:
    """指标目录：随附的，或加上自己定义的。

    The indicators that can be asked for. :meth:`builtin` ships with the package; :meth:`add` gives a larger one
    and leaves the first as it was.

    Example:
        >>> import zonekpi as zk
        >>> catalog = zk.Catalog.builtin()
        >>> "commitment_share" in catalog
        True
    """

    __slots__ = ("_core",)

    def __init__(self, core: _zonekpi.Catalog) -> None:
        self._core = core

    @classmethod
    def builtin(cls) -> Catalog:
        """随附的指标目录。

        The catalog that ships with the package.
        """
        return cls(_zonekpi.Catalog.builtin())

    def add(self, path: str | os.PathLike[str]) -> Catalog:
        """加上自己的指标定义（TOML 文件）。

        A catalog with the definitions of a TOML file as well.

        Raises:
            LedgerFileNotFoundError: the file is not there.
            DefinitionError: a definition without a meaning, or an id that is taken; the sentence says where.
        """
        return Catalog(self._core.add_file(_argument.path("path", path)))

    def add_toml(self, text: str) -> Catalog:
        """加上自己的指标定义（TOML 文字）。

        A catalog with the definitions of a TOML text as well.

        Raises:
            DefinitionError: a definition without a meaning, or an id that is taken; the sentence says where.

        Example:
            >>> import zonekpi as zk
            >>> mine = zk.Catalog.builtin().add_toml('''
            ... [filed_share]
            ... name = { zh = "备案项目占比", en = "Share of filed projects" }
            ... table = "projects"
            ... stock = "approved_on"
            ... share = "filed"
            ... unit = "share"
            ... ''')
            >>> "filed_share" in mine
            True
        """
        return Catalog(self._core.add_text(_argument.text("text", text)))

    def to_polars(self) -> pl.DataFrame:
        """目录表：编号、名称、表、口径、定义、单位。

        One row an indicator: id, names, table, basis, definition, unit.
        """
        return outgoing(self._core.frame(settings().lang))

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._core.ids()

    def __iter__(self) -> Iterator[str]:
        return iter(self._core.ids())

    def __len__(self) -> int:
        return len(self._core.ids())

    def __repr__(self) -> str:
        return f"<zonekpi.Catalog: {len(self)}>"

    def _repr_html_(self) -> str:
        return _html.frame(self._core.frame(settings().lang))
