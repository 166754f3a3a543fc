//! The words of the display: column heads, group names, footnotes.

use super::messages;

messages! {
    /// A word or a sentence of the display.
    Phrase {
        NotFilled = "not_filled": "未填", "not filled in";
        Unknown = "unknown": "未知", "unknown";
        Total = "total": "合计", "Total";
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
