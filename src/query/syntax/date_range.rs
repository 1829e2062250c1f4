//! Ranges of days, as a query writes them: years, months and days, two with `..` between them, or one after a sign.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

/// A range of days, both ends included; `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateRange {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl DateRange {
    /// The days of a year, month or day that is written as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. `None` for anything else.
    pub fn of_period(text: &str) -> Option<DateRange> {
        let digits = |text: &str, count: usize| {
            (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i16>().ok())?
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let number = |text: &str| digits(text, 2).and_then(|number| i8::try_from(number).ok());
        let (from, to) = match (month, day) {
            (None, _) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            (Some(month), None) => {
                let first = Date::new(year, number(month)?, 1).ok()?;
                (first, first.last_of_month())
            }
            (Some(month), Some(day)) => {
                let date = Date::new(year, number(month)?, number(day)?).ok()?;
                (date, date)
            }
        };
        Some(DateRange { from: Some(from), to: Some(to) })
    }

    /// Parses a period, two periods with `..` between them (either may be left out), or a period after `>`, `>=`, `<`
    /// or `<=`. `None` for anything else.
    pub fn parse(text: &str) -> Option<DateRange> {
        if let Some((from, to)) = text.split_once("..") {
            let from = if from.is_empty() { None } else { DateRange::of_period(from)?.from };
            let to = if to.is_empty() { None } else { DateRange::of_period(to)?.to };
            let in_order = !matches!((from, to), (Some(from), Some(to)) if from > to);
            return ((from.is_some() || to.is_some()) && in_order).then_some(DateRange { from, to });
        }
        let signs = [">=", "<=", ">", "<"].into_iter();
        let Some((sign, rest)) = signs.filter_map(|sign| Some((sign, text.strip_prefix(sign)?))).next() else {
            return DateRange::of_period(text);
        };
        let DateRange { from, to } = DateRange::of_period(rest)?;
        match sign {
            ">=" => Some(DateRange { from, to: None }),
            "<=" => Some(DateRange { from: None, to }),
            ">" => Some(DateRange { from: Some(to?.checked_add(1.day()).ok()?), to: None }),
            // Years have four digits, so no date before the year 0000 can be written.
            _ => {
                let last = from?.checked_sub(1.day()).ok().filter(|last| last.year() >= 0)?;
                Some(DateRange { from: None, to: Some(last) })
            }
        }
    }

    /// True if the day is in the range.
    pub(crate) fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(formatter, "{from}"),
            (from, to) => {
                let end = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
                write!(formatter, "{}..{}", end(from), end(to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_ranges() {
        for (text, expected) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-12-30", "2025-12-30"),
            ("2025-12..2026-01-15", "2025-12-01..2026-01-15"),
            ("2025..", "2025-01-01.."),
            ("..2025", "..2025-12-31"),
            (">=2026", "2026-01-01.."),
            (">2026", "2027-01-01.."),
            ("<2026-03", "..2026-02-28"),
            ("<=2026-03", "..2026-03-31"),
        ] {
            let range = DateRange::parse(text).unwrap();
            assert_eq!(range.to_string(), expected, "{text}");
            assert_eq!(DateRange::parse(expected), Some(range), "{text}");
        }
        for wrong in ["", "..", "2025-13", "2025-02-30", "25", "2025-1", "2026..2025", ">", "2025-12-30-1", "gestern"] {
            assert_eq!(DateRange::parse(wrong), None, "{wrong}");
        }
    }
}
