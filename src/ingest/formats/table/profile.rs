//! What is in a column of a table, by its first rows.

use std::collections::BTreeSet;

use crate::ingest::date::DateReader;
use crate::ingest::formats::table::cell::{has_sentence, is_address, is_date, is_language, is_number, width};

/// Terminal columns of a text of some length, half of a column's texts at least.
const TEXT_WIDTH: usize = 60;
/// Rows from which values that come again say something.
const MIN_REPEATED: usize = 4;
/// Whole numbers from this on are no numbers of rows.
const MIN_ID_NUMBER: u64 = 100_000;

/// What is in a column.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// Cells that are not empty.
    pub(crate) filled: usize,
    dates: usize,
    addresses: usize,
    languages: usize,
    numbers: usize,
    sentences: usize,
    with_letters: usize,
    names: usize,
    distinct: usize,
    /// True for one word without letters of other scripts and a digit, as ids have it, in each cell.
    is_code: bool,
    /// True if some are long numbers as a spreadsheet shows them: 1.23E+15.
    has_exponents: bool,
    /// True for numbers that count the rows.
    pub(crate) counts_rows: bool,
    /// Terminal columns of a cell, the median.
    pub(crate) width: usize,
}

impl Profile {
    /// The profile of a column of these rows.
    pub(crate) fn of(
        rows: &[Vec<String>],
        column: usize,
        dates: &DateReader,
        is_outlet: &dyn Fn(&str) -> bool,
    ) -> Profile {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim());
        let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty() && *cell != NULL).collect();
        let count = |is: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| is(cell)).count();
        let mut widths: Vec<usize> = cells.iter().map(|cell| width(cell)).collect();
        widths.sort_unstable();
        let numbers: Vec<u64> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
        let counts = |numbers: &[u64]| numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
        Profile {
            filled: cells.len(),
            dates: count(&|cell| is_date(cell, dates)),
            addresses: count(&is_address),
            languages: count(&is_language),
            numbers: count(&is_number),
            sentences: count(&has_sentence),
            with_letters: count(&|cell| cell.contains(char::is_alphabetic)),
            names: count(&is_outlet),
            distinct: cells.iter().collect::<BTreeSet<_>>().len(),
            is_code: !cells.is_empty() && cells.iter().all(|cell| is_code(cell)),
            has_exponents: cells.iter().any(|cell| has_exponent(cell)),
            counts_rows: numbers.len() == cells.len()
                && counts(&numbers)
                && numbers.first().is_some_and(|&first| first < MIN_ID_NUMBER),
            width: widths.get(widths.len() / 2).copied().unwrap_or_default(),
        }
    }

    pub(crate) fn is_date(&self) -> bool {
        self.most(self.dates)
    }

    pub(crate) fn is_address(&self) -> bool {
        self.most(self.addresses)
    }

    pub(crate) fn is_language(&self) -> bool {
        self.most(self.languages)
    }

    /// True for sentences of some length.
    pub(crate) fn is_text(&self) -> bool {
        self.width >= TEXT_WIDTH && 2 * self.sentences >= self.filled && self.has_words()
    }

    /// True for words, whatever they are.
    pub(crate) fn has_words(&self) -> bool {
        self.most(self.with_letters) && !self.is_date() && !self.is_address() && !self.is_language() && !self.is_id()
    }

    /// True if some of the cells are sentences.
    pub(crate) fn has_sentences(&self) -> bool {
        2 * self.sentences >= self.filled
    }

    /// True for names of outlets.
    pub(crate) fn is_outlet(&self) -> bool {
        2 * self.names >= self.filled && self.filled > 0
    }

    /// True for a word or number that each row has another of, and that does not count the rows.
    pub(crate) fn is_id(&self) -> bool {
        self.is_code && self.distinct == self.filled && !self.counts_rows && !self.is_date() && !self.is_address()
    }

    /// True for values that can name the rows: a value that comes again now and then is an article that does.
    pub(crate) fn names_rows(&self) -> bool {
        !self.has_exponents && (self.filled < MIN_REPEATED || 2 * self.distinct >= self.filled)
    }

    /// True for values that are known by their form: a day, an address, a number.
    pub(crate) fn is_value(&self) -> bool {
        self.is_date() || self.is_address() || self.most(self.numbers)
    }

    /// The share of the cells that are not those of other rows.
    pub(crate) fn variety(&self) -> f64 {
        self.distinct as f64 / self.filled.max(1) as f64
    }

    /// Four of five.
    fn most(&self, count: usize) -> bool {
        self.filled > 0 && 5 * count >= 4 * self.filled
    }
}

/// What databases export where there is no value.
pub(crate) const NULL: &str = "\\N";

fn has_exponent(cell: &str) -> bool {
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let parts = cell.split_once("E+").or_else(|| cell.split_once("e+"));
    parts.is_some_and(|(number, exponent)| is_number(number) && is_number(exponent))
}

fn is_code(cell: &str) -> bool {
    cell.len() <= 100
        && cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/#+=".contains(&byte))
}
