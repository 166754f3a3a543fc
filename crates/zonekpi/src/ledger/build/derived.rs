//! Columns that others have a say in: numbers whose unit or bound stands beside them, and flags that a list of values
//! implies.

use polars::prelude::{InitHashMaps, PlHashMap};

use super::{Columns, Given, Made, Manner};
use crate::ledger::cell::Codes;
use crate::ledger::column::ReadCells;
use crate::ledger::issue::{Issue, Severity};
use crate::ledger::parse::number::{self, Bound};
use crate::ledger::parse::{Parsed, Value};
use crate::ledger::reading::Reading;
use crate::ledger::schema::{ColumnSpec, Kind, Schema, TableSpec};
use crate::ledger::text;
use crate::ledger::unit::{self, Dimension};
use crate::message::{IssueAction, IssueCode};

/// Numbers whose unit stands in a column of its own, and units that stand in the numbers' cells.
pub(super) fn apply_unit_column(
    table: &TableSpec,
    spec: &'static ColumnSpec,
    columns: &mut Columns,
    given: &Given,
    issues: &mut Vec<Issue>,
    manner: &Manner,
    reading: &Reading,
) {
    let Some(unit_spec) = spec.unit_in.as_ref().and_then(|name| table.column(name)) else { return };
    let Some(Made::Cells(cells)) = columns.known.get(spec.name.as_str()) else { return };
    let unit_name = unit_spec.name.as_str();
    let header_unit = reading.columns.iter().find(|c| c.name == spec.name).and_then(|c| c.unit.clone());
    let header_unit = header_unit.and_then(|word| unit::unit(&word));
    let units = match columns.known.get(unit_name) {
        Some(Made::Cells(units)) => Some(units.clone()),
        Some(Made::Typed(_)) => return,
        None => None,
    };
    if units.is_none() && header_unit.is_none() && cells.parsed.iter().all(|p| p.unit.is_none()) {
        return;
    }
    let blank = Parsed::of(Value::Blank);
    let mut pairs: PlHashMap<(u32, u32), u32> = PlHashMap::new();
    let (mut numbers, mut names): (Vec<Parsed>, Vec<Parsed>) = (Vec::new(), Vec::new());
    let mut codes = Vec::with_capacity(cells.codes.len());
    let mut conflicts: Vec<u32> = Vec::new();
    let mut bare: Vec<u32> = Vec::new();
    for (row, code) in cells.codes.iter().enumerate() {
        let unit_code = units.as_ref().and_then(|u| u.codes.get(row)).copied().unwrap_or(0);
        let pair = *pairs.entry((*code, unit_code)).or_insert_with(|| {
            let number = cells.parsed.get(*code as usize).unwrap_or(&blank);
            let written = units.as_ref().and_then(|u| u.row(row)).unwrap_or(&blank);
            let (number, name, conflict) = with_unit(number, written, header_unit, spec);
            let pair = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            if conflict {
                conflicts.push(pair);
            }
            if spec.kind == Kind::OptionalCount && matches!(number.value, Value::Number(_)) {
                let own = if matches!(written.value, Value::Text(_)) { None } else { header_unit };
                bare.extend(number.unit.or(own).is_some_and(unit::Unit::is_bare_days).then_some(pair));
            }
            numbers.push(number);
            names.push(name);
            pair
        });
        codes.push(pair);
    }
    for (row, code) in codes.iter().enumerate().filter(|(_, code)| conflicts.contains(code)) {
        let Some(number) = numbers.get(*code as usize) else { continue };
        let of_cell = number.unit.is_some();
        let unit = number.unit.or(header_unit).and_then(unit::Unit::name);
        let at = given.numbers.u32().ok().and_then(|n| n.get(row)).map(u64::from);
        let (severity, action) =
            if of_cell { (Severity::Warning, IssueAction::CellUnit) } else { (Severity::Error, IssueAction::Unknown) };
        let header = reading.columns.iter().find(|c| c.name == spec.name).map_or(&spec.zh, |c| &c.header);
        issues.push(manner.origin.issue(IssueCode::UnitConflict, severity, action, unit).at(at, Some(header)));
    }
    let count = if bare.is_empty() { 0 } else { codes.iter().filter(|code| bare.contains(code)).count() };
    if count > 0 {
        let header = reading.columns.iter().find(|c| c.name == spec.name).map_or(&spec.zh, |c| &c.header);
        let (code, action) = (IssueCode::LimitDaysNatural, IssueAction::NaturalDays);
        let issue = manner.origin.issue(code, Severity::Note, action, Some(count.to_string()));
        issues.push(issue.at(None, Some(header)));
    }
    let codes = Codes::from(codes);
    columns.known.insert(&spec.name, Made::Cells(ReadCells { parsed: numbers, codes: codes.clone() }));
    if let Some(unit_spec) = Schema::builtin().table(&table.name).and_then(|t| t.column(unit_name)) {
        columns.known.insert(&unit_spec.name, Made::Cells(ReadCells { parsed: names, codes }));
    }
}

