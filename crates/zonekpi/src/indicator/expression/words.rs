//! Trees in plain words, for the text of a definition: the Chinese names of columns and values, or the canonical
//! names read as English.

use crate::ledger::{ColumnSpec, Kind, Schema, TableSpec};
use crate::message::Language;

use super::{ColumnRef, Comparison, Predicate, Scalar};

impl Predicate {
    /// The condition in plain words, such as 备案且未开工. `table` is the table that it is about: it has the
    /// Chinese names.
    pub fn describe(&self, table: &TableSpec, language: Language) -> String {
        Words { table, zh: language == Language::Zh }.predicate(self)
    }
}

impl Scalar {
    /// The value in plain words. `table` is the table that it is about: it has the Chinese names.
    pub fn describe(&self, table: &TableSpec, language: Language) -> String {
        Words { table, zh: language == Language::Zh }.scalar(self)
    }
}

impl ColumnRef {
    /// The column in plain words. `table` is the table that it is about: it has the Chinese names.
    pub fn describe(&self, table: &TableSpec, language: Language) -> String {
        Words { table, zh: language == Language::Zh }.column(self)
    }
}

struct Words<'a> {
    table: &'a TableSpec,
    zh: bool,
}

impl Words<'_> {
    fn pick(&self, zh: String, en: String) -> String {
        if self.zh { zh } else { en }
    }

    fn spec(&self, column: &ColumnRef) -> Option<&ColumnSpec> {
        if column.of_project {
            Schema::builtin().table("projects").and_then(|projects| projects.column(&column.name))
        } else {
            self.table.column(&column.name)
        }
    }

    fn column(&self, column: &ColumnRef) -> String {
        if self.zh {
            let name = self.spec(column).map_or(column.name.as_str(), |spec| spec.zh.as_str());
            return if column.of_project { format!("项目的{name}") } else { name.to_owned() };
        }
        let name = match column.kind {
            Kind::Event | Kind::Date => match column.name.strip_suffix("_on") {
                Some(stem) => format!("{stem} date"),
                None => column.name.clone(),
            },
            _ => column.name.trim_end_matches("_cny").to_owned(),
        };
        let name = name.replace('_', " ");
        if column.of_project { format!("the project's {name}") } else { name }
    }

    /// What is said of a row by a flag or by an event.
    fn statement(&self, column: &ColumnRef) -> String {
        let of = if !column.of_project {
            ""
        } else if self.zh {
            "项目"
        } else {
            "project "
        };
        if self.zh {
            let name = self.spec(column).map_or(column.name.as_str(), |spec| spec.zh.as_str());
            let name = name.strip_prefix("是否").unwrap_or(name);
            let name = name.strip_suffix("时间").or_else(|| name.strip_suffix("日期")).unwrap_or(name);
            return format!("{of}{name}");
        }
        let name = column.name.strip_suffix("_on").unwrap_or(&column.name);
        format!("{of}{}", name.replace('_', " "))
    }

    /// The words around the name of an event, a flag: 项目 stays before the 已 or 未.
    fn marked(&self, column: &ColumnRef, mark: &str) -> String {
        let bare = ColumnRef { of_project: false, ..column.clone() };
        if !column.of_project {
            return format!("{mark}{}", self.statement(&bare));
        }
        let statement = self.statement(column);
        match statement.strip_prefix(if self.zh { "项目" } else { "project " }) {
            Some(rest) if self.zh => format!("项目{mark}{rest}"),
            Some(rest) => format!("project {mark}{rest}"),
            None => statement,
        }
    }

    fn predicate(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Constant(true) => self.pick("全部".into(), "all".into()),
            Predicate::Constant(false) => self.pick("无".into(), "none".into()),
            Predicate::Flag(column) => self.statement(column),
            Predicate::Compare { left, comparison, right } => self.compare(left, *comparison, right),
            Predicate::In { operand, list } => self.in_list(operand, list, false),
            Predicate::IsNull(column) => {
                let column = self.column(column);
                self.pick(format!("未填{column}"), format!("{column} is blank"))
            }
            Predicate::Happened { event, by: None } => self.marked(event, if self.zh { "已" } else { "" }),
            Predicate::Happened { event, by: Some(by) } => {
                let by = self.scalar(by);
                let event = self.marked(event, if self.zh { "已" } else { "" });
                self.pick(format!("不晚于{by}{event}"), format!("{event} by {by}"))
            }
            Predicate::Not(inner) => match inner.as_ref() {
                Predicate::Flag(column) => self.marked(column, if self.zh { "非" } else { "not " }),
                Predicate::Happened { event, by: None } => self.marked(event, if self.zh { "未" } else { "not " }),
                Predicate::IsNull(column) => {
                    let column = self.column(column);
                    self.pick(format!("已填{column}"), format!("{column} is filled in"))
                }
                Predicate::In { operand, list } => self.in_list(operand, list, true),
                other => {
                    let inner = self.predicate(other);
                    self.pick(format!("并非（{inner}）"), format!("not ({inner})"))
                }
            },
            Predicate::And(all) => self.joined(all, if self.zh { "且" } else { " and " }),
            Predicate::Or(all) => self.joined(all, if self.zh { "或" } else { " or " }),
        }
    }

    fn joined(&self, all: &[Predicate], word: &str) -> String {
        let parts: Vec<String> = all
            .iter()
            .map(|part| match part {
                Predicate::And(_) | Predicate::Or(_) => {
                    let part = self.predicate(part);
                    self.pick(format!("（{part}）"), format!("({part})"))
                }
                part => self.predicate(part),
            })
            .collect();
        parts.join(word)
    }

    fn compare(&self, left: &Scalar, comparison: Comparison, right: &Scalar) -> String {
        let date = left.scale().is_none();
        let word = match (self.zh, comparison) {
            (true, Comparison::Equal) => "为",
            (true, Comparison::NotEqual) => "不同于",
            (true, Comparison::Less) => {
                if date {
                    "早于"
                } else {
                    "低于"
                }
            }
            (true, Comparison::LessOrEqual) => {
                if date {
                    "不晚于"
                } else {
                    "不高于"
                }
            }
            (true, Comparison::Greater) => {
                if date {
                    "晚于"
                } else {
                    "高于"
                }
            }
            (true, Comparison::GreaterOrEqual) => {
                if date {
                    "不早于"
                } else {
                    "不低于"
                }
            }
            (false, Comparison::Equal) => " is ",
            (false, Comparison::NotEqual) => " differs from ",
            (false, Comparison::Less) => {
                if date {
                    " before "
                } else {
                    " below "
                }
            }
            (false, Comparison::LessOrEqual) => {
                if date {
                    " by "
                } else {
                    " at most "
                }
            }
            (false, Comparison::Greater) => {
                if date {
                    " after "
                } else {
                    " above "
                }
            }
            (false, Comparison::GreaterOrEqual) => {
                if date {
                    " not before "
                } else {
                    " at least "
                }
            }
        };
        let (left, right) = (self.literal(left, right), self.literal(right, left));
        // Chinese and digits are set apart by a space.
        let gap = if self.zh && right.starts_with(|c: char| c.is_ascii_digit() || c == '-') { " " } else { "" };
        format!("{left}{word}{gap}{right}")
    }

    fn in_list(&self, operand: &Scalar, list: &[Scalar], negated: bool) -> String {
        let items: Vec<String> = list.iter().map(|item| self.literal(item, operand)).collect();
        let operand = self.scalar(operand);
        if self.zh {
            format!("{operand}{}（{}）之一", if negated { "不为" } else { "为" }, items.join("、"))
        } else {
            format!("{operand} is {}one of {}", if negated { "not " } else { "" }, items.join(", "))
        }
    }

    /// A side of a comparison; the value of an enum under its Chinese name.
    fn literal(&self, side: &Scalar, other: &Scalar) -> String {
        if let (Scalar::Text(text), Scalar::Column(column)) = (side, other) {
            let value = self.spec(column).and_then(|spec| spec.values.iter().find(|value| value.name == *text));
            return match value {
                Some(value) if self.zh => value.zh.clone(),
                Some(value) => value.name.replace('_', " "),
                None => self.scalar(side),
            };
        }
        self.scalar(side)
    }

    fn scalar(&self, scalar: &Scalar) -> String {
        match scalar {
            Scalar::Column(column) => self.column(column),
            Scalar::Number(_) => scalar.to_string(),
            Scalar::Text(text) => self.pick(format!("“{text}”"), format!("'{text}'")),
            Scalar::Date(date) => date.to_string(),
            Scalar::AsOf => self.pick("统计日".into(), "the date asked about".into()),
            Scalar::Add(left, right) => format!("{} + {}", self.scalar(left), self.inner(right)),
            Scalar::Subtract(left, right) => format!("{} − {}", self.scalar(left), self.inner(right)),
            Scalar::Multiply(left, right) => format!("{} × {}", self.inner(left), self.inner(right)),
            Scalar::Shift { date, days } => match days.as_ref() {
                Scalar::Number(n) if n.unscaled < 0 => {
                    let (date, days) = (self.scalar(date), n.unscaled.unsigned_abs());
                    self.pick(format!("{date}前 {days} 天"), format!("{days} day(s) before {date}"))
                }
                days => {
                    let (date, days) = (self.scalar(date), self.scalar(days));
                    self.pick(format!("{date}后 {days} 天"), format!("{days} day(s) after {date}"))
                }
            },
            Scalar::WorkingDaysBetween(from, to) => {
                let (from, to) = (self.scalar(from), self.scalar(to));
                self.pick(format!("{from}至{to}的工作日数"), format!("working days from {from} to {to}"))
            }
            Scalar::DaysBetween(from, to) => {
                let (from, to) = (self.scalar(from), self.scalar(to));
                self.pick(format!("{from}至{to}的天数"), format!("days from {from} to {to}"))
            }
        }
    }

    fn inner(&self, scalar: &Scalar) -> String {
        match scalar {
            Scalar::Add(..) | Scalar::Subtract(..) | Scalar::Multiply(..) => {
                let inner = self.scalar(scalar);
                self.pick(format!("（{inner}）"), format!("({inner})"))
            }
            other => self.scalar(other),
        }
    }
}
