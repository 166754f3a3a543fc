//! What can go wrong: the sentences of [`crate::Error`].

use super::messages;

messages! {
    /// The code of an error's message.
    ErrorCode {
        UnknownIndicator = "unknown_indicator":
            "没有名为“{found}”的指标", "there is no indicator named '{found}'";
        UnknownColumn = "unknown_column":
            "表“{table}”没有名为“{found}”的列；可用的列：{allowed}",
            "table '{table}' has no column named '{found}'; it has: {allowed}";
        UnknownTable = "unknown_table":
            "没有名为“{found}”的表；可用的表：{allowed}", "there is no table named '{found}'; there are: {allowed}";
        MissingColumns = "missing_columns":
            "指标“{indicator}”需要表“{table}”的列，而台账没有：{missing}{derived}{drop}",
            "indicator '{indicator}' needs columns of table '{table}' that the ledger does not have: {missing}{derived}{drop}";
        MissingTable = "missing_table":
            "指标“{indicator}”需要表“{table}”，而台账没有这张表",
            "indicator '{indicator}' needs the table '{table}', which the ledger does not have";
        Overflow = "overflow":
            "“{indicator}”的合计超出 128 位整数，无法精确计算", "the sum of '{indicator}' does not fit 128 bits, so it cannot be exact";
        FileNotFound = "file_not_found": "找不到文件", "there is no such file";
        FileIsFolder = "file_is_folder":
            "这是文件夹，不是文件；请给出其中的文件", "this is a folder, not a file; name the files in it";
        FolderIsSaved = "folder_is_saved":
            "这是用 save 存下的台账，请用 load 打开；不要读取其中的单个文件",
            "this is a ledger that was saved; open it by load, and do not read single files in it";
        FileUnreadable = "file_unreadable": "系统不允许读取：{detail}", "the system refused to read it: {detail}";
        FileEmpty = "file_empty":
            "文件是空的，或只有空白；请核对是否给对了文件", "the file is empty, or all blank; check that it is the right one";
        FileIsHtml = "file_is_html":
            "这是网页（HTML），不是工作簿；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "this is an HTML page, not a workbook; open it in Excel or WPS and save it as .xlsx";
        FileIsXml = "file_is_xml":
            "这是 XML 文件，不是工作簿；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "this is an XML file, not a workbook; open it in Excel or WPS and save it as .xlsx";
        FileIsOther = "file_is_other":
            "这是 {what} 文件，不是台账；可读 .xlsx、.xls、.xlsb、.ods、.csv、.txt 和 .parquet",
            "this is a {what} file, not a ledger; .xlsx, .xls, .xlsb, .ods, .csv, .txt and .parquet can be read";
        FileDamaged = "file_damaged":
            "文件已损坏或不是工作簿（{detail}）；请重新下载，或用 Excel、WPS 打开后另存为 .xlsx",
            "the file is damaged, or no workbook ({detail}); fetch it again, or open it in Excel or WPS and save it as .xlsx";
        FileIsXmlSpreadsheet = "file_is_xml_spreadsheet":
            "这是 Excel 2003 的 XML 表格；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "this is an XML spreadsheet of Excel 2003; open it in Excel or WPS and save it as .xlsx";
        FileIsMht = "file_is_mht":
            "这是网页归档（MHT），不是工作簿；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "this is a web page archive (MHT), not a workbook; open it in Excel or WPS and save it as .xlsx";
        FileIsArchive = "file_is_archive":
            "这是 {what} 压缩包，不是台账；请解压后读取其中的文件",
            "this is a {what} archive, not a ledger; unpack it and read the files in it";
        FileIsOldWorkbook = "file_is_old_workbook":
            "这是 Excel 4.0 或更早的工作簿；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "this is a workbook of Excel 4.0 or before; open it in Excel or WPS and save it as .xlsx";
        FileIsLock = "file_is_lock":
            "这是 Excel 打开文件时的临时文件（~$…），没有内容；请读取同名的原文件",
            "this is the file that Excel keeps beside an open workbook (~$…), with nothing in it; read the workbook itself";
        FileIsArrowStream = "file_is_arrow_stream":
            "这是 Arrow 的流格式，没有文件尾；请存为 Arrow 文件（Feather）或 .parquet",
            "this is Arrow's stream format, which has no end; save it as an Arrow file (Feather) or as .parquet";
        FileIsDevice = "file_is_device":
            "这是设备或管道，不是文件；请先存成文件", "this is a device or a pipe, not a file; save it as a file first";
        FileTooLarge = "file_too_large":
            "文件超过 8 GB，不能整个读入；请拆成几个文件", "the file is larger than 8 GB and is not read in one piece; split it";
        TextHasNul = "text_has_nul":
            "文本中有空字符（NUL）（第 {lines} 行），可能不是文本，或保存时中断；请重新导出",
            "the text holds zero bytes (lines {lines}): it is no text, or its saving was cut short; export it again";
        FilePassword = "file_password":
            "工作簿有密码；请先取消密码再读", "the workbook has a password; save it without one first";
        EncodingMixed = "encoding_mixed":
            "文件一部分是 UTF-8，一部分不是（第 {lines} 行）；请统一编码后再读",
            "part of the file is UTF-8 and part is not (lines {lines}); save it in one encoding";
        EncodingUnknown = "encoding_unknown":
            "文字编码既不是 UTF-8、UTF-16，也不是 GB18030（第 {lines} 行）；请另存为 UTF-8",
            "the text is neither UTF-8, UTF-16 nor GB18030 (lines {lines}); save it as UTF-8";
        QuoteUnclosed = "quote_unclosed":
            "引号没有闭合，后面的内容都被并入这一格", "a quote is never closed, so that all that follows is one cell";
        SheetTooLarge = "sheet_too_large":
            "工作表的范围过大（{rows} 行 × {columns} 列）；请删除表外的单元格",
            "the sheet spans too much ({rows} rows by {columns} columns); delete the cells that lie outside the table";
        WorkbookTooLarge = "workbook_too_large":
            "各工作表合计的范围过大（超过 {cells} 格）；请删除表外的单元格，或拆成几个文件",
            "the sheets together span too much (more than {cells} cells); delete the cells that lie outside the tables, or split the file";
        SheetUnknown = "sheet_unknown":
            "工作簿没有名为“{found}”的工作表；有：{allowed}", "the workbook has no sheet named '{found}'; it has: {allowed}";
        NoSheets = "no_sheets":
            "{format} 文件没有工作表，不能用 sheet= 指定“{found}”", "a {format} file has no sheets, so sheet= cannot ask for '{found}'";
        SheetsSeveral = "sheets_several":
            "有几张工作表都像“{table}”：{sheets}；请用 sheet= 指定一张，或用 sheet=\"*\"、名单、通配（如 *月）合并读取",
            "several sheets fit the table '{table}': {sheets}; say which with sheet=, or read them together with sheet=\"*\", a list or a pattern";
        SheetUnfit = "sheet_unfit":
            "工作表“{found}”没有认得出的表头；认得出的有：{allowed}",
            "the sheet '{found}' has no header that is recognised; these have: {allowed}";
        HeaderNotFound = "header_not_found":
            "没有找到表头：{looked}；请核对列名，或用 columns= 和 table= 说明",
            "no header was found: {looked}; check the column names, or tell with columns= and table=";
        TableUnclear = "table_unclear":
            "表头同样符合几张表（{tables}）；请用 table= 指定",
            "the header fits several tables alike ({tables}); say which with table=";
        TableUnfit = "table_unfit":
            "文件的列（{found}）是表“{other}”的，不是所要的表“{table}”的；请核对文件，或改正 table=",
            "the columns of the file ({found}) are those of table '{other}', not of '{table}', which was asked for; check the file, or correct table=";
        UnitMissing = "unit_missing":
            "没有写单位，“{value}”可能是{units_zh}；请用 units= 说明",
            "no unit is written, so that '{value}' may be in {units_en}; tell it with units=";
        UnitUnknown = "unit_unknown":
            "没有名为“{found}”的单位；可用：{allowed}", "there is no unit named '{found}'; there are: {allowed}";
        OptionUnused = "option_unused":
            "{option} 提到的列“{found}”不在任何表中；列有：{allowed}",
            "{option} names the column '{found}', which no table has; there are: {allowed}";
        OptionInvalid = "option_invalid":
            "{option} 不能是“{found}”；可用：{allowed}", "{option} cannot be '{found}'; it may be: {allowed}";
        DuplicateKeys = "duplicate_keys":
            "“{key}”有 {count} 个值重复：{values}；请更正，或用 on_duplicate= 选取 first 或 last",
            "{count} values of '{key}' occur more than once: {values}; correct them, or choose first or last with on_duplicate=";
        DuplicateKeysAcross = "duplicate_keys_across":
            "“{key}”有 {count} 个值在几处（{parts}）重复：{values}；逐期结转的台账请用 sheet= 一次读一张（或一次读一个文件），或用 on_duplicate=\"last\" 取最后一处的行",
            "{count} values of '{key}' occur in several places ({parts}): {values}; of a ledger that is carried forward read one sheet (or file) at a time with sheet=, or take the rows of the last with on_duplicate=\"last\"";
        ColumnsTwice = "columns_twice":
            "columns 把“{first}”和“{second}”都说成“{column}”；一列只能来自一个表头",
            "columns says of both '{first}' and '{second}' that they are '{column}'; a column has one header";
        IssuesFound = "issues_found":
            "strict：发现 {count} 个错误，例如：{examples}", "strict: {count} errors were found, such as: {examples}";
        ColumnType = "column_type":
            "{dtype} 类型的列不能读作“{kind}”；请先转换成文本、数字或日期",
            "a column of type {dtype} cannot be read as '{kind}'; convert it to text, a number or a date first";
        CalendarUncovered = "calendar_uncovered":
            "工作日历只到 {first} 至 {last}，算不出 {from} 至 {to} 的工作日；请用 calendar= 给出以后年份的放假通知",
            "the calendar covers {first} to {last}, so the working days of {from} to {to} are unknown; give the notices of other years with calendar=";
        CalendarUnreadable = "calendar_unreadable":
            "日历读不懂“{found}”；应为 date,day 两列（2027-01-01,休 或 2027-01-02,班），或含 date、isOffDay 的 JSON",
            "the calendar cannot be read at '{found}'; it has the columns date,day (2027-01-01,off or 2027-01-02,work), or is JSON with date and isOffDay";
        CalendarEmpty = "calendar_empty": "日历里一天也没有", "the calendar lists no day";
        CalendarGap = "calendar_gap":
            "日历有 {year} 年而没有 {missing} 年", "the calendar has {year} without {missing}";
        CalendarIncomplete = "calendar_incomplete":
            "日历的 {year} 年不全：{missing}", "the calendar lists {year} in part: {missing}";
        NothingToRead = "nothing_to_read": "没有给出文件或数据框", "no file and no frame was given";
        Engine = "engine": "计算引擎报错：{detail}", "the computing engine failed: {detail}";
        NothingAsked = "nothing_asked": "没有要计算的指标", "no indicator was asked for";
        DaysOutOfRange = "days_out_of_range": "天数 {found} 不在 0 到 200000 之间", "{found} days is not between 0 and 200000";
        ConfidenceOutOfRange = "confidence_out_of_range":
            "置信水平 {found} 不在 0 与 1 之间", "the confidence {found} is not between 0 and 1";
        WithinNeedsEvents = "within_needs_events":
            "within 只用于条件全由 happened(…) 组成的计数或占比，指标“{indicator}”不是",
            "within is for counts and shares whose condition is made of happened(…) alone; '{indicator}' is not one";
        FusedCannot = "fused_cannot":
            "fused 引擎不计算指标“{indicator}”：{why}；engine=\"auto\" 会为它换用 reference",
            "the fused engine does not compute '{indicator}': {why}; engine=\"auto\" takes reference for it";
        WithinOnce = "within_once":
            "指标“{indicator}”对每个项目只计一次，而一个项目可能有几个起算日，within 没有意义",
            "'{indicator}' counts an entity once, and an entity may have several days to count from: within has no meaning for it";
        AgeNeedsTime = "age_needs_time":
            "指标“{indicator}”没有时间列，不能用 min_age 或 within",
            "'{indicator}' has no date that places its rows in time, so min_age and within have no meaning for it";
        NotADimension = "not_a_dimension":
            "“{found}”是日期或数值，不能用作分组；按时间分期请用 every=\"month\" 等",
            "'{found}' holds dates or numbers and cannot be grouped by; for periods ask every=\"month\" and the like";
        ReservedDimension = "reserved_dimension":
            "“{found}”是结果表自己的列名，不能用作分组", "'{found}' is a column of the answer itself and cannot be grouped by";
        DimensionTwice = "dimension_twice": "分组“{found}”写了两次", "the dimension '{found}' is asked twice";
        TooPrecise = "too_precise": "小数位过多，无法精确计算", "too many digits after the point to compute exactly";
        NotAsked = "not_asked": "结果中没有指标“{found}”；有：{allowed}", "the answer has no indicator '{found}'; it has: {allowed}";
        UnknownDimension = "unknown_dimension":
            "结果没有分组“{found}”；有：{allowed}", "the answer has no dimension '{found}'; it has: {allowed}";
        CellNeedsDimension = "cell_needs_dimension":
            "at 缺少分组“{missing}”的值", "at lacks a value for the dimension '{missing}'";
        UnknownGroup = "unknown_group": "没有“{found}”这一组；有：{allowed}", "there is no group '{found}'; there are: {allowed}";
        UnknownPeriodEnd = "unknown_period_end":
            "没有以 {found} 结束的期间；有：{allowed}", "no period ends on {found}; there are: {allowed}";
        CellNeedsPeriod = "cell_needs_period":
            "结果有多个期间，at 须给出 period_end", "the answer has several periods: at needs period_end";
        NoTotals = "no_totals": "查询时没有要求合计（totals）", "the query did not ask for totals";
        MergedDoesNotOpen = "merged_does_not_open":
            "合并的结果不能打开到行，请打开合并前的各部分", "a merged answer does not open down to rows: open the parts that it was merged from";
        MergeOfNothing = "merge_of_nothing": "没有可合并的结果", "there is nothing to merge";
        MergeDiffers = "merge_differs":
            "各部分的“{what}”不同，不能合并", "the parts differ in '{what}', so they cannot be merged";
        MergeTwice = "merge_twice":
            "同一部分出现了两次，合并会重复计算“{indicator}”", "the same part is there twice: merging would count '{indicator}' double";
        MergeEntities = "merge_entities":
            "“{indicator}”按“{column}”去重计数，同一个可能出现在几个部分里，不能相加",
            "'{indicator}' counts distinct '{column}', and one may be in several parts: they do not add up";
        MergeStocks = "merge_stocks":
            "“{indicator}”是存量，不同时点不能相加", "'{indicator}' is a stock: what stands at several dates does not add up";
        MergeNotAdjoining = "merge_not_adjoining":
            "“{indicator}”各部分的期间不相连或有重叠，不能合并",
            "the periods of the parts of '{indicator}' overlap or do not adjoin, so they cannot be merged";
        MergeLedgersInTime = "merge_ledgers_in_time":
            "“{indicator}”的各部分既不同期间又不同台账，不能合并",
            "the parts of '{indicator}' differ both in period and in ledger, so they cannot be merged";
        MergeUnknownMembers = "merge_unknown_members":
            "“{indicator}”有归属不明的行，同一行可能属于几个期间，不能相加",
            "'{indicator}' has rows of unknown membership, which may belong to several periods: they do not add up";
        MergeOutcomes = "merge_outcomes":
            "“{indicator}”各部分的结果按不同日期判断，不能相加；请对整个期间重新计算",
            "the outcomes of '{indicator}' were judged at different dates in the parts: ask for the whole period instead";
        ExpressionTooLong = "expression_too_long":
            "表达式有 {found} 个字符，最多 {most} 个", "the expression has {found} characters; at most {most} are allowed";
        ExpressionTooDeep = "expression_too_deep":
            "表达式嵌套或连用运算符超过 {most} 层",
            "the expression nests, or chains operators, more than {most} deep";
        ExpressionSyntax = "expression_syntax":
            "表达式读不懂：{detail}", "the expression cannot be read: {detail}";
        ExpressionRest = "expression_rest":
            "表达式到此应结束，却还有“{found}”", "the expression should end here, but '{found}' follows";
        NotInLanguage = "not_in_language":
            "“{found}”不属于表达式语言；可用：列、project.列、常量、= <> < <= > >=、AND OR NOT、IN、BETWEEN、IS NULL、+ - *、as_of、days_between、happened",
            "'{found}' is not part of the expression language, which has columns, project.column, literals, = <> < <= > >=, AND OR NOT, IN, BETWEEN, IS NULL, + - *, as_of, days_between and happened";
        DivisionRefused = "division_refused":
            "表达式不能做除法：合计之比请用 ratio，由 numerator 和 denominator 组成",
            "expressions do not divide: a quotient of sums is a ratio, of a numerator and a denominator";
        UnknownFunction = "unknown_function":
            "没有名为“{found}”的函数；可用：{allowed}", "there is no function named '{found}'; there are: {allowed}";
        FunctionArguments = "function_arguments":
            "{function} 的写法是 {usage}", "{function} is written {usage}";
        EventCompared = "event_compared":
            "“{column}”是事件，其日期可能只知道一个区间，不能直接比较或判空；请写 {form}",
            "'{column}' is an event, whose date may be known only as an interval, so it is not compared directly; write {form}";
        NotAnEvent = "not_an_event":
            "happened 的第一个参数应是事件列，而不是“{found}”",
            "happened asks about a column of an event, which '{found}' is not";
        PlannedNotEvent = "planned_not_event":
            "“{found}”是计划或到期日期，不是事件；请写 {form}",
            "'{found}' is a planned or due date, not an event; write {form}";
        NotACondition = "not_a_condition":
            "此处应是条件，而“{found}”不是（{type}）", "a condition is needed here, which '{found}' is not ({type})";
        ConditionAsValue = "condition_as_value":
            "此处应是数值、文本或日期，而“{found}”是条件",
            "a number, a text or a date is needed here, but '{found}' is a condition";
        FlagAsValue = "flag_as_value":
            "“{column}”是“是/否”列，本身就是条件；请写 {column} 或 NOT {column}",
            "'{column}' is yes or no and a condition by itself; write {column} or NOT {column}";
        NotAFlag = "not_a_flag":
            "只有“是/否”列能与 TRUE、FALSE 比较，“{found}”不是",
            "only a column of yes and no is compared with TRUE or FALSE, which '{found}' is not";
        ConstantsCompared = "constants_compared":
            "TRUE、FALSE 不能互相比较", "TRUE and FALSE are not compared with each other";
        TypesDiffer = "types_differ":
            "“{left}”（{left_type}）与“{right}”（{right_type}）类型不同，不能比较",
            "'{left}' ({left_type}) and '{right}' ({right_type}) are of different types and are not compared";
        NoOrder = "no_order":
            "“{found}”（{type}）没有大小先后，只能用 =、<> 或 IN", "'{found}' ({type}) has no order; use =, <> or IN";
        NeedsNumbers = "needs_numbers":
            "“{operator}”用于数字，而“{found}”不是（{type}）", "'{operator}' works on numbers, which '{found}' is not ({type})";
        DateArithmetic = "date_arithmetic":
            "日期只能加减整数天（最多 100000 天），“{found}”不行；两个日期相差的天数请写 days_between(from, to)",
            "a date takes whole days (at most 100000) added or taken, which '{found}' is not; the days between two dates are days_between(from, to)";
        NumberTooLong = "number_too_long":
            "“{found}”的位数太多：共 27 位、小数 18 位以内", "'{found}' has too many digits: 27 in all and 18 after the point are allowed";
        NotADay = "not_a_day":
            "“{found}”不是日期；请写成 DATE '2024-03-31' 的形式", "'{found}' is not a day; write it like DATE '2024-03-31'";
        NullCompared = "null_compared":
            "NULL 不等于任何值，也不是条件；请写 IS NULL 或 IS NOT NULL",
            "NULL equals nothing and is no condition; write IS NULL or IS NOT NULL";
        IsNullOfColumns = "is_null_of_columns":
            "IS NULL 只能用于一列，而不是“{found}”", "IS NULL asks about one column, which '{found}' is not";
        ListOfLiterals = "list_of_literals":
            "IN 的列表只能是常量，“{found}”不是", "the list of IN holds literals, which '{found}' is not";
        UnknownValue = "unknown_value":
            "列“{column}”没有“{found}”这个值；可用：{allowed}", "column '{column}' has no value '{found}'; it has: {allowed}";
        QuotedName = "quoted_name":
            "双引号里是列名，而没有名为“{found}”的列；文本请用单引号：{form}",
            "double quotes are around names of columns, and there is none named '{found}'; a text stands in single quotes: {form}";
        MissingColumn = "missing_column":
            "台账的表“{table}”没有列“{column}”；它的表头可以是：{headers}",
            "table '{table}' of the ledger does not have the column '{column}', whose header may be: {headers}";
        NoProject = "no_project":
            "表“{table}”不引用项目，因此没有 project.{found}",
            "table '{table}' does not refer to projects, so there is no project.{found}";
        OnlyProject = "only_project":
            "点号之前只能是 project，“{found}”不行", "only project stands before a point, so '{found}' has no meaning";
        InvalidPeriod = "invalid_period":
            "“{found}”不是期间；可写作 2024、2024H1、2024Q1、2024-03、2024-03-05、2024-01-01..2024-03-31、累计，或 2024年、2024年上半年、2024年一季度、2024年3月",
            "'{found}' is not a period; write 2024, 2024H1, 2024Q1, 2024-03, 2024-03-05, 2024-01-01..2024-03-31 or cumulative";
        PeriodReversed = "period_reversed":
            "期间的末日 {end} 早于首日 {start}", "the period ends on {end}, before it starts on {start}";
        ImplausibleYear = "implausible_year":
            "年份 {found} 不合常理；可用 1900 至 2200", "the year {found} is implausible; years from 1900 to 2200 are allowed";
        InvalidDate = "invalid_date":
            "“{found}”不是日期；可写作 2024-03-31、2024/3/31 或 2024年3月31日",
            "'{found}' is not a date; write 2024-03-31, 2024/3/31 or 2024年3月31日";
        ImpossibleDate = "impossible_date": "“{found}”在日历上不存在", "'{found}' is not in the calendar";
        UnknownEvery = "unknown_every":
            "“{found}”不是序列的步长；可用：{allowed}", "'{found}' is not a step of a series; there are: {allowed}";
        TooManyPeriods = "too_many_periods":
            "从 {start} 到 {end} 按 {every} 划分超过 {allowed} 期", "from {start} to {end} there are more than {allowed} periods by {every}";
        UnknownRounding = "unknown_rounding":
            "“{found}”不是修约方式；可用：{allowed}", "'{found}' is not a mode of rounding; there are: {allowed}";
        TooManyDigits = "too_many_digits":
            "小数位数 {found} 过多；最多 {allowed} 位", "{found} digits after the point are too many; at most {allowed} are allowed";
        DefinitionSyntax = "definition_syntax":
            "定义读不懂：{detail_zh}", "the definition cannot be read: {detail_en}";
        DefinitionsNotFound = "definitions_not_found":
            "没有定义文件“{file}”", "there is no file of definitions '{file}'";
        DefinitionsUnreadable = "definitions_unreadable":
            "定义文件“{file}”无法读取：{detail}", "the file of definitions '{file}' cannot be read: {detail}";
        InvalidId = "invalid_id":
            "“{found}”不能作指标编号：编号由小写字母、数字和下划线组成，以字母开头",
            "'{found}' is no id: an id has lower-case letters, digits and underscores, and begins with a letter";
        ReservedId = "reserved_id":
            "“{found}”是编程语言的保留字，不能作指标编号", "'{found}' is a reserved word of Rust or Python and no id";
        IdContradicts = "id_contradicts":
            "条目“{key}”里写的 id 却是“{found}”", "the entry '{key}' says that its id is '{found}'";
        DuplicateIndicator = "duplicate_indicator":
            "指标“{found}”已有定义；请另取编号", "the indicator '{found}' is already defined; choose another id";
        NoMeasure = "no_measure":
            "没有计量方式；count、share、sum、distinct、ratio、days 中须有一个",
            "there is no measure; one of count, share, sum, distinct, ratio, days is needed";
        SeveralMeasures = "several_measures":
            "计量方式只能有一个，这里有：{found}", "there is one measure to an indicator, and here are: {found}";
        MeasureLater = "measure_later":
            "本版本还没有“{found}”这种计量方式", "the measure '{found}' is not part of this version; it comes with a later one";
        FieldNeeded = "field_needed": "缺少 {field}，例如 {form}", "{field} is missing; write for example {form}";
        FieldWithout = "field_without": "{field} 只能与 {with} 同用", "{field} only goes with {with}";
        VariantOfVariant = "variant_of_variant":
            "变体“{found}”不能再有变体", "the variant '{found}' cannot have variants of its own";
        NoTime = "no_time":
            "没有时间口径；须写 stock（截至某日）或 flow（某期间内），stock = \"*\" 指全部行",
            "there is no time; write stock (at a date) or flow (in a period), or stock = \"*\" for all rows";
        TwoTimes = "two_times": "stock 和 flow 只能写一个", "write stock or flow, not both";
        FlowOfAll = "flow_of_all":
            "流量须有日期列；全部行请写 stock = \"*\"", "a flow needs a date; for all rows write stock = \"*\"";
        NotATime = "not_a_time":
            "“{found}”不能作时间：须是本表的事件列或日期列",
            "'{found}' is no time: an event or a date of the table itself is needed";
        NotANumber = "not_a_number": "此处应是数字，而“{found}”不是", "a number is needed here, which '{found}' is not";
        NotGroupable = "not_groupable":
            "“{found}”是数字或日期，不能数不同的值", "'{found}' is a number or a date, whose values are not told apart";
        RatioMixed = "ratio_mixed":
            "ratio 的分子分母须同为指标编号，或同为 sum、count、distinct",
            "the sides of a ratio are both ids of indicators, or both sum, count or distinct";
        PartMeasure = "part_measure":
            "ratio 的一边须是 sum、count、distinct 中的一个", "a side of a ratio is one of sum, count, distinct";
        ComponentMeasure = "component_measure":
            "“{found}”不能作 ratio 的一边：只能是计数、合计或去重计数的指标",
            "'{found}' cannot be a side of a ratio: only counts, sums and distinct counts are divided";
        NotOfIndicators = "not_of_indicators":
            "两个指标之比没有自己的行，不能写 {field}", "a ratio of two indicators has no rows of its own, and so no {field}";
        OnceNotReference = "once_not_reference":
            "“{found}”不引用项目，不能用于 once", "'{found}' does not refer to projects, so nothing counts once by it";
        OnceReadsOwn = "once_reads_own":
            "用了 once，计量只能读 project. 的列，而“{found}”是行自己的列",
            "with once the measure reads columns of the project only, but '{found}' is the row's own";
        OnceDistinct = "once_distinct":
            "once 不能与 distinct 同用：distinct 本身已经去重", "once does not go with distinct, which counts each value once by itself";
        TextNeedsQuotes = "text_needs_quotes":
            "没有名为“{found}”的列；如果是文本，须加单引号：{form}",
            "there is no column named '{found}'; a text stands in single quotes: {form}";
        Interrupted = "interrupted": "已按要求中止", "it was ended, as was asked";
        NothingToWrite = "nothing_to_write": "没有给出要写的表；可用的表：{allowed}", "no table was named to write; there are: {allowed}";
        PathNotXlsx = "path_not_xlsx":
            "写出的是 .xlsx 工作簿，“{found}”的扩展名不是 .xlsx", "what is written is an .xlsx workbook, and '{found}' does not end in .xlsx";
        FolderNotFound = "folder_not_found": "没有文件夹“{folder}”，请先建立", "there is no folder '{folder}': make it first";
        PathIsFolder = "path_is_folder": "这是文件夹，请给出文件名", "this is a folder: name a file in it";
        FileUnwritable = "file_unwritable":
            "无法写入（{detail}）；文件若在 Excel 或 WPS 中打开，请先关闭",
            "it cannot be written ({detail}); if it is open in Excel or WPS, close it first";
        TooManyRows = "too_many_rows":
            "表“{table}”有 {found} 行，一张 Excel 工作表最多 {most} 行；请改用 to_polars() 写成 Parquet 或 CSV，或分开读取",
            "table '{table}' has {found} rows, and a sheet of Excel holds {most}; write it as Parquet or CSV, or read it in parts";
        TooManyColumns = "too_many_columns":
            "表“{table}”有 {found} 列，一张 Excel 工作表最多 {most} 列",
            "table '{table}' has {found} columns, and a sheet of Excel holds {most}";
        PathWasRead = "path_was_read":
            "台账就是从这个文件读取的，写出会覆盖它；请换一个文件名",
            "the ledger was read from this file, which writing would replace; choose another name";
        PathIsFile = "path_is_file":
            "这是文件；台账存为一个文件夹，请给出文件夹名", "this is a file, and a ledger is saved as a folder: name a folder";
        FolderHoldsOther = "folder_holds_other":
            "文件夹里有别的东西（{found}），台账不存在这里；请另给一个文件夹",
            "the folder holds something else ({found}), so no ledger is saved in it; name another folder";
        FolderUnwritable = "folder_unwritable": "无法写入（{detail}）", "it cannot be written ({detail})";
        SavedNotFound = "saved_not_found": "没有这个文件夹", "there is no such folder";
        NotASavedLedger = "not_a_saved_ledger":
            "这不是 save 存下的台账（没有 {file}）；台账文件请用 read 读取",
            "this is no ledger that save wrote (there is no {file}); files of ledgers are read by read";
        SavedByLater = "saved_by_later":
            "台账由更新的版本存下（{program}，格式 {found}），本版本只认到格式 {known}；请先升级",
            "the ledger was saved by a later version ({program}, format {found}), and this one knows formats up to {known}: upgrade first";
        SavedFileMissing = "saved_file_missing":
            "存下的台账缺了这个文件；请恢复它，或重新读取台账再存一次",
            "this file of the saved ledger is missing: restore it, or read the ledger and save it again";
        SavedFileChanged = "saved_file_changed":
            "文件和存下时不一样：被改动过，或已损坏；请恢复它，或重新读取台账再存一次",
            "the file is not as it was saved: it was changed or is damaged; restore it, or read the ledger and save it again";
        SavedUnreadable = "saved_unreadable":
            "存下的台账读不懂（{detail}）；请恢复它，或重新读取台账再存一次",
            "the saved ledger cannot be read ({detail}); restore it, or read the ledger and save it again";
        SavedWordUnknown = "saved_word_unknown":
            "存下的台账里的“{found}”，本版本不认得（由 {program} 存下）；请重新读取台账再存一次",
            "'{found}' in the saved ledger is not known to this version (it was saved by {program}); read the ledger and save it again";
        ScanNotParquet = "scan_not_parquet":
            "这不是 Parquet 文件，不能分批扫描；请用 read 读取，或先转存为 Parquet",
            "this is no Parquet file, which alone are scanned; read it by read, or save it as Parquet first";
        ScanFileDamaged = "scan_file_damaged":
            "Parquet 文件读不出来（{detail}）：可能已损坏，请重新下载或导出；如果是由 save 存下的台账，请用 load 打开它的文件夹",
            "the Parquet file cannot be read ({detail}): it may be damaged, so fetch or export it again; a ledger that save wrote is opened by load, of its folder";
        ScanFileChanged = "scan_file_changed":
            "文件在打开之后变了，请重新 scan",
            "the file has changed since it was opened; scan it anew";
        ScanNothing = "scan_nothing": "没有要扫描的文件", "there is no file to scan";
        ScanTablesDiffer = "scan_tables_differ":
            "文件的列（{found}）是表“{other}”的，而第一个文件是表“{table}”的；一次只扫描一张表的文件",
            "the columns of the file ({found}) are those of table '{other}', and those of the first file of '{table}'; scan the files of one table at a time";
        ScanColumnMissing = "scan_column_missing":
            "这个文件没有“{column}”列，而第一个文件有；请改成同样的表头和单位，或用 columns= 说明哪一列就是它，没有的先补上",
            "this file lacks the column '{column}', which the first file has; give both the same header and unit, tell with columns= which column it is, or add it";
        ScanColumnMore = "scan_column_more":
            "这个文件有“{column}”列，而第一个文件没有，所问的数要用到它；请把它补到其他文件，或先从这个文件去掉",
            "this file has the column '{column}', which the first file lacks and which bears on what is asked; add it to the others, or drop it from this one";
        ScanDoesNotAdd = "scan_does_not_add":
            "“{indicator}”不能分批计算（去重、once 和天数须看全部的行）；请用 read 读取后再问",
            "'{indicator}' cannot be computed in parts (distinct counts, once and days need all rows at hand); read the files and ask then";
        ScanOtherTable = "scan_other_table":
            "“{indicator}”用的是表“{table}”，不在扫描的文件里；请向那张表的台账提问",
            "'{indicator}' is about the table '{table}', which is not scanned; ask the ledger that has it";
        ScanNeedsPeriod = "scan_needs_period":
            "扫描时用 every 须同时给出 period，如 2023 或起止日期",
            "a series over scanned files needs its period, such as 2023 or a first and a last day";
        ScanPhases = "scan_phases":
            "扫描项目表时不能用 phases=\"parent\"：上级项目可能在别的批次里",
            "phases=\"parent\" has no meaning where projects are scanned: a parent may be in another batch";
        ScanDoesNotOpen = "scan_does_not_open":
            "扫描得到的数不能打开到行；请把有关的部分读成台账再问",
            "what was scanned does not open into rows; read the part in question as a ledger";
        MergeScanned = "merge_scanned":
            "扫描得到的数不能合并，因为看不出是否有重复的行；请把所有文件放在一次扫描里",
            "what was scanned is not merged, for nothing tells whether rows are counted twice; scan all files at once";
        UnitsNeedNumbers = "units_need_numbers":
            "units 提到的列“{column}”不是金额、面积或数量，单位对它不起作用",
            "units names the column '{column}', which holds no amounts, areas or numbers: a unit has no effect on it";
        UnitUnfit = "unit_unfit":
            "列“{column}”不能以“{found}”为单位；可用：{allowed}", "the column '{column}' cannot be in '{found}'; its units are: {allowed}";
        BlanksNeedFlags = "blanks_need_flags":
            "blanks 提到的列“{column}”不是“是/否”列；只有“是/否”列的空白可以当作“否”",
            "blanks names the column '{column}', which is not of yes and no: only there a blank may mean no";
        DaysNeedEvents = "days_need_events":
            "天数从一个事件算到另一个事件，而“{found}”不是事件", "days are counted from event to event, and '{found}' is none";
        DaysOfOneEvent = "days_of_one_event":
            "days 的 from、to、competing 须是不同的事件", "from, to and competing of days are different events";
        DaysMinusNotWhole = "days_minus_not_whole":
            "days 的 minus 须是整数列，而“{found}”不是", "minus of days is a column of whole numbers, which '{found}' is not";
        DaysMinusWorking = "days_minus_working":
            "“{found}”是工作日数，不能从自然日里扣；请写 calendar = \"working\"",
            "'{found}' holds working days, which cannot be taken out of natural ones; say calendar = \"working\"";
        StatisticOutOfRange = "statistic_out_of_range":
            "statistic 须是 \"median\" 或 0 与 1 之间的数，如 0.9，而不是 {found}",
            "statistic is \"median\" or a number between 0 and 1 such as 0.9, and not {found}";
        MergeQuantiles = "merge_quantiles":
            "“{indicator}”是中位数一类的天数，不能相加合并", "'{indicator}' is a quantile of days, which is not had by adding";
        CurveOfDays = "curve_of_days":
            "“{indicator}”不是天数指标，没有曲线；天数指标如 days_signed_to_started",
            "'{indicator}' measures no days, so it has no curve; days_signed_to_started does";
        NoAges = "no_ages": "没有给出天数 ages，如 [90, 180, 365]", "no ages were given; write for example [90, 180, 365]";
        CohortTable = "cohort_table":
            "台账中没有一张表同时有“{from}”和“{event}”；可用 table= 指定", "no table of the ledger has both '{from}' and '{event}'; table= names one";
        CohortTables = "cohort_tables":
            "有几张表同时有“{from}”和“{event}”：{allowed}；请用 table= 指定",
            "several tables have both '{from}' and '{event}': {allowed}; name one by table=";
    }
}
