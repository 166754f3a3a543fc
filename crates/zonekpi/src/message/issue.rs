//! What a reading can find wrong, and what was done about it: the sentences of the issue list.

use super::messages;

messages! {
    /// The code of an issue. A closed list.
    IssueCode {
        DateImpossible = "date_impossible": "“{value}”不是存在的日期", "'{value}' is not a date that exists";
        DateAmbiguousNumber = "date_ambiguous_number":
            "数字 {value} 可能是 1 月，也可能是 10 月", "the number {value} may be January or October";
        DateYearMissing = "date_year_missing": "“{value}”没有写年份", "'{value}' does not say the year";
        DateYearTwoDigits = "date_year_two_digits": "“{value}”的年份只有两位", "'{value}' has a year of two digits";
        DateIsAPlan = "date_is_a_plan": "“{value}”是计划，不是已发生的事", "'{value}' is a plan, not something that happened";
        DateIsARange = "date_is_a_range": "“{value}”是一段时间，不是一个日期", "'{value}' is a range, not one date";
        DateUnknownButHappened = "date_unknown_but_happened":
            "“{value}”说明已发生，但没有日期", "'{value}' says that it happened, but not when";
        DateOutOfRange = "date_out_of_range":
            "“{value}”不在台账可能的年份（1949—2100）之内", "'{value}' lies outside the years that a ledger is about (1949 to 2100)";
        DateUnreadable = "date_unreadable": "“{value}”读不成日期", "'{value}' cannot be read as a date";
        DateLastDayTaken = "date_last_day_taken":
            "“{value}”不是完整日期", "'{value}' is not a full date";
        SerialReadAsDate = "serial_read_as_date":
            "数字 {value} 是电子表格的日期序号", "the number {value} is a spreadsheet's serial date";
        DateAfterSnapshot = "date_after_snapshot":
            "“{value}”晚于台账截止日", "'{value}' lies after the day the ledger records";
        StagesReversed = "stages_reversed":
            "日期早于前一阶段“{earlier}”（{earlier_value}）", "the date lies before the earlier stage '{earlier}' ({earlier_value})";
        MoneyApproximate = "money_approximate": "“{value}”是约数", "'{value}' is approximate";
        MoneyLowerBound = "money_lower_bound": "“{value}”只是下限", "'{value}' is only a lower bound";
        MoneyUpperBound = "money_upper_bound": "“{value}”只是上限", "'{value}' is only an upper bound";
        MoneyRange = "money_range": "“{value}”是一个范围", "'{value}' is a range";
        MoneyForeignCurrency = "money_foreign_currency":
            "“{value}”是外币，没有汇率", "'{value}' is in another currency, and there is no rate";
        MoneyUnreadable = "money_unreadable": "“{value}”读不成金额", "'{value}' cannot be read as an amount";
        MoneyNegative = "money_negative": "金额“{value}”为负", "the amount '{value}' is negative";
        CountLowerBound = "count_lower_bound": "“{value}”只是下限", "'{value}' is only a lower bound";
        CountNotWhole = "count_not_whole": "“{value}”不是整数", "'{value}' is not a whole number";
        NumberApproximate = "number_approximate": "“{value}”是约数", "'{value}' is approximate";
        NumberLowerBound = "number_lower_bound": "“{value}”只是下限", "'{value}' is only a lower bound";
        NumberUpperBound = "number_upper_bound": "“{value}”只是上限", "'{value}' is only an upper bound";
        NumberRange = "number_range": "“{value}”是一个范围", "'{value}' is a range";
        NumberUnreadable = "number_unreadable": "“{value}”读不成数", "'{value}' cannot be read as a number";
        NumberNegative = "number_negative": "“{value}”为负", "'{value}' is negative";
        NumberTooLarge = "number_too_large": "“{value}”超出可存的范围", "'{value}' is larger than can be stored";
        PercentScaleDoubtful = "percent_scale_doubtful":
            "“{value}”在百分数列中不大于 1，可能本来就是小数", "'{value}' in a column of percents is not above 1: it may already be a fraction";
        FlagUnreadable = "flag_unreadable": "“{value}”读不成是或否", "'{value}' cannot be read as yes or no";
        FlagNotApplicable = "flag_not_applicable": "“{value}”不是“否”", "'{value}' is not a no";
        EnumUnreadable = "enum_unreadable":
            "“{value}”不是允许的值（{allowed}）", "'{value}' is not one of the allowed values ({allowed})";
        IdPrecisionLost = "id_precision_lost":
            "编号“{value}”以数字存放，超过 15 位的数字已丢失",
            "the id '{value}' was held as a number, and its digits beyond the 15th are lost";
        IdHeldAsDate = "id_held_as_date":
            "编号被电子表格改存成了日期“{value}”，原来的写法已丢失",
            "the id is held as the date '{value}', and how it was written is lost";
        LimitOnTheSpot = "limit_on_the_spot":
            "“{value}”当场办结，没有按日计的时限", "'{value}' is done on the spot, and has no limit in days";
        Ditto = "ditto":
            "“{value}”要看别的单元格，没有写出是什么", "'{value}' points at another cell and does not say what";
        FormulaNotCached = "formula_not_cached":
            "公式“{value}”没有保存计算结果", "the formula '{value}' has no saved result";
        CellError = "cell_error": "单元格是错误值 {value}", "the cell is the error {value}";
        DuplicateKey = "duplicate_key": "“{value}”重复出现", "'{value}' occurs more than once";
        KeyNotInProjects = "key_not_in_projects":
            "项目表中没有“{value}”", "the projects table has no '{value}'";
        KeyNotFound = "key_not_found": "表“{target}”中没有“{value}”", "the table '{target}' has no '{value}'";
        ParentMissing = "parent_missing": "项目表中没有上级项目“{value}”", "the projects table has no parent '{value}'";
        ParentCircular = "parent_circular": "上级项目“{value}”互为上下级", "the parent '{value}' leads back to the project itself";
        ParentAndPhaseMoney = "parent_and_phase_money":
            "上级项目“{value}”和它的分期都填了“{money}”，合计可能重复",
            "the parent '{value}' and its phases both carry '{money}': sums may count it twice";
        TotalMismatch = "total_mismatch":
            "合计行写的是 {value}，各行之和是 {sum}", "the total row says {value}, the rows sum to {sum}";
        TotalHoldsDate = "total_holds_date":
            "合计行里有日期“{value}”，也许是一个项目", "a row that is labelled a total holds the date '{value}': it may be a project";
        HeaderRepeated = "header_repeated": "表头“{value}”出现不止一次", "the header '{value}' occurs more than once";
        HeaderMissing = "header_missing": "有数据的列没有表头", "a column with cells in it has no header";
        ColumnReserved = "column_reserved": "列名“{value}”是结果表保留的名称", "the column name '{value}' is reserved for answers";
        ColumnRepeated = "column_repeated":
            "“{value}”与“{first}”指同一列", "'{value}' means the same column as '{first}'";
        ColumnResembles = "column_resembles":
            "没有认出“{value}”，它很像“{near}”", "'{value}' was not recognised; it resembles '{near}'";
        ColumnConcerns = "column_concerns":
            "没有认出“{value}”，它说的可能是 {columns}：到期日没有计入它",
            "'{value}' was not recognised; it may say what {columns} do, and due dates do not reckon with it";
        ColumnAbsent = "column_absent":
            "{part_zh}没有“{value}”列，而同一张表的其他部分有",
            "this {part_en} has no column '{value}', while others of the same table do";
        BesideContradicts = "beside_contradicts":
            "旁边的 _from 或 _state 列写的是“{value}”，与本列不符",
            "the column _from or _state beside it says '{value}', which contradicts the cell";
        UnitConflict = "unit_conflict":
            "“{value}”与单位列所写不同", "'{value}' differs from what the unit column says";
        HiddenRowsRead = "hidden_rows_read":
            "有 {rows} 行、{columns} 列处于隐藏状态", "{rows} rows and {columns} columns are hidden";
        UnseenUnknown = "unseen_unknown":
            "无法得知哪些行列是隐藏的、哪些单元格是合并的",
            "which rows and columns are hidden, and which cells are merged, could not be told";
        RowRagged = "row_ragged":
            "这一行有 {found} 个单元格，表头或多数行有 {expected} 个，可能错位",
            "the record has {found} cells where the header or most records have {expected}: its cells may have shifted";
        RowsTrimmed = "rows_trimmed":
            "有 {value} 行的单元格少于表头，末尾缺少的没有写出",
            "{value} records have fewer cells than the header: those missing at the end were not written";
        TimeNotADate = "time_not_a_date": "“{value}”是时长，不是日期", "'{value}' is a length of time, not a date";
        DateUndecided = "date_undecided": "“{value}”说明日期还不知道", "'{value}' says that the date is not known yet";
        UnitOverridden = "unit_overridden":
            "表头写的单位是“{own}”，调用时指定的是“{given}”", "the header says the unit '{own}', the caller '{given}'";
        TotalNotChecked = "total_not_checked":
            "合计“{value}”未能核对：有 {count} 个单元格读不出", "the total '{value}' was not checked: {count} cells cannot be read";
        ScaleDoubtful = "scale_doubtful":
            "“{value}”与本列的中位数 {median} 相差 10000 倍以上，单位可能写错",
            "'{value}' is 10,000 times away from the median of its column, {median}: the unit may be wrong";
        SpellingDiffers = "spelling_differs":
            "“{value}”与“{other}”（第 {rows} 行）应是同一个名称的两种写法",
            "'{value}' and '{other}' (rows {rows}) seem to be one name in two spellings";
        SnapshotDiffers = "snapshot_differs":
            "“{value}”写的截至日期与台账截止日 {snapshot} 不同",
            "'{value}' says another date than {snapshot}, the day the ledger records";
        TableBelow = "table_below":
            "从第 {row} 行起像是另一张表（{value}）", "from row {row} on another table seems to stand here ({value})";
        UnitChanges = "unit_changes":
            "第 {row} 行的“{value}”与上面所用的单位不同", "row {row} says '{value}', another unit than above";
        RowResemblesTotal = "row_resembles_total":
            "“{value}”这一行只有数字，像是小计或合计", "the row '{value}' holds only numbers, and looks like a total";
        ShareScaleDoubtful = "share_scale_doubtful":
            "同类的值多数不大于 1，“{value}”可能漏写了百分号",
            "most values of its sort are not above 1: '{value}' may be a percent without its sign";
        LimitUnitMissing = "limit_unit_missing":
            "时限“{value}”没有写单位（工作日、自然日或小时），算不出到期日",
            "the limit '{value}' has no unit (working days, natural days or hours), so the due date is unknown";
        LimitDaysNatural = "limit_days_natural":
            "{value} 个时限只写“天”或“日”（行政许可法第八十二条的“日”是工作日：如是，请写明“工作日”）",
            "{value} limits say no more than 天 or 日 (the days of the Administrative License Law, article 82, are working days: if so, write 工作日)";
        DueUncovered = "due_uncovered":
            "{accepted} 受理、时限 {value}：到期日超出工作日历（{first} 至 {last}）",
            "accepted on {accepted} with a limit of {value}: the due date lies outside the calendar ({first} to {last})";
        DueDiffers = "due_differs":
            "到期日“{value}”与按受理时间、时限和中止算出的 {counted} 不同",
            "the due date '{value}' is not {counted}, which acceptance, limit and suspensions give";
        DueFilled = "due_filled":
            "{value} 件没有填到期日，按受理时间、时限和中止推出",
            "{value} cases have no due date of their own: theirs is that of acceptance, limit and suspensions";
        SuspensionOpen = "suspension_open":
            "已于 {value} 办结，{since} 起的中止没有台账截止日之前的结束时间：停了几天不知道，到期日因此不能确定",
            "decided on {value}, while the suspension since {since} has no end that is surely by the day of the ledger: how long it stood still nobody knows, so that the due date is not sure";
        SuspensionOpenAfter = "suspension_open_after":
            "已于 {value} 办结，{since} 起的中止没有台账截止日之前的结束时间：停了几天不知道（不影响到期日）",
            "decided on {value}, while the suspension since {since} has no end that is surely by the day of the ledger: how long it stood still nobody knows (the due date is not moved)";
        SuspensionAfterDecision = "suspension_after_decision":
            "已于 {value} 办结，{since} 起的中止在办结之后开始，又没有结束时间：没有计入",
            "decided on {value}, before the suspension since {since}, which has no end, began: it is not reckoned with";
        SuspensionsBlank = "suspensions_blank":
            "{value} 条中止没有起止时间，视为没有中止", "{value} suspensions have no days: nothing was suspended";
        SuspensionUnbegun = "suspension_unbegun":
            "中止没有开始时间（结束时间“{value}”）：从何时起停不知道",
            "the suspension has no first day (its last is '{value}'): since when it stood still nobody knows";
        SuspendedExceeds = "suspended_exceeds":
            "中止 {value} 天，多于受理到办结之间的 {passed} 个工作日",
            "suspended for {value} days, more than the {passed} working days from acceptance to decision";
        SuspensionUnread = "suspension_unread":
            "中止没有开始时间，结束时间也读不出：何时停过不知道",
            "the suspension has no first day, and its last cannot be read: when it stood still nobody knows";
        SuspendedDiffers = "suspended_differs":
            "中止天数“{value}”与按起止时间算出的 {counted} 个工作日不同",
            "the suspended days '{value}' are not the {counted} working days that the suspensions' dates give";
        SuspendedFilled = "suspended_filled":
            "{value} 件没有填中止天数，按中止的起止时间推出（没有中止的是 0）",
            "{value} cases have no suspended days of their own: theirs are those of the suspensions' dates (none: 0)";
        DaysNotWorking = "days_not_working":
            "“{value}”不是工作日数，其中有几个工作日不知道", "'{value}' is no number of working days: how many of them there are nobody knows";
        SuspensionUndated = "suspension_undated":
            "{value} 件只有中止天数，没有起止时间：到期日因此不能确定",
            "{value} cases have a number of suspended days, but not which: their due dates are not sure";
        SuspensionUnassigned = "suspension_unassigned":
            "这条中止没有办件编号，可能属于任何一件，它会推后的到期日因此不能确定",
            "the suspension has no case id and may be of any case, so the due dates that it would move are not sure";
        CaseIdsAbsent = "case_ids_absent":
            "表“{target}”没有办件编号，{value} 条中止不知属于哪一件，它们会推后的到期日因此不能确定",
            "the table '{target}' has no case ids, so {value} suspensions may be of any case, and the due dates that they would move are not sure";
        DueProvisional = "due_provisional":
            "{value} 件的到期日在 {last} 之后：此后的放假安排可能还要调整",
            "{value} due dates lie after {last}, from when on a notice may yet change the holidays";
        TimesInUtc = "times_in_utc":
            "{times} 个时刻是 UTC，其中 {value} 个正好是 16:00:00，即北京时间次日零点：按 UTC 取的日期早了一天",
            "of {times} times in UTC, {value} are at 16:00:00 exactly, which is midnight in Beijing: their days in UTC are a day early";
        LoneCell = "lone_cell":
            "这一行只有“{value}”一格，也许不是一条记录", "the row holds nothing but '{value}': it may be no record";
        RowResemblesHeader = "row_resembles_header":
            "“{value}”像是另一张表的表头，下面的行也许不属于这张表",
            "'{value}' reads like the header of another table: the rows below may not be of this one";
        RowsBlank = "rows_blank":
            "有 {value} 行全部为空（第一处是第 {first} 行），都算作记录",
            "{value} rows have nothing in them (the first is row {first}), and count as records";
        RowRepeated = "row_repeated":
            "这一行与第 {rows} 行完全相同，可能重复登记", "the row equals row {rows} in every cell: it may be entered twice";
        NameRepeated = "name_repeated":
            "“{value}”在第 {rows} 行已有，又没有编号和“{zone}”可以区分，可能重复登记",
            "'{value}' stands in row {rows} too, with no id and no '{zone}' to tell them apart: it may be entered twice";
        YuanDoubtful = "yuan_doubtful":
            "“{value}”比本列其他值（最大 {greatest}）大 10 倍以上，除以 10000 却与它们相当，填的可能是元",
            "'{value}' is more than 10 times all others of its column (at most {greatest}), and like them once divided by 10,000: it may be in yuan";
        TitleYearMissing = "title_year_missing":
            "“{value}”的截至日期没有写年份，没有用它定台账截止日 {snapshot}",
            "'{value}' does not say the year, so it did not set the day of the ledger, {snapshot}";
        DateShownWithoutDay = "date_shown_without_day":
            "“{value}”的格式不显示日，单元格里存的是首日：应是只填了年月（或年）",
            "the format of '{value}' shows no day, and the cell holds the first one: it was most likely typed as a month or a year";
    }
}

