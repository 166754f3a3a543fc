//! Reading with options: which files, sheets and columns, in what units, and what to do about duplicates.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::build::{self, Manner, Part};
use super::header::{self, Header, Search, Told};
use super::issue::Origin;
use super::progress::{Progress, Rows, Step, Watch};
use super::reading::SourceFile;
use super::schema::{Kind, Schema, TableSpec};
use super::source::{self, Document, Sheet};
use super::unit::{self, NAMED};
use super::{Ledger, OnDuplicate, assemble, frame, text};
use crate::calendar::Calendar;
use crate::error::{Error, ErrorKind, Place, Result, nearest, nearest_first};
use crate::message::{ErrorCode, Message};

/// Reads files and frames as a ledger. Made by [`Ledger::reader`].
///
/// What the caller says comes before what the headers say.
#[derive(Clone, Debug, Default)]
#[must_use = "a reader reads nothing until `read`, `frames` or `finish` is called"]
pub struct Reader {
    pub(super) table: Option<String>,
    sheet: Option<String>,
    together: Vec<String>,
    /// A list of sheets was given, and nothing stood in it.
    no_sheet: bool,
    columns: Vec<(String, String)>,
    units: Vec<(String, String)>,
    blanks: Vec<(String, String)>,
    on_duplicate: OnDuplicate,
    snapshot_on: Option<NaiveDate>,
    pub(super) calendar: Option<Calendar>,
    strict: bool,
    watch: Watch,
    files: Vec<(String, Vec<u8>)>,
    frames: Vec<(String, DataFrame)>,
}

