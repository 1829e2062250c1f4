//! Periods of a date in a query: days, months and years, and those that depend on the day of the query, such as `last-month`.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use crate::query::syntax::date_range::DateRange;
use crate::query::syntax::signs::ascii;

/// Digits of a number of days, weeks, months or years at most.
const MAX_DIGITS: usize = 4;
/// The first day that can be written: years have four digits.
const FIRST_DAY: Date = date(0, 1, 1);
/// A period as one word: a day, month or year, or one that depends on the day of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatePeriod {
    /// These days; both ends are set.
    Days(DateRange),
    /// The day of the query.
    Today,
    /// The day before it.
    Yesterday,
    /// The week, month or year that the day of the query is in. Weeks begin on Monday (ISO 8601).
    This(CalendarUnit),
    /// The week, month or year before that.
    Last(CalendarUnit),
    /// The day so many days, weeks, months or years before that of the query; a month that is shorter ends earlier.
    Ago(u16, TimeUnit),
}

/// A week, month or year of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalendarUnit {
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A unit of time that is counted back from the day of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Days: `7d`.
    Day,
    /// Weeks: `2w`.
    Week,
    /// Months: `3m`.
    Month,
    /// Years: `1y`.
    Year,
}

/// The periods that have a name.
pub(super) const NAMED: [(&str, DatePeriod); 8] = [
    ("today", DatePeriod::Today),
    ("yesterday", DatePeriod::Yesterday),
    ("this-week", DatePeriod::This(CalendarUnit::Week)),
    ("last-week", DatePeriod::Last(CalendarUnit::Week)),
    ("this-month", DatePeriod::This(CalendarUnit::Month)),
    ("last-month", DatePeriod::Last(CalendarUnit::Month)),
    ("this-year", DatePeriod::This(CalendarUnit::Year)),
    ("last-year", DatePeriod::Last(CalendarUnit::Year)),
];

/// The letters of the units that are counted back.
const UNITS: [(char, TimeUnit); 4] =
    [('d', TimeUnit::Day), ('w', TimeUnit::Week), ('m', TimeUnit::Month), ('y', TimeUnit::Year)];

impl DatePeriod {
    /// Parses one word: `2025`, `2025-12`, `2025-12-30`, `today`, `last-week`, `7d`. `None` for anything else.
    pub fn parse(text: &str) -> Option<DatePeriod> {
        if let Some(days) = DateRange::of_period(text) {
            return Some(DatePeriod::Days(days));
        }
        let written = folded(text);
        let named = NAMED.iter().find(|(name, _)| *name == written).map(|(_, period)| *period);
        named.or_else(|| {
            let (unit, digits) = UNITS.iter().find_map(|&(sign, unit)| Some((unit, written.strip_suffix(sign)?)))?;
            let is_number =
                (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse().ok()).flatten().map(|number| DatePeriod::Ago(number, unit))
        })
    }

    /// The first and the last day, where a query is asked on the day `today`.
    pub fn on(self, today: Date) -> (Date, Date) {
        let day = |day: Date| (day, day);
        match self {
            DatePeriod::Days(DateRange { from, to }) => (from.unwrap_or(FIRST_DAY), to.unwrap_or(Date::MAX)),
            DatePeriod::Today => day(today),
            DatePeriod::Yesterday => day(today.saturating_sub(1.day())),
            DatePeriod::This(unit) => unit.around(today),
            DatePeriod::Last(unit) => unit.around(unit.around(today).0.saturating_sub(1.day())),
            DatePeriod::Ago(number, unit) => {
                let number = i64::from(number);
                let span = match unit {
                    TimeUnit::Day => number.days(),
                    TimeUnit::Week => number.weeks(),
                    TimeUnit::Month => number.months(),
                    TimeUnit::Year => number.years(),
                };
                day(today.saturating_sub(span).max(FIRST_DAY))
            }
        }
    }

    pub(super) fn is_relative(self) -> bool {
        !matches!(self, DatePeriod::Days(_))
    }

    /// The period as the first or the last day of a range: of days, only that one is kept.
    pub(super) fn as_end(self, is_first: bool) -> DatePeriod {
        match self {
            DatePeriod::Days(DateRange { from, to }) => {
                let day = if is_first { from } else { to };
                DatePeriod::Days(DateRange { from: day, to: day })
            }
            DatePeriod::Today
            | DatePeriod::Yesterday
            | DatePeriod::This(_)
            | DatePeriod::Last(_)
            | DatePeriod::Ago(..) => self,
        }
    }
}

impl CalendarUnit {
    /// The first and the last day of the unit that a day is in.
    fn around(self, day: Date) -> (Date, Date) {
        match self {
            CalendarUnit::Week => {
                let monday = day.saturating_sub(i64::from(day.weekday().since(Weekday::Monday)).days());
                (monday, monday.saturating_add(6.days()))
            }
            CalendarUnit::Month => (day.first_of_month(), day.last_of_month()),
            CalendarUnit::Year => (day.first_of_year(), day.last_of_year()),
        }
    }
}

/// A word in lower case, with hyphens within.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .map(ascii)
        .map(|sign| if matches!(sign, ' ' | '_') { '-' } else { sign })
        .collect::<String>()
        .to_lowercase()
}

impl fmt::Display for DatePeriod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatePeriod::Days(days) => write!(formatter, "{days}"),
            DatePeriod::Ago(number, unit) => {
                let sign = UNITS.iter().find(|(_, known)| known == unit).map_or('d', |(sign, _)| *sign);
                write!(formatter, "{number}{sign}")
            }
            DatePeriod::Today | DatePeriod::Yesterday | DatePeriod::This(_) | DatePeriod::Last(_) => {
                let name = NAMED.iter().find(|(_, period)| period == self).map_or("", |(name, _)| name);
                formatter.write_str(name)
            }
        }
    }
}
