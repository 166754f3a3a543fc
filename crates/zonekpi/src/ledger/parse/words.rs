//! The words that cells of a column may hold: yes and no, happened and not, the values of an enum. Derived from the
//! column's own headers, so that 已投产 and 非承诺制 need no line of their own.

use polars::prelude::{PlHashMap, PlHashSet};

use super::super::schema::{ColumnSpec, Kind, TableSpec};
use super::super::text;

/// The vocabulary of one column, in compacted lower-case words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub yes: PlHashSet<String>,
    pub no: PlHashSet<String>,
    /// What happens on a date of this column, in the words of its headers: 开工, 开工建设. The longest first.
    pub deeds: Vec<String>,
    /// Written value → canonical value.
    pub values: PlHashMap<String, String>,
}

/// Words and marks that say yes, and no, in flags and in columns of events alike.
const AFFIRMED: [&str; 12] = ["是", "√", "✓", "✔", "☑", "✅", "■", "已", "y", "yes", "true", "已完成"];
const DENIED: [&str; 16] =
    ["否", "×", "✗", "✘", "✖", "✕", "☐", "□", "❌", "无", "未", "n", "no", "false", "没有", "未完成"];

/// More words of flags.
const YES: [&str; 20] = [
    "有",
    "t",
    "1",
    "对",
    "是的",
    "已实行",
    "已实施",
    "1.0",
    "🗹",
    "真",
    "属于",
    "符合",
    "纳入",
    "已纳入",
    "列入",
    "已列入",
    "已办结",
    "办结",
    "已办理",
    "已落实",
];
const NO: [&str; 21] = [
    "❎",
    "f",
    "0",
    "不是",
    "╳",
    "0.0",
    "非",
    "假",
    "不属于",
    "不符合",
    "未纳入",
    "未列入",
    "未实行",
    "未实施",
    "未办结",
    "办理中",
    "在办",
    "未办理",
    "未落实",
    "没",
    "不",
];

/// Marks of a box that is ticked, and of one that is not: ☑是□否.
const TICKED: [&str; 6] = ["☑", "√", "✓", "✔", "■", "🗹"];
const UNTICKED: [&str; 3] = ["□", "☐", "○"];

/// Words in the place of a time limit, where a case is done while one waits.
pub(crate) fn is_on_the_spot(word: &str) -> bool {
    matches!(
        word,
        "即办"
            | "即办件"
            | "即时办结"
            | "即时办理"
            | "即来即办"
            | "当场办结"
            | "当场办理"
            | "当场"
            | "马上办"
            | "马上办结"
            | "立等可取"
            | "现场办结"
            | "随到随办"
    )
}

/// 不涉及 is not a no.
pub(crate) fn is_not_applicable(word: &str) -> bool {
    matches!(word, "不涉及" | "不适用" | "无需" | "不需要" | "未涉及" | "na" | "n/a" | "不涉及此项")
}

/// 待定: whether and when is not known yet, which is neither a no nor a slip of the pen.
pub(crate) fn is_undecided(word: &str) -> bool {
    matches!(
        word,
        "待定"
            | "未定"
            | "暂定"
            | "不详"
            | "不明"
            | "未知"
            | "待核实"
            | "待核"
            | "待确认"
            | "待查"
            | "待补充"
            | "待填"
    )
}

/// `="00123"` and `'00123` keep a spreadsheet from reading an id as a number; they are not part of it.
pub(crate) fn without_guard(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    // Editors make ’ or ‘ of the apostrophe.
    inner.unwrap_or_else(|| match text.strip_prefix('‘') {
        Some(rest) => rest.strip_suffix('’').unwrap_or(rest),
        None => text.strip_prefix(['\'', '`', '’', '＇']).unwrap_or(text),
    })
}

/// 9.11406E+17: a long number as a spreadsheet exports it, its digits lost. 2023E05 is an id.
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+").or_else(|| text.split_once("e+")) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(exponent) && mantissa.split('.').count() <= 2 && mantissa.split('.').all(digits)
}

/// What is left of a date's header without the words for time, for "actually" and for the plan: 实际开工时间 → 开工.
pub(crate) fn stem(header: &str) -> &str {
    let rest = ["实际", "正式"].iter().find_map(|w| header.strip_prefix(w)).unwrap_or(header);
    let endings = ["的时间", "时间", "日期", "年月日", "年月", "时点", "日"];
    let rest = endings.iter().find_map(|w| rest.strip_suffix(w)).unwrap_or(rest);
    rest.trim_start_matches("实际")
}

impl Words {
    /// The vocabulary of a column of a table.
    pub(crate) fn of(table: &TableSpec, column: &ColumnSpec) -> Self {
        let mut words = Self::default();
        match column.kind {
            Kind::Flag => words.flag(column),
            Kind::Event => words.event(table, column),
            Kind::Date => {
                words.deeds = deeds(column.plan_of.as_ref().and_then(|event| table.column(event)));
                // An end that has not come.
                if column.interval {
                    words.no.extend(DENIED.map(text::word));
                    words.own(column);
                }
            }
            Kind::Enum => words.values(column),
            // Days of something that may not have been: 否.
            Kind::Count if column.only_in.is_some() => {
                words.no.extend(DENIED.map(text::word));
                words.own(column);
            }
            _ => {}
        }
        words
    }

