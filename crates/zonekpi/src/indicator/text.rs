//! A checked definition written down again: canonically, so that its fingerprint tells whether two answers are of one
//! definition, and in plain words for readers.

use std::fmt::Write;

use crate::ledger::TableSpec;
use crate::message::Language;
use crate::number::Fraction;
use crate::unit::Unit;

use super::expression::{ColumnRef, Predicate, Scalar};
use super::{Basis, CancelledDefault, DayCount, Duration, Indicator, Measure, Part};

impl Indicator {
    /// The tables whose rows it counts: one; of a ratio of two indicators, those of both.
    pub fn tables(&self) -> Vec<&'static TableSpec> {
        match (&self.table, &self.measure) {
            (Some(table), _) => vec![*table],
            (None, Measure::RatioOf { numerator, denominator }) => {
                let mut tables = numerator.tables();
                for table in denominator.tables() {
                    if !tables.iter().any(|known| known.name == table.name) {
                        tables.push(table);
                    }
                }
                tables
            }
            (None, _) => Vec::new(),
        }
    }

    /// All columns that the definition reads, each once: time, population, measure, `once`, exclusions. The column
    /// that says what was cancelled is not among them, because the query decides whether it is read.
    pub fn columns(&self) -> Vec<ColumnRef> {
        let mut columns = Vec::new();
        if let Some(time) = &self.time {
            columns.push(time.clone());
        }
        self.population.columns(&mut columns);
        self.measure.columns(&mut columns);
        if let Some(once) = self.once.clone().filter(|once| !columns.contains(once)) {
            columns.push(once);
        }
        for rule in &self.exclude {
            rule.when.columns(&mut columns);
        }
        columns
    }

    /// The definition in plain words, a line each: name, rows, formula, time, what is taken out, unit, note, source.
    pub fn describe(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let name = if zh { &self.name.zh } else { &self.name.en };
        let mut text = if zh { format!("{name}（{}）", self.id) } else { format!("{name} ({})", self.id) };
        for (head, line) in self.lines(language) {
            let _ = if zh { write!(text, "\n{head}：{line}") } else { write!(text, "\n{head}: {line}") };
        }
        let tail = [
            (if zh { "单位" } else { "Unit" }, Some(self.unit_name(language))),
            (
                if zh { "说明" } else { "Note" },
                self.note.as_ref().map(|note| if zh { note.zh.clone() } else { note.en.clone() }),
            ),
            (if zh { "来源" } else { "Source" }, Some(self.source.clone())),
        ];
        for (head, line) in tail {
            if let Some(line) = line.filter(|line| !line.is_empty()) {
                let _ = if zh { write!(text, "\n{head}：{line}") } else { write!(text, "\n{head}: {line}") };
            }
        }
        text
    }

    /// The unit in words: the measure word of what is counted, 元, 亩, 百分比.
    pub fn unit_name(&self, language: Language) -> String {
        match &self.counted {
            Some(counted) if language == Language::Zh => counted.zh.clone(),
            Some(counted) if !counted.en.is_empty() => counted.en.clone(),
            _ => Unit::of(&self.unit).name(language),
        }
    }

    /// The definition in one line, without name, unit and note.
    pub fn formula(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let lines = self.lines(language).into_iter();
        let lines: Vec<String> =
            lines.map(|(head, line)| if zh { format!("{head}：{line}") } else { format!("{head}: {line}") }).collect();
        lines.join(if zh { "；" } else { "; " })
    }

    fn lines(&self, language: Language) -> Vec<(&'static str, String)> {
        let zh = language == Language::Zh;
        let pick = |zh_text: &'static str, en: &'static str| if zh { zh_text } else { en };
        let mut lines = Vec::new();
        if let Measure::RatioOf { numerator, denominator } = &self.measure {
            let (n, d) = if zh {
                (&numerator.name.zh, &denominator.name.zh)
            } else {
                (&numerator.name.en, &denominator.name.en)
            };
            lines.push((pick("计算", "Formula"), format!("{n} ÷ {d}")));
            return lines;
        }
        let Some(table) = self.table else { return lines };
        let table_name = if zh { table.zh.clone() } else { table.name.replace('_', " ") };
        let rows = if self.population.is_true() {
            table_name
        } else {
            let population = self.population.describe(table, language);
            if zh { format!("{table_name}，{population}") } else { format!("{table_name}: {population}") }
        };
        lines.push((pick("对象", "Rows"), rows));
        lines.push((pick("计算", "Formula"), self.measure.describe(table, language)));
        let time = match (&self.time, self.basis, zh) {
            (None, _, true) => "存量，全部行".to_owned(),
            (None, _, false) => "stock, all rows".to_owned(),
            (Some(time), Basis::Stock, true) => format!("存量，截至统计日，按{}", time.describe(table, language)),
            (Some(time), Basis::Stock, false) => format!("stock at the date, by {}", time.describe(table, language)),
            (Some(time), Basis::Flow, true) => format!("流量，期间内，按{}", time.describe(table, language)),
            (Some(time), Basis::Flow, false) => format!("flow in the period, by {}", time.describe(table, language)),
        };
        lines.push((pick("时间", "Time"), time));
        if let Some(once) = &self.once {
            let once = once.describe(table, language);
            lines.push((
                pick("去重", "Once"),
                if zh { format!("同一{once}只计一次") } else { format!("each {once} counts once") },
            ));
        }
        for rule in &self.exclude {
            let (when, reason) = (rule.when.describe(table, language), &rule.reason);
            lines.push((
                pick("排除", "Excluded"),
                if zh { format!("{when}（{reason}）") } else { format!("{when} ({reason})") },
            ));
        }
        match self.cancelled {
            CancelledDefault::Keep => {}
            CancelledDefault::Drop => {
                lines.push((pick("退出", "Cancelled"), pick("默认剔除", "left out by default").to_owned()))
            }
            CancelledDefault::FixedKeep => {
                lines.push((pick("退出", "Cancelled"), pick("始终保留", "always kept").to_owned()))
            }
        }
        lines
    }

    /// The meaning of the definition as TOML: what changes the value, and nothing else. Names and notes are not in it.
    pub(super) fn canonical(&self) -> String {
        let mut text = format!("[{}]\n", self.id);
        let mut line = |field: &str, value: &str| {
            text.push_str(field);
            text.push_str(" = ");
            text.push_str(value);
            text.push('\n');
        };
        if let Some(table) = self.table {
            line("table", &quoted(&table.name));
            let time = self.time.as_ref().map_or_else(|| "*".to_owned(), ToString::to_string);
            line(if self.basis == Basis::Stock { "stock" } else { "flow" }, &quoted(&time));
        }
        if !self.population.is_true() {
            line("population", &quoted(&self.population.to_string()));
        }
        match &self.measure {
            Measure::Count { condition } => line("count", &quoted(&condition.to_string())),
            Measure::Share { condition, weight } => {
                line("share", &quoted(&condition.to_string()));
                if let Some(weight) = weight {
                    line("weight", &quoted(&weight.to_string()));
                }
            }
            Measure::Sum { value, when } => {
                line("sum", &quoted(&value.to_string()));
                if !when.is_true() {
                    line("when", &quoted(&when.to_string()));
                }
            }
            Measure::Distinct { column } => line("distinct", &quoted(&column.to_string())),
            Measure::Ratio { numerator, denominator } => {
                line(
                    "ratio",
                    &format!("{{ numerator = {}, denominator = {} }}", numerator.canonical(), denominator.canonical()),
                );
            }
            Measure::Days(duration) => line("days", &duration.canonical()),
            Measure::RatioOf { numerator, denominator } => {
                let (n, d) = (quoted(&numerator.id), quoted(&denominator.id));
                line("ratio", &format!("{{ numerator = {n}, denominator = {d} }}"));
            }
        }
        if let Some(once) = &self.once {
            line("once", &quoted(&once.to_string()));
        }
        if !self.exclude.is_empty() {
            let rules: Vec<String> = self
                .exclude
                .iter()
                .map(|rule| {
                    format!("{{ when = {}, reason = {} }}", quoted(&rule.when.to_string()), quoted(&rule.reason))
                })
                .collect();
            line("exclude", &format!("[{}]", rules.join(", ")));
        }
        match self.cancelled {
            CancelledDefault::Keep => {}
            CancelledDefault::Drop => line("cancelled", "\"drop\""),
            CancelledDefault::FixedKeep => line("cancelled", "\"fixed_keep\""),
        }
        line("unit", &quoted(&self.unit));
        // What a ratio of two means is what they mean.
        if let Measure::RatioOf { numerator, denominator } = &self.measure {
            text.push('\n');
            text.push_str(&numerator.text);
            if denominator.id != numerator.id {
                text.push('\n');
                text.push_str(&denominator.text);
            }
        }
        text
    }
}

