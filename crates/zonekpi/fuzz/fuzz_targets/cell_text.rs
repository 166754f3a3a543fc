//! The text of a cell in a column of each kind: a value or an issue.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zonekpi::Ledger;
use zonekpi::polars::prelude::{Column, DataFrame};

/// A table, its key, and a column of it with the unit that its header says.
const COLUMNS: [(&str, &str, &str); 12] = [
    ("projects", "项目编号", "开工时间"),
    ("projects", "项目编号", "计划投产时间"),
    ("projects", "项目编号", "总投资（万元）"),
    ("projects", "项目编号", "用地面积（亩）"),
    ("projects", "项目编号", "就业人数"),
    ("projects", "项目编号", "是否承诺制"),
    ("projects", "项目编号", "立项方式"),
    ("projects", "项目名称", "项目编号"),
    ("cases", "办件编号", "承诺时限"),
    ("cases", "办件编号", "延长天数"),
    ("reported", "指标", "数值（%）"),
    ("targets", "指标", "目标值"),
];

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let (table, key, header) = COLUMNS[usize::from(choice) % COLUMNS.len()];
    let columns = vec![Column::new(key.into(), ["X1"]), Column::new(header.into(), [text])];
    let Ok(frame) = DataFrame::new(1, columns) else { return };
    let _ = Ledger::reader().frames([(table, frame)]);
});
