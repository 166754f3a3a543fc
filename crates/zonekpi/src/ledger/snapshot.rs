//! The day whose state a ledger records, and what said so: the caller, a title (截至2024年3月31日), the latest event, or
//! nothing but today.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::build::Part;
use super::check::LatestEvent;
use super::issue::{Issue, Origin, Severity};
use super::parse::date;
use super::text;
use crate::message::{IssueAction, IssueCode};

/// What said the day whose state a ledger records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SnapshotFrom {
    /// The caller.
    Given,
    /// A title above the header, or the name of the sheet or of the file: 截至2024年3月31日.
    Title {
        /// The file.
        file: Option<String>,
        /// The sheet.
        sheet: Option<String>,
        /// The words.
        value: String,
    },
    /// The latest event that is not after today; of an imprecise day the first one.
    Event {
        /// The table.
        table: String,
        /// The file.
        file: Option<String>,
        /// The sheet.
        sheet: Option<String>,
        /// The sheet's own row.
        row: Option<u64>,
        /// The column by its own header.
        column: String,
        /// The day as it was read.
        value: String,
        /// The cell as it was written; `None` where it came as a date.
        written: Option<String>,
    },
    /// No event has a day, so that today was taken.
    Today,
}

/// What follows 截至 or 截止 in a text that says which day it records.
fn said_day(words: &str) -> Option<String> {
    let compacted = text::compact(words);
    let (before, rest) = compacted.split_once("截至").or_else(|| compacted.split_once("截止"))?;
    // Until when a form is to be handed in says nothing of what it records.
    if ["填报", "上报", "报送", "报名", "申报", "提交", "征集"].iter().any(|word| before.ends_with(word))
    {
        return None;
    }
    let rest = ["日期", "时间"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let rest = rest.trim_start_matches(['到', '至', ':']);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "年月日号底末.-/".contains(c))).unwrap_or(rest.len());
    rest.get(..end).map(str::to_owned)
}

/// The days that a text with 截至 or 截止 in it names.
pub(crate) fn named_day(words: &str) -> Option<date::Days> {
    date::read(&said_day(words)?).ok()
}

/// Whether a text names a day without its year, and another one than this.
fn names_another_day_of_a_year(words: &str, day: NaiveDate) -> bool {
    let Some(said) = said_day(words) else { return false };
    date::read(&said) == Err(date::NotADate::YearMissing)
        && !date::read(&format!("{}年{said}", day.year())).is_ok_and(|days| days.from <= day && day <= days.to)
}

struct Titled<'a> {
    part: &'a Part,
    row: Option<u64>,
    words: String,
    days: date::Days,
}

/// The titles of a part with their rows, and the names of its file and sheet.
fn titles(part: &Part) -> impl Iterator<Item = (Option<u64>, String)> {
    let stem = part.reading.file.as_deref().and_then(|f| Path::new(f).file_stem()).map(|s| s.to_string_lossy());
    let names = stem.into_iter().map(|s| (None, s.into_owned())).chain(part.reading.sheet.clone().map(|s| (None, s)));
    part.titles.iter().map(|(row, words)| (Some(*row), words.clone())).chain(names)
}

fn titled(part: &Part) -> Vec<Titled<'_>> {
    titles(part).filter_map(|(row, words)| Some(Titled { part, row, days: named_day(&words)?, words })).collect()
}

/// The day of the snapshot, and why. A title is taken only where all that name a full day name the same, and no event
/// is known after it; a title that says another day than the one taken is told.
pub(crate) fn decide(
    given: Option<NaiveDate>,
    parts: &[Part],
    latest: Option<LatestEvent>,
    today: NaiveDate,
    issues: &mut Vec<Issue>,
) -> (NaiveDate, SnapshotFrom) {
    let titles: Vec<Titled<'_>> = parts.iter().flat_map(titled).collect();
    let full = || titles.iter().filter(|t| t.days.from == t.days.to);
    let agreed = full().next().filter(|first| full().all(|t| t.days == first.days));
    let not_before = |day: NaiveDate| latest.as_ref().is_none_or(|l| l.day <= day);
    let (day, from) = match (given, agreed.filter(|t| t.days.to <= today && not_before(t.days.to)), latest) {
        (Some(day), _, _) => (day, SnapshotFrom::Given),
        (None, Some(title), _) => {
            let (file, sheet) = (title.part.reading.file.clone(), title.part.reading.sheet.clone());
            (title.days.to, SnapshotFrom::Title { file, sheet, value: title.words.clone() })
        }
        (None, None, Some(latest)) => (latest.day, latest.from),
        (None, None, None) => (today, SnapshotFrom::Today),
    };
    let mut note = |part: &Part, row: Option<u64>, words: &str, code: IssueCode| {
        let reading = &part.reading;
        let origin = Origin { table: reading.table.clone(), file: reading.file.clone(), sheet: reading.sheet.clone() };
        let value = Some(text::trimmed(words).into_owned());
        let issue = origin.issue(code, Severity::Note, IssueAction::Kept, value);
        issues.push(issue.at(row, None).tell("snapshot", day));
    };
    for title in titles.iter().filter(|t| day < t.days.from || t.days.to < day) {
        note(title.part, title.row, &title.words, IssueCode::SnapshotDiffers);
    }
    for part in parts {
        for (row, words) in self::titles(part).filter(|(_, words)| names_another_day_of_a_year(words, day)) {
            note(part, row, &words, IssueCode::TitleYearMissing);
        }
    }
    (day, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_a_day() {
        let day = |words: &str| named_day(words).map(|d| (d.from.to_string(), d.to.to_string()));
        let point = |day: &str| Some((day.to_owned(), day.to_owned()));
        assert_eq!(day("某开发区项目台账（截至2024年3月31日）"), point("2024-03-31"));
        assert_eq!(day("截止日期：2024-03-31"), point("2024-03-31"));
        assert_eq!(day("台账（截止到 2024.3.31 ）"), point("2024-03-31"));
        assert_eq!(day("截至2024年3月底"), Some(("2024-03-21".into(), "2024-03-31".into())));
        assert_eq!(day("截至3月底"), None);
        let last = NaiveDate::from_ymd_opt(2024, 3, 31).expect("a day");
        assert!(!names_another_day_of_a_year("截至3月底", last) && !names_another_day_of_a_year("截至3月31日", last));
        assert!(names_another_day_of_a_year("截至4月30日", last) && !names_another_day_of_a_year("截至目前", last));
        assert_eq!(day("2024年3月31日"), None);
    }
}
