"""笔记本里的样子。

HTML for notebooks and pages. Numbers come as finished text from the core; nothing is rounded here, and every text
is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

from zonekpi._options import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from zonekpi._frames import ArrowFrame

# Rows of a frame that a notebook shows.
_SHOWN = 50

_COLUMN, _ROW = 'scope="col"', 'scope="row"'

# JupyterLab's variables where there are any, else the reader's light or dark scheme.
_STYLE = """
.zonekpi { --z-ink: var(--jp-content-font-color1, #1f2328); --z-soft: var(--jp-content-font-color2, #59636e);
  --z-line: var(--jp-border-color2, #d1d9e0); --z-head: var(--jp-layout-color2, #f6f8fa);
  --z-ground: var(--jp-layout-color1, transparent); color: var(--z-ink);
  font-family: var(--jp-ui-font-family, system-ui, -apple-system, "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif); font-size: 13px; line-height: 1.5; margin: 4px 0; }
@media (prefers-color-scheme: dark) { .zonekpi { --z-ink: var(--jp-content-font-color1, #e6edf3);
  --z-soft: var(--jp-content-font-color2, #9198a1); --z-line: var(--jp-border-color2, #3d444d);
  --z-head: var(--jp-layout-color2, #151b23); } }
.zonekpi .zonekpi-scroll { overflow-x: auto; max-width: 100%; }
.zonekpi table { border-collapse: collapse; border: 0; margin: 0; background: var(--z-ground); color: inherit;
  font-size: inherit; }
.zonekpi caption { caption-side: top; text-align: left; color: var(--z-soft); padding: 0 0 4px; }
.zonekpi th, .zonekpi td { padding: 4px 12px; border: 0; border-bottom: 1px solid var(--z-line); text-align: left;
  vertical-align: baseline; white-space: nowrap; background: transparent; color: inherit; }
.zonekpi thead th { background: var(--z-head); font-weight: 600; }
.zonekpi tbody th { font-weight: 400; }
.zonekpi .zonekpi-number { text-align: right; font-variant-numeric: tabular-nums; }
.zonekpi .zonekpi-soft, .zonekpi .zonekpi-unit { color: var(--z-soft); font-weight: 400; }
.zonekpi .zonekpi-total > * { font-weight: 600; border-top: 2px solid var(--z-line); background: var(--z-head); }
.zonekpi sup { color: var(--z-soft); font-size: 10px; line-height: 0; }
.zonekpi .zonekpi-wide { white-space: normal; min-width: 10em; max-width: 26em; overflow-wrap: anywhere; }
.zonekpi .zonekpi-text { white-space: normal; max-width: 18em; word-break: keep-all; overflow-wrap: break-word; }
.zonekpi .zonekpi-scroll + .zonekpi-scroll { margin-top: 14px; }
.zonekpi ol.zonekpi-notes { list-style: none; color: var(--z-soft); font-size: 12px; margin: 6px 0 0; padding: 0; }
.zonekpi ol.zonekpi-notes ul { list-style: none; margin: 0; padding: 0 0 0 1.2em; }
.zonekpi pre { white-space: pre-wrap; margin: 0; font: inherit; color: inherit; background: transparent; }
.zonekpi .zonekpi-heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
"""


def _block(*parts: str) -> str:
    return f'<div class="zonekpi"><style>{_STYLE}</style>{"".join(parts)}</div>'


def _scrolling(table: str) -> str:
    # A box that scrolls is reached by the keyboard only if it can be focused.
    return f'<div class="zonekpi-scroll" tabindex="0">{table}</div>'


def text(content: str) -> str:
    """一段文字。

    A text with its line breaks.
    """
    return _block(f"<pre>{escape(content)}</pre>")


def board(rendered: dict[str, Any]) -> str:
    """指标表：核心已写好的数字、标记与脚注。

    A finished table of the core. What stands behind a number is its title, and is read out by screen readers.
    """
    columns = rendered["columns"]
    head = "".join(
        _cell("th", column["header"], column["align"] == "right", _COLUMN, _unit(column["unit"])) for column in columns
    )
    body = "".join(_line(columns, line) for line in rendered["lines"] if not line["total"])
    totals = "".join(_line(columns, line) for line in rendered["lines"] if line["total"])
    caption = f"<caption>{escape(rendered['title'])}</caption>" if rendered["title"] else ""
    foot = f'<tbody class="zonekpi-totals">{totals}</tbody>' if totals else ""
    notes = "".join(
        f"<li>{_mark(note['mark']) if note['mark'] else ''} {escape(note['text'])}{_items(note.get('items', ()))}</li>"
        for note in rendered["footnotes"]
    )
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>"
    return _block(_scrolling(table), f'<ol class="zonekpi-notes">{notes}</ol>' if notes else "")


def _line(columns: list[dict[str, Any]], line: dict[str, Any]) -> str:
    cells = []
    for column, cell in zip(columns, line["cells"], strict=True):
        named = column["role"] in ("dimension", "period", "indicator")
        behind = cell.get("hover") or ""
        more = "".join(map(_mark, cell.get("marks", ())))
        if behind:
            # A title is not read out everywhere, so it stands in the cell too, out of sight.
            more += f'<span class="zonekpi-heard"> {escape(behind.replace(chr(10), "; "))}</span>'
        attributes = _ROW if named else ""
        if behind:
            attributes = f'{attributes} title="{escape(behind)}"'.strip()
        cells.append(_cell("th" if named else "td", cell["text"], column["align"] == "right", attributes, more))
    start = '<tr class="zonekpi-total">' if line["total"] else "<tr>"
    return f"{start}{''.join(cells)}</tr>"


def _items(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""


def _mark(mark: str) -> str:
    return f"<sup>{escape(mark)}</sup>"


def _unit(unit: str | None) -> str:
    return f'<span class="zonekpi-unit"> ({escape(unit)})</span>' if unit else ""


def frame(content: ArrowFrame) -> str:
    """核心给出的表。

    A frame of the core.
    """
    from zonekpi._frames import outgoing

    return polars_frame(outgoing(content))


def polars_frame(content: pl.DataFrame) -> str:
    """一张数据框，至多显示前五十行。

    A data frame, its first fifty rows.
    """
    numeric = [dtype.is_numeric() for dtype in content.dtypes]
    head = "".join(_cell("th", name, number, _COLUMN) for name, number in zip(content.columns, numeric, strict=True))
    rows = []
    for row in content.head(_SHOWN).iter_rows():
        cells = (_cell("td", "" if v is None else _plain(v), number) for v, number in zip(row, numeric, strict=True))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    left = content.height - _SHOWN
    notes = []
    if left > 0:
        more = f"还有 {left} 行" if settings().lang == "zh" else f"{left} more rows"
        notes.append(f'<ol class="zonekpi-notes"><li>{more}</li></ol>')
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return _block(_scrolling(table), *notes)


@dataclass(frozen=True)
class Listed:
    """清单的一部分。

    A part of a listing: finished texts under heads. ``numbers`` and ``wide`` are columns that are set to the right,
    and that break into lines.
    """

    caption: str
    heads: list[str]
    rows: list[list[str]]
    numbers: set[int] = field(default_factory=set)
    wide: set[int] = field(default_factory=set)
    note: str = ""

    def without_empty(self) -> Listed:
        """略去全空的列。

        The same without the columns in which no row has anything.
        """
        kept = [at for at in range(len(self.heads)) if any(row[at] for row in self.rows)]
        return replace(
            self,
            heads=[self.heads[at] for at in kept],
            rows=[[row[at] for at in kept] for row in self.rows],
            numbers={place for place, at in enumerate(kept) if at in self.numbers},
            wide={place for place, at in enumerate(kept) if at in self.wide},
        )

    def text(self) -> str:
        """打印出来的样子。

        The part as plain text, its columns aligned by the width of their characters; a long text goes on below.
        """
        lines = [[_wrapped(cell) for cell in row] for row in (self.heads, *self.rows)]
        widths = [max((_width(line) for row in lines for line in row[at]), default=0) for at in range(len(self.heads))]
        said = [self.caption]
        for row in lines if self.rows else []:
            for number in range(max(map(len, row), default=0)):
                cells = []
                for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
                    line = cell[number] if number < len(cell) else ""
                    space = " " * (width - _width(line))
                    cells.append(space + line if at in self.numbers else line + space)
                said.append("  ".join(cells).rstrip())
        return "\n".join([*said, self.note] if self.note else said)


# The widest line of a cell in a printed listing, in characters of half width.
_WIDEST = 40
# Signs that no line begins with.
_CLOSING = "，。；：、！？”’）》】,.;:!?)'\""


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _wrapped(cell: str) -> list[str]:
    """一格的各行。

    The lines of a cell: Chinese breaks anywhere but before a closing sign, other words between them where they fit.
    """
    rest = " ".join(cell.split())
    lines = []
    while _width(rest) > _WIDEST:
        end, width = 0, 0
        while width + _width(rest[end]) <= _WIDEST:
            width += _width(rest[end])
            end += 1
        # One sign more may stick out; it is no wider than the space between two columns.
        if rest[end] in _CLOSING:
            end += 1
        elif rest[end] != " " and rest[end].isascii() and rest[end - 1].isascii():
            space = rest.rfind(" ", 0, end)
            end = space if space > _WIDEST // 2 else end
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*lines, rest]


def listing(parts: Sequence[Listed]) -> str:
    """清单。

    A listing, its parts under one another.
    """
    said = []
    for part in parts:
        caption = f"<caption>{escape(part.caption)}</caption>"
        head = "".join(_listed("th", text, part, at, _COLUMN) for at, text in enumerate(part.heads))
        rows = "".join(
            f"<tr>{''.join(_listed('td', text, part, at) for at, text in enumerate(row))}</tr>" for row in part.rows
        )
        said.append(_scrolling(f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"))
        if part.note:
            said.append(f'<ol class="zonekpi-notes"><li>{escape(part.note)}</li></ol>')
    return _block(*said)


def _listed(tag: str, content: str, part: Listed, at: int, attributes: str = "") -> str:
    kind = "zonekpi-number" if at in part.numbers else "zonekpi-wide" if at in part.wide else "zonekpi-text"
    return f'<{tag} class="{kind}"{" " if attributes else ""}{attributes}>{escape(content)}</{tag}>'


def ledger(tables: Sequence[tuple[str, int]], snapshot_on: str, issues: int) -> str:
    """台账的概况。

    What a ledger holds.
    """
    zh = settings().lang == "zh"
    head = ("表", "行数") if zh else ("table", "rows")
    said = (
        f"台账，截至 {snapshot_on}；读取时发现 {issues} 个问题"
        if zh
        else f"ledger as of {snapshot_on}; {issues} issues at reading"
    )
    rows = "".join(
        f"<tr>{_cell('th', name, False, _ROW)}{_cell('td', str(count), True)}</tr>" for name, count in tables
    )
    columns = _cell("th", head[0], False, _COLUMN) + _cell("th", head[1], True, _COLUMN)
    return _block(
        _scrolling(
            f"<table><caption>{escape(said)}</caption><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
        )
    )


def page(title: str, bodies: Iterable[str]) -> str:
    """一整页。

    A whole page around some of the above.
    """
    lang = "zh-CN" if settings().lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{''.join(bodies)}</body></html>\n"
    )


def _cell(tag: str, content: str, number: bool, attributes: str = "", more: str = "") -> str:
    classes = ' class="zonekpi-number"' if number else ""
    return f"<{tag}{classes}{' ' if attributes else ''}{attributes}>{escape(content)}{more}</{tag}>"


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value))
    return str(value)
