//! What a table of a ledger has beside its columns when it comes back, as a frame or a file: the first day of an
//! interval, the state of a cell without a value, and where the rows came from.

use polars::prelude::{DataType, IdxCa, NewChunkedArray, PlSmallStr, PolarsResult, Series, StringChunked};

use super::cell::{Cell, Chosen, RawColumn};
use super::column::{Typed, dates};
use super::header::{Doubt, FoundColumn, Header, Target};
use super::issue::{Issue, Severity};
use super::parse::date::{self, NumberDate};
use super::schema::{ColumnSpec, Kind, TableSpec};
use super::text;
use crate::message::{IssueAction, IssueCode};
use polars::prelude::IntoSeries;

/// One cell of a column `…_from`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum From {
    Blank,
    Day(i32),
    Unreadable(String),
}

/// What stands beside one column, row by row.
#[derive(Clone, Debug)]
pub(crate) enum Beside {
    From(&'static str, Vec<From>),
    State(&'static str, Vec<Option<String>>),
}

/// What a column beside others is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    From(&'static str),
    State(&'static str),
    Source,
}

/// The same in Chinese, as a workbook that this crate writes has them.
pub(crate) const SOURCES: [&str; 3] = ["来源文件(source_file)", "来源工作表(source_sheet)", "来源行(source_row)"];

/// The role of a name among the columns of a table that are there.
pub(crate) fn role(table: &'static TableSpec, name: &str, known: &[&'static str]) -> Option<Role> {
    if matches!(name, "source_file" | "source_sheet" | "source_row") || SOURCES.contains(&name) {
        return Some(Role::Source);
    }
    let of = |suffix: &str| {
        let column = table.column(name.strip_suffix(suffix)?)?;
        known.contains(&column.name.as_str()).then_some(column)
    };
    // A due day that was derived may be an interval, as an event may.
    if let Some(days) = of("_from").filter(|c| c.kind == Kind::Event || c.interval || c.is_due()) {
        return Some(Role::From(&days.name));
    }
    of("_state").map(|column| Role::State(&column.name))
}

/// The canonical names of a header's columns.
pub(crate) fn known(header: &Header) -> Vec<&'static str> {
    let name = |c: &FoundColumn| if let Target::Known(name) = &c.target { Some(*name) } else { None };
    header.columns.iter().filter_map(name).collect()
}

/// A header without the columns beside others, and those.
pub(crate) fn parted(header: &Header) -> (Header, Vec<(usize, Role)>) {
    let known = known(header);
    let mut rest = header.clone();
    let mut apart = Vec::new();
    rest.columns.retain(|found| {
        let role = match &found.target {
            Target::Other(_) => role(header.table, &text::word(&found.header), &known),
            Target::Known(_) => None,
        };
        apart.extend(role.map(|role| (found.at, role)));
        role.is_none()
    });
    let kept = |name: &String| rest.columns.iter().any(|c| matches!(&c.target, Target::Other(own) if own == name));
    rest.doubts.retain(|doubt| match doubt {
        Doubt::Reserved { kept: name, .. } => kept(name),
        _ => true,
    });
    (rest, apart)
}

fn is_nothing(compacted: &str) -> bool {
    compacted.is_empty()
        || text::is_blank_word(compacted)
        || matches!(compacted, "NaN" | "nan" | "NaT" | "None" | "<NA>" | "null")
}

/// The first day of an interval, as a text.
pub(crate) fn from_text(written: &str) -> From {
    match date::read(written) {
        _ if is_nothing(&text::compact(written)) => From::Blank,
        Ok(days) if days.from == days.to => From::Day(date::days(days.from)),
        _ => From::Unreadable(written.to_owned()),
    }
}

fn from_cell(cell: &Cell<'_>, epoch_1904: bool) -> From {
    match cell {
        Cell::Blank => From::Blank,
        Cell::Date(day) | Cell::Span { from: day, .. } => From::Day(*day),
        Cell::Number(number, _) => match date::read_number(*number, epoch_1904) {
            NumberDate::Serial(day) => From::Day(date::days(day)),
            NumberDate::Days(days) if days.from == days.to => From::Day(date::days(days.from)),
            _ => From::Unreadable(cell.written()),
        },
        Cell::Text(text) => from_text(text),
        _ => From::Unreadable(cell.written()),
    }
}

/// A state, as a text; `None` for nothing.
pub(crate) fn state_text(written: &str) -> Option<String> {
    let word = text::word(written);
    (!is_nothing(&word)).then_some(word)
}

/// The kept rows of a sheet's column, by its role.
pub(crate) fn of_cells(role: Role, raw: &RawColumn, kept: &Chosen, epoch_1904: bool) -> Option<Beside> {
    let cells = || kept.iter().map(|row| raw.cell(row));
    match role {
        Role::From(name) => Some(Beside::From(name, cells().map(|c| from_cell(&c, epoch_1904)).collect())),
        Role::State(name) => Some(Beside::State(name, cells().map(|c| state_text(&c.written())).collect())),
        Role::Source => None,
    }
}

impl Beside {
    fn column(&self) -> &'static str {
        match self {
            Self::From(name, _) | Self::State(name, _) => name,
        }
    }
}

