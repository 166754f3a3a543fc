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
        NothingAsked = "nothing_asked": "没有要计算的指标", "no indicator was asked for";
        DaysOutOfRange = "days_out_of_range": "天数 {found} 不在 0 到 200000 之间", "{found} days is not between 0 and 200000";
        ConfidenceOutOfRange = "confidence_out_of_range":
            "置信水平 {found} 不在 0 与 1 之间", "the confidence {found} is not between 0 and 1";
        WithinNeedsEvents = "within_needs_events":
            "within 只用于条件全由 happened(…) 组成的计数或占比，指标“{indicator}”不是",
            "within is for counts and shares whose condition is made of happened(…) alone; '{indicator}' is not one";
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
    }
}
