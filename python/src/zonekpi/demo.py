"""示例：计算示例台账的看板，打印出来，并写成网页。

``python -m zonekpi.demo [FILE]`` computes the board of the bundled example, prints it, and writes it as a page
(``build/board.html`` unless another file is named).
"""

from __future__ import annotations

import sys
from pathlib import Path

import zonekpi as zk
from zonekpi import _html

INDICATORS = (
    "commitment_share",
    "agency_share",
    "standard_land_share",
    "standard_land_area",
    "foundation_share",
    "batch_projects",
    "batch_investment",
    "batch_start_rate",
    "batch_capacity_rate",
)


def main(arguments: list[str]) -> int:
    """打印看板并写网页。

    Prints the board and writes the page.
    """
    target = Path(arguments[0] if arguments else "build/board.html")
    ledger = zk.example()
    board = ledger.kpis(INDICATORS, where={"zone": "朔州经开区"}, by="zone", period="cumulative")
    zones = ledger.kpis(["commitment_share", "agency_share"], by="zone", as_of="2024-03-31", totals=True)
    for shown in (board, zones):
        sys.stdout.write(f"{shown!r}\n\n")
    sys.stdout.write(f"{board.definition('commitment_share')}\n\n")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        _html.page(
            "开发区指标看板（示例台账，虚构）",
            [_html.ledger(*_about(ledger)), board._repr_html_(), zones._repr_html_()],
        ),
        encoding="utf-8",
    )
    sys.stdout.write(f"看板网页 / board: {target.resolve()}\n")
    return 0


def _about(ledger: zk.Ledger) -> tuple[list[tuple[str, int]], str, int]:
    return list(ledger.tables.items()), ledger.snapshot_on.isoformat(), len(ledger.issues)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
