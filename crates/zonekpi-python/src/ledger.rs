//! The ledger: reading it, and asking it.

use std::sync::Arc;

use pyo3::prelude::*;
use zonekpi::{Cohorts, IssueCode, Language, Reader};

use crate::calendar::Calendar;
use crate::error::{detached, guarded};
use crate::frame::{Frame, from_python};
use crate::options;
use crate::progress::told;
use crate::query::Asked;
use crate::table::Table;

/// Typed tables as of one day.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Ledger(pub(crate) Arc<zonekpi::Ledger>);

type Pairs = Vec<(String, String)>;

#[pymethods]
impl Ledger {
    #[staticmethod]
    #[pyo3(signature = (
        paths, *, sheet, sheets, table, columns, units, blanks, on_duplicate, snapshot_on, calendar, strict,
        progress
    ))]
    #[expect(clippy::too_many_arguments, reason = "they are keywords, and are named where they are given")]
    fn read(
        py: Python<'_>,
        paths: Vec<String>,
        sheet: Option<String>,
        sheets: Option<Vec<String>>,
        table: Option<String>,
        columns: Pairs,
        units: Pairs,
        blanks: Pairs,
        on_duplicate: String,
        snapshot_on: Option<String>,
        calendar: Option<Bound<'_, Calendar>>,
        strict: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let mut reader = reader(columns, units, blanks, &on_duplicate, snapshot_on.as_deref(), calendar, strict);
        if let Some(sheet) = sheet {
            reader = reader.sheet(sheet);
        }
        if let Some(sheets) = sheets {
            reader = reader.sheets(sheets);
        }
        if let Some(table) = table {
            reader = reader.table(table);
        }
        told(py, progress, move |told| reader.progress(told).read(paths)).map(|ledger| Self(Arc::new(ledger)))
    }

    #[staticmethod]
    #[pyo3(signature = (frames, *, columns, units, blanks, on_duplicate, snapshot_on, calendar, strict))]
    #[expect(clippy::too_many_arguments, reason = "they are keywords, and are named where they are given")]
    fn of_frames(
        py: Python<'_>,
        frames: Vec<(String, Bound<'_, PyAny>)>,
        columns: Pairs,
        units: Pairs,
        blanks: Pairs,
        on_duplicate: String,
        snapshot_on: Option<String>,
        calendar: Option<Bound<'_, Calendar>>,
        strict: bool,
    ) -> PyResult<Self> {
        let reader = reader(columns, units, blanks, &on_duplicate, snapshot_on.as_deref(), calendar, strict);
        let frames =
            frames.iter().map(|(name, frame)| Ok((name.clone(), from_python(frame)?))).collect::<PyResult<Vec<_>>>()?;
        detached(py, move || reader.frames(frames)).map(|ledger| Self(Arc::new(ledger)))
    }

    #[staticmethod]
    fn example(py: Python<'_>) -> PyResult<Self> {
        detached(py, zonekpi::Ledger::example).map(|ledger| Self(Arc::new(ledger)))
    }

    #[staticmethod]
    fn load(py: Python<'_>, path: String) -> PyResult<Self> {
        detached(py, move || zonekpi::Ledger::load(path)).map(|ledger| Self(Arc::new(ledger)))
    }

    fn save(&self, py: Python<'_>, path: String) -> PyResult<()> {
        let ledger = Arc::clone(&self.0);
        detached(py, move || ledger.save(path))
    }

    /// The files that it was read from, and their fingerprints.
    fn sources(&self) -> Vec<(String, String)> {
        self.0.sources().iter().map(|source| (source.name.clone(), source.fingerprint.clone())).collect()
    }

    fn tables(&self) -> Vec<(String, usize)> {
        self.0.tables().map(|table| (table.spec().name.clone(), table.height())).collect()
    }

    fn table(&self, py: Python<'_>, name: String) -> PyResult<Option<Frame>> {
        let ledger = Arc::clone(&self.0);
        detached(py, move || ledger.table(&name).map(|table| table.frame().cloned()).transpose())
            .map(|frame| frame.map(Frame))
    }

    fn issues(&self, py: Python<'_>, lang: &str) -> PyResult<Frame> {
        let (ledger, language) = (Arc::clone(&self.0), options::language(lang));
        detached(py, move || ledger.issues_frame(language)).map(Frame)
    }

    fn reading(&self, py: Python<'_>, lang: &str) -> PyResult<Frame> {
        let (ledger, language) = (Arc::clone(&self.0), options::language(lang));
        detached(py, move || ledger.reading_frame(language)).map(Frame)
    }

    fn write_excel(&self, py: Python<'_>, path: String, lang: &str) -> PyResult<()> {
        let (ledger, language) = (Arc::clone(&self.0), options::language(lang));
        detached(py, move || ledger.write_excel(path, language))
    }

    fn calendar(&self) -> Calendar {
        Calendar(self.0.calendar().clone())
    }

    fn snapshot_on(&self) -> String {
        self.0.snapshot_on().to_string()
    }

    /// What said that day, and the fields by which it is found.
    fn snapshot_from(&self) -> Vec<(&'static str, Option<String>)> {
        options::snapshot_from(self.0.snapshot_from())
    }

    #[pyo3(signature = (asked, *, progress))]
    fn kpis(&self, py: Python<'_>, asked: Asked, progress: Option<Py<PyAny>>) -> PyResult<Table> {
        let query = guarded(py, || asked.query())?;
        let ledger = Arc::clone(&self.0);
        told(py, progress, move |told| query.progress(told).run(ledger.as_ref())).map(Table::of)
    }

    #[pyo3(signature = (time, *, event, every, ages, table, by, r#where, as_of, period, cancelled, phases, totals,
        confidence, progress))]
    #[expect(clippy::too_many_arguments, reason = "they are keywords, and are named where they are given")]
    fn cohorts(
        &self,
        py: Python<'_>,
        time: String,
        event: String,
        every: &str,
        ages: Vec<i64>,
        table: Option<String>,
        by: Vec<String>,
        r#where: Option<String>,
        as_of: Option<String>,
        period: Option<String>,
        cancelled: Option<String>,
        phases: &str,
        totals: bool,
        confidence: Option<f64>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let every = guarded(py, || options::every(every))?;
        let mut cohorts = Cohorts::new(time).event(event).every(every).ages(ages).by(by);
        cohorts = cohorts.phases(options::phases(phases)).totals(totals);
        if let Some(table) = table {
            cohorts = cohorts.table(table);
        }
        if let Some(expression) = r#where {
            cohorts = cohorts.filter(expression);
        }
        if let Some(day) = as_of {
            cohorts = cohorts.as_of(day);
        }
        if let Some(period) = period {
            cohorts = cohorts.period(period);
        }
        if let Some(cancelled) = cancelled {
            cohorts = cohorts.cancelled(options::cancelled(&cancelled));
        }
        if let Some(confidence) = confidence {
            cohorts = cohorts.confidence(confidence);
        }
        let ledger = Arc::clone(&self.0);
        told(py, progress, move |told| cohorts.progress(told).run(ledger.as_ref())).map(Table::of)
    }
}

