//! The answer: a long, tidy table of exact figures that opens down to rows.

mod row;

pub use row::Row;
