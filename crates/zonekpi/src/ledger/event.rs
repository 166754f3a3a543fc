//! The days of an event as they are recorded: the one rule by which the ledger's own day bounds them.

/// The last day on which an event may have taken place, of days from the first to the last. What is recorded has
/// happened: days that begin by the day of the ledger end by it.
pub(crate) fn ends_by<Day: Ord>(first: &Day, last: Day, snapshot: Day) -> Day {
    if *first <= snapshot { last.min(snapshot) } else { last }
}

#[cfg(test)]
mod tests {
    use super::ends_by;

    #[test]
    fn what_begins_by_the_ledgers_day_ends_by_it() {
        assert_eq!((ends_by(&1, 31, 20), ends_by(&20, 31, 20), ends_by(&21, 31, 20)), (20, 20, 31));
        assert_eq!(ends_by(&5, 5, 20), 5);
    }
}