pub(crate) fn reader(
    columns: Pairs,
    units: Pairs,
    blanks: Pairs,
    on_duplicate: &str,
    snapshot_on: Option<&str>,
    calendar: Option<Bound<'_, Calendar>>,
    strict: bool,
) -> Reader {
    let reader = zonekpi::Ledger::reader()
        .columns(columns)
        .units(units)
        .blanks(blanks)
        .on_duplicate(options::on_duplicate(on_duplicate))
        .strict(strict);
    let reader = match calendar {
        Some(calendar) => reader.calendar(calendar.get().0.clone()),
        None => reader,
    };
    match snapshot_on.and_then(options::day) {
        Some(day) => reader.snapshot_on(day),
        None => reader,
    }
}

/// An empty workbook to fill in.
#[pyfunction]
pub(crate) fn write_template(py: Python<'_>, tables: Vec<String>, path: String, lang: &str) -> PyResult<()> {
    let language = options::language(lang);
    detached(py, move || zonekpi::write_template(tables, path, language))
}

/// The words in which a person reads issues and readings.
#[pyfunction]
pub(crate) fn listing_words(lang: &str) -> Vec<(String, String)> {
    zonekpi::Ledger::listing_words(options::language(lang))
}

/// Every code of an issue, with its sentence in both languages.
#[pyfunction]
pub(crate) fn issue_codes() -> Vec<(&'static str, String, String)> {
    let sentence = |code: &IssueCode, language| code.sentence(language);
    IssueCode::ALL
        .iter()
        .map(|code| (code.as_str(), sentence(code, Language::Zh), sentence(code, Language::En)))
        .collect()
}
