//! Options of reading: how much is read of a file, what columns are called, and the words around dates.

use std::sync::Arc;

use anyhow::{Context, Result};

use crate::ingest::columns::Columns;
use crate::ingest::date::DateWords;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::limits::Limits;

/// The options of reading, from `[limits]`, `[columns]` and `[pages]` of `default.toml` and from `dates.toml`. None decides a token, so none
/// is in the fingerprint of an index; but a file is read again when one has changed.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much is read of one file.
    pub limits: Limits,
    /// The columns of tables.
    pub columns: Columns,
    /// The words of web pages.
    pub(crate) pages: PageWords,
    /// The text of `dates.toml`, which only indexing reads.
    dates: Arc<str>,
}

impl Options {
    /// Options within their bounds, with the text of `dates.toml`.
    ///
    /// # Errors
    ///
    /// When a value is out of its bounds; the message names table and key.
    pub(crate) fn new(limits: Limits, columns: Columns, pages: PageWords, dates: &str) -> Result<Options> {
        limits.check().context("in default.toml of the configuration")?;
        columns.check()?;
        pages.check()?;
        Ok(Options { limits, columns, pages, dates: dates.into() })
    }

    /// The words around publication dates.
    pub(crate) fn date_words(&self) -> Result<DateWords> {
        DateWords::parse(&self.dates)
    }

    /// What of it decides, beside the bytes of a file, what is read from it, by values.
    pub fn described(&self) -> serde_json::Value {
        serde_json::json!({ "limits": self.limits, "columns": self.columns, "pages": self.pages, "dates": *self.dates })
    }
}
