//! Tests of the public surface, in one binary: a module for each subject.

// Clippy's leave for tests reaches only the functions marked as tests, not those that they share.
#![allow(clippy::expect_used, clippy::panic)]

mod cells;
mod clock;
mod cohorts;
mod days;
mod dice;
mod engine;
mod engines;
mod example;
mod figures;
mod formats;
mod hostile;
mod issues;
mod kept;
mod large;
mod layouts;
mod lazy;
mod ledger;
mod leftovers;
mod manifest;
mod names;
mod options;
mod reads;
mod repeats;
mod round_trip;
mod rows;
mod samples;
mod scan;
mod suspensions;
mod waiting;
mod workbook;
