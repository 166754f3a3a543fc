# ruff: noqa: D103, E501
"""Writes `project_ledger.xlsx`: a small ledger as an office would keep it, with what makes ledgers hard to read.

A title, a line with the unit, a header of two rows with merged cells, an index column, a subtotal, notes at the
foot; dates in several forms, amounts with their unit in the cell, yes and no as words and signs, blanks, and a few
cells that nobody can read. All of it is made up.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

HEAD = [
    ("序号", None),
    ("项目编号", None),
    ("项目名称", None),
    ("所属开发区", None),
    ("行业", None),
    ("总投资（亿元）", None),
    ("立项方式", None),
    ("是否承诺制", None),
    ("是否代办", None),
    ("时间节点", "签约时间"),
    ("时间节点", "立项时间"),
    ("时间节点", "开工时间"),
    ("时间节点", "投产时间"),
]

EAST, WEST = "东城经开区", "西山高新区"
ROWS = [
    ("D-001", "精密铸造一期", EAST, "装备制造", 3.2, "备案", "是", "√", dt.date(2023, 2, 14), "2023年3月", "2023.6.1", dt.date(2024, 1, 20)),
    ("D-002", "光伏组件", EAST, "新能源", 5, "备案", "承诺制", "√", dt.date(2023, 3, 8), "2023-04-11", "2023年9月底", None),
    ("D-003", "中药饮片", EAST, "医药", "8000万", "备案", "否", "×", dt.date(2023, 4, 2), "2023/5/6", None, None),
    ("D-004", "污水处理厂", EAST, "基础设施", 1.5, "审批", None, "√", dt.date(2023, 5, 20), "20230620", "2023-10-08", None),
    ("D-005", "新材料中试", EAST, "新材料", "5-6亿", "备案", "是", "√", dt.date(2023, 6, 1), "2023-07-15", "未开工", None),
    ("D-006", "冷链物流", EAST, "物流", 2.4, "核准", None, None, dt.date(2023, 8, 16), "2023-09-30", "已开工", None),
    ("W-001", "算力中心", WEST, "数字经济", 10, "备案", "是", "是", dt.date(2023, 1, 10), "2023-02-20", "2023-05-18", "2023-12-28"),
    ("W-002", "激光器件", WEST, "装备制造", "约1.2亿元", "备案", "是", "否", dt.date(2023, 3, 3), "2023-04-01", "2023-08-09", None),
    ("W-003", "生物试剂", WEST, "医药", 0.9, "备案", None, "是", dt.date(2023, 7, 7), "2023年8月上旬", None, None),
    ("W-004", "检测平台", WEST, "服务业", 0.6, "备案", "暂定", "是", dt.date(2023, 9, 12), "2023-13-05", None, None),
]  # fmt: skip


def main() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "项目台账"
    width = len(HEAD)
    sheet.cell(1, 1, "2023年重点项目台账（示例，虚构）").font = Font(bold=True, size=14)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.cell(2, 1, "填报单位：示例办公室        截至2024年1月31日")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
    for column, (above, below) in enumerate(HEAD, start=1):
        sheet.cell(3, column, above).alignment = Alignment(horizontal="center")
        if below is None:
            sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
        else:
            sheet.cell(4, column, below)
    sheet.merge_cells(start_row=3, start_column=10, end_row=3, end_column=13)
    at = 5
    for number, row in enumerate(ROWS, start=1):
        for column, value in enumerate((number, *row), start=1):
            cell = sheet.cell(at, column, value)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
        at += 1
    sheet.cell(at, 1, "注：总投资以备案证为准。")
    sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
    book.properties.creator = "zonekpi"
    book.properties.created = book.properties.modified = dt.datetime(2024, 1, 31)  # noqa: DTZ001
    book.save(Path(__file__).with_name("project_ledger.xlsx"))


if __name__ == "__main__":
    main()
