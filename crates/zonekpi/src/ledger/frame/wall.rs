//! The days of times. A day is the day on the wall: of a time zone that is always as far east of Greenwich, it is known.

use polars::prelude::{DataType, TimeUnit};

/// How times of a column become days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wall {
    /// How much later it is on the wall than in Greenwich, and how long a day is; both in the unit of the times.
    shift: i64,
    day: i64,
}

impl Wall {
    /// `None` where it is no column of times, or its zone is not known to be always as far east.
    pub(crate) fn of(dtype: &DataType) -> Option<Self> {
        let DataType::Datetime(unit, zone) = dtype else { return None };
        let hours_east = zone.as_ref().map_or(Some(0), |zone| hours_east(zone.as_str()))?;
        let hour: i64 = match unit {
            TimeUnit::Nanoseconds => 3_600_000_000_000,
            TimeUnit::Microseconds => 3_600_000_000,
            TimeUnit::Milliseconds => 3_600_000,
        };
        Some(Self { shift: hours_east * hour, day: hour * 24 })
    }

    /// The day of a time, since 1970. A day beyond all days is out of range, and not a blank.
    pub(crate) fn day(self, time: i64) -> i32 {
        i32::try_from(time.saturating_add(self.shift).div_euclid(self.day)).unwrap_or(i32::MAX)
    }
}

/// How far east of Greenwich a time zone lies, where that never changes.
fn hours_east(zone: &str) -> Option<i64> {
    match zone {
        "UTC" | "Etc/UTC" | "GMT" | "+00:00" | "Z" => Some(0),
        "Asia/Shanghai" | "Asia/Chongqing" | "Asia/Harbin" | "PRC" | "Asia/Hong_Kong" | "Asia/Taipei" | "+08:00"
        | "Etc/GMT-8" => Some(8),
        _ => None,
    }
}
