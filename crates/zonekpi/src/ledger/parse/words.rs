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
    /// Written value → canonical value.
    pub values: PlHashMap<String, String>,
}

const YES: [&str; 22] = [
    "是",
    "√",
    "✓",
    "✔",
    "☑",
    "✅",
    "有",
    "已",
    "y",
    "yes",
    "t",
    "true",
    "1",
    "对",
    "是的",
    "v√",
    "■",
    "已实行",
    "已实施",
    "1.0",
    "🗹",
    "✔️",
];
const NO: [&str; 21] = [
    "否",
    "×",
    "✗",
    "✘",
    "✖",
    "☐",
    "□",
    "❌",
    "无",
    "未",
    "n",
    "no",
    "f",
    "false",
    "0",
    "不是",
    "没有",
    "╳",
    "0.0",
    "非",
    "未实行",
];

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
    inner.unwrap_or_else(|| text.strip_prefix(['\'', '`']).unwrap_or(text))
}

/// 9.11406E+17: a long number as a spreadsheet exports it, its digits lost. 2023E05 is an id.
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+").or_else(|| text.split_once("e+")) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(exponent) && mantissa.contains('.') && mantissa.split('.').all(digits)
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
            Kind::Enum => words.values(column),
            _ => {}
        }
        words
    }

    fn add(set: &mut PlHashSet<String>, word: &str) {
        set.insert(text::word(word));
    }

    fn flag(&mut self, column: &ColumnSpec) {
        for word in YES {
            Self::add(&mut self.yes, word);
        }
        for word in NO {
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
        for word in ["是", "√", "✓", "✔", "☑", "✅", "已", "y", "yes", "true", "已完成", "完成"] {
            Self::add(&mut self.yes, word);
        }
        for word in ["否", "×", "✗", "✘", "✖", "☐", "无", "未", "n", "no", "false", "没有", "尚未", "未完成", "暂未"]
        {
            Self::add(&mut self.no, word);
        }
        let headers = |c: &ColumnSpec| -> Vec<String> {
            std::iter::once(&c.zh).chain(&c.aliases).map(|h| stem(h).to_owned()).filter(|s| !s.is_empty()).collect()
        };
        for stem in headers(column) {
            for prefix in ["已", "已经", "已正式", "正式"] {
                Self::add(&mut self.yes, &format!("{prefix}{stem}"));
            }
        }
        // What has not started has not produced either.
        let earlier = table.stages.iter().flat_map(|line| {
            let at = line.iter().position(|name| *name == column.name).map_or(0, |at| at + 1);
            line.iter().take(at).filter_map(|name| table.column(name))
        });
        for stem in headers(column).into_iter().chain(earlier.flat_map(headers)) {
            for prefix in ["未", "尚未", "暂未", "还未", "没有", "没", "待", "未正式"] {
                Self::add(&mut self.no, &format!("{prefix}{stem}"));
            }
        }
        self.own(column);
    }

    fn values(&mut self, column: &ColumnSpec) {
        for value in &column.values {
            for word in [&value.name, &value.zh].into_iter().chain(&value.aliases) {
                self.values.insert(text::word(word), value.name.clone());
            }
        }
    }
}
