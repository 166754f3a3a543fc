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
    }
}