impl Measure {
    /// Adds the columns that it reads, those that are not yet there.
    pub fn columns(&self, columns: &mut Vec<ColumnRef>) {
        match self {
            Self::Count { condition } => condition.columns(columns),
            Self::Share { condition, weight } => {
                condition.columns(columns);
                if let Some(weight) = weight {
                    weight.columns(columns);
                }
            }
            Self::Sum { value, when } => {
                value.columns(columns);
                when.columns(columns);
            }
            Self::Distinct { column } => Scalar::Column(column.clone()).columns(columns),
            Self::Ratio { numerator, denominator } => {
                numerator.columns(columns);
                denominator.columns(columns);
            }
            Self::Days(duration) => {
                for column in duration.columns() {
                    Scalar::Column(column.clone()).columns(columns);
                }
            }
            Self::RatioOf { numerator, denominator } => {
                for column in numerator.columns().into_iter().chain(denominator.columns()) {
                    if !columns.contains(&column) {
                        columns.push(column);
                    }
                }
            }
        }
    }

    fn describe(&self, table: &TableSpec, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            Self::Count { condition } => counted(condition, table, language),
            Self::Share { condition, weight } => {
                let condition = condition.describe(table, language);
                match weight {
                    None if zh => format!("{condition}的个数 ÷ 全部对象的个数"),
                    None => format!("number of these that are: {condition} ÷ number of all"),
                    Some(weight) => {
                        let weight = weight.describe(table, language);
                        if zh {
                            format!("{condition}的{weight}之和 ÷ 全部对象的{weight}之和")
                        } else {
                            format!("Σ {weight} of these that are: {condition} ÷ Σ {weight} of all")
                        }
                    }
                }
            }
            Self::Sum { value, when } => summed(value, when, table, language),
            Self::Distinct { column } => distinct(column, &Predicate::Constant(true), table, language),
            Self::Ratio { numerator, denominator } => {
                format!("{} ÷ {}", numerator.describe(table, language), denominator.describe(table, language))
            }
            Self::Days(duration) => duration.describe(table, language),
            Self::RatioOf { .. } => String::new(),
        }
    }
}

