//! Issues and readings as frames, for notebooks.

use polars::prelude::{Column, DataFrame, NamedFrom, PlSmallStr, Series};

use super::issue::Issue;
use super::reading::Reading;
use crate::error::Result;
use crate::message::Language;

fn column<T, V>(name: &'static str, values: V) -> Column
where
    Series: NamedFrom<V, T>,
    T: ?Sized,
{
    Series::new(PlSmallStr::from_static(name), values).into()
}

pub(crate) fn issues(issues: &[Issue], language: Language) -> Result<DataFrame> {
    let texts = |of: fn(&Issue) -> Option<&str>| issues.iter().map(of).collect::<Vec<Option<&str>>>();
    let spoken = |of: fn(&Issue, Language) -> String| issues.iter().map(|i| of(i, language)).collect::<Vec<String>>();
    let columns = vec![
        column("table", texts(|i| Some(&i.table))),
        column("file", texts(|i| i.file.as_deref())),
        column("sheet", texts(|i| i.sheet.as_deref())),
        column("row", issues.iter().map(|i| i.row).collect::<Vec<Option<u64>>>()),
        column("column", texts(|i| i.column.as_deref())),
        column("value", texts(|i| i.value.as_deref())),
        column("code", texts(|i| Some(i.code.as_str()))),
        column("severity", texts(|i| Some(i.severity.as_str()))),
        column("message", spoken(|i, language| i.message.text(language))),
        column("action", spoken(|i, language| i.action.text(language))),
    ];
    Ok(DataFrame::new(issues.len(), columns)?)
}

/// One row for each column of each sheet, then one for each row that was set aside.
pub(crate) fn readings(readings: &[Reading], language: Language) -> Result<DataFrame> {
    #[derive(Default)]
    struct Line {
        column: Option<String>,
        header: Option<String>,
        unit: Option<String>,
        row: Option<u64>,
        note: Option<String>,
    }
    let zh = language == Language::Zh;
    let mut lines: Vec<(&Reading, Line)> = Vec::new();
    for reading in readings {
        for column in &reading.columns {
            let (name, header) = (Some(column.name.clone()), Some(column.header.clone()));
            lines.push((reading, Line { column: name, header, unit: column.unit.clone(), ..Line::default() }));
        }
        for column in &reading.other_columns {
            let note = Some(if zh { "未识别，按文本保留" } else { "not recognised; kept as text" }.to_owned());
            let (name, header) = (Some(column.name.clone()), Some(column.header.clone()));
            lines.push((reading, Line { column: name, header, note, ..Line::default() }));
        }
        for row in &reading.set_aside {
            let note =
                Some(if zh { format!("未计入：{}", row.label) } else { format!("set aside: {}", row.label) });
            lines.push((reading, Line { row: Some(row.row), note, ..Line::default() }));
        }
    }
    let of_reading = |of: fn(&Reading) -> Option<&str>| lines.iter().map(|(r, _)| of(r)).collect::<Vec<Option<&str>>>();
    let of_line = |of: fn(&Line) -> Option<&str>| lines.iter().map(|(_, l)| of(l)).collect::<Vec<Option<&str>>>();
    let columns = vec![
        column("table", of_reading(|r| Some(&r.table))),
        column("file", of_reading(|r| r.file.as_deref())),
        column("sheet", of_reading(|r| r.sheet.as_deref())),
        column("format", of_reading(|r| Some(&r.format))),
        column("encoding", of_reading(|r| r.encoding.as_deref())),
        column("row", lines.iter().map(|(_, l)| l.row).collect::<Vec<Option<u64>>>()),
        column("column", of_line(|l| l.column.as_deref())),
        column("header", of_line(|l| l.header.as_deref())),
        column("unit", of_line(|l| l.unit.as_deref())),
        column("note", of_line(|l| l.note.as_deref())),
    ];
    Ok(DataFrame::new(lines.len(), columns)?)
}
