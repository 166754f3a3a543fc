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
            "指标“{indicator}”需要表“{table}”的列，而台账没有：{missing}",
            "indicator '{indicator}' needs columns of table '{table}' that the ledger does not have: {missing}";
        MissingTable = "missing_table":
            "指标“{indicator}”需要表“{table}”，而台账没有这张表",
            "indicator '{indicator}' needs the table '{table}', which the ledger does not have";
        Overflow = "overflow":
            "“{indicator}”的合计超出 128 位整数，无法精确计算", "the sum of '{indicator}' does not fit 128 bits, so it cannot be exact";
        FileNotFound = "file_not_found": "找不到文件", "there is no such file";
        FileIsFolder = "file_is_folder":
            "这是文件夹，不是文件；请给出其中的文件", "this is a folder, not a file; name the files in it";
        FileUnreadable = "file_unreadable": "系统不允许读取：{detail}", "the system refused to read it: {detail}";
        FileEmpty = "file_empty": "文件是空的", "the file is empty";
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
        SheetUnknown = "sheet_unknown":
            "工作簿没有名为“{found}”的工作表；有：{allowed}", "the workbook has no sheet named '{found}'; it has: {allowed}";
        SheetsSeveral = "sheets_several":
            "有几张工作表都像“{table}”：{sheets}；请用 sheet= 指定",
            "several sheets fit the table '{table}': {sheets}; say which with sheet=";
        HeaderNotFound = "header_not_found":
            "没有找到表头：{looked}；请核对列名，或用 columns= 和 table= 说明",
            "no header was found: {looked}; check the column names, or tell with columns= and table=";
        TableUnclear = "table_unclear":
            "表头同样符合几张表（{tables}）；请用 table= 指定",
            "the header fits several tables alike ({tables}); say which with table=";
        UnitMissing = "unit_missing":
            "没有写单位，“{value}”可能是元、万元或亿元（亩或㎡）；请用 units= 说明",
            "no unit is written, so that '{value}' may be 元, 万元 or 亿元 (亩 or ㎡); tell it with units=";
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
        IssuesFound = "issues_found":
            "strict：发现 {count} 个错误，例如：{examples}", "strict: {count} errors were found, such as: {examples}";
        ColumnType = "column_type":
            "{dtype} 类型的列不能读作“{kind}”；请先转换成文本、数字或日期",
            "a column of type {dtype} cannot be read as '{kind}'; convert it to text, a number or a date first";
        NothingToRead = "nothing_to_read": "没有给出文件或数据框", "no file and no frame was given";
        Engine = "engine": "计算引擎报错：{detail}", "the computing engine failed: {detail}";
    }
}