impl Duration {
    /// The columns that it reads.
    fn columns(&self) -> impl Iterator<Item = &ColumnRef> {
        [&self.from, &self.to].into_iter().chain(&self.competing).chain(&self.minus)
    }

    fn is_median(&self) -> bool {
        (self.quantile.numerator(), self.quantile.denominator()) == (1, 2)
    }

    fn canonical(&self) -> String {
        let mut text = format!("{{ from = {}, to = {}", quoted(&self.from.to_string()), quoted(&self.to.to_string()));
        text.push_str(match self.calendar {
            DayCount::Natural => ", calendar = \"natural\"",
            DayCount::Working => ", calendar = \"working\"",
        });
        for (field, column) in [("competing", &self.competing), ("minus", &self.minus)] {
            if let Some(column) = column {
                let _ = write!(text, ", {field} = {}", quoted(&column.to_string()));
            }
        }
        text.push_str(", statistic = ");
        text.push_str(&if self.is_median() { quoted("median") } else { decimal(self.quantile, 1) });
        text.push_str(" }");
        text
    }

    fn describe(&self, table: &TableSpec, language: Language) -> String {
        let name = |column: &ColumnRef| column.describe(table, language);
        let (from, to) = (name(&self.from), name(&self.to));
        let (median, percent) = (self.is_median(), decimal(self.quantile, 100) + "%");
        if language == Language::Zh {
            let days = if self.calendar == DayCount::Working { "工作日数" } else { "天数" };
            let minus = self.minus.as_ref().map(|column| format!("减去{}，", name(column))).unwrap_or_default();
            let part = if median { "半数".to_owned() } else { percent };
            let competing =
                self.competing.as_ref().map(|column| format!("，{}在先的也排在最后", name(column))).unwrap_or_default();
            format!("从{from}到{to}的{days}，{minus}取{part}对象已达到时的天数；未达到的排在最后{competing}")
        } else {
            let days = if self.calendar == DayCount::Working { "working days" } else { "days" };
            let minus = self.minus.as_ref().map(|column| format!(", less {}", name(column))).unwrap_or_default();
            let part = if median { "half".to_owned() } else { percent };
            let competing = self
                .competing
                .as_ref()
                .map(|column| format!(", as do those whose {} came first", name(column)))
                .unwrap_or_default();
            format!(
                "{days} from {from} to {to}{minus}: those by which {part} of all had reached it; those that have not rank last{competing}"
            )
        }
    }
}

