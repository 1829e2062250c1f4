//! The rows that a table begins with: what its delimiter, its heading and its columns are known by.

use crate::ingest::formats::table::dialect::Dialect;
use crate::ingest::formats::table::rows::{Row, Rows};

/// Rows that a table is judged by at most.
const MAX_ROWS: usize = 500;

/// The rows that a table begins with, as it is read by a dialect.
pub(crate) struct Sample {
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sample {
    /// Splits the beginning of a table into rows; the last of them only if the table ends with it.
    pub(crate) fn new(text: &[u8], is_whole: bool, dialect: Dialect, max_rows: usize) -> Sample {
        let mut input = text;
        let mut reader = Rows::new(&mut input, dialect, text.len());
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut is_open = false;
        while rows.len() < max_rows.min(MAX_ROWS) {
            match reader.next(0) {
                Ok(Row::Whole(_)) => rows.push(reader.fields().collect()),
                Ok(Row::Again(_)) => {}
                Ok(Row::Open(..)) => {
                    rows.push(reader.fields().collect());
                    is_open = true;
                }
                // In memory, nothing fails.
                Ok(Row::TooLong(_)) => rows.push(Vec::new()),
                Ok(Row::End) | Err(_) => {
                    // What is cut says little of its columns.
                    if (!is_whole || is_open) && rows.len() > 1 {
                        rows.pop();
                    }
                    break;
                }
            }
        }
        Sample { rows }
    }

    /// The number of columns that most rows have, and the share of rows that have it, of those from a number on.
    pub(crate) fn width_from(&self, first: usize) -> (usize, f64) {
        let rows = self.rows.get(first..).unwrap_or_default();
        let mut counts = std::collections::BTreeMap::new();
        rows.iter().for_each(|row| *counts.entry(row.len()).or_insert(0_usize) += 1);
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map_or((0, 0.0), |(width, count)| (width, count as f64 / rows.len() as f64))
    }
}
