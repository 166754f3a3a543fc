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
    }
}