/// Puts what stands beside a column to it, row by row. What contradicts its cell makes it unreadable, with an issue
/// (which still lacks its row: that of the index told).
pub(crate) fn put_to(
    mut typed: Typed,
    spec: &ColumnSpec,
    beside: &[Beside],
    blank_has_value: bool,
    mut told: impl FnMut(usize, String) -> Issue,
    issues: &mut Vec<Issue>,
) -> PolarsResult<Typed> {
    let own: Vec<&Beside> = beside.iter().filter(|b| b.column() == spec.name).collect();
    if own.is_empty() {
        return Ok(typed);
    }
    let rows = typed.values.len();
    let given = typed.values.is_not_null();
    let mut given: Vec<bool> = given.iter().map(|v| v == Some(true)).collect();
    let days_of = |series: &Series| -> Vec<Option<i32>> {
        series.date().map(|d| d.physical().iter().collect()).unwrap_or_else(|_| vec![None; rows])
    };
    let to = days_of(&typed.values);
    let mut from = typed.from.as_ref().map_or_else(|| vec![None; rows], days_of);
    let mut states: Vec<Option<String>> = match typed.state.as_ref().and_then(|s| s.str().ok()) {
        Some(texts) => texts.iter().map(|t| t.map(str::to_owned)).collect(),
        None => vec![None; rows],
    };
    let is_open = |beside: &&Beside, row: usize| matches!(beside, Beside::State(_, states) if states.get(row).is_some_and(|s| s.as_deref() == Some("open")));
    let open: Vec<bool> = (0..rows).map(|row| spec.is_due() && own.iter().any(|b| is_open(b, row))).collect();
    // An open day is there, though its last may not be known.
    given.iter_mut().zip(&open).for_each(|(given, open)| *given |= open);
    let mut lost = |row: usize, why: Option<String>, states: &mut Vec<Option<String>>| {
        issues.extend(why.map(|written| told(row, written)));
        if let Some(given) = given.get_mut(row) {
            *given = false;
        }
        if let Some(state) = states.get_mut(row) {
            *state = Some("unreadable".to_owned());
        }
    };
    for beside in own {
        match beside {
            Beside::From(_, firsts) => {
                for (row, first) in firsts.iter().enumerate() {
                    let last = to.get(row).copied().flatten();
                    let Some(slot) = from.get_mut(row) else { continue };
                    match (first, last) {
                        (From::Blank, _) => {}
                        (From::Day(first), None) if open.get(row) == Some(&true) => *slot = Some(*first),
                        (From::Day(first), Some(last)) if *first <= last => *slot = Some(*first).filter(|f| *f < last),
                        (From::Day(first), _) => lost(row, Some(super::cell::date_text(*first)), &mut states),
                        (From::Unreadable(written), _) => lost(row, Some(written.clone()), &mut states),
                    }
                }
            }
            Beside::State(_, written) => {
                for (row, state) in written.iter().enumerate() {
                    let Some(state) = state else { continue };
                    let valued = typed.values.get(row).is_ok_and(|v| !v.is_null());
                    let fits = match state.as_str() {
                        "unreadable" => !valued || blank_has_value,
                        "undated" => !valued && spec.kind == Kind::Event,
                        "open" => spec.is_due(),
                        _ => false,
                    };
                    match states.get_mut(row) {
                        Some(slot) if fits && state != "unreadable" => {
                            *slot = slot.take().or_else(|| Some(state.clone()));
                        }
                        _ => lost(row, (!fits).then(|| state.clone()), &mut states),
                    }
                }
            }
        }
    }
    for (slot, given) in from.iter_mut().zip(&given) {
        *slot = slot.filter(|_| *given);
    }
    if (0..rows).any(|row| given.get(row) == Some(&false) && typed.values.get(row).is_ok_and(|v| !v.is_null())) {
        let picked = given.iter().enumerate().map(|(row, given)| given.then_some(row as polars::prelude::IdxSize));
        typed.values = typed.values.take(&IdxCa::from_iter_options(PlSmallStr::EMPTY, picked))?;
    }
    let name = typed.values.name().clone();
    typed.from = from
        .iter()
        .any(Option::is_some)
        .then(|| dates(PlSmallStr::from_string(format!("{name}_from")), from.into_iter()));
    let any_state = states.iter().any(Option::is_some);
    let state_name = PlSmallStr::from_string(format!("{name}_state"));
    typed.state = any_state.then(|| StringChunked::from_iter_options(state_name, states.into_iter()).into_series());
    Ok(typed)
}

/// The issue of a column that contradicts what it stands beside.
pub(crate) fn contradiction(origin: &super::issue::Origin, row: Option<u64>, header: &str, written: String) -> Issue {
    let code = IssueCode::BesideContradicts;
    origin.issue(code, Severity::Error, IssueAction::Unknown, Some(written)).at(row, Some(header))
}

/// A frame's column, by its role; days of zones are the caller's business.
pub(crate) fn of_series(role: Role, series: &Series) -> PolarsResult<Option<Beside>> {
    let texts = || series.cast(&DataType::String);
    Ok(match role {
        Role::Source => None,
        Role::From(name) => {
            let firsts = match series.dtype() {
                DataType::Date => series.date()?.physical().iter().map(|d| d.map_or(From::Blank, From::Day)).collect(),
                _ => texts()?.str()?.iter().map(|t| t.map_or(From::Blank, from_text)).collect(),
            };
            Some(Beside::From(name, firsts))
        }
        Role::State(name) => {
            let states = texts()?.str()?.iter().map(|t| t.and_then(state_text)).collect();
            Some(Beside::State(name, states))
        }
    })
}