/// A number and its unit column, after the unit was applied; and whether the two said different things.
pub(super) fn with_unit(
    number: &Parsed,
    written: &Parsed,
    header: Option<unit::Unit>,
    spec: &ColumnSpec,
) -> (Parsed, Parsed, bool) {
    let mut number = number.clone();
    let mut name = written.clone();
    let row = match &written.value {
        Value::Text(text) => unit::unit(&text::word(text)),
        _ => None,
    };
    if matches!(spec.kind, Kind::OptionalCount | Kind::Extension) {
        let own = number.unit.or(header);
        // A time limit: the column holds the name of the unit.
        if let Some(Dimension::Time(own)) = own.map(|u| u.dimension) {
            let own = match (own, spec.kind) {
                // An extension by 5 天 is one by days of the limit (行政许可法 §42 and §82 mean working days).
                ("days", Kind::Extension) => return (number, name, false),
                ("days", _) => "natural_days",
                (own, _) => own,
            };
            let conflict = matches!(&written.value, Value::Text(text) if text != own);
            if number.unit.is_some() || !matches!(written.value, Value::Text(_)) {
                name.value = Value::Text(own.to_owned());
            }
            let told = conflict && name.value != written.value;
            return (number, name, told);
        }
        return (number, name, false);
    }
    if let Some(row) = row.filter(|row| number.scale_alone && row.dimension != Dimension::Money) {
        // 12万 beside 人 are 120,000 persons; beside 万人 or % nobody knows.
        number.unit = None;
        if row.dimension == Dimension::Percent || (row.dimension == Dimension::Count && row.multiply != 1) {
            number.value = Value::Unreadable;
            return (number, name, true);
        }
    }
    if let (None, Some(header), Some(row)) = (number.unit, header, row)
        && header != row
        && number.value != Value::Blank
    {
        // The head of the column says one thing and the row another: neither is sure.
        number.value = Value::Unreadable;
        return (number, name, true);
    }
    let own = number.unit.or(header);
    let conflict = matches!((number.unit, row), (Some(own), Some(row)) if own != row && own.dimension != row.dimension);
    match own {
        Some(unit) => {
            if let Some(base) = unit.base_name() {
                name.value = Value::Text(base.to_owned());
            }
        }
        None => {
            if let (Value::Number(value), Some(unit)) = (&number.value, row) {
                let (multiply, divide) = unit.to_stored(Some(&spec.name));
                let exact = crate::number::Decimal { unscaled: i128::from(*value), scale: 6 };
                number.value = match number::scaled(exact, multiply, divide, 6) {
                    Some(scaled) if unit.dimension != Dimension::Foreign => Value::Number(scaled),
                    _ => Value::Unreadable,
                };
                if let Some(base) = unit.base_name() {
                    name.value = Value::Text(base.to_owned());
                }
            }
        }
    }
    (number, name, conflict)
}

/// 180亿元以上 is a floor, where the direction is not written.
pub(super) fn apply_bound(spec: &'static ColumnSpec, columns: &mut Columns) {
    let Some(direction) = spec.bound_in.as_deref() else { return };
    let Some(Made::Cells(cells)) = columns.known.get(spec.name.as_str()) else { return };
    if cells.parsed.iter().all(|p| p.bound.is_none()) {
        return;
    }
    let of_bound = |bound: Option<Bound>| match bound {
        Some(Bound::Lower) => Value::Text("floor".to_owned()),
        Some(Bound::Upper) => Value::Text("ceiling".to_owned()),
        None => Value::Blank,
    };
    let mut parsed = Vec::with_capacity(cells.codes.len());
    for row in 0..cells.codes.len() {
        let written = match columns.known.get(direction) {
            Some(Made::Cells(written)) => written.row(row).cloned(),
            _ => None,
        };
        let bound = of_bound(cells.row(row).and_then(|p| p.bound));
        parsed.push(match written {
            Some(written) if written.value != Value::Blank => written,
            _ => Parsed::of(bound),
        });
    }
    let codes: Vec<u32> = (0..u32::try_from(parsed.len()).unwrap_or(u32::MAX)).collect();
    let codes = Codes::from(codes);
    columns.known.insert(direction, Made::Cells(ReadCells { parsed, codes }));
}

/// 备案 is one of the three forms of approval, so that the flag follows from the form where it is not given.
pub(super) fn derive_filed(table: &'static TableSpec, columns: &mut Columns) {
    if table.column("filed").is_none_or(|c| !c.derived) || columns.known.contains_key("filed") {
        return;
    }
    let Some(Made::Cells(kinds)) = columns.known.get("approval_kind") else { return };
    let parsed = kinds
        .parsed
        .iter()
        .map(|p| {
            Parsed::of(match &p.value {
                Value::Text(kind) => Value::Flag(kind == "filing"),
                Value::Blank => Value::Blank,
                _ => Value::Unreadable,
            })
        })
        .collect();
    let codes = kinds.codes.clone();
    columns.known.insert("filed", Made::Cells(ReadCells { parsed, codes }));
}