fn pairs(given: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Vec<(String, String)> {
    given.into_iter().map(|(a, b)| (a.into(), b.into())).collect()
}

impl Reader {
    /// The table that the files hold, where their headers do not say it.
    pub fn table(mut self, name: impl Into<String>) -> Self {
        self.table = Some(name.into());
        self
    }

    /// The sheet to read, also a hidden one. A name with `*` or `?` is a pattern, as in [`sheets`](Self::sheets).
    pub fn sheet(self, name: impl Into<String>) -> Self {
        let name = name.into();
        if is_pattern(&name) { self.sheets([name]) } else { Self { sheet: Some(name), ..self } }
    }

    /// Sheets that are read together: one per month, one per zone. A name may be a pattern: `*` stands for any
    /// characters, `?` for one; of the sheets that it means those are read that are not hidden and have a header. Each
    /// row says in its column `sheet` which it came from.
    ///
    /// # What was signed in each month, where each has a sheet of its own?
    ///
    /// ```no_run
    /// use zonekpi::{Ledger, Query};
    ///
    /// let ledger = Ledger::reader().sheets(["*月"]).read(["项目台账.xlsx"])?;
    /// let board = Query::new(["signed_projects"]).by(["sheet"]).run(&ledger)?;
    /// # Ok::<(), zonekpi::Error>(())
    /// ```
    pub fn sheets(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.together.extend(names.into_iter().map(Into::into));
        self.no_sheet = self.together.is_empty();
        self
    }

    /// What columns mean: their headers, and the canonical names.
    pub fn columns(mut self, columns: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.columns.extend(pairs(columns));
        self
    }

    /// The units of bare numbers: headers or canonical names, and units such as 万元, 亩 or %.
    pub fn units(mut self, units: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.units.extend(pairs(units));
        self
    }

    /// What a blank means in flags: `no`, or `unknown` as without this.
    pub fn blanks(mut self, blanks: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.blanks.extend(pairs(blanks));
        self
    }

    /// What to do about a key that occurs more than once. Of rows that count as one, the first and the last are meant in
    /// the order in which they are read: files as they are given (those from memory after those from disk), the sheets
    /// of a file as they stand in it or are asked for, and rows from above. Dates play no part: where the later file
    /// is to count, name it last.
    pub fn on_duplicate(mut self, choice: OnDuplicate) -> Self {
        self.on_duplicate = choice;
        self
    }

    /// The day whose state the ledger records; else the latest event that is not after today.
    pub fn snapshot_on(mut self, day: NaiveDate) -> Self {
        self.snapshot_on = Some(day);
        self
    }

    /// The days that are worked, by which limits in working days are counted; else those of
    /// [`Calendar::builtin`].
    pub fn calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    /// Whether an issue of error severity is an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Who is told how far the reading is, and may end it; [`ProgressBar`](crate::ProgressBar) is a bar on the
    /// terminal. Nothing is shown without this.
    pub fn progress(mut self, progress: impl Progress + 'static) -> Self {
        self.watch = Watch::by(progress);
        self
    }

    /// Adds a file that is in memory already; `name` is what issues call it.
    pub fn bytes(mut self, name: impl Into<String>, bytes: &[u8]) -> Self {
        self.files.push((name.into(), bytes.to_vec()));
        self
    }

    /// Adds a frame as a table.
    pub fn frame(mut self, table: impl Into<String>, frame: DataFrame) -> Self {
        self.frames.push((table.into(), frame));
        self
    }

    /// Reads these files, with all that was added before.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read as a ledger: it says what the file is and what to do.
    pub fn read(self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Ledger> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|p| p.as_ref().to_path_buf()).collect();
        self.run(&paths)
    }

    /// Takes these frames as tables, with all that was added before.
    ///
    /// # Errors
    ///
    /// Where a frame cannot be taken as the table that it is named as.
    pub fn frames(mut self, frames: impl IntoIterator<Item = (impl Into<String>, DataFrame)>) -> Result<Ledger> {
        self.frames.extend(frames.into_iter().map(|(table, frame)| (table.into(), frame)));
        self.run(&[])
    }

    /// Reads what was added.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read) and [`frames`](Self::frames).
    pub fn finish(self) -> Result<Ledger> {
        self.run(&[])
    }

    fn run(&self, paths: &[PathBuf]) -> Result<Ledger> {
        if paths.is_empty() && self.files.is_empty() && self.frames.is_empty() {
            return Err(Error::new(ErrorKind::Input, ErrorCode::NothingToRead.message()));
        }
        if self.no_sheet {
            let message = ErrorCode::OptionInvalid.message().with("option", "sheet").with("found", "[]");
            let message = message.with("allowed", "\"1月\", [\"1月\", \"2月\"], \"*\"");
            return Err(Error::new(ErrorKind::Query, message));
        }
        let asked = self.table.as_deref().map(table_named).transpose()?;
        let told = self.told()?;
        let blank_is_no = self.blank_is_no()?;
        let mut parts: Vec<Part> = Vec::new();
        let mut sources: Vec<SourceFile> = Vec::new();
        let of = paths.len() + self.files.len();
        for (done, path) in paths.iter().enumerate() {
            let name = path.display().to_string();
            self.watch.step(&Step::Unpack { file: &name, done, of })?;
            let document = source::read_file(path, &Rows::of(&self.watch, &name))?;
            // Where it is now: a relative path means another file once the program has moved on.
            sources.push(SourceFile::of(&name, std::fs::canonicalize(path).ok(), &document));
            parts.extend(self.document(&document, &name, asked, &told, &blank_is_no)?);
        }
        for (done, (name, bytes)) in self.files.iter().enumerate() {
            self.watch.step(&Step::Unpack { file: name, done: paths.len() + done, of })?;
            let place = || Place { file: Some(name.clone()), ..Place::default() };
            let document =
                source::read_bytes(bytes, &Rows::of(&self.watch, name)).map_err(|error| error.at(place()))?;
            sources.push(SourceFile::of(name, None, &document));
            parts.extend(self.document(&document, name, asked, &told, &blank_is_no)?);
        }
        for (name, given) in &self.frames {
            let table = table_named(name)?;
            let origin = Origin { table: table.name.clone(), file: None, sheet: None };
            parts.push(of_frame(table, given, origin, &told, &blank_is_no)?);
        }
        for part in &mut parts {
            part.reading.tell_callers(&told.columns, asked.is_some());
        }
        self.options_were_used(&parts)?;
        self.columns_have_one_header(&parts)?;
        let calendar = self.calendar.clone().map_or_else(Calendar::builtin, Ok)?;
        let ledger = assemble::ledger(parts, self.on_duplicate, self.snapshot_on, calendar, self.strict)?;
        Ok(Ledger { sources, ..ledger })
    }

    /// The day that the caller has given.
    pub(crate) fn day_given(&self) -> Option<NaiveDate> {
        self.snapshot_on
    }

    pub(super) fn told(&self) -> Result<Told> {
        let mut told = Told::default();
        for (header, canonical) in &self.columns {
            let known = Schema::builtin().tables().any(|t| header::column_called(t, canonical).is_some());
            if !known {
                // The tables that are asked for, or all.
                let mut tables: Vec<&TableSpec> =
                    self.table.iter().chain(self.frames.iter().map(|(n, _)| n)).flat_map(|n| table_named(n)).collect();
                if tables.is_empty() || !self.files.is_empty() && self.table.is_none() {
                    tables = Schema::builtin().tables().collect();
                }
                let names = || tables.iter().flat_map(|t| t.columns.iter().map(|c| c.name.as_str()));
                let asked: Vec<&str> = tables.iter().map(|t| t.name.as_str()).collect();
                let message = ErrorCode::UnknownColumn
                    .message()
                    .with("table", asked.join(", "))
                    .with("found", canonical)
                    .with("allowed", nearest_first(canonical, names()));
                let names: Vec<&str> = names().collect();
                return Err(Error::unknown(message, canonical, names));
            }
            told.columns.push((header.clone(), canonical.clone()));
        }
        for (column, word) in &self.units {
            let Some(unit) = unit::unit(&text::word(word)) else {
                let message = ErrorCode::UnitUnknown.message().with("found", word).with("allowed", NAMED.join("、"));
                return Err(Error::unknown(message, word, NAMED));
            };
            told.units.push((column.clone(), unit));
        }
        Ok(told)
    }

    pub(super) fn blank_is_no(&self) -> Result<Vec<String>> {
        let mut columns = Vec::new();
        for (column, meaning) in &self.blanks {
            match meaning.as_str() {
                "no" | "false" | "否" => columns.push(column.clone()),
                "unknown" | "未知" => {}
                other => {
                    let message = ErrorCode::OptionInvalid
                        .message()
                        .with("option", "blanks")
                        .with("found", other)
                        .with("allowed", "no, unknown");
                    return Err(Error::new(ErrorKind::Query, message).suggest(nearest(other, ["no", "unknown"])));
                }
            }
        }
        Ok(columns)
    }

    /// An option about a column that is nowhere is a slip of the pen, and would go unnoticed.
    pub(super) fn options_were_used(&self, parts: &[Part]) -> Result<()> {
        let mut names: Vec<(&str, &str)> = Vec::new();
        let mut kinds: Vec<Option<Kind>> = Vec::new();
        for part in parts {
            for column in &part.reading.columns {
                names.push((column.name.as_str(), column.header.as_str()));
                kinds.push(part.table.column(&column.name).map(|spec| spec.kind));
            }
            for column in &part.reading.other_columns {
                names.push((column.name.as_str(), column.header.as_str()));
                kinds.push(None);
            }
        }
        for (option, given) in [("columns", &self.columns), ("units", &self.units), ("blanks", &self.blanks)] {
            for (column, meaning) in given {
                let called = |(name, header): &(&str, &str)| {
                    name == column
                        || header::HeaderText::of(header).is_called(column)
                        || text::word(header) == text::word(column)
                        || zh_names(name).any(|zh| zh == column.as_str())
                };
                let meant: Vec<Option<Kind>> =
                    names.iter().zip(&kinds).filter(|(name, _)| called(name)).map(|(_, kind)| *kind).collect();
                if meant.is_empty() {
                    let headers: Vec<&str> = names.iter().map(|(_, header)| *header).collect();
                    let message = ErrorCode::OptionUnused
                        .message()
                        .with("option", option)
                        .with("found", column)
                        .with("allowed", headers.join("、"));
                    return Err(Error::unknown(message, column, names.iter().flat_map(|(n, h)| [*h, *n])));
                }
                has_effect(option, column, meaning, &meant)?;
            }
        }
        Ok(())
    }

    /// Two headers of one sheet that the caller says are one column contradict each other.
    fn columns_have_one_header(&self, parts: &[Part]) -> Result<()> {
        for part in parts {
            let headers = || {
                let known = part.reading.columns.iter().map(|c| c.header.as_str());
                known.chain(part.reading.other_columns.iter().map(|c| c.header.as_str()))
            };
            let is_here = |name: &str| {
                let called = |header: &str| header::HeaderText::of(header).is_called(name);
                headers().any(|h| called(h) || h.rsplit('/').next().is_some_and(called))
            };
            let meant = |name: &str| header::column_called(part.table, name).map(|spec| spec.name.as_str());
            let here: Vec<(&str, &str)> = self
                .columns
                .iter()
                .filter_map(|(h, c)| Some((h.as_str(), meant(c)?)))
                .filter(|(h, _)| is_here(h))
                .collect();
            for (at, (second, column)) in here.iter().enumerate() {
                let earlier =
                    here.iter().take(at).find(|(first, of)| of == column && text::word(first) != text::word(second));
                let Some((first, _)) = earlier else { continue };
                let message = ErrorCode::ColumnsTwice.message().with("first", first).with("second", second);
                let place =
                    Place { file: part.reading.file.clone(), sheet: part.reading.sheet.clone(), ..Place::default() };
                return Err(Error::new(ErrorKind::Query, message.with("column", column)).at(place));
            }
        }
        Ok(())
    }

    fn document(
        &self,
        document: &Document,
        name: &str,
        asked: Option<&'static TableSpec>,
        told: &Told,
        blank_is_no: &[String],
    ) -> Result<Vec<Part>> {
        let place =
            |sheet: Option<&String>| Place { file: Some(name.to_owned()), sheet: sheet.cloned(), ..Place::default() };
        let manner = |table: &TableSpec, sheet: Option<&String>| Manner {
            origin: Origin { table: table.name.clone(), file: Some(name.to_owned()), sheet: sheet.cloned() },
            format: document.format.to_owned(),
            encoding: document.encoding.map(str::to_owned),
            epoch_1904: document.epoch_1904,
            texts_may_be_numbers: document.texts_may_be_numbers,
            sheet_column: !self.together.is_empty(),
            blank_is_no: blank_is_no.to_vec(),
            watch: self.watch.clone(),
        };
        if let Some(wanted) = self.sheet.as_ref().or(self.together.first())
            && document.sheets.iter().all(|sheet| sheet.name.is_none())
        {
            let message = ErrorCode::NoSheets.message().with("format", document.format).with("found", wanted);
            return Err(Error::new(ErrorKind::Query, message).at(place(None)));
        }
        let stem = Path::new(name).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(given) = &document.frame {
            let names: Vec<String> = given.columns().iter().map(|c| c.name().to_string()).collect();
            let table = match asked {
                Some(table) => tell_no_other(table, &names, told).map(|_| table),
                None => table_of(&names, told, &stem),
            };
            let table = table.map_err(|error| error.at(place(None)))?;
            return Ok(vec![frame::read(table, given, told, &manner(table, None))?]);
        }
        let sheets = self.asked_sheets(document).map_err(|error| error.at(place(None)))?;
        let mut found: Vec<(&Sheet, Box<Header>)> = Vec::new();
        let mut failures: Vec<(Option<&String>, Search)> = Vec::new();
        for sheet in sheets {
            let mut hints = vec![stem.as_str()];
            hints.extend(sheet.name.as_deref());
            match header::search(&sheet.grid, asked, told, &hints) {
                Search::Found(header) => found.push((sheet, header)),
                other => failures.push((sheet.name.as_ref(), other)),
            }
        }
        self.named_sheets_fit(document, &found, &failures).map_err(|error| error.at(place(None)))?;
        let named = |(sheet, _): &(&Sheet, Box<Header>)| self.names_sheet(sheet);
        // Where the caller names the table, a sheet that is known by its columns comes before one that merely shares some.
        if found.iter().any(|(_, header)| header.fits) {
            found.retain(|f| f.1.fits || named(f));
        }
        // A sheet that has a header and no rows is a form to be filled in; one with rows comes before it.
        let has_rows = |(sheet, header): &(&Sheet, Box<Header>)| sheet.grid.rows > header.first_data_row;
        let filled: Vec<&str> = found.iter().filter(|f| has_rows(f)).map(|(_, h)| h.table.name.as_str()).collect();
        found.retain(|f| has_rows(f) || named(f) || !filled.contains(&f.1.table.name.as_str()));
        if found.is_empty() {
            // The sheet that fits several tables says more than the one that fits none.
            let unclear = failures.iter().find(|(_, search)| matches!(search, Search::Unclear(_)));
            let most = |search: &Search| if let Search::None(headers) = search { headers.len() } else { 0 };
            let told_of = unclear.or_else(|| failures.iter().max_by_key(|(_, search)| most(search)));
            return Err(match told_of {
                Some((sheet, search)) => not_found(search).at(place(*sheet)),
                None => Error::new(ErrorKind::Input, ErrorCode::FileEmpty.message()).at(place(None)),
            });
        }
        for (_, header) in &found {
            let table = header.table;
            let same: Vec<&str> = found
                .iter()
                .filter(|(_, h)| h.table.name == table.name)
                .filter_map(|(s, _)| s.name.as_deref())
                .collect();
            if same.len() > 1 && self.together.is_empty() {
                let message =
                    ErrorCode::SheetsSeveral.message().with("table", &table.zh).with("sheets", same.join("、"));
                return Err(Error::new(ErrorKind::Input, message).at(place(None)));
            }
        }
        let read: Vec<Option<&str>> = found.iter().map(|(sheet, _)| sheet.name.as_deref()).collect();
        let not_read: Vec<String> = document
            .sheets
            .iter()
            .filter(|s| !read.contains(&s.name.as_deref()))
            .filter_map(|s| s.name.clone())
            .collect();
        found
            .iter()
            .map(|(sheet, header)| {
                let manner = manner(header.table, sheet.name.as_ref());
                let mut part =
                    build::sheet(&sheet.grid, header, &manner).map_err(|e| e.at(manner.place(None, None)))?;
                part.reading.sheets_not_read.clone_from(&not_read);
                Ok(part)
            })
            .collect()
    }

    /// The sheets to look at: those asked for, or all that are not hidden.
    fn asked_sheets<'a>(&self, document: &'a Document) -> Result<Vec<&'a Sheet>> {
        if self.sheet.is_none() && self.together.is_empty() {
            return Ok(document.sheets.iter().filter(|s| !s.hidden).collect());
        }
        let mut asked: Vec<&Sheet> = Vec::new();
        for wanted in self.sheet.iter().chain(&self.together) {
            let pattern = is_pattern(wanted);
            let meant = |sheet: &&Sheet| {
                let named = |name: &str| is_meant(wanted, name);
                sheet.name.as_deref().is_none_or(named) && !(pattern && sheet.hidden)
            };
            let sheets: Vec<&Sheet> = document.sheets.iter().filter(meant).collect();
            if sheets.is_empty() {
                let names: Vec<&str> = document.sheets.iter().filter_map(|s| s.name.as_deref()).collect();
                let message = ErrorCode::SheetUnknown.message().with("found", wanted).with("allowed", names.join("、"));
                return Err(Error::unknown(message, wanted, names));
            }
            for sheet in sheets {
                if !asked.iter().any(|other| other.name == sheet.name) {
                    asked.push(sheet);
                }
            }
        }
        Ok(asked)
    }

    /// Whether the list of sheets names this one, and not by a pattern.
    fn names_sheet(&self, sheet: &Sheet) -> bool {
        let names = |wanted: &String| !is_pattern(wanted) && sheet.name.as_deref().is_some_and(|n| is_meant(wanted, n));
        self.together.iter().any(names)
    }

    /// A sheet that is named in the list and has no header of a ledger is an error, not left out.
    fn named_sheets_fit(
        &self,
        document: &Document,
        found: &[(&Sheet, Box<Header>)],
        failures: &[(Option<&String>, Search)],
    ) -> Result<()> {
        let named = document.sheets.iter().filter(|sheet| self.names_sheet(sheet));
        for sheet in named {
            if !failures.iter().any(|(name, _)| *name == sheet.name.as_ref()) {
                continue;
            }
            let fitting: Vec<&str> = found.iter().filter_map(|(sheet, _)| sheet.name.as_deref()).collect();
            let name = sheet.name.as_deref().unwrap_or_default();
            let message = ErrorCode::SheetUnfit.message().with("found", name).with("allowed", fitting.join("、"));
            return Err(Error::new(ErrorKind::Input, message));
        }
        Ok(())
    }
}

