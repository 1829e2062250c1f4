//! Days in a column of dates that no cell tells by itself: numbers whose order depends on the country (01/12/2026), and the serial
//! numbers of spreadsheets (45669).
//!
//! Invariant: no day is invented. An order is taken only if it is the only one in which all rows of the column are days.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Bytes of a date and a time in numbers at most.
const MAX_BYTES: usize = 40;
/// The serial numbers of the days from 1954 to 2118: five digits that are no other number of a day.
const SERIALS: std::ops::Range<i32> = 20_000..80_000;

/// The order of the numbers of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// Year, month, day.
    Year,
    /// Day, month, year.
    Day,
    /// Month, day, year, as in the United States.
    Month,
}

impl DayOrder {
    const ALL: [DayOrder; 3] = [DayOrder::Year, DayOrder::Day, DayOrder::Month];
}

/// A day in three numbers, with a sign between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumericDay {
    numbers: [i16; 3],
    /// Digits of each number.
    digits: [usize; 3],
    separator: char,
}

impl NumericDay {
    /// Parses a day at the start of a cell; a time may follow.
    pub(crate) fn parse(cell: &str) -> Option<NumericDay> {
        let cell = cell.trim();
        if cell.len() > MAX_BYTES {
            return None;
        }
        let (mut rest, mut separator) = (cell, None);
        let (mut numbers, mut digits) = ([0; 3], [0; 3]);
        for at in 0..3 {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=4).contains(&length) {
                return None;
            }
            (numbers[at], digits[at]) = (rest[..length].parse().ok()?, length);
            rest = &rest[length..];
            if at < 2 {
                let sign = rest.trim_start().chars().next().filter(|sign| "-/.".contains(*sign))?;
                if *separator.get_or_insert(sign) != sign {
                    return None;
                }
                rest = rest.trim_start()[sign.len_utf8()..].trim_start_matches(' ');
            }
        }
        // A time, or nothing: what goes on in numbers is another number.
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let is_end = rest.is_empty() || rest.starts_with([' ', ',', 'T', 't', '(', '\u{A0}', '\u{202F}']);
        let day = NumericDay { numbers, digits, separator: separator? };
        (is_end && DayOrder::ALL.iter().any(|&order| day.by(order).is_some())).then_some(day)
    }

    /// True if the order of the numbers is the same in every country.
    fn is_plain(&self) -> bool {
        self.digits[0] == 4 || self.separator == '.' && self.digits[2] == 4
    }

    /// The day in an order; `None` if it is none.
    pub(crate) fn by(&self, order: DayOrder) -> Option<Date> {
        let (year, month, day) = match order {
            DayOrder::Year => (0, 1, 2),
            DayOrder::Day => (2, 1, 0),
            DayOrder::Month => (2, 0, 1),
        };
        let year = match self.digits[year] {
            4 => self.numbers[year],
            // As spreadsheets do.
            2 if self.numbers[year] < 50 => 2000 + self.numbers[year],
            2 => 1900 + self.numbers[year],
            _ => return None,
        };
        if self.digits[month] > 2 || self.digits[day] > 2 || !(1000..3000).contains(&year) {
            return None;
        }
        Date::new(year, i8::try_from(self.numbers[month]).ok()?, i8::try_from(self.numbers[day]).ok()?).ok()
    }
}

/// How the dates of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnDays {
    /// Each as it is: none needs another.
    Plain,
    /// In this order, where a cell leaves it open.
    By(DayOrder),
    /// In none: some could be in several, and no row decides.
    Undecided,
    /// In none: no order fits all rows.
    Contradictory,
}

impl ColumnDays {
    /// How the dates of these cells are read.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> ColumnDays {
        let mut orders = DayOrder::ALL.to_vec();
        let mut is_needed = false;
        for day in cells.filter_map(NumericDay::parse).filter(|day| !day.is_plain()) {
            is_needed = true;
            orders.retain(|&order| day.by(order).is_some());
        }
        match orders[..] {
            _ if !is_needed => ColumnDays::Plain,
            [order] => ColumnDays::By(order),
            [] => ColumnDays::Contradictory,
            _ => ColumnDays::Undecided,
        }
    }

    /// A cell with its day written out where the cell alone does not tell it; `None` for one that is not to be read.
    pub(crate) fn written(self, cell: &str) -> Option<String> {
        if let Some(date) = serial(cell) {
            return Some(date.to_string());
        }
        let Some(day) = NumericDay::parse(cell).filter(|day| !day.is_plain()) else {
            return Some(cell.to_owned());
        };
        match self {
            ColumnDays::By(order) => Some(day.by(order).map_or_else(|| cell.to_owned(), |date| date.to_string())),
            // A row behind those that were looked at.
            ColumnDays::Plain => Some(cell.to_owned()),
            ColumnDays::Undecided | ColumnDays::Contradictory => None,
        }
    }
}

/// The day of a serial number, as spreadsheets count them from 1899-12-30; a fraction is the time of day.
fn serial(cell: &str) -> Option<Date> {
    let cell = cell.trim();
    let (whole, fraction) = cell.split_once(['.', ',']).unwrap_or((cell, ""));
    if whole.len() != 5 || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = whole.parse().ok().filter(|number| SERIALS.contains(number))?;
    date(1899, 12, 30).checked_add(number.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<Option<String>> {
        let days = ColumnDays::of(cells.iter().copied());
        cells.iter().map(|cell| days.written(cell)).collect()
    }

    #[test]
    fn the_rows_of_a_column_decide_the_order() {
        assert_eq!(
            read(&["01/12/2026", "1/13/2026 10:30 AM"]),
            ["2026-01-12", "2026-01-13"].map(|day| Some(day.to_owned()))
        );
        assert_eq!(read(&["01/12/2026", "13/1/2026"]), ["2026-12-01", "2026-01-13"].map(|day| Some(day.to_owned())));
        assert_eq!(read(&["01/12/2026", "02/11/2026"]), [None, None]);
        assert_eq!(read(&["13/12/2026", "12/13/2026"]), [None, None]);
        assert_eq!(read(&["1/13/26"]), [Some("2026-01-13".to_owned())]);
        assert_eq!(read(&["12.01.26", "13.01.26"]), [None, None], "26 may be the year or the day");
        for plain in ["2026/1/12", "12.01.2026", "2026. 1. 12.", "20260112", "Jan 12, 2026", "1.2.3.4", ""] {
            assert_eq!(read(&[plain]), [Some(plain.to_owned())]);
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        for (cell, day) in [("45669", "2025-01-12"), ("46034.5", "2026-01-12"), ("46034,25", "2026-01-12")] {
            assert_eq!(ColumnDays::Plain.written(cell).as_deref(), Some(day));
        }
        assert_eq!(ColumnDays::Plain.written("19999").as_deref(), Some("19999"));
    }
}
