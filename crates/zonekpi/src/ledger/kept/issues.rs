//! Issues as a frame to be kept, their sentences as codes with what fills the slots, so that they come back in both
//! languages.

use polars::prelude::{Column, DataFrame, NamedFrom, PlSmallStr, Series};
use serde_json::Value;

use crate::error::Result;
use crate::ledger::issue::{Issue, Severity};
use crate::message::{IssueAction, IssueCode, Message};

/// What fills the slots of a sentence: a list of names and texts, as JSON.
fn slots(message: &Message) -> String {
    let pairs = message.parameters().map(|(name, value)| Value::from(vec![name, value]));
    Value::Array(pairs.collect()).to_string()
}

pub(super) fn frame(issues: &[Issue]) -> Result<DataFrame> {
    fn column(name: &'static str, texts: impl Iterator<Item = Option<String>>) -> Column {
        Series::new(PlSmallStr::from_static(name), texts.collect::<Vec<_>>()).into()
    }
    let texts = |name, of: fn(&Issue) -> Option<String>| column(name, issues.iter().map(of));
    let rows = issues.iter().map(|issue| issue.row).collect::<Vec<Option<u64>>>();
    let columns = vec![
        texts("table", |i| Some(i.table.clone())),
        texts("file", |i| i.file.clone()),
        texts("sheet", |i| i.sheet.clone()),
        Series::new(PlSmallStr::from_static("row"), rows).into(),
        texts("column", |i| i.column.clone()),
        texts("value", |i| i.value.clone()),
        texts("severity", |i| Some(i.severity.as_str().to_owned())),
        texts("code", |i| Some(i.code.as_str().to_owned())),
        texts("code_slots", |i| Some(slots(&i.message))),
        texts("action", |i| Some(i.action.code().to_owned())),
        texts("action_slots", |i| Some(slots(&i.action))),
    ];
    Ok(DataFrame::new(issues.len(), columns)?)
}

/// The issues again; the error is what is not known to this version.
pub(super) fn of(frame: &DataFrame) -> std::result::Result<Vec<Issue>, String> {
    let texts = |name: &str| {
        let column = frame.column(name).and_then(|column| column.str());
        column.map_err(|_| format!("issues.{name}"))
    };
    let [table, file, sheet, column, value] = ["table", "file", "sheet", "column", "value"].map(texts);
    let (table, file, sheet, column, value) = (table?, file?, sheet?, column?, value?);
    let [severity, code, code_slots, action, action_slots] =
        ["severity", "code", "code_slots", "action", "action_slots"].map(texts);
    let (severity, code, code_slots) = (severity?, code?, code_slots?);
    let (action, action_slots) = (action?, action_slots?);
    let rows = frame.column("row").and_then(|column| column.u64()).map_err(|_| "issues.row".to_owned())?;
    let filled = |message: Message, slots: Option<&str>| {
        let slots = slots.unwrap_or_default();
        let pairs: Vec<(String, String)> = serde_json::from_str(slots).map_err(|_| slots.to_owned())?;
        Ok::<Message, String>(message.filled(pairs))
    };
    let mut issues = Vec::with_capacity(frame.height());
    for at in 0..frame.height() {
        let word = |texts: &polars::prelude::StringChunked| texts.get(at).unwrap_or_default().to_owned();
        let own = |texts: &polars::prelude::StringChunked| texts.get(at).map(str::to_owned);
        let code = IssueCode::from_code(&word(code)).ok_or_else(|| word(code))?;
        let action = IssueAction::from_code(&word(action)).ok_or_else(|| word(action))?;
        issues.push(Issue {
            table: word(table),
            file: own(file),
            sheet: own(sheet),
            row: rows.get(at),
            column: own(column),
            value: own(value),
            code,
            severity: Severity::from_name(&word(severity)).ok_or_else(|| word(severity))?,
            message: filled(code.message(), code_slots.get(at))?,
            action: filled(action.message(), action_slots.get(at))?,
        });
    }
    Ok(issues)
}