/// A frame as a part of a ledger.
pub(super) fn of_frame(
    table: &'static TableSpec,
    frame: &DataFrame,
    origin: Origin,
    told: &Told,
    blank_is_no: &[String],
) -> Result<Part> {
    let manner = Manner {
        origin,
        format: "frame".to_owned(),
        blank_is_no: blank_is_no.to_vec(),
        texts_may_be_numbers: true,
        ..Manner::default()
    };
    frame::read(table, frame, told, &manner).map_err(|error| error.at(manner.place(None, None)))
}

/// The table whose columns these are.
pub(super) fn table_of(names: &[String], told: &Told, hint: &str) -> Result<&'static TableSpec> {
    header::table_of_frame(names, told, &[hint]).map_err(|search| not_found(&search))
}

/// Columns of another table than the one that the caller has named are refused: each question would be told that its own
/// are missing, or be answered from rows that are something else. The other table, where they are enough for both.
pub(super) fn tell_no_other(
    table: &'static TableSpec,
    names: &[String],
    told: &Told,
) -> Result<Option<&'static TableSpec>> {
    let other = header::other_table(table, names, told);
    match other {
        Some(other) if !header::has_its_own(table, other, names, told) => {
            Err(unfit(ErrorCode::TableUnfit.message(), table, other, names))
        }
        _ => tell_some(table, names, told).map(|()| other),
    }
}

