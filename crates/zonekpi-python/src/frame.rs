//! Frames across the Python boundary, by the Arrow PyCapsule interface. What the columns mean is not known here.
//!
//! All the `unsafe` of the project is in this file: the C stream interface is a contract between two programs that
//! no compiler can check.
#![allow(unsafe_code)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field, IntegerType, IntervalUnit};
use polars_arrow::ffi::{ArrowArrayStream, ArrowArrayStreamReader, export_iterator};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};
use zonekpi::polars::prelude::*;

use crate::error;

const STREAM: &std::ffi::CStr = c"arrow_array_stream";

/// The table of any object with `__arrow_c_stream__`: polars, pandas, pyarrow, DuckDB, nanoarrow, our own.
pub(crate) fn from_python(object: &Bound<'_, PyAny>) -> PyResult<DataFrame> {
    let py = object.py();
    let capsule = match object.cast::<PyCapsule>() {
        Ok(capsule) => capsule.clone(),
        Err(_) => {
            let Ok(method) = object.getattr("__arrow_c_stream__") else {
                let kind = object.get_type().qualname()?;
                let told = Refused {
                    code: "not_a_frame",
                    column: None,
                    zh: format!(
                        "需要支持 __arrow_c_stream__ 的数据框（polars、pandas、pyarrow、DuckDB），而这里是 {kind}"
                    ),
                    en: format!(
                        "expected a data frame with __arrow_c_stream__ (polars, pandas, pyarrow, DuckDB), found {kind}"
                    ),
                };
                return Err(told.raised(py));
            };
            method.call0()?.cast_into::<PyCapsule>()?
        }
    };
    let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<ArrowArrayStream>();
    // SAFETY: a capsule of this name holds an ArrowArrayStream. Moving it out and leaving a released one
    // (release = NULL) in its place is how the interface says to consume it.
    let stream = unsafe { std::ptr::replace(pointer.as_ptr(), ArrowArrayStream::empty()) };
    // A producer that needs the lock takes it itself; holding it here would deadlock one that has threads.
    let read = py.detach(move || catch_unwind(AssertUnwindSafe(|| read(stream))));
    // A panic here is about a type that Polars was built without, and that `supported` failed to foresee.
    read.unwrap_or_else(|_| Err(Refused::unreadable("an Arrow type that is not supported"))).map_err(|e| e.raised(py))
}

/// Why a frame was not taken.
struct Refused {
    code: &'static str,
    column: Option<String>,
    zh: String,
    en: String,
}

impl Refused {
    fn unreadable(detail: impl std::fmt::Display) -> Self {
        Self {
            code: "frame_unreadable",
            column: None,
            zh: format!("数据框无法读取：{detail}"),
            en: format!("the data frame cannot be read: {detail}"),
        }
    }

    fn column_type(column: &str, found: &str) -> Self {
        Self {
            code: "frame_column_type",
            column: Some(column.to_owned()),
            zh: format!("列“{column}”的 Arrow 类型是 {found}，不支持；请先转换类型，或去掉这一列"),
            en: format!("column '{column}' has the Arrow type {found}, which is not supported; cast or drop it first"),
        }
    }

    fn raised(self, py: Python<'_>) -> PyErr {
        error::frame_refused(py, self.code, self.column, self.zh, self.en)
    }
}

impl From<PolarsError> for Refused {
    fn from(error: PolarsError) -> Self {
        Self::unreadable(error)
    }
}

fn read(stream: ArrowArrayStream) -> Result<DataFrame, Refused> {
    // SAFETY: the producer promises the C stream interface by the capsule's name.
    let mut reader = unsafe { ArrowArrayStreamReader::try_new(Box::new(stream)) }?;
    let ArrowDataType::Struct(fields) = reader.field().dtype().clone() else {
        return Err(Refused::unreadable("a single column, not a table"));
    };
    for field in &fields {
        supported(field.dtype()).map_err(|found| Refused::column_type(&field.name, &found))?;
    }
    let mut chunks: Vec<Vec<Box<dyn Array>>> = vec![Vec::new(); fields.len()];
    let mut height = 0;
    // SAFETY: as above.
    while let Some(batch) = unsafe { reader.next() } {
        let batch = batch?;
        let batch = batch
            .as_any()
            .downcast_ref::<StructArray>()
            .filter(|batch| batch.null_count() == 0)
            .ok_or_else(|| Refused::unreadable("the Arrow stream gave something that is not a record batch"))?;
        height += batch.len();
        for (to, from) in chunks.iter_mut().zip(batch.values()) {
            to.push(from.clone());
        }
    }
    let columns = fields
        .iter()
        .zip(chunks)
        .map(|(field, chunks)| {
            if chunks.is_empty() {
                Ok(Series::new_empty(field.name.clone(), &DataType::from_arrow_field(field)).into_column())
            } else {
                Series::try_from((field, chunks)).map(Series::into_column)
            }
        })
        .collect::<PolarsResult<Vec<_>>>()?;
    Ok(DataFrame::new(height, columns)?)
}

/// Polars panics on types whose feature is off; this says so as an error instead.
fn supported(dtype: &ArrowDataType) -> Result<(), String> {
    use ArrowDataType as A;
    match dtype {
        A::Null
        | A::Boolean
        | A::Int8
        | A::Int16
        | A::Int32
        | A::Int64
        | A::UInt8
        | A::UInt16
        | A::UInt32
        | A::UInt64
        | A::Float32
        | A::Float64
        | A::Timestamp(..)
        | A::Date32
        | A::Date64
        | A::Duration(_)
        | A::Utf8
        | A::LargeUtf8
        | A::Utf8View
        | A::Binary
        | A::LargeBinary
        | A::BinaryView
        | A::FixedSizeBinary(_)
        | A::Decimal(..)
        | A::Decimal32(..)
        | A::Decimal64(..) => Ok(()),
        // polars-arrow 0.55.2 panics when it imports 256-bit decimals.
        A::Decimal256(..) => Err("decimal256".into()),
        A::Dictionary(key, value, _) if !matches!(key, IntegerType::Int128 | IntegerType::UInt128) => supported(value),
        A::List(field) | A::LargeList(field) => supported(field.dtype()),
        A::Interval(IntervalUnit::MonthDayNano) => Err("interval".into()),
        other => {
            let name = format!("{other:?}");
            Err(name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase())
        }
    }
}

/// A table that any Arrow-speaking library can take without a copy.
#[pyclass(frozen, module = "zonekpi._zonekpi")]
pub(crate) struct Frame(pub(crate) DataFrame);

#[pymethods]
impl Frame {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema; // The interface lets a producer ignore it.
        let level = CompatLevel::newest();
        let mut frame = self.0.clone();
        frame.align_chunks();
        let dtype = ArrowDataType::Struct(frame.schema().iter_fields().map(|f| f.to_arrow(level)).collect());
        let field = Field::new(PlSmallStr::EMPTY, dtype.clone(), false);
        let batches: Vec<_> = frame
            .iter_chunks(level, false)
            .map(|batch| {
                let height = batch.len();
                StructArray::try_new(dtype.clone(), height, batch.into_arrays(), None)
                    .map(|array| Box::new(array) as Box<dyn Array>)
            })
            .collect();
        let stream = export_iterator(Box::new(batches.into_iter()), field);
        PyCapsule::new_with_value(py, stream, STREAM)
    }

    fn __len__(&self) -> usize {
        self.0.height()
    }
}
