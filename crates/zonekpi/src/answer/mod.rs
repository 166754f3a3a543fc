//! The answer: a long, tidy table of exact figures that opens down to rows.

pub(crate) mod display;
mod row;

pub use display::{
    Align, ColumnRole, DisplayOptions, Footnote, Rendered, RenderedCell, RenderedColumn, RenderedLine, Rounding,
};
pub use row::Row;