/// Columns of which none is of a table are refused as a header that is not found.
pub(super) fn tell_some(table: &'static TableSpec, names: &[String], told: &Told) -> Result<()> {
    if header::has_any(table, names, told) {
        return Ok(());
    }
    let place = Place { table: Some(table.name.clone()), ..Place::default() };
    Err(not_found(&Search::None(names.to_vec())).at(place))
}

/// The error of columns that are those of another table.
pub(super) fn unfit(message: Message, table: &TableSpec, other: &TableSpec, names: &[String]) -> Error {
    let named = |table: &TableSpec| format!("{}（{}）", table.name, table.zh);
    let message = message.with("table", named(table)).with("other", named(other)).with("found", listed(names));
    Error::new(ErrorKind::Input, message)
}

/// No sheet's name holds `*` or `?`: spreadsheets refuse them.
fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '＊', '？'])
}

/// Whether a name or a pattern means this sheet.
fn is_meant(wanted: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (text::word(wanted).chars().collect(), text::word(name).chars().collect());
    // For each length of the name's beginning, whether the pattern so far means it.
    let mut reached = vec![false; name.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for sign in pattern {
        let mut next = vec![false; name.len() + 1];
        let mut any = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let before = at.checked_sub(1);
            let one = |fits: bool| fits && before.and_then(|b| reached.get(b)) == Some(&true);
            any |= reached.get(at) == Some(&true);
            *slot = match sign {
                '*' => any,
                '?' => one(true),
                sign => one(before.and_then(|b| name.get(b)) == Some(&sign)),
            };
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

fn zh_names(name: &str) -> impl Iterator<Item = &'static str> {
    Schema::builtin().tables().filter_map(move |t| t.column(name)).map(|c| c.zh.as_str())
}

/// A unit of a column without numbers, and a no of one without flags, would go unnoticed too. Of several columns of a
/// name, in several tables, one is enough.
fn has_effect(option: &str, column: &str, meaning: &str, meant: &[Option<Kind>]) -> Result<()> {
    let kinds = || meant.iter().copied().flatten();
    let refused = |message: Message| Err(Error::new(ErrorKind::Query, message.with("column", column)));
    match option {
        "units" => {
            if kinds().all(|kind| kind.scale().is_none()) {
                return refused(ErrorCode::UnitsNeedNumbers.message());
            }
            let fits = |unit: unit::Unit| kinds().any(|kind| unit.fits(kind));
            if unit::unit(&text::word(meaning)).is_some_and(|unit| !fits(unit)) {
                let allowed: Vec<&str> = NAMED.into_iter().filter(|word| unit::unit(word).is_some_and(fits)).collect();
                let message = ErrorCode::UnitUnfit.message().with("found", meaning);
                return refused(message.with("allowed", allowed.join("、")));
            }
            Ok(())
        }
        "blanks" if kinds().all(|kind| kind != Kind::Flag) => refused(ErrorCode::BlanksNeedFlags.message()),
        _ => Ok(()),
    }
}

fn not_found(search: &Search) -> Error {
    match search {
        Search::Unclear(tables) => {
            let names = tables
                .iter()
                .filter_map(|name| Schema::builtin().table(name))
                .map(|t| format!("{}（{}）", t.name, t.zh));
            let message = ErrorCode::TableUnclear.message().with("tables", names.collect::<Vec<_>>().join("、"));
            Error::new(ErrorKind::Input, message)
        }
        Search::None(headers) => {
            let looked = listed(headers);
            let known: Vec<&str> =
                Schema::builtin().tables().flat_map(|t| t.columns.iter().map(|c| c.zh.as_str())).collect();
            // A header that is right already needs no other.
            let wrong = headers.iter().take(12).filter(|h| !header::is_known(h));
            let near =
                wrong.into_iter().find_map(|found| nearest(found, known.clone()).filter(|n| n.chars().count() > 2));
            Error::new(ErrorKind::Input, ErrorCode::HeaderNotFound.message().with("looked", looked)).suggest(near)
        }
        Search::Found(_) => Error::new(ErrorKind::Input, ErrorCode::NothingToRead.message()),
    }
}

/// The first headers of many.
fn listed(headers: &[String]) -> String {
    let mut distinct: Vec<&str> = headers.iter().map(String::as_str).collect();
    // A merged cell stands in each of its columns.
    distinct.dedup();
    distinct.into_iter().take(12).map(shortened).collect::<Vec<_>>().join("、")
}

/// As much of a text as a list of headers needs.
fn shortened(header: &str) -> String {
    const MOST: usize = 20;
    let start: String = header.chars().take(MOST).collect();
    if start.len() < header.len() { start + "…" } else { start }
}

/// A table by its canonical name, its Chinese one, or another.
pub(crate) fn table_named(name: &str) -> Result<&'static TableSpec> {
    let word = text::word(name);
    let called = |table: &&TableSpec| {
        text::word(&table.name) == word
            || text::word(&table.zh) == word
            || table.aliases.iter().any(|a| text::word(a) == word)
    };
    Schema::builtin().tables().find(called).ok_or_else(|| {
        let names: Vec<&str> = Schema::builtin().tables().map(|t| t.name.as_str()).collect();
        let message = ErrorCode::UnknownTable.message().with("found", name).with("allowed", names.join(", "));
        Error::unknown(message, name, names)
    })
}
