//! Dates in a query: days, or periods (`date_period`) relative to the day of the query, such as `last-month` and `7d..`.
//!
//! A filter keeps what was typed, so that it prints back; [`DateFilter::on`] is the one place where it becomes days.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::query::syntax::date_period::{DatePeriod, NAMED, folded};
use crate::query::syntax::date_range::DateRange;

/// Days of query on which two relative ends are compared, and days between them: if they are in the wrong order on each,
/// nothing could ever be found.
const COMPARED_DAYS: i64 = 1500;
const COMPARED_STEP: usize = 7;

/// The days that a filter by date admits, as a query writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateFilter {
    /// These days.
    Days(DateRange),
    /// Days that depend on the day of the query.
    Relative(RelativeDates),
}

/// Dates of which at least one end depends on the day of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelativeDates {
    /// Within a period.
    In(DatePeriod),
    /// From the first day of one period to the last of another; `None` is an open end, and one end is not open.
    Between(Option<DatePeriod>, Option<DatePeriod>),
    /// After the last day of a period.
    After(DatePeriod),
    /// Before the first day of a period.
    Before(DatePeriod),
}

impl DateFilter {
    /// Parses a period, two periods with `..` between them (either may be left out), or a period after `>`, `>=`, `<`
    /// or `<=`. A period is a day, month or year, a name such as `last-month`, or beside a sign a number of days, weeks, months or
    /// years before today, such as `7d`. `None` for anything else.
    pub fn parse(text: &str) -> Option<DateFilter> {
        if let Some(days) = DateRange::parse(text) {
            return Some(DateFilter::Days(days));
        }
        let relative = match text.split_once("..") {
            Some((from, to)) => {
                let end = |text: &str, is_first: bool| match text {
                    "" => Some(None),
                    text => Some(Some(DatePeriod::parse(text)?.as_end(is_first))),
                };
                RelativeDates::Between(end(from, true)?, end(to, false)?)
            }
            None => {
                let signs = [">=", "<=", ">", "<"].into_iter();
                match { signs }.find_map(|sign| Some((sign, text.strip_prefix(sign)?))) {
                    Some((sign, rest)) => {
                        let period = DatePeriod::parse(rest)?;
                        match sign {
                            ">=" => RelativeDates::Between(Some(period), None),
                            "<=" => RelativeDates::Between(None, Some(period)),
                            ">" => RelativeDates::After(period),
                            _ => RelativeDates::Before(period),
                        }
                    }
                    None => {
                        let period = DatePeriod::parse(text)?;
                        // Neither that one day nor all days since are plainly meant.
                        if matches!(period, DatePeriod::Ago(..)) {
                            return None;
                        }
                        RelativeDates::In(period)
                    }
                }
            }
        };
        (relative.is_relative() && !relative.is_never_in_order()).then_some(DateFilter::Relative(relative))
    }

    /// The days that are admitted, where a query is asked on the day `today`. If their ends are in the wrong order, none is.
    pub fn on(self, today: Date) -> DateRange {
        match self {
            DateFilter::Days(days) => days,
            DateFilter::Relative(relative) => relative.on(today),
        }
    }
}

impl RelativeDates {
    fn on(self, today: Date) -> DateRange {
        let (from, to) = match self {
            RelativeDates::In(period) => {
                let (from, to) = period.on(today);
                (Some(from), Some(to))
            }
            RelativeDates::Between(from, to) => (from.map(|from| from.on(today).0), to.map(|to| to.on(today).1)),
            RelativeDates::After(period) => (Some(period.on(today).1.saturating_add(1.day())), None),
            RelativeDates::Before(period) => (None, Some(period.on(today).0.saturating_sub(1.day()))),
        };
        DateRange { from, to }
    }

    fn is_relative(self) -> bool {
        match self {
            RelativeDates::In(period) | RelativeDates::After(period) | RelativeDates::Before(period) => {
                period.is_relative()
            }
            RelativeDates::Between(from, to) => [from, to].into_iter().flatten().any(DatePeriod::is_relative),
        }
    }

    /// True for two relative ends that are in the wrong order whatever the day of the query.
    fn is_never_in_order(self) -> bool {
        let RelativeDates::Between(Some(from), Some(to)) = self else { return false };
        let days = (0..COMPARED_DAYS).step_by(COMPARED_STEP).map(|days| date(2024, 1, 1).saturating_add(days.days()));
        from.is_relative() && to.is_relative() && { days }.all(|today| from.on(today).0 > to.on(today).1)
    }
}

