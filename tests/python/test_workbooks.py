"""Workbooks that are written, looked at with openpyxl, which knows nothing of this package."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import zonekpi as zk

CSV = (
    "项目编号,项目名称,开发区,总投资（亿元）,签约时间,开工时间,是否承诺制\n"
    "P1,甲,东区,2.4,2023年3月,2023-13-01,是\n"
    "P2,乙,东区,约5亿,2023-06-01,已开工,不详\n"
    "P3,丙,西区,5-6亿,2023-07-01,,否\n"
)


@pytest.fixture
def doubtful(tmp_path: Path) -> zk.Ledger:
    path = tmp_path / "台账.csv"
    path.write_text(CSV, encoding="utf-8")
    return zk.read(path, snapshot_on="2024-03-31")


def header(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def test_a_template_filled_in_is_read_without_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    zk.write_template("projects", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["项目", "填写说明"]
    sheet = book["项目"]
    at = header(sheet)
    rows = [
        {
            "项目编号": "0012345678901234567",
            "项目名称": "甲",
            "开发区": "东区",
            "总投资（万元）": 24000.5,
            "用地面积（亩）": 135.25,
            "就业人数": 80,
            "是否承诺制": "是",
            "立项方式": "备案",
            "签约时间": dt.date(2023, 3, 15),
            "开工时间": "2023年9月",
            "计划竣工时间": dt.date(2025, 12, 31),
        },
        {"项目编号": "P2", "项目名称": "乙", "开发区": "西区"},
    ]
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            sheet.cell(number, at[name], value)
    book.save(path)
    ledger = zk.read(path)
    assert len(ledger.issues) == 0, ledger.issues
    frame = ledger.table("projects")
    assert frame["project_id"].to_list() == ["0012345678901234567", "P2"]
    assert frame["investment_cny"].cast(pl.Float64).to_list() == [240005000.0, None]
    assert frame["land_mu"].cast(pl.Float64).to_list() == [135.25, None]
    assert frame["jobs"].to_list() == [80, None]
    assert frame["commitment"].to_list() == [True, None]
    assert frame["filed"].to_list() == [True, None]
    assert frame["signed_on"].to_list() == [dt.date(2023, 3, 15), None]
    assert frame["started_on_from"].to_list() == [dt.date(2023, 9, 1), None]
    assert frame["started_on"].to_list() == [dt.date(2023, 9, 30), None]
    assert frame["planned_completion_on"].to_list() == [dt.date(2025, 12, 31), None]


def test_a_template_keeps_dates_as_they_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    zk.write_template("projects", path)
    book = openpyxl.load_workbook(path)
    sheet = book["项目"]
    at = header(sheet)
    # Columns side by side that are formatted alike stand together.
    spans = [(span.min, span.max, span.number_format) for span in sheet.column_dimensions.values()]
    for name in ("签约时间", "开工时间", "计划开工时间"):
        # A spreadsheet leaves alone what is typed into a cell of this format: it makes no 1st of a month.
        assert [form for first, last, form in spans if first <= at[name] <= last] == ["@"], name
    typed = [("P1", "2024年3月", "2024-04-05", "2024年6月"), ("P2", "2024/3/5", "20240406", "2024.6")]
    for number, row in enumerate(typed, start=2):
        for name, value in zip(("项目编号", "签约时间", "开工时间", "计划开工时间"), row, strict=True):
            sheet.cell(number, at[name], value).number_format = "@"
    book.save(path)
    ledger = zk.read(path)
    frame = ledger.table("projects")
    assert frame["signed_on_from"].to_list() == [dt.date(2024, 3, 1), None]
    assert frame["signed_on"].to_list() == [dt.date(2024, 3, 31), dt.date(2024, 3, 5)]
    assert frame["started_on"].to_list() == [dt.date(2024, 4, 5), dt.date(2024, 4, 6)]
    assert frame["planned_start_on"].to_list() == [dt.date(2024, 6, 30), dt.date(2024, 6, 30)]
    assert {issue.code for issue in ledger.issues} == {"date_last_day_taken"}


MONTHS = [
    (dt.date(2024, 3, 1), 'yyyy"年"m"月"', "2024-03-01", "2024-03-31"),
    (dt.date(2024, 3, 1), 'yyyy"年"m"月";@', "2024-03-01", "2024-03-31"),
    (dt.date(2024, 3, 1), "yyyy-mm", "2024-03-01", "2024-03-31"),
    (dt.date(2024, 3, 1), "mmm-yy", "2024-03-01", "2024-03-31"),
    (dt.date(2024, 1, 1), "yyyy", "2024-01-01", "2024-12-31"),
    # Another day than the first was meant as one, and so is a first that is shown.
    (dt.date(2024, 3, 15), 'yyyy"年"m"月"', None, "2024-03-15"),
    (dt.date(2024, 3, 31), "yyyy-mm", None, "2024-03-31"),
    (dt.date(2024, 3, 1), "yyyy-mm-dd", None, "2024-03-01"),
    (dt.date(2024, 3, 1), 'm"月"d"日"', None, "2024-03-01"),
    (dt.datetime(2024, 3, 1, 8, 30), "yyyy-mm", None, "2024-03-01"),  # noqa: DTZ001
]


def test_a_month_that_a_spreadsheet_holds_as_its_first_day_is_the_month(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目编号", "开工时间", "计划投产时间"])
    for number, (day, shown, _, _) in enumerate(MONTHS, start=2):
        sheet.append([f"P{number}", day, day])
        sheet.cell(number, 2).number_format = sheet.cell(number, 3).number_format = shown
    book.save(path)
    ledger = zk.read(path, snapshot_on="2024-12-31")
    frame = ledger.table("projects").select("started_on_from", "started_on", "planned_production_on")
    for row, (_, shown, first, last) in zip(frame.rows(), MONTHS, strict=True):
        wanted = None if first is None else dt.date.fromisoformat(first)
        assert row == (wanted, dt.date.fromisoformat(last), dt.date.fromisoformat(last)), shown
    told = [(issue.row, issue.column, issue.value) for issue in ledger.issues.filter(code="date_shown_without_day")]
    held = [
        (number, "2024" if shown == "yyyy" else "2024-03")
        for number, (_, shown, first, _) in enumerate(MONTHS, start=2)
        if first
    ]
    assert sorted(told) == sorted(
        (number, column, value) for number, value in held for column in ("开工时间", "计划投产时间")
    )
    assert len(ledger.issues) == len(told)


def test_names_of_parts_below_a_merged_name_are_no_record(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["任务编号", "责任单位", None, "完成时限"])
    sheet.append([None, "牵头", "配合", None])
    for cells in ("A1:A2", "D1:D2", "B1:C1"):
        sheet.merge_cells(cells)
    sheet.append(["T1", "甲局", "乙局", "2024-03-31"])
    book.save(path)
    tasks = zk.read(path, table="tasks", snapshot_on="2024-04-01").table("tasks")
    assert tasks["task_id"].to_list() == ["T1"]
    assert tasks.select("owner", "责任单位").row(0) == ("甲局", "乙局")


def test_a_month_as_excel_and_wps_hold_it_has_a_format_by_number(tmp_path: Path) -> None:
    written, path = tmp_path / "a.xlsx", tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["项目编号", "开工时间"], ["P1", dt.date(2024, 3, 1)]):
        sheet.append(row)
    sheet["B2"].number_format = "mm-dd-yy"
    book.save(written)
    # 2024年3月 is typed: the cell has format 57, of which the styles say no more.
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/styles.xml":
                assert content.count(b'numFmtId="14"') == 1, "the format of dates"
                content = content.replace(b'numFmtId="14"', b'numFmtId="57"')
            new.writestr(part, content)
    frame = zk.read(path, snapshot_on="2024-12-31").table("projects")
    assert frame.select("started_on_from", "started_on").row(0) == (dt.date(2024, 3, 1), dt.date(2024, 3, 31))


def test_the_file_that_was_read_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["项目编号", "签约时间"], ["P1", "2024-13-01"]):
        sheet.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    before = path.read_bytes()
    link = tmp_path / "链接.xlsx"
    link.symlink_to(path)
    monkeypatch.chdir(tmp_path)
    ledger = zk.read("台账.xlsx")
    (tmp_path / "别处").mkdir()
    monkeypatch.chdir(tmp_path / "别处")
    for target in (path, link, "../台账.xlsx"):
        with pytest.raises(zk.errors.QueryError, match="换一个文件名") as caught:
            ledger.write_excel(target)
        assert (caught.value.code, caught.value.file) == ("path_was_read", str(target))
        assert path.read_bytes() == before
    ledger.write_excel("台账.xlsx")
    ledger.write_excel("台账.xlsx")


def test_a_template_offers_lists_and_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    zk.write_template(["projects", "cases"], path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["项目", "办件", "填写说明"]
    sheet = book["项目"]
    assert sheet.freeze_panes == "B2"
    letter = {name: openpyxl.utils.get_column_letter(column) for name, column in header(sheet).items()}
    rules = {str(rule.sqref).rstrip("0123456789").split("2")[0]: rule for rule in sheet.data_validations.dataValidation}
    flag = rules[letter["是否承诺制"]]
    assert (flag.type, flag.formula1, flag.errorStyle or "stop") == ("list", '"是,否"', "stop")
    assert rules[letter["立项方式"]].formula1 == '"审批,核准,备案"'
    dates = rules[letter["签约时间"]]
    assert (dates.type, dates.errorStyle) == ("custom", "warning")
    assert f'{letter["签约时间"]}2="是"' in dates.formula1
    assert '="是"' not in rules[letter["计划开工时间"]].formula1
    assert (rules[letter["总投资（万元）"]].type, rules[letter["总投资（万元）"]].operator) == (
        "decimal",
        "greaterThanOrEqual",
    )
    note = sheet[f"{letter['是否承诺制']}1"].comment.text
    assert "空白表示：未知" in note
    assert "尚未发生" in sheet[f"{letter['签约时间']}1"].comment.text


def test_a_template_in_english_has_canonical_names(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with zk.options(lang="en"):
        zk.write_template("parcels", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["parcels", "guide"]
    assert {"parcel_id", "area_mu", "standard_land"} <= header(book["parcels"]).keys()


def test_a_template_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(zk.errors.UnknownNameError, match="projects"):
        zk.write_template("projcts", tmp_path / "a.xlsx")
    with pytest.raises(FileNotFoundError, match="没有文件夹"):
        zk.write_template("projects", tmp_path / "没有" / "a.xlsx")
    with pytest.raises(zk.errors.QueryError, match=r"a\.xlsx"):
        zk.write_template("projects", tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_each_issue_is_marked_and_explained_on_its_own_cell(doubtful: zk.Ledger, tmp_path: Path) -> None:
    path = tmp_path / "核对.xlsx"
    doubtful.write_excel(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["项目", "问题清单", "读取说明"]
    sheet = book["项目"]
    at = header(sheet)

    def cell(row: int, name: str) -> openpyxl.cell.Cell:
        return sheet.cell(row, at[name])

    red, yellow, green = "FFFFC7CE", "FFFFEB9C", "FFE2EFDA"
    impossible = cell(2, "开工时间")
    assert (impossible.value, impossible.fill.fgColor.rgb) == ("2023-13-01", red)
    assert impossible.comment.text == "【错误】“2023-13-01”不是存在的日期\n处理：按未知处理\n原值：2023-13-01"
    undated = cell(3, "开工时间")
    assert (undated.value, undated.fill.fgColor.rgb) == ("已开工", yellow)
    approximate = cell(3, "总投资（万元）")
    assert (approximate.value, approximate.fill.fgColor.rgb) == (50000, green)
    assert "原值：约5亿" in approximate.comment.text
    assert (cell(4, "总投资（万元）").value, cell(4, "总投资（万元）").fill.fgColor.rgb) == ("5-6亿", red)
    assert cell(2, "签约时间").value == "2023年3月"
    assert cell(2, "签约时间").comment is None
    assert cell(3, "签约时间").value == dt.datetime(2023, 6, 1)  # noqa: DTZ001 - a cell has no zone
    assert cell(2, "总投资（万元）").value == 24000
    assert [cell(row, "来源行（source_row）").value for row in (2, 3, 4)] == [2, 3, 4]
    issues = book["问题清单"]
    listed = {row[10].value: row for row in issues.iter_rows(min_row=4)}
    assert len(listed) == len(doubtful.issues) == issues.max_row - 3
    assert listed["date_impossible"][1].value == "错误"
    assert listed["date_impossible"][0].hyperlink.location == f"项目!{impossible.coordinate}"
    assert listed["date_impossible"][5].value == 2


def test_a_marked_workbook_is_read_back_as_the_same_table(doubtful: zk.Ledger, tmp_path: Path) -> None:
    path = tmp_path / "核对.xlsx"
    doubtful.write_excel(path)
    again = zk.read(path, snapshot_on="2024-03-31")
    source = ["source_file", "source_sheet", "source_row"]
    before, after = doubtful.table("projects").drop(source), again.table("projects").drop(source)
    assert after.equals(before)
    assert after["started_on_state"].to_list() == ["unreadable", "undated", None]
    assert after["commitment_state"].to_list() == [None, "unreadable", None]
    assert after["signed_on_from"].to_list() == [dt.date(2023, 3, 1), None, None]


def test_rows_that_were_dropped_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "重复.csv"
    path.write_text("项目编号,项目名称,开发区\nP1,甲,东区\nP1,乙,东区\n", encoding="utf-8")
    zk.read(path, on_duplicate="first").write_excel(tmp_path / "核对.xlsx")
    book = openpyxl.load_workbook(tmp_path / "核对.xlsx")
    assert book["项目"].max_row == 2
    row = [cell.value for cell in book["问题清单"][4]]
    assert (row[0], row[5], row[10]) == ("项目!A1", 3, "duplicate_key")


def test_what_is_shown_is_chinese_and_what_is_computed_with_is_not(doubtful: zk.Ledger) -> None:
    shown = repr(doubtful.issues)
    assert shown.startswith("5 个问题：错误 2、警告 2、提示 1\n")
    for word in ("严重程度", "原值", "错误", "警告", "提示", "说明", "处理"):
        assert word in shown
        assert word in doubtful.issues._repr_html_()
    frame = doubtful.issues.to_polars()
    assert frame.columns == [
        "table", "file", "sheet", "row", "column", "value", "code", "severity", "message", "action",
    ]  # fmt: skip
    assert set(frame["severity"]) == {"error", "warning", "note"}
    with zk.options(lang="en"):
        assert "as written" in repr(doubtful.issues)


def test_many_issues_are_counted_first_and_fifty_are_shown() -> None:
    cells = ["2023-13-01"] * 70 + ["已签约"] * 9
    frame = pl.DataFrame({"project_id": [f"P{n}" for n in range(79)], "signed_on": cells})
    issues = zk.Ledger(projects=frame).issues
    lines = repr(issues).splitlines()
    assert lines[0] == "79 个问题：错误 70、警告 9"
    assert [line.split() for line in lines[2:4]] == [
        ["错误", "date_impossible", "70"],
        ["警告", "date_unknown_but_happened", "9"],
    ]
    assert lines[-1] == "还有 29 个，见 to_polars() 或 filter()"
    assert issues._repr_html_().count("<tr>") == 3 + 51


def test_issues_are_filtered_by_names_that_exist(doubtful: zk.Ledger) -> None:
    assert set(doubtful.issues.filter(severity=["error"]).to_polars()["severity"]) == {"error"}
    assert len(doubtful.issues.filter(code="date_impossible", column="开工时间")) == 1
    with pytest.raises(zk.errors.QueryError, match="warning"):
        doubtful.issues.filter(severity="warnings")
    with pytest.raises(zk.errors.QueryError) as raised:
        doubtful.issues.filter(code="date_imposible")
    assert raised.value.suggestion == "date_impossible"


def test_the_reading_tells_what_was_found_and_how(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(
        (
            "某区项目台账,,,,\n单位：万元,,,,\n项目编号,项目全称,总投资,我的列,负责科室\n"
            "P1,甲,100,2023-01-05,一科\nP2,乙,200,2023-02-05,二科\n合计,,300,,\n填表人：张三,,,,\n"
        ).encode("gb18030")
    )
    ledger = zk.read(path, columns={"我的列": "signed_on"})
    lines = ledger.reading.to_polars()
    assert set(lines["encoding"]) == {"gb18030"}
    found = {row["column"]: row for row in lines.filter(item="column").iter_rows(named=True)}
    assert {name: row["how"] for name, row in found.items()} == {
        "project_id": "name",
        "project_name": "synonym",
        "investment_cny": "name",
        "signed_on": "caller",
    }
    assert (found["investment_cny"]["unit"], found["investment_cny"]["unit_from"]) == ("万元", "unit_row")
    rows = {item: lines.filter(item=item)["row"].to_list() for item in ("title_row", "unit_row", "header_row")}
    assert rows == {"title_row": [1], "unit_row": [2], "header_row": [3]}
    aside = lines.filter(item="set_aside").select("row", "note").rows()
    assert aside == [(6, "合计：合计"), (7, "签署：填表人：")]
    assert lines.filter(item="total")["note"].to_list() == ["合计 300，与各行之和 300 一致"]
    assert lines.filter(item="other_column")["header"].to_list() == ["负责科室"]
    assert lines.filter(item="table")["note"].to_list() == ["读作“项目”（按表头认出）：2 行，认出 4 列"]
    html = ledger.reading._repr_html_()
    assert "同义表头" in html
    assert "由调用者指定" in html


def test_strict_lists_what_it_refuses(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(CSV, encoding="utf-8")
    with pytest.raises(zk.errors.InputError) as raised:
        zk.read(path, strict=True)
    error = raised.value
    assert error.code == "issues_found"
    assert (error.row, error.column) == (2, "开工时间")
    assert "第 2 行，“开工时间”列：strict：发现 2 个错误，例如：“2023-13-01”不是存在的日期；第 4 行“总投资" in str(
        error
    )
    assert "5-6亿" in str(error)


def test_every_code_has_a_sentence_in_both_languages() -> None:
    codes = zk.issue_codes()
    assert codes["code"].is_unique().all()
    assert (codes["zh"].str.len_chars() > 4).all()
    assert (codes["en"].str.len_chars() > 4).all()


def test_a_list_of_issues_is_no_ledger_and_says_so_once(doubtful: zk.Ledger, tmp_path: Path) -> None:
    path = tmp_path / "核对.xlsx"
    doubtful.write_excel(path)
    with pytest.raises(zk.errors.InputError, match="没有找到表头") as caught:
        zk.read(path, sheet="问题清单")
    # The sentence above the list is merged over all its columns.
    assert str(caught.value).count("个问题") == 1
