//! The days of times. A day is the day on the wall: of a time zone that is always as far east of Greenwich, it is known.
//! Times in UTC are most often times of Beijing as a program wrote them down, and then the wall is the wrong one; that
//! cannot be known for sure, so it is told and not mended.

use polars::prelude::{DataType, PolarsResult, Series, TimeUnit};

/// How times of a column become days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wall {
    /// How much later it is on the wall than in Greenwich, and how long a day is; both in the unit of the times.
    shift: i64,
    day: i64,
    is_utc: bool,
}

/// Times in UTC at which a day begins in Beijing, and how many times there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Midnights {
    pub(crate) many: usize,
    pub(crate) of: usize,
}

impl Wall {
    /// `None` where it is no column of times, or its zone is not known to be always as far east.
    pub(crate) fn of(dtype: &DataType) -> Option<Self> {
        let DataType::Datetime(unit, zone) = dtype else { return None };
        let hours_east = zone.as_ref().map_or(Some(0), |zone| hours_east(zone.as_str()))?;
        let is_utc = zone.is_some() && hours_east == 0;
        let hour: i64 = match unit {
            TimeUnit::Nanoseconds => 3_600_000_000_000,
            TimeUnit::Microseconds => 3_600_000_000,
            TimeUnit::Milliseconds => 3_600_000,
        };
        Some(Self { shift: hours_east * hour, day: hour * 24, is_utc })
    }

    /// Whether it is 16:00:00 in UTC, when it is midnight in Beijing: a day that was written down as a time, and that is a
    /// day early on this wall.
    pub(crate) fn is_midnight_in_beijing(self, time: i64) -> bool {
        self.is_utc && time.rem_euclid(self.day) == self.day / 24 * 16
    }

    /// The day of a time, since 1970. A day beyond all days is out of range, and not a blank.
    pub(crate) fn day(self, time: i64) -> i32 {
        i32::try_from(time.saturating_add(self.shift).div_euclid(self.day)).unwrap_or(i32::MAX)
    }
}

/// The midnights of Beijing in a column of times in UTC; `None` where there are none.
pub(crate) fn midnights(series: &Series) -> PolarsResult<Option<Midnights>> {
    let Some(wall) = Wall::of(series.dtype()).filter(|wall| wall.is_utc) else { return Ok(None) };
    let physical = series.to_physical_repr();
    let many = physical.i64()?.iter().flatten().filter(|time| wall.is_midnight_in_beijing(*time)).count();
    Ok((many > 0).then(|| Midnights { many, of: series.len() - series.null_count() }))
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

#[cfg(test)]
mod tests {
    use polars::prelude::{Int64Chunked, IntoSeries, TimeZone};

    use super::*;

    #[test]
    fn midnight_in_beijing_is_four_in_the_afternoon_in_greenwich() {
        // 2024-03-31T16:00:00Z, a second before and a second after, the same before 1970, and a blank.
        let seconds = [Some(1_711_900_800), Some(1_711_900_799), Some(1_711_900_801), Some(-28_800), None];
        for (unit, factor) in [
            (TimeUnit::Milliseconds, 1_000),
            (TimeUnit::Microseconds, 1_000_000),
            (TimeUnit::Nanoseconds, 1_000_000_000),
        ] {
            let told = |zone: Option<&'static str>| {
                let zone = zone.and_then(|zone| TimeZone::opt_try_new(Some(zone)).expect("a zone"));
                let times: Int64Chunked = seconds.iter().map(|second| second.map(|second| second * factor)).collect();
                midnights(&times.into_datetime(unit, zone).into_series()).expect("times")
            };
            assert_eq!(told(Some("UTC")), Some(Midnights { many: 2, of: 4 }));
            assert_eq!(told(Some("Asia/Shanghai")), None);
            assert_eq!(told(None), None);
        }
    }
}
