//! The rows that a table begins with: what its delimiter, its heading and its columns are known by.

use std::collections::BTreeMap;

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
            match reader.next(rows.last().map_or(0, Vec::len)) {
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

    /// The share of the rows from one on that have a number of columns.
    pub(crate) fn share_of_width(&self, first: usize, width: usize) -> f64 {
        let rows = self.rows.get(first..).unwrap_or_default();
        rows.iter().filter(|row| row.len() == width).count() as f64 / rows.len().max(1) as f64
    }

    /// The share of the rows that have as many columns as most have; none if that is one.
    pub(crate) fn share_of_columns(&self) -> f64 {
        let mut counts = BTreeMap::new();
        self.rows.iter().for_each(|row| *counts.entry(row.len()).or_insert(0_usize) += 1);
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.filter(|(width, _)| *width > 1).map_or(0.0, |(width, _)| self.share_of_width(0, width))
    }
}