/// What a text was meant as that is no date: a name with a typing mistake, or a number of days without a sign beside it.
pub(crate) fn meant_by(text: &str) -> Option<String> {
    if let Some(DatePeriod::Ago(..)) = DatePeriod::parse(text) {
        return Some(format!("{}..", folded(text)));
    }
    if let Some((from, to)) = text.split_once("..")
        && DatePeriod::parse(from).is_some()
        && DatePeriod::parse(to).is_some()
    {
        return Some(format!("{to}..{from}"));
    }
    let written = folded(text);
    let near = |&&(name, _): &&(&str, DatePeriod)| strsim::osa_distance(name, &written) <= 2;
    NAMED.iter().find(near).map(|(name, _)| (*name).to_owned())
}

impl fmt::Display for DateFilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |period: &Option<DatePeriod>| period.map(|period| period.to_string()).unwrap_or_default();
        match self {
            DateFilter::Days(days) => write!(formatter, "{days}"),
            DateFilter::Relative(RelativeDates::In(period)) => write!(formatter, "{period}"),
            DateFilter::Relative(RelativeDates::Between(from, to)) => write!(formatter, "{}..{}", end(from), end(to)),
            DateFilter::Relative(RelativeDates::After(period)) => write!(formatter, ">{period}"),
            DateFilter::Relative(RelativeDates::Before(period)) => write!(formatter, "<{period}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_dates_become_days() {
        // A Friday.
        let today = date(2026, 1, 2);
        for (text, expected) in [
            ("today", "2026-01-02"),
            ("yesterday", "2026-01-01"),
            ("this-week", "2025-12-29..2026-01-04"),
            ("last-week", "2025-12-22..2025-12-28"),
            ("this-month", "2026-01-01..2026-01-31"),
            ("last-month", "2025-12-01..2025-12-31"),
            ("this-year", "2026-01-01..2026-12-31"),
            ("last-year", "2025-01-01..2025-12-31"),
            ("7d..", "2025-12-26.."),
            ("2w..", "2025-12-19.."),
            ("3m..", "2025-10-02.."),
            ("1y..", "2025-01-02.."),
            ("0d..", "2026-01-02.."),
            ("..1y", "..2025-01-02"),
            ("30d..7d", "2025-12-03..2025-12-26"),
            ("last-month..", "2025-12-01.."),
            ("..last-month", "..2025-12-31"),
            ("last-month..yesterday", "2025-12-01..2026-01-01"),
            ("2025-11..yesterday", "2025-11-01..2026-01-01"),
            ("3m..2026-01", "2025-10-02..2026-01-31"),
            (">last-month", "2026-01-01.."),
            (">=last-month", "2025-12-01.."),
            ("<this-year", "..2025-12-31"),
            ("<=last-week", "..2025-12-28"),
            (">7d", "2025-12-27.."),
            ("9999y..", "0000-01-01.."),
            ("2025-12", "2025-12-01..2025-12-31"),
            ("Last Month", "2025-12-01..2025-12-31"),
            ("ｔｏｄａｙ", "2026-01-02"),
        ] {
            let filter = DateFilter::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(filter.on(today).to_string(), expected, "{text}");
            assert_eq!(DateFilter::parse(&filter.to_string()), Some(filter), "{text}");
        }
        for wrong in [
            "",
            "..",
            "7d",
            "tomorrow",
            "7x..",
            "d..",
            "99999d..",
            "-7d..",
            "today..7d",
            "this-year..last-year",
            "yesterday..1w",
            "last-decade",
            ">",
            "7d..today..",
            "gestern",
        ] {
            assert_eq!(DateFilter::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_before_today_keep_to_the_calendar() {
        let on = |text: &str, today| DateFilter::parse(text).unwrap().on(today).to_string();
        assert_eq!(on("1m..", date(2026, 3, 31)), "2026-02-28..");
        assert_eq!(on("1y..", date(2024, 2, 29)), "2023-02-28..");
        assert_eq!(on("last-week", date(2026, 1, 5)), "2025-12-29..2026-01-04", "on a Monday");
        assert_eq!(on("last-week", date(2026, 1, 4)), "2025-12-22..2025-12-28", "on a Sunday");
        assert_eq!(on("4w..1m", date(2026, 3, 15)), "2026-02-15");
    }

    #[test]
    fn mistakes_have_a_suggestion() {
        for (text, expected) in [
            ("7d", Some("7d..")),
            ("today..7d", Some("7d..today")),
            ("yestarday", Some("yesterday")),
            ("lastmonth", Some("last-month")),
            ("whenever", None),
        ] {
            assert_eq!(meant_by(text).as_deref(), expected, "{text}");
        }
    }
}
