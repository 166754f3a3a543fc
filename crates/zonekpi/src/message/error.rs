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
        Engine = "engine": "计算引擎报错：{detail}", "the computing engine failed: {detail}";
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
    }
}