    fn add(set: &mut PlHashSet<String>, word: &str) {
        set.insert(text::word(word));
    }

    fn flag(&mut self, column: &ColumnSpec) {
        for word in AFFIRMED.iter().chain(&YES) {
            Self::add(&mut self.yes, word);
        }
        for word in DENIED.iter().chain(&NO) {
            Self::add(&mut self.no, word);
        }
        for header in std::iter::once(&column.zh).chain(&column.aliases) {
            let stem = header.strip_prefix("是否").unwrap_or(header);
            for prefix in ["", "已", "有", "是", "属于", "为"] {
                Self::add(&mut self.yes, &format!("{prefix}{stem}"));
            }
            for prefix in ["非", "未", "不", "无", "不是", "没有", "未实行", "否", "不属于"] {
                Self::add(&mut self.no, &format!("{prefix}{stem}"));
            }
        }
        for (yes, no) in [("是", "否"), ("有", "无")] {
            for ticked in TICKED {
                for answer in [format!("{ticked}{yes}"), format!("{yes}{ticked}"), format!("{ticked}{yes}{no}")] {
                    Self::add(&mut self.yes, &answer);
                }
                for answer in [format!("{ticked}{no}"), format!("{no}{ticked}"), format!("{yes}{no}{ticked}")] {
                    Self::add(&mut self.no, &answer);
                }
                for unticked in UNTICKED {
                    Self::add(&mut self.yes, &format!("{ticked}{yes}{unticked}{no}"));
                    Self::add(&mut self.yes, &format!("{yes}{ticked}{no}{unticked}"));
                    Self::add(&mut self.no, &format!("{unticked}{yes}{ticked}{no}"));
                    Self::add(&mut self.no, &format!("{yes}{unticked}{no}{ticked}"));
                }
            }
        }
        self.own(column);
    }

    /// The words of the column itself stand above all that is derived.
    fn own(&mut self, column: &ColumnSpec) {
        for word in &column.yes {
            Self::add(&mut self.yes, word);
            self.no.remove(&text::word(word));
        }
        for word in &column.no {
            Self::add(&mut self.no, word);
            self.yes.remove(&text::word(word));
        }
    }

    fn event(&mut self, table: &TableSpec, column: &ColumnSpec) {
        for word in AFFIRMED.iter().chain(&["完成"]) {
            Self::add(&mut self.yes, word);
        }
        for word in DENIED.iter().chain(&["尚未", "暂未"]) {
            Self::add(&mut self.no, word);
        }
        self.deeds = deeds(Some(column));
        for deed in &self.deeds {
            for prefix in ["已", "已经", "已正式", "正式"] {
                Self::add(&mut self.yes, &format!("{prefix}{deed}"));
            }
        }
        // What has not started has not produced either.
        let earlier: Vec<&ColumnSpec> = table
            .stages
            .iter()
            .flat_map(|line| {
                let at = line.iter().position(|name| *name == column.name).unwrap_or(0);
                line.iter().take(at).filter_map(|name| table.column(name))
            })
            .collect();
        for deed in self.deeds.iter().cloned().chain(earlier.iter().flat_map(|c| deeds(Some(c)))) {
            for prefix in ["未", "尚未", "暂未", "还未", "没有", "没", "待", "未正式", "还没有", "还没"]
            {
                Self::add(&mut self.no, &format!("{prefix}{deed}"));
            }
        }
        for word in earlier.iter().flat_map(|c| &c.no) {
            Self::add(&mut self.no, word);
        }
        self.own(column);
    }

    /// The date in 2023年5月开工 or 已于2023年5月开工, in the column of that event.
    pub(crate) fn without_deed<'t>(&self, word: &'t str) -> Option<&'t str> {
        let rest = self.deeds.iter().find_map(|deed| word.strip_suffix(deed.as_str()))?;
        let rest = ["已正式", "正式", "已"].iter().find_map(|w| rest.strip_suffix(w)).unwrap_or(rest);
        let rest = ["已于", "已在", "于"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        (!rest.is_empty()).then_some(rest)
    }

    fn values(&mut self, column: &ColumnSpec) {
        for value in &column.values {
            for word in [&value.name, &value.zh].into_iter().chain(&value.aliases) {
                self.values.insert(text::word(word), value.name.clone());
            }
        }
    }
}

/// What an event's headers say that happens, the longest first.
fn deeds(column: Option<&ColumnSpec>) -> Vec<String> {
    let headers = column.into_iter().flat_map(|c| std::iter::once(&c.zh).chain(&c.aliases));
    let mut deeds: Vec<String> = headers.map(|h| stem(h).to_owned()).filter(|deed| !deed.is_empty()).collect();
    deeds.sort_by_key(|deed| std::cmp::Reverse(deed.len()));
    deeds.dedup();
    deeds
}
