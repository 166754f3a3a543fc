//! Every indicator of the shipped catalog as a function that gives a query. Made by `cargo xtask kpi`.
