//! Total rows against the rows they sum: agreement within the digits that the total shows.

use super::cell::{Cell, RawColumn};
use super::column::ReadCells;
use super::issue::{Issue, Origin, Severity};
use super::parse::number;
use super::parse::{Context, Value};
use super::reading::CheckedTotal;
use super::rows::Rows;
use super::source::Grid;
use super::text;
use super::unit::Unit;
use crate::message::{IssueAction, IssueCode};
use crate::number::{Decimal, Fraction};

/// A column of numbers, with its cells as the sheet has them and as they were read.
pub(crate) struct Column<'a> {
    pub raw: &'a RawColumn,
    /// Of the kept rows only.
    pub cells: &'a ReadCells,
    pub context: &'a Context<'a>,
    pub header: &'a str,
}

/// Compares each total of the column. `uncached` holds the total rows already told of.
pub(crate) fn check(
    column: &Column<'_>,
    rows: &Rows,
    grid: &Grid,
    origin: &Origin,
    checked: &mut Vec<CheckedTotal>,
    issues: &mut Vec<Issue>,
    uncached: &mut Vec<usize>,
) {
    let mut running: Option<Sums> = None;
    for total in &rows.totals {
        let cell = column.raw.cell(total.row);
        let row = grid.first_row + total.row as u64;
        if matches!(cell, Cell::Formula(_)) {
            // One such cell tells of its whole row.
            if !uncached.contains(&total.row) {
                uncached.push(total.row);
                let action = IssueAction::NotChecked;
                let value = Some(cell.written());
                let issue = origin.issue(IssueCode::FormulaNotCached, Severity::Warning, action, value);
                issues.push(issue.at(Some(row), Some(column.header)));
            }
            continue;
        }
        let read = column.context.read(&cell);
        let not_checked = |unreadable: usize| {
            let (code, action) = (IssueCode::TotalNotChecked, IssueAction::NotChecked);
            let issue = origin.issue(code, Severity::Note, action, Some(cell.written()));
            issue.at(Some(row), Some(column.header)).tell("count", unreadable)
        };
        let written = match read.value {
            Value::Number(written) => i128::from(written),
            Value::Unreadable => {
                issues.push(not_checked(1));
                continue;
            }
            _ => continue,
        };
        let sums = running.get_or_insert_with(|| Sums::of(column, rows, grid));
        let tolerance = half_of_last_digit(&cell, read.unit.or(column.context.unit), column.context);
        let near = |sum: i128| (sum - written).abs() <= tolerance;
        let tried = || total.ranges.iter().map(|range| sums.over(*range));
        let Some(likeliest) = tried().next() else { continue };
        let found = tried().find(|sum| sum.unreadable == 0 && (near(sum.all) || near(sum.seen))).unwrap_or(likeliest);
        if found.unreadable > 0 {
            issues.push(not_checked(found.unreadable));
            continue;
        }
        // SUBTOTAL leaves out what a filter hides.
        let visible_only = !near(found.all) && near(found.seen);
        let sum = if visible_only { found.seen } else { found.all };
        let agrees = near(sum);
        let shown = in_written_unit(sum, read.unit.or(column.context.unit), column.context);
        if !agrees {
            let value = Some(cell.written());
            let issue = origin.issue(IssueCode::TotalMismatch, Severity::Warning, IssueAction::Kept, value);
            issues.push(issue.at(Some(row), Some(column.header)).tell("sum", &shown));
        }
        checked.push(CheckedTotal {
            row,
            column: column.header.to_owned(),
            written: cell.written(),
            sum: shown,
            agrees,
            visible_only,
        });
    }
}

/// The sum of a range of rows: of all, of those that are not hidden, and how many cells of it cannot be read.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    all: i128,
    seen: i128,
    unreadable: usize,
}

/// Sums from the first row on, so that any range is a difference of two.
struct Sums(Vec<Sum>);

impl Sums {
    fn of(column: &Column<'_>, rows: &Rows, grid: &Grid) -> Self {
        let mut sum = Sum::default();
        let mut sums = Vec::with_capacity(rows.kept.len() + 1);
        sums.push(sum);
        for (kept, row) in rows.kept.iter().enumerate() {
            match column.cells.row(kept).map(|p| &p.value) {
                Some(Value::Number(number)) => {
                    sum.all += i128::from(*number);
                    if !grid.hidden_rows.contains(&row) {
                        sum.seen += i128::from(*number);
                    }
                }
                Some(Value::Unreadable) => sum.unreadable += 1,
                _ => {}
            }
            sums.push(sum);
        }
        Self(sums)
    }

    fn over(&self, (from, to): (usize, usize)) -> Sum {
        let at = |place: usize| self.0.get(place).copied().unwrap_or_default();
        let (start, end) = (at(from), at(to));
        Sum {
            all: end.all - start.all,
            seen: end.seen - start.seen,
            unreadable: end.unreadable.saturating_sub(start.unreadable),
        }
    }
}

fn factor(unit: Option<Unit>, context: &Context<'_>) -> (i128, i128) {
    unit.map_or((1, 1), |u| u.to_stored(context.spec.map(|s| s.name.as_str())))
}

/// Half of the last digit shown, in the stored scale.
fn half_of_last_digit(cell: &Cell<'_>, unit: Option<Unit>, context: &Context<'_>) -> i128 {
    let digits = match cell {
        Cell::Text(text) => {
            text.split_once('.').map_or(0, |(_, part)| part.bytes().take_while(u8::is_ascii_digit).count())
        }
        Cell::Number(number, _) => text::digits15(*number).split_once('.').map_or(0, |(_, part)| part.len()),
        _ => 0,
    };
    let (multiply, divide) = factor(unit, context);
    let scale = context.kind.scale().unwrap_or(0);
    let digits = u32::try_from(digits).unwrap_or(0);
    // What is counted in whole numbers has nothing to round.
    if scale == 0 {
        return 0;
    }
    number::scaled(Decimal { unscaled: 5, scale: digits + 1 }, multiply, divide, scale).map_or(0, i128::from)
}

fn in_written_unit(sum: i128, unit: Option<Unit>, context: &Context<'_>) -> String {
    in_unit(sum, factor(unit, context), context.kind.scale().unwrap_or(0))
}

/// A stored number as its unit writes it, exactly.
pub(crate) fn in_unit(stored: i128, (multiply, divide): (i128, i128), scale: u32) -> String {
    let one = 10i128.checked_pow(scale).and_then(|one| one.checked_mul(multiply.max(1)));
    let fraction = stored.checked_mul(divide).zip(one).and_then(|(written, one)| Fraction::new(written, one));
    fraction.map(Fraction::digits).unwrap_or_default()
}
