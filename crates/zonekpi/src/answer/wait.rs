//! How long a row behind a duration waited, and what ended it.

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The event was reached.
    Event,
    /// Another event came first, after which it cannot be reached.
    Competing,
    /// Nothing did so far: it is only known to have waited for so long.
    Censored,
}

/// How long a row waited, in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) days: i64,
    pub(crate) end: End,
}
