//! The words of the display: column heads, group names, footnotes.

use super::messages;

messages! {
    /// A word or a sentence of the display.
    Phrase {
        NotFilled = "not_filled": "未填", "not filled in";
        Unknown = "unknown": "未知", "unknown";
        Total = "total": "合计", "Total";
        CancelledHasNoEffect = "cancelled_has_no_effect":
            "“{indicator_zh}”所在的表没有退出日期，cancelled=\"drop\" 对它不起作用",
            "the table of '{indicator_en}' has no cancellation date: cancelled=\"drop\" has no effect on it";
        CancelledFixed = "cancelled_fixed":
            "“{indicator_zh}”固定保留退出的项目，cancelled=\"drop\" 对它不起作用",
            "'{indicator_en}' always keeps cancelled rows: cancelled=\"drop\" has no effect on it";
        LeftOut = "left_out":
            "所问的条件对以下指标不适用，未列出：{names_zh}", "left out, since the question has no meaning for them: {names_en}";
        IssueAtCell = "issue_at_cell": "第 {row} 行“{column}”列：{issue}", "row {row}, {column}: {issue}";
        IssueAtRow = "issue_at_row": "第 {row} 行：{issue}", "row {row}: {issue}";
        IssueInColumn = "issue_in_column": "“{column}”列：{issue}", "{column}: {issue}";
        DamageCutOff = "damage_cut_off": "没有结尾，多半是下载或复制中断", "its end is missing, as after a download that was cut short";
        DamageReader = "damage_reader": "内部结构读不懂", "its structure cannot be understood";
        DamageContainer = "damage_container": "容器的扇区链断了或成了环", "the chains of its sectors break off or run in a circle";
        DamageUnpacks = "damage_unpacks":
            "其中的“{part}”解压后超过 {most}", "its part '{part}' unpacks to more than {most}";
        DamageDeclares = "damage_declares":
            "其中的“{part}”声明的数量（{count}）多于它的内容",
            "its part '{part}' declares more ({count}) than it holds";
        NoteScanned = "note_scanned":
            "分批扫描 {rows} 行，其中 {skipped} 行按文件的统计必不符合筛选，未读；没有核对重复的键、引用、先后次序、数量级和空行",
            "scanned {rows} rows in batches, of which {skipped} were not read, since by the statistics of their files the filter rejects them; keys that repeat, references, orders of events, scales and blank rows were not checked";
        NoteScanIssues = "note_scan_issues":
            "扫描的单元格中有 {errors} 处错误、{warnings} 处警告，未逐条列出；读不懂的按未知计",
            "cells of the scan have {errors} errors and {warnings} warnings, which are not listed; what could not be read counts as unknown";
        NoteScanLeftOut = "note_scan_left_out":
            "一旁的台账也有表“{table_zh}”（{rows} 行），没有计入：只算扫描的文件",
            "the ledger beside has the table '{table_en}', too ({rows} rows), which does not count: only the scanned files do";
        NoteTimesInUtc = "note_times_in_utc":
            "“{column}”列的时刻是 UTC，其中 {many} 个正好是 16:00:00，即北京时间次日零点：按 UTC 取的日期早了一天，所得的数可能有误；请先换成北京时间再存，如 convert_time_zone(\"Asia/Shanghai\")",
            "column '{column}' holds times in UTC, of which {many} are at 16:00:00 exactly, midnight in Beijing: their days in UTC are a day early, and the figures may be wrong; convert them to the time of Beijing before they are saved, as by convert_time_zone(\"Asia/Shanghai\")";
        StepRows = "step_rows": "台账的行", "rows of the ledger";
        StepFilter = "step_filter": "符合筛选", "met by the filter";
        StepPhases = "step_phases": "去掉分期", "phases taken out";
        StepDated = "step_dated": "在时点或期间之内", "placed in time";
        StepPopulation = "step_population": "属于总体", "in the population";
        StepExclusions = "step_exclusions": "去掉剔除项", "exclusions taken out";
        StepCancelled = "step_cancelled": "去掉已退出", "cancelled taken out";
        StepMature = "step_mature": "期满", "old enough";
        StepDenominator = "step_denominator": "分母", "denominator";
        StepMet = "step_met": "符合条件", "met";
        Cumulative = "cumulative": "累计", "cumulative";
        PeriodYear = "period_year": "{year}年", "{year}";
        PeriodFirstHalf = "period_first_half": "{year}年上半年", "{year} H1";
        PeriodSecondHalf = "period_second_half": "{year}年下半年", "{year} H2";
        PeriodFirstQuarter = "period_first_quarter": "{year}年一季度", "{year} Q1";
        PeriodSecondQuarter = "period_second_quarter": "{year}年二季度", "{year} Q2";
        PeriodThirdQuarter = "period_third_quarter": "{year}年三季度", "{year} Q3";
        PeriodFourthQuarter = "period_fourth_quarter": "{year}年四季度", "{year} Q4";
        PeriodMonth = "period_month": "{year}年{month}月", "{year}-{month}";
        PeriodMonths = "period_months": "{year}年{first}–{last}月", "{year}-{first} to {year}-{last}";
        PeriodDay = "period_day": "{year}年{month}月{day}日", "{year}-{month}-{day}";
        PeriodDays = "period_days": "{start} 至 {end}", "{start} to {end}";
        UnitCount = "unit_count": "个", "";
        UnitYuan = "unit_yuan": "元", "CNY";
        UnitTenThousand = "unit_ten_thousand": "万元", "10k CNY";
        UnitMillion = "unit_million": "百万元", "m CNY";
        UnitHundredMillion = "unit_hundred_million": "亿元", "100m CNY";
        UnitBillion = "unit_billion": "十亿元", "bn CNY";
        UnitPerMu = "unit_per_mu": "{money}/亩", "{money}/mu";
        UnitMu = "unit_mu": "亩", "mu";
        UnitSquareMetre = "unit_square_metre": "㎡", "m²";
        UnitPersons = "unit_persons": "人", "persons";
        UnitDays = "unit_days": "天", "days";
        UnitWorkingDays = "unit_working_days": "工作日", "working days";
        Points = "points": "{number} 个百分点", "{number} pp";
        Yes = "yes": "是", "yes";
        No = "no": "否", "no";
        Comma = "comma": "、", ", ";
        Pause = "pause": "，", ", ";
        Semicolon = "semicolon": "；", "; ";
        HeadIndicator = "head_indicator": "指标", "Indicator";
        HeadValue = "head_value": "数值", "Value";
        HeadFraction = "head_fraction": "分子/分母", "n/d";
        HeadUnknown = "head_unknown": "未知", "Unknown";
        HeadPeriod = "head_period": "期间", "Period";
        HeaderWithUnit = "header_with_unit": "{header}（{unit}）", "{header} ({unit})";
        AsOf = "as_of": "截至 {date}", "as of {date}";
        TitlePeriod = "title_period": "期间 {period}", "period {period}";
        CountUnknown = "count_unknown": "未知 {count} 项", "{count} unknown";
        CountPopulationUnknown = "count_population_unknown": "归属未知 {count} 项", "{count} of unknown membership";
        CountExcluded = "count_excluded": "剔除 {count} 项", "{count} excluded";
        TrueValue = "true_value": "真值 {bounds}", "true value {bounds}";
        Interval = "interval": "{confidence}% 区间（Wilson）{interval}", "{confidence}% interval (Wilson) {interval}";
        NoteUnknown = "note_unknown":
            "有未知项（占比的分母含未知者，合计只加已知者）：", "some rows are unknown (a share keeps them in its denominator, a sum adds only what is known):";
        NoteUnknownItem = "note_unknown_item": "{cell}：{facts}", "{cell}: {facts}";
        NoteMore = "note_more": "另有 {count} 处", "{count} more";
        NoteIncomplete = "note_incomplete":
            "期间尚未结束：数据截至 {date}", "the period is not over: data up to {date}";
        NoteAfterSnapshot = "note_after_snapshot":
            "所问日期晚于台账：台账记录到 {date}", "the date asked about is after the ledger, which records up to {date}";
        NoteUndated = "note_undated":
            "以下列只有 {date} 的状态：{columns}", "these columns are known only as of {date}: {columns}";
        NoteYearToDate = "note_year_to_date":
            "流量为本年累计：{start} 至 {end}", "flows cover the year to date: {start} to {end}";
        AbsentNear = "absent_near":
            "筛选中的“{value_zh}”在“{column_zh}”列中一行也没有；相近的有：{values_zh}",
            "no row has '{value_en}', which the filter names, in '{column_en}'; near it are: {values_en}";
        AbsentOfOthers = "absent_of_others":
            "筛选中的“{value_zh}”在“{column_zh}”列中一行也没有；该列有 {count} 个值，如 {values_zh}",
            "no row has '{value_en}', which the filter names, in '{column_en}'; of its {count} values are: {values_en}";
        AbsentOfNone = "absent_of_none":
            "筛选中的“{value_zh}”在“{column_zh}”列中一行也没有：该列没有任何已知的值",
            "no row has '{value_en}', which the filter names, in '{column_en}': the column has no known value at all";
        SyntaxEnds = "syntax_ends": "没有写完", "it ends too early";
        SyntaxFound = "syntax_found": "此处不该是“{found}”", "'{found}' is not expected here";
        SyntaxExpected = "syntax_expected":
            "此处应是“{expected}”，而不是“{found}”", "'{expected}' is expected here, not '{found}'";
        SyntaxQuote = "syntax_quote": "此处的引号没有闭合", "the quote that opens here is never closed";
        SyntaxOther = "syntax_other": "{detail}", "{detail}";
        TomlField = "toml_field": "没有名为“{found}”的字段；可用：{allowed}", "there is no field '{found}'; there are: {allowed}";
        TomlVariant = "toml_variant": "“{found}”不在可用的值之列；可用：{allowed}", "'{found}' is none of: {allowed}";
        TomlValue = "toml_value": "这里不能是“{found}”，应为 {expected}", "it cannot be '{found}': {expected} is needed";
        TomlMissing = "toml_missing": "缺少字段“{found}”", "the field '{found}' is missing";
        TomlType = "toml_type": "“{found}”不是此处应有的类型", "'{found}' is not of the type that is needed here";
        TomlTwice = "toml_twice": "“{found}”写了两次", "'{found}' is written twice";
        TomlFound = "toml_found": "“{found}”处不合 TOML 的写法", "'{found}' is not TOML";
        MissingDerived = "missing_derived":
            "；有了“{from_zh}”，“{column_zh}”可由它得出", "; where '{from_en}' is there, '{column_en}' is made from it";
        MissingForDrop = "missing_for_drop":
            "；“{column_zh}”只是剔除已退出者时才需要，cancelled=\"keep\" 时不需要",
            "; '{column_en}' is needed only to take out what was cancelled: with cancelled=\"keep\" it is not";
        FusedDays = "fused_days": "它是天数的分位数", "it is a quantile of days";
        FusedOnce = "fused_once": "它对每个项目只计一次", "it counts an entity once";
        FusedDistinct = "fused_distinct": "它要数不同的值", "it counts distinct values";
        FusedWide = "fused_wide": "其中的数超出 64 位整数", "its numbers do not fit 64 bits";
        FusedExpression = "fused_expression": "其中的表达式该引擎不支持", "its expressions are not all known to that engine";
        UnitShareName = "unit_share_name": "百分比", "percent";
        UnitCountName = "unit_count_name": "个", "number";
        UnitRatioName = "unit_ratio_name": "比值", "ratio";
        HeadInterval = "head_interval": "{confidence}% 区间", "{confidence}% interval";
        AsOfEach = "as_of_each": "截至各期末：{first} 至 {last}", "as of the end of each period: {first} to {last}";
        NotePeriodAfter = "note_period_after":
            "期间在数据之后：数据截至 {date}，此后发生多少尚不可知，不是 0",
            "the period is after the data, which end on {date}: how much will happen then is not known, and not 0";
        HeadTable = "head_table": "表", "table";
        HeadFile = "head_file": "文件", "file";
        HeadSheet = "head_sheet": "工作表", "sheet";
        HeadRow = "head_row": "行", "row";
        HeadColumn = "head_column": "列", "column";
        HeadWritten = "head_written": "原值", "as written";
        HeadCode = "head_code": "代码", "code";
        HeadSeverity = "head_severity": "严重程度", "severity";
        HeadMessage = "head_message": "说明", "message";
        HeadAction = "head_action": "处理", "what was done";
        HeadFormat = "head_format": "格式", "format";
        HeadEncoding = "head_encoding": "编码", "encoding";
        HeadItem = "head_item": "内容", "item";
        HeadHeader = "head_header": "表头", "header";
        HeadHow = "head_how": "怎样认出", "found by";
        HeadUnit = "head_unit": "计量单位", "unit";
        HeadUnitFrom = "head_unit_from": "单位出处", "unit from";
        HeadNote = "head_note": "说明", "note";
        HeadPlace = "head_place": "位置", "cell";
        HeadCount = "head_count": "数量", "count";
        SeverityError = "severity_error": "错误", "error";
        SeverityWarning = "severity_warning": "警告", "warning";
        SeverityNote = "severity_note": "提示", "note";
        ItemTable = "item_table": "整表", "table";
        ItemTitleRow = "item_title_row": "标题行", "title row";
        ItemUnitRow = "item_unit_row": "单位行", "unit row";
        ItemHeaderRow = "item_header_row": "表头行", "header row";
        ItemColumn = "item_column": "认出的列", "column";
        ItemOtherColumn = "item_other_column": "未认出的列", "column not recognised";
        ItemSetAside = "item_set_aside": "略过的行", "row set aside";
        ItemTotal = "item_total": "核对合计", "total checked";
        ItemHiddenRow = "item_hidden_row": "隐藏的行", "hidden row";
        ItemHiddenColumn = "item_hidden_column": "隐藏的列", "hidden column";
        ItemSheetNotRead = "item_sheet_not_read": "未读的工作表", "sheet not read";
        FoundCaller = "found_caller": "由调用者指定", "told by the caller";
        FoundCanonical = "found_canonical": "规范列名", "canonical name";
        FoundName = "found_name": "标准表头", "Chinese name";
        FoundSynonym = "found_synonym": "同义表头", "synonym";
        FoundHeaders = "found_headers": "按表头认出", "by its headers";
        UnitFromCaller = "unit_from_caller": "由调用者指定", "told by the caller";
        UnitFromHeader = "unit_from_header": "本列表头", "own header";
        UnitFromParentHeader = "unit_from_parent_header": "上级表头", "header above";
        UnitFromUnitRow = "unit_from_unit_row": "单位行", "unit row";
        UnitFromName = "unit_from_name": "规范列名", "canonical name";
        AsideSubtotal = "aside_subtotal": "小计", "subtotal";
        AsideTotal = "aside_total": "合计", "total";
        AsideHeaderRepeated = "aside_header_repeated": "重复的表头", "header repeated";
        AsideIndex = "aside_index": "编号行", "index row";
        AsideNote = "aside_note": "注释", "note";
        AsideSignature = "aside_signature": "签署", "signature";
        AsideBlank = "aside_blank": "空行", "blank row";
        AsideSection = "aside_section": "分节标题", "heading of a section";
        ReadTable = "read_table":
            "读作“{table_zh}”（{how}）：{rows} 行，认出 {columns} 列",
            "read as '{table_en}' ({how}): {rows} rows, {columns} columns recognised";
        KeptAsText = "kept_as_text": "按文本保留为“{name}”", "kept as the text column '{name}'";
        SetAsideRow = "set_aside_row": "{kind}：{label}", "{kind}: {label}";
        TotalAgrees = "total_agrees": "合计 {written}，与各行之和 {sum} 一致", "the total {written} agrees with the sum of the rows, {sum}";
        TotalAgreesVisible = "total_agrees_visible":
            "合计 {written}，与未隐藏各行之和 {sum} 一致", "the total {written} agrees with the sum of the rows that are not hidden, {sum}";
        TotalDiffers = "total_differs": "合计 {written}，与各行之和 {sum} 不符", "the total {written} differs from the sum of the rows, {sum}";
        HiddenYetRead = "hidden_yet_read": "隐藏，已照常读取", "hidden, and read like all others";
        SheetIssues = "sheet_issues": "问题清单", "issues";
        SheetReading = "sheet_reading": "读取说明", "reading";
        SheetGuide = "sheet_guide": "填写说明", "guide";
        MarkedNote = "marked_note": "【{severity}】{message}\n处理：{action}\n原值：{value}", "[{severity}] {message}\ndone: {action}\nas written: {value}";
        MarkedNoteWithoutValue = "marked_note_without_value": "【{severity}】{message}\n处理：{action}", "[{severity}] {message}\ndone: {action}";
        MarkedCut = "marked_cut":
            "这一格超过 Excel 的 32767 个字符，后面的部分没有写出", "this cell is longer than the 32767 characters that Excel holds: the rest was not written";
        MarkedRest = "marked_rest":
            "另有 {count} 个问题：超出一张工作表能列出的行数", "{count} more issues: more than a sheet can list";
        MarkedIntro = "marked_intro":
            "共 {count} 个问题：{errors} 个错误、{warnings} 个警告、{notes} 个提示。错误：没有读成数值，按未知处理；警告：已读取但请核对；提示：仅供知悉。",
            "{count} issues: {errors} errors, {warnings} warnings, {notes} notes. An error: the value was lost and counts as unknown. A warning: it was read, look at it. A note: worth knowing.";
        GuideIntro = "guide_intro":
            "每行填一条记录，从第 2 行起填写。不要改动第 1 行的列名和单位；不用的列可以整列删除，需要的列可以在右侧自行增加。深色列名用来区分记录，请填全。",
            "One record to a row, from row 2. Leave the names and units in row 1 as they are; delete the columns that you do not use, add your own to the right. Dark headers tell records apart: fill them in.";
        GuideHeadFill = "guide_head_fill": "怎么填", "how to fill it in";
        GuideHeadBlank = "guide_head_blank": "空白表示", "a blank means";
        GuideHeadValues = "guide_head_values": "可选值", "values";
        FillId = "fill_id": "编号，按文本填写（保留前面的 0）", "an id, as text (leading zeros are kept)";
        FillReference = "fill_reference": "编号，与表“{table_zh}”中的相同", "the id, as in the table '{table_en}'";
        FillText = "fill_text": "文字", "text";
        FillDimension = "fill_dimension": "文字，同一事物写法要一致（用于分组）", "text to group by: write the same thing the same way";
        FillEnum = "fill_enum": "从下拉列表选一项", "one of the list";
        FillEvent = "fill_event":
            "已发生的日期，如 2024-03-15；只知道到月写 2024年3月，只知道已发生写 是。计划的日期不要填在这里",
            "the day on which it happened, such as 2024-03-15; 2024年3月 if only the month is known, 是 if only that it happened. No plans here";
        FillDate = "fill_date": "日期，如 2024-03-15；只写到月的按当月最后一天", "a day, such as 2024-03-15; a month means its last day";
        FillEnd = "fill_end":
            "结束的日期，如 2024-03-15；只知道到月写 2024年3月，是当月的某一天",
            "the day on which it ended, such as 2024-03-15; 2024年3月 if only the month is known: some day of it";
        FillFlag = "fill_flag": "是 或 否", "yes or no";
        FillMoney = "fill_money": "金额，单位{unit}，只填数字", "an amount in {unit}, digits only";
        FillArea = "fill_area": "面积，单位{unit}，只填数字", "an area in {unit}, digits only";
        FillCount = "fill_count": "整数，不小于 0", "a whole number, not below 0";
        FillMeasure = "fill_measure": "数值，计量单位写在“{column}”列", "a number, its unit in the column '{column}'";
        FillNumber = "fill_number": "数值", "a number";
        BlankNone = "blank_none": "没有", "none";
        BlankUnknown = "blank_unknown": "未知（不是“否”，也不是 0）", "unknown (not no, not 0)";
        BlankNotHappened = "blank_not_happened": "尚未发生", "it has not happened";
        BlankGoesOn = "blank_goes_on": "还没有结束", "it has not ended";
        BlankUnitOfLimit = "blank_unit_of_limit": "与时限同一种日", "days of the same sort as the limit's";
        BlankCounted = "blank_counted": "按起止时间计算（没有中止的是 0）", "counted by the dates of the suspensions (none: 0)";
        BlankZero = "blank_zero": "0", "0";
        BlankKey = "blank_key": "请勿留空", "do not leave it blank";
        GuideNote = "guide_note": "{fill}\n空白表示：{blank}", "{fill}\na blank means: {blank}";
        GuideNoteAliases = "guide_note_aliases": "也认得的表头：{aliases}", "headers that are read alike: {aliases}";
        RefusedList = "refused_list": "请从列表中选：{values}", "choose from the list: {values}";
        RefusedDateText = "refused_date_text":
            "日期从四位的年份写起，如 2024-03-15；只知道到月写 2024年3月。确定要保留吗？", "a date begins with a year of four digits, such as 2024-03-15, or 2024-03 where only the month is known. Keep it?";
        RefusedNumber = "refused_number": "这里应填不小于 0 的数字。确定要保留吗？", "a number that is not below 0 is expected. Keep it?";
        AsideUnit = "aside_unit": "单位行", "row of units";
        AsideOtherTable = "aside_other_table": "另一张表", "another table";
        NoteNotReached = "note_not_reached":
            "已达到的不足所问的比例，因此没有数值：", "too few have reached the event for a value:";
        NoteImmature = "note_immature":
            "截至 {date} 该批尚未全部满所问的天数，暂无数值", "by {date} not all of the cohort is so many days old: there is no value yet";
        DaysWaiting = "days_waiting": "{all} 项中 {reached} 项已达到，{open} 项未达到", "{reached} of {all} have reached it, {open} have not";
        DaysWaitingAndEnded = "days_waiting_and_ended":
            "{all} 项中 {reached} 项已达到，{open} 项未达到，{competing} 项已先行退出",
            "{reached} of {all} have reached it, {open} have not, {competing} ended before";
        DaysWithin = "days_within":
            "成员的日期无论如何，在 {shortest}–{longest} 之间",
            "whatever the unknown dates of the members are: between {shortest} and {longest}";
        DaysAtLeast = "days_at_least":
            "成员的日期无论如何，至少 {shortest}，上限未知",
            "whatever the unknown dates of the members are: at least {shortest}, with no known upper end";
        CohortName = "cohort_name": "{from_zh}后 {age} 天内{event_zh}", "{from_en}, then {event_en} within {age} days";
        DaysUncovered = "days_uncovered":
            "“{indicator_zh}”所读的表有 {count} 行的日期超出工作日历（{first} 至 {last}），其工作日数未知",
            "{count} rows of the table that '{indicator_en}' reads have days outside of the calendar ({first} to {last}): their working days are unknown";
        NoteCalendar = "note_calendar":
            "工作日按放假通知计算：{first} 至 {last}（版本 {version}），{final} 之后为暂定",
            "working days by the notices of {first} to {last} (version {version}), provisional after {final}";
        NoteDueProvisional = "note_due_provisional":
            "台账中有 {count} 件的{column_zh}在 {final} 之后，可能随放假安排调整",
            "{count} days in '{column_en}' of the ledger lie after {final}, and may move with the holidays";
        NoteDaysProvisional = "note_days_provisional":
            "{final} 之后的工作日是暂定的", "working days after {final} are provisional";
        CalendarWithoutDay = "calendar_without_day": "{day} 不在放假之列", "{day} is not among its days off";
        CalendarWithoutFestival = "calendar_without_festival":
            "1 月 15 日至 2 月底之间没有连休 {days} 个工作日的春节假期",
            "between 15 January and the end of February no {days} weekdays in a row are off, as the Spring Festival is";
        CalendarTooFewOff = "calendar_too_few_off":
            "周一至周五中放假的只有 {found} 天，已知各年至少 {least} 天",
            "{found} weekdays are off, where every known year has {least} at the least";
        NoteSuspensionsUnassigned = "note_suspensions_unassigned":
            "台账有 {count} 条中止不知属于哪一件：它们会推后的到期日因此不能确定",
            "{count} suspensions of the ledger may be of any case: due dates that they would move are not sure";
        NoteNoSuspensions = "note_no_suspensions":
            "台账没有“中止”表：到期日按从未中止计算",
            "the ledger has no table of suspensions: due dates are counted as if nothing had been suspended";
        AsideOfWhich = "aside_of_which": "其中项", "part of a total";
        NoteStockAfter = "note_stock_after":
            "时点在数据之后：数据截至 {date}，那时是多少尚不可知（数据框里是按已有记录算出的值，complete 为 false）",
            "the date is after the data, which end on {date}: what stands then is not known (the data frame has what is computed from the records so far, with complete = false)";
    }
}
