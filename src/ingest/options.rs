//! Options of reading: how much is read of a file, what fields are called, and the words around dates.

use std::sync::Arc;

use anyhow::{Context, Result};

use crate::ingest::date::DateWords;
use crate::ingest::field_names::FieldNames;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::limits::Limits;

/// The options of reading, from `[limits]` and `[pages]` of `default.toml`, `fields.toml` and `dates.toml`. None decides a token, so none
/// is in the fingerprint of an index; but a file is read again when one has changed.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much is read of one file.
    pub limits: Limits,
    /// The words of web pages.
    pub(crate) pages: Arc<PageWords>,
    /// The text of `fields.toml`, which only indexing reads.
    fields: Arc<str>,
    /// The text of `dates.toml`, which only indexing reads.
    dates: Arc<str>,
}

impl Options {
    /// Options within their bounds, with the texts of `fields.toml` and `dates.toml`.
    ///
    /// # Errors
    ///
    /// When a value is out of its bounds; the message names table and key.
    pub(crate) fn new(limits: Limits, fields: &str, pages: PageWords, dates: &str) -> Result<Options> {
        limits.check().context("in default.toml of the configuration")?;
        pages.check()?;
        Ok(Options { limits, pages: Arc::new(pages), fields: fields.into(), dates: dates.into() })
    }

    /// The names of the parts of an article.
    pub fn field_names(&self) -> Result<FieldNames> {
        FieldNames::parse(&self.fields)
    }

    /// The words around publication dates.
    pub(crate) fn date_words(&self) -> Result<DateWords> {
        DateWords::parse(&self.dates)
    }

    /// What of it decides, beside the bytes of a file, what is read from it, by values. `fields` are its own.
    pub fn described(&self, fields: &FieldNames) -> serde_json::Value {
        serde_json::json!({ "limits": self.limits, "fields": fields, "pages": *self.pages, "dates": *self.dates })
    }
}
