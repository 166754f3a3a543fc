//! What a finished table says, for small tables made by hand.

use std::sync::Arc;

use chrono::NaiveDate;

use super::*;
use crate::indicator::{Basis, Better, CancelledDefault, ColumnRef, Measure, Predicate};
use crate::ledger::Schema;
use crate::number::{Decimal, Fraction};

fn day(text: &str) -> NaiveDate {
    crate::period::date(text).expect("a date")
}

fn indicator(id: &str, zh: &str, en: &str, unit: &str, basis: Basis) -> Arc<Indicator> {
    Arc::new(Indicator {
        id: id.to_owned(),
        name: Bilingual { zh: zh.to_owned(), en: en.to_owned() },
        table: Schema::builtin().table("projects"),
        basis,
        time: None,
        population: Predicate::Constant(true),
        measure: Measure::Count { condition: Predicate::Constant(true) },
        once: None,
        exclude: Vec::new(),
        cancelled: CancelledDefault::Keep,
        unit: unit.to_owned(),
        counted: None,
        better: Better::Higher,
        note: None,
        source: String::new(),
        text: String::new(),
        fingerprint: String::new(),
    })
}

fn commitment() -> Arc<Indicator> {
    indicator("commitment_share", "承诺制项目占比", "Commitment-system share", "share", Basis::Stock)
}

fn investment() -> Arc<Indicator> {
    indicator("signed_investment", "签约总投资", "Signed investment", "cny", Basis::Flow)
}

fn signed() -> Arc<Indicator> {
    indicator("signed_projects", "签约项目数", "Signed projects", "count", Basis::Flow)
}

fn row(indicator: &Indicator, group: &[Option<&str>]) -> Row {
    let flow = indicator.basis == Basis::Flow;
    Row {
        indicator: indicator.id.clone(),
        groups: group.iter().map(|g| g.map(str::to_owned)).collect(),
        total: false,
        basis: indicator.basis,
        period_start: flow.then(|| day("2024-01-01")),
        period_end: day("2024-03-31"),
        as_of: day("2024-03-31"),
        value: None,
        numerator: None,
        denominator: None,
        unknown: 0,
        population_unknown: 0,
        population_unknown_met: 0,
        population_unknown_not_met: 0,
        excluded: 0,
        lower: None,
        upper: None,
        wilson: None,
        durations: None,
        immature: false,
        undated: Vec::new(),
        complete: true,
        figures: Vec::new(),
    }
}

fn share(indicator: &Indicator, group: &[Option<&str>], k: i128, n: i128) -> Row {
    Row {
        value: Fraction::new(k, n),
        numerator: Some(Decimal::whole(k)),
        denominator: Some(Decimal::whole(n)),
        ..row(indicator, group)
    }
}

fn sum(indicator: &Indicator, group: &[Option<&str>], value: i128) -> Row {
    Row { value: Fraction::new(value, 1), numerator: Some(Decimal::whole(value)), ..row(indicator, group) }
}

fn zone() -> Dimension {
    column("zone", false)
}

fn column(name: &str, of_project: bool) -> Dimension {
    let spec = Schema::builtin().table("projects").and_then(|t| t.column(name)).expect("a column");
    Dimension::of_schema(name, of_project, spec)
}

fn table<'a>(indicators: &'a [Arc<Indicator>], dimensions: &'a [Dimension], rows: &'a [Row]) -> Table<'a> {
    Table {
        title: None,
        indicators,
        dimensions,
        rows,
        snapshot_on: day("2024-03-31"),
        year_to_date: false,
        confidence: None,
        cohorts: false,
    }
}

fn english() -> DisplayOptions {
    DisplayOptions::new().language(Language::En)
}