/// A part of so many, in all its digits: 9/10 of 1 is 0.9, of 100 it is 90.
fn decimal(part: Fraction, of: i128) -> String {
    let (n, d) = (part.numerator().saturating_mul(of), part.denominator());
    let mut text = (n / d).to_string();
    let mut rest = n % d;
    if rest != 0 {
        text.push('.');
    }
    // A part is written with at most 18 digits.
    for _ in 0..18 {
        if rest == 0 {
            break;
        }
        rest = rest.saturating_mul(10);
        let _ = write!(text, "{}", rest / d);
        rest %= d;
    }
    text
}

impl Part {
    /// Adds the columns that it reads, those that are not yet there.
    pub fn columns(&self, columns: &mut Vec<ColumnRef>) {
        match self {
            Self::Sum { value, when } => {
                value.columns(columns);
                when.columns(columns);
            }
            Self::Count { when } => when.columns(columns),
            Self::Distinct { column, when } => {
                Scalar::Column(column.clone()).columns(columns);
                when.columns(columns);
            }
        }
    }

    fn describe(&self, table: &TableSpec, language: Language) -> String {
        match self {
            Self::Sum { value, when } => summed(value, when, table, language),
            Self::Count { when } => counted(when, table, language),
            Self::Distinct { column, when } => distinct(column, when, table, language),
        }
    }

    fn canonical(&self) -> String {
        let (field, value, when) = match self {
            Self::Sum { value, when } => ("sum", value.to_string(), Some(when)),
            Self::Count { when } => ("count", when.to_string(), None),
            Self::Distinct { column, when } => ("distinct", column.to_string(), Some(when)),
        };
        match when.filter(|when| !when.is_true()) {
            Some(when) => format!("{{ {field} = {}, when = {} }}", quoted(&value), quoted(&when.to_string())),
            None => format!("{{ {field} = {} }}", quoted(&value)),
        }
    }
}

fn counted(condition: &Predicate, table: &TableSpec, language: Language) -> String {
    match (condition.is_true(), language) {
        (true, Language::Zh) => "个数".to_owned(),
        (true, Language::En) => "number".to_owned(),
        (false, Language::Zh) => format!("{}的个数", condition.describe(table, language)),
        (false, Language::En) => format!("number of these that are: {}", condition.describe(table, language)),
    }
}

fn summed(value: &Scalar, when: &Predicate, table: &TableSpec, language: Language) -> String {
    let value = value.describe(table, language);
    match (when.is_true(), language) {
        (true, Language::Zh) => format!("Σ（{value}）"),
        (true, Language::En) => format!("Σ ({value})"),
        (false, Language::Zh) => format!("Σ（{value}），仅{}", when.describe(table, language)),
        (false, Language::En) => format!("Σ ({value}) where {}", when.describe(table, language)),
    }
}

fn distinct(column: &ColumnRef, when: &Predicate, table: &TableSpec, language: Language) -> String {
    let column = column.describe(table, language);
    match (when.is_true(), language) {
        (true, Language::Zh) => format!("不同{column}的个数"),
        (true, Language::En) => format!("number of distinct {column}"),
        (false, Language::Zh) => format!("不同{column}的个数，仅{}", when.describe(table, language)),
        (false, Language::En) => format!("number of distinct {column} where {}", when.describe(table, language)),
    }
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The first twelve hexadecimal digits of the SHA-256 of a text.
pub(super) fn fingerprint(text: &str) -> String {
    crate::fingerprint::short(text.as_bytes())
}
