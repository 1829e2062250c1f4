//! Periods: days, months and years, by which results are counted.
//!
//! In: days since 1970-01-01, as the index stores them. Out: periods in order of time, each with its successor. A
//! period is identified by its first day.

use std::fmt;

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// One day.
    Day,
    /// One calendar month.
    Month,
    /// One calendar year.
    Year,
}

impl Granularity {
    /// All granularities, the shortest first.
    pub const ALL: [Granularity; 3] = [Granularity::Day, Granularity::Month, Granularity::Year];

    /// The name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Granularity::Day => "day",
            Granularity::Month => "month",
            Granularity::Year => "year",
        }
    }

    /// The period that contains a day.
    pub(crate) fn period_of(self, day: Date) -> Period {
        let first = match self {
            Granularity::Day => day,
            Granularity::Month => day.first_of_month(),
            Granularity::Year => day.first_of_year(),
        };
        Period { first, by: self }
    }
}

/// A day, month or year. Prints as `2025-12-30`, `2025-12` or `2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    by: Granularity,
}

impl Period {
    /// The next period; `None` at the end of the calendar.
    pub(crate) fn next(self) -> Option<Period> {
        let length = match self.by {
            Granularity::Day => 1.day(),
            Granularity::Month => 1.month(),
            Granularity::Year => 1.year(),
        };
        Some(Period { first: self.first.checked_add(length).ok()?, by: self.by })
    }

    /// The first day of the period.
    pub fn first_day(self) -> Date {
        self.first
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Period { first, by } = self;
        match by {
            Granularity::Day => write!(formatter, "{first}"),
            Granularity::Month => write!(formatter, "{:04}-{:02}", first.year(), first.month()),
            Granularity::Year => write!(formatter, "{:04}", first.year()),
        }
    }
}

/// The date `days` days after 1970-01-01; `None` outside the calendar.
pub(crate) fn date_of(days: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::day::days_of;

    #[test]
    fn periods_hold_their_days_and_follow_each_other() {
        let day = date(2024, 2, 29);
        assert_eq!(date_of(days_of(day)), Some(day));
        assert_eq!(date_of(-1), Some(date(1969, 12, 31)));
        assert_eq!(date_of(i64::MAX), None);
        let shown = Granularity::ALL.map(|by| {
            let period = by.period_of(day);
            format!("{period} {}", period.next().unwrap())
        });
        assert_eq!(shown, ["2024-02-29 2024-03-01", "2024-02 2024-03", "2024 2025"]);
        assert_eq!(Granularity::Month.period_of(date(9999, 12, 31)).next(), None);
        assert_eq!(Granularity::Year.period_of(date(7, 5, 1)).to_string(), "0007");
    }
}