#[test]
fn groups_stand_on_lines_and_indicators_in_columns() {
    let indicators = [commitment(), signed(), investment()];
    let [c, s, i] = &indicators;
    let (shuozhou, yangquan) = (&[Some("朔州经开区")][..], &[Some("阳泉高新区")][..]);
    let rows = [
        share(c, shuozhou, 59, 63),
        Row {
            unknown: 1,
            population_unknown: 1,
            lower: Fraction::new(1, 4),
            upper: Fraction::new(3, 4),
            ..share(c, yangquan, 1, 3)
        },
        share(c, &[None], 0, 0),
        Row { total: true, ..share(c, &[None], 60, 66) },
        sum(s, shuozhou, 35),
        sum(s, yangquan, 1200),
        sum(s, &[None], 0),
        Row { total: true, ..sum(s, &[None], 1235) },
        sum(i, shuozhou, 18_000_000_000),
        sum(i, yangquan, 1_234_567_890),
        Row { unknown: 2, ..row(i, &[None]) },
        Row { total: true, unknown: 2, ..sum(i, &[None], 19_234_567_890) },
    ];
    let dimensions = [zone()];
    let table = Table { year_to_date: true, ..table(&indicators, &dimensions, &rows) };
    insta::assert_snapshot!(table.render(&DisplayOptions::new()), @r#"
    截至 2024-03-31；期间 2024年一季度
    开发区      承诺制项目占比  签约项目数（个）  签约总投资（亿元）
    ----------------------------------------------------------------
    朔州经开区         93.65%                 35             180.00
    阳泉高新区         33.33%*              1200              12.35
    未填                    —                  0                  —*
    ----------------------------------------------------------------
    合计               90.91%               1235             192.35*
    * 有未知项（占比的分母含未知者，合计只加已知者）：
      阳泉高新区 承诺制项目占比：未知 1 项，归属未知 1 项，真值 25.00%–75.00%
      未填 签约总投资：未知 2 项
      合计 签约总投资：未知 2 项
    流量为本年累计：2024-01-01 至 2024-03-31
    "#);
    insta::assert_snapshot!(table.render(&english().separators(true).digits(1).expect("one digit")), @r#"
    as of 2024-03-31; period 2024 Q1
    Zone           Commitment-system share  Signed projects  Signed investment (bn CNY)
    -----------------------------------------------------------------------------------
    朔州经开区                      93.7%                35                       18.0
    阳泉高新区                      33.3%*            1,200                        1.2
    not filled in                       —                 0                          —*
    -----------------------------------------------------------------------------------
    Total                           90.9%             1,235                       19.2*
    * some rows are unknown (a share keeps them in its denominator, a sum adds only what is known):
      阳泉高新区 Commitment-system share: 1 unknown, 1 of unknown membership, true value 25.0%–75.0%
      not filled in Signed investment: 2 unknown
      Total Signed investment: 2 unknown
    flows cover the year to date: 2024-01-01 to 2024-03-31
    "#);
}

#[test]
fn without_dimensions_an_indicator_has_a_line() {
    let indicators = [commitment(), investment(), signed()];
    let [c, i, s] = &indicators;
    let rows = [
        Row { excluded: 3, wilson: crate::stats::wilson(59, 63, 0.95), ..share(c, &[], 59, 63) },
        sum(i, &[], 18_000_000_000),
        Row { period_end: day("2024-12-31"), complete: false, ..sum(s, &[], 35) },
    ];
    let table = Table { confidence: Some(0.95), ..table(&indicators, &[], &rows) };
    let rendered = table.render(&DisplayOptions::new());
    insta::assert_snapshot!(rendered, @r#"
    截至 2024-03-31；期间 2024年
    指标                    数值       95% 区间  分子/分母  未知  期间
    -----------------------------------------------------------------------------
    承诺制项目占比       93.65%   84.78%–97.50%    59 / 63     0  截至 2024-03-31
    签约总投资      180.00 亿元                                0  2024年一季度
    签约项目数            35 个†                               0  2024年
    † 期间尚未结束：数据截至 2024-03-31
    "#);
    assert_eq!(
        rendered.lines[0].cells[1].hover.as_deref(),
        Some("59 / 63\n剔除 3 项\n95% 区间（Wilson）84.78%–97.50%")
    );
    insta::assert_snapshot!(table.render(&english()), @r#"
    as of 2024-03-31; period 2024
    Indicator                        Value   95% interval      n/d  Unknown  Period
    -----------------------------------------------------------------------------------------
    Commitment-system share        93.65%   84.78%–97.50%  59 / 63        0  as of 2024-03-31
    Signed investment        18.00 bn CNY                                 0  2024 Q1
    Signed projects                    35†                                0  2024
    † the period is not over: data up to 2024-03-31
    "#);
}

#[test]
fn one_indicator_by_a_dimension_shows_what_stands_behind_it() {
    let indicators = [commitment()];
    let rows = [
        share(&indicators[0], &[Some("朔州经开区"), Some("filing")], 59, 63),
        Row {
            unknown: 2,
            lower: Fraction::new(1, 5),
            upper: Fraction::new(3, 5),
            undated: vec!["commitment".to_owned(), "project.investment_cny".to_owned(), "备注".to_owned()],
            as_of: day("2023-12-31"),
            ..share(&indicators[0], &[Some("朔州经开区"), None], 1, 5)
        },
    ];
    let dimensions = [zone(), column("approval_kind", false)];
    let table = table(&indicators, &dimensions, &rows);
    insta::assert_snapshot!(table.render(&DisplayOptions::new()), @r#"
    开发区      立项方式  承诺制项目占比  分子/分母  未知
    -----------------------------------------------------
    朔州经开区  备案            93.65%      59 / 63     0
    朔州经开区  未知            20.00%*‡      1 / 5     2
    * 有未知项（占比的分母含未知者，合计只加已知者）：
      朔州经开区 未知 承诺制项目占比：未知 2 项，真值 20.00%–60.00%
    ‡ 以下列只有 2024-03-31 的状态：是否承诺制、总投资、备注
    "#);
    insta::assert_snapshot!(table.render(&english()), @r#"
    Zone        Approval kind  Commitment-system share      n/d  Unknown
    --------------------------------------------------------------------
    朔州经开区  filing                        93.65%    59 / 63        0
    朔州经开区  unknown                       20.00%*‡    1 / 5        2
    * some rows are unknown (a share keeps them in its denominator, a sum adds only what is known):
      朔州经开区 unknown Commitment-system share: 2 unknown, true value 20.00%–60.00%
    ‡ these columns are known only as of 2024-03-31: commitment, project.investment_cny, 备注
    "#);
}

#[test]
fn a_series_has_a_line_for_each_period() {
    let indicators = [commitment(), signed()];
    let [c, s] = &indicators;
    let zone_of = &[Some("朔州经开区")][..];
    let (q1, q2) = (day("2024-03-31"), day("2024-06-30"));
    let later = |r: Row| Row {
        period_start: r.period_start.map(|_| day("2024-04-01")),
        period_end: q2,
        complete: false,
        as_of: day("2024-05-15"),
        ..r
    };
    let rows = [
        Row { period_end: q1, ..share(c, zone_of, 3, 4) },
        later(share(c, zone_of, 4, 5)),
        Row { period_end: q1, ..sum(s, zone_of, 7) },
        later(sum(s, zone_of, 2)),
    ];
    let dimensions = [zone()];
    let table = Table { snapshot_on: day("2024-05-15"), ..table(&indicators, &dimensions, &rows) };
    insta::assert_snapshot!(table.render(&DisplayOptions::new()), @r#"
    截至各期末：2024-03-31 至 2024-05-15；期间 2024年上半年
    开发区      期间          承诺制项目占比  签约项目数（个）
    ----------------------------------------------------------
    朔州经开区  2024年一季度         75.00%                 7
    朔州经开区  2024年二季度         80.00%†                2†
    † 期间尚未结束：数据截至 2024-05-15
    "#);
    // Stocks alone stand at dates.
    let stocks = super::Table { indicators: &indicators[..1], ..table };
    insta::assert_snapshot!(stocks.render(&DisplayOptions::new()), @r#"
    截至各期末：2024-03-31 至 2024-05-15；期间 2024年上半年
    开发区      期间             承诺制项目占比  分子/分母  未知
    ------------------------------------------------------------
    朔州经开区  截至 2024-03-31         75.00%       3 / 4     0
    朔州经开区  截至 2024-05-15         80.00%†      4 / 5     0
    † 期间尚未结束：数据截至 2024-05-15
    "#);
}

/// An indicator of projects placed in time by a column.
fn timed(id: &str, zh: &str, time: &str) -> Arc<Indicator> {
    let spec = Schema::builtin().table("projects").and_then(|t| t.column(time)).expect("a column");
    let column = ColumnRef { of_project: false, name: time.to_owned(), kind: spec.kind };
    let plain = indicator(id, zh, id, "count", Basis::Flow);
    Arc::new(Indicator { time: Some(column), ..Indicator::clone(&plain) })
}

#[test]
fn a_count_of_events_in_a_period_after_the_data_is_no_zero() {
    let indicators = [timed("signed", "签约项目数", "signed_on"), timed("planned", "计划开工数", "planned_start_on")];
    let [s, p] = &indicators;
    let period = |r: Row, start: &str, end: &str| Row {
        period_start: Some(day(start)),
        period_end: day(end),
        complete: false,
        ..r
    };
    let rows = [
        period(sum(s, &[], 2), "2024-03-01", "2024-04-30"),
        period(sum(s, &[], 0), "2024-05-01", "2024-06-30"),
        // A date after the snapshot that stands in the ledger all the same is shown.
        period(sum(s, &[], 1), "2024-07-01", "2024-08-31"),
        // The plan of a period is there before the period.
        period(sum(p, &[], 0), "2024-05-01", "2024-06-30"),
    ];
    let rendered = table(&indicators, &[], &rows).render(&DisplayOptions::new());
    insta::assert_snapshot!(rendered, @r#"
    截至 2024-03-31；期间 2024年3–8月
    指标         数值  未知  期间
    ------------------------------------
    签约项目数  2 个†     0  2024年3–4月
    签约项目数     —†     0  2024年5–6月
    签约项目数  1 个†     0  2024年7–8月
    计划开工数  0 个†     0  2024年5–6月
    † 期间在数据之后：数据截至 2024-03-31，此后发生多少尚不可知，不是 0
    † 期间尚未结束：数据截至 2024-03-31
    "#);
    assert_eq!(rendered.lines[1].cells[1].number, None);
    assert_eq!(rendered.lines[1].cells[1].exact, None);
}

#[test]
fn a_stock_of_a_series_is_not_told_again_for_periods_after_the_data() {
    let indicators = [commitment(), timed("due", "应开工项目", "planned_start_on")];
    let [c, due] = &indicators;
    let at = |r: Row, end: &str| Row {
        basis: Basis::Stock,
        period_start: None,
        period_end: day(end),
        as_of: day(end).min(day("2024-03-31")),
        complete: day(end) <= day("2024-03-31"),
        ..r
    };
    let rows = [
        at(share(c, &[], 40, 50), "2023-12-31"),
        // The data end in the middle of this one.
        at(share(c, &[], 59, 63), "2024-06-30"),
        // Nothing is told of what unknown rows would do to it.
        at(Row { unknown: 2, undated: vec!["commitment".to_owned()], ..share(c, &[], 59, 63) }, "2024-12-31"),
        // What falls due is known ahead.
        at(sum(due, &[], 3), "2024-06-30"),
        at(sum(due, &[], 4), "2024-12-31"),
    ];
    let rendered = table(&indicators, &[], &rows).render(&DisplayOptions::new());
    insta::assert_snapshot!(rendered, @r#"
    截至各期末：2023-12-31 至 2024-03-31
    指标               数值  分子/分母  未知  期间
    ---------------------------------------------------------
    承诺制项目占比  80.00%     40 / 50     0  截至 2023-12-31
    承诺制项目占比  93.65%†    59 / 63     0  截至 2024-03-31
    承诺制项目占比       —†                   截至 2024-12-31
    应开工项目        3 个†                0  截至 2024-03-31
    应开工项目        4 个†                0  截至 2024-12-31
    † 时点在数据之后：数据截至 2024-03-31，那时是多少尚不可知（数据框里是按已有记录算出的值，complete 为 false）
    † 期间尚未结束：数据截至 2024-03-31
    "#);
    assert_eq!((&rendered.lines[2].cells[1].number, &rendered.lines[2].cells[1].exact), (&None, &None));
    // The same date asked for alone was asked for on purpose.
    let alone = table(&indicators[..1], &[], &rows[2..3]).render(&DisplayOptions::new());
    assert_eq!((alone.lines[0].cells[1].text.as_str(), alone.footnotes.len()), ("93.65%", 3));
}

#[test]
fn intervals_stand_beside_the_shares() {
    let indicators = [commitment(), signed()];
    let [c, s] = &indicators;
    let zone_of = &[Some("朔州经开区")][..];
    let rows = [Row { wilson: crate::stats::wilson(59, 63, 0.95), ..share(c, zone_of, 59, 63) }, sum(s, zone_of, 7)];
    let dimensions = [zone()];
    let table = Table { confidence: Some(0.95), ..table(&indicators, &dimensions, &rows) };
    insta::assert_snapshot!(table.render(&DisplayOptions::new()), @r#"
    截至 2024-03-31；期间 2024年一季度
    开发区      承诺制项目占比       95% 区间  签约项目数（个）
    -----------------------------------------------------------
    朔州经开区          93.65%  84.78%–97.50%                 7
    "#);
    let shares = super::Table { indicators: &indicators[..1], rows: &rows[..1], ..table };
    insta::assert_snapshot!(shares.render(&english()), @r#"
    as of 2024-03-31
    Zone        Commitment-system share   95% interval      n/d  Unknown
    --------------------------------------------------------------------
    朔州经开区                   93.65%  84.78%–97.50%  59 / 63        0
    "#);
}

#[test]
fn counts_alone_have_no_column_of_fractions() {
    let indicators = [signed()];
    let rows = [sum(&indicators[0], &[Some("朔州经开区")], 7)];
    let dimensions = [zone()];
    insta::assert_snapshot!(table(&indicators, &dimensions, &rows).render(&DisplayOptions::new()), @r#"
    截至 2024-03-31；期间 2024年一季度
    开发区      签约项目数（个）  未知
    ----------------------------------
    朔州经开区                 7     0
    "#);
}

#[test]
fn what_is_counted_is_named_by_its_measure_word() {
    let visits = indicator("visits", "服务企业次数", "Enterprise visits", "count", Basis::Flow);
    let counted = Some(Bilingual { zh: "次".to_owned(), en: String::new() });
    let indicators = [Arc::new(Indicator { counted, ..Indicator::clone(&visits) })];
    let rows = [sum(&indicators[0], &[], 21)];
    let table = table(&indicators, &[], &rows);
    assert_eq!(table.render(&DisplayOptions::new()).lines[0].cells[1].text, "21 次");
    assert_eq!(table.render(&english()).lines[0].cells[1].text, "21");
}

#[test]
fn a_date_after_the_ledger_is_said() {
    let indicators = [commitment()];
    let rows = [Row {
        as_of: day("2024-12-31"),
        period_end: day("2024-12-31"),
        complete: false,
        ..share(&indicators[0], &[], 59, 63)
    }];
    insta::assert_snapshot!(table(&indicators, &[], &rows).render(&DisplayOptions::new()), @r#"
    截至 2024-12-31
    指标               数值  分子/分母  未知  期间
    ---------------------------------------------------------
    承诺制项目占比  93.65%†    59 / 63     0  截至 2024-12-31
    † 所问日期晚于台账：台账记录到 2024-03-31
    "#);
}

#[test]
fn many_marks_are_summed_up() {
    let indicators = [signed()];
    let zones: Vec<String> = (1..=9).map(|i| format!("{i}区")).collect();
    let rows: Vec<Row> = zones
        .iter()
        .map(|z| Row {
            unknown: 1,
            lower: Fraction::new(5, 1),
            upper: Fraction::new(6, 1),
            ..sum(&indicators[0], &[Some(z)], 5)
        })
        .collect();
    let dimensions = [zone()];
    let rendered = table(&indicators, &dimensions, &rows).render(&DisplayOptions::new());
    assert_eq!(rendered.footnotes[0].items.len(), 7);
    insta::assert_snapshot!(rendered.footnotes[0].items.join("\n"), @r#"
    1区 签约项目数：未知 1 项，真值 5–6
    2区 签约项目数：未知 1 项，真值 5–6
    3区 签约项目数：未知 1 项，真值 5–6
    4区 签约项目数：未知 1 项，真值 5–6
    5区 签约项目数：未知 1 项，真值 5–6
    6区 签约项目数：未知 1 项，真值 5–6
    另有 3 处
    "#);
}

#[test]
fn points_are_differences_of_unrounded_shares() {
    let points = |n, d, options: DisplayOptions| options.points(Fraction::new(n, d).expect("not over 0"));
    // 629.0/647.4 − 10/12; of the rounded 97.16% and 83.33% it would be 13.83.
    let ahead = |options| points(6290 * 12 - 10 * 6474, 6474 * 12, options);
    assert_eq!(ahead(DisplayOptions::new()), "+13.82 个百分点");
    assert_eq!(ahead(english()), "+13.82 pp");
    assert_eq!(points(-1, 8, english().digits(1).expect("one digit")), "-12.5 pp");
    assert_eq!(points(1, 1_000_000, english()), "0.00 pp");
}

#[test]
fn single_values_carry_their_unit() {
    let text = |n, d, unit| DisplayOptions::new().text(Fraction::new(n, d).expect("not over 0"), unit);
    assert_eq!(text(59, 63, "share"), "93.65%");
    assert_eq!(text(8_969_000_000, 1, "cny"), "89.69 亿元");
    assert_eq!(text(13_864, 100, "mu"), "138.64 亩");
    assert_eq!(text(6_700_000, 2, "cny/mu"), "335.00 万元/亩");
    assert_eq!(text(35, 1, "count"), "35 个");
    assert_eq!(text(266, 1, "days"), "266 天");
    assert_eq!(text(571, 2, "days"), "285.5 天");
    assert_eq!(text(5, 2, "ratio"), "2.50");
    assert_eq!(text(5, 2, "件/日"), "2.50 件/日");
}

#[test]
fn blank_groups_say_what_a_blank_means() {
    let zh = |dimension: Dimension, value| dimension.group(value, Language::Zh);
    assert_eq!(zh(zone(), None), "未填");
    assert_eq!(zh(column("project_id", false), None), "未填");
    assert_eq!(zh(column("commissioner", false), None), "未填");
    assert_eq!(zh(Dimension::of_ledger("备注", false), None), "未填");
    assert_eq!(zh(column("approval_kind", false), None), "未知");
    assert_eq!(zh(column("key_project", false), None), "未知");
    // A blank reference hides the project's zone.
    assert_eq!(zh(column("zone", true), None), "未知");
    assert_eq!(zh(column("key_project", false), Some("true")), "是");
    assert_eq!(zh(column("approval_kind", false), Some("filing")), "备案");
    assert_eq!(column("approval_kind", false).group(Some("filing"), Language::En), "filing");
    assert_eq!(column("key_project", false).group(Some("false"), Language::En), "no");
}

#[test]
fn a_terminal_is_not_spoken_to_by_a_ledger() {
    let indicators = [signed()];
    let rows = [sum(&indicators[0], &[Some("朔州\u{1b}[31m\n经开区")], 1)];
    let dimensions = [zone()];
    let text = table(&indicators, &dimensions, &rows).render(&DisplayOptions::new()).to_string();
    assert!(!text.contains('\u{1b}'));
    assert_eq!(text.lines().count(), 4);
}

#[test]
fn more_than_twelve_digits_are_refused() {
    insta::assert_snapshot!(DisplayOptions::new().digits(13).expect_err("too many"), @"13 digits after the point are too many; at most 12 are allowed");
}

#[test]
fn the_json_has_the_documented_shape() {
    let indicators = [commitment(), investment()];
    let [c, i] = &indicators;
    let zone_of = &[Some("朔州经开区")][..];
    let rows = [
        Row { unknown: 2, lower: Fraction::new(59, 63), upper: Fraction::new(61, 63), ..share(c, zone_of, 59, 63) },
        sum(i, zone_of, 1_800_000_000),
    ];
    let dimensions = [zone()];
    let rendered = table(&indicators, &dimensions, &rows).render(&DisplayOptions::new());
    insta::assert_snapshot!(serde_json::to_string_pretty(&rendered).expect("JSON"), @r#"
    {
      "title": "截至 2024-03-31；期间 2024年一季度",
      "language": "zh",
      "columns": [
        {
          "key": "zone",
          "role": "dimension",
          "header": "开发区",
          "unit": null,
          "align": "left"
        },
        {
          "key": "commitment_share",
          "role": "value",
          "header": "承诺制项目占比",
          "unit": null,
          "align": "right"
        },
        {
          "key": "signed_investment",
          "role": "value",
          "header": "签约总投资",
          "unit": "亿元",
          "align": "right"
        }
      ],
      "lines": [
        {
          "total": false,
          "groups": [
            "朔州经开区"
          ],
          "period_start": "2024-01-01",
          "period_end": "2024-03-31",
          "cells": [
            {
              "text": "朔州经开区"
            },
            {
              "text": "93.65%",
              "marks": [
                "*"
              ],
              "hover": "59 / 63\n未知 2 项\n真值 93.65%–96.83%",
              "number": "93.65",
              "exact": "59/63",
              "numerator": "59",
              "denominator": "63"
            },
            {
              "text": "18.00",
              "number": "18.00",
              "exact": "1800000000",
              "numerator": "1800000000"
            }
          ]
        }
      ],
      "footnotes": [
        {
          "mark": "*",
          "text": "有未知项（占比的分母含未知者，合计只加已知者）：",
          "items": [
            "朔州经开区 承诺制项目占比：未知 2 项，真值 93.65%–96.83%"
          ]
        }
      ]
    }
    "#);
}