messages! {
    /// What was done about an issue.
    IssueAction {
        Unknown = "unknown": "按未知处理", "taken as unknown";
        Undated = "undated": "按截至台账日已发生、日期未知处理", "taken as happened by the day of the ledger, on an unknown day";
        CellUnit = "cell_unit": "以单元格所写单位为准", "the unit written in the cell was taken";
        Read = "read": "已按字面读取", "read as written";
        ReadAsDate = "read_as_date": "已读作日期 {date}", "read as the date {date}";
        LastDay = "last_day": "取最后一天 {date}", "the last day, {date}, was taken";
        Percent = "percent": "按表头读作百分数", "read as a percent, as the header says";
        Blank = "blank": "按空白处理", "taken as blank";
        NotHappened = "not_happened": "按没有发生处理", "taken as not happened";
        NaturalDays = "natural_days": "按自然日计算", "counted as natural days";
        Derived = "derived": "已推出", "derived";
        Kept = "kept": "保留", "kept";
        KeptFirst = "kept_first": "保留第一行", "the first row was kept";
        KeptLast = "kept_last": "保留最后一行", "the last row was kept";
        NoTarget = "no_target": "该行保留，引用的列按未知处理", "the row was kept; what it refers to is unknown";
        NotChecked = "not_checked": "合计未核对", "the total was not checked";
        Renamed = "renamed": "保留为“{name}”列", "kept as the column '{name}'";
        SetAside = "set_aside": "该行未作为数据读取", "the row was not read as data";
        RowsRead = "rows_read": "已照常读取", "read like all others";
        CallerUnit = "caller_unit": "以调用时指定的单位为准", "the caller's unit was taken";
        WallTaken = "wall_taken":
            "按 UTC 的日期读取；请先换成北京时间再读，如 convert_time_zone(\"Asia/Shanghai\")",
            "the days in UTC were taken; convert them to the time of Beijing before, as by convert_time_zone(\"Asia/Shanghai\")";
        OneTablePerSheet = "one_table_per_sheet":
            "这些行未读取；请用单独的工作表", "these rows were not read; give them a sheet of their own";
        WholeSpan = "whole_span":
            "按整个月（年）读取，不当作首日", "read as the whole month or year, not as its first day";
    }
}
