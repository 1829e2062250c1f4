//! Record columns: what the record of a passage does not have of it, since a column has: its place in its article, and the length
//! and the concepts of its document.

use std::sync::OnceLock;

use anyhow::{Context, Result};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::index::article_columns::ArticleColumns;
use crate::index::schema::columns;
use crate::text::stored_passage::StoredPassage;

/// The columns of one segment.
pub(super) struct RecordColumns {
    article: ArticleColumns,
    words: Column<u64>,
    /// None in a segment without concepts.
    concepts: Option<StrColumn>,
    /// The ids of all concepts in the segment, in order; read when a passage first has one.
    ids: OnceLock<Vec<String>>,
}

impl RecordColumns {
    /// Opens the columns of a segment.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn of(segment: &SegmentReader) -> Result<RecordColumns> {
        let context = |name: &str| format!("reading the column {name}");
        Ok(RecordColumns {
            article: ArticleColumns::of(segment)?,
            words: segment.fast_fields().u64(columns::WORDS).with_context(|| context(columns::WORDS))?,
            concepts: segment.fast_fields().str(columns::CONCEPT).with_context(|| context(columns::CONCEPT))?,
            ids: OnceLock::new(),
        })
    }

    /// Adds to the record of a passage what the columns have.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn complete(&self, record: &mut StoredPassage, passage: DocId) -> Result<()> {
        record.place = self.article.place(passage);
        record.words = self.words.first(passage).unwrap_or(0);
        let Some(column) = &self.concepts else { return Ok(()) };
        let mut ordinals = column.term_ords(passage).peekable();
        if ordinals.peek().is_some() {
            let ids = self.ids(column).context("reading the concepts of the index")?;
            record.concepts = ordinals.filter_map(|ordinal| ids.get(ordinal as usize).cloned()).collect();
        }
        Ok(())
    }

    fn ids(&self, column: &StrColumn) -> Result<&[String]> {
        if let Some(known) = self.ids.get() {
            return Ok(known);
        }
        let mut ids = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            ids.push(std::str::from_utf8(terms.key())?.to_owned());
        }
        Ok(self.ids.get_or_init(|| ids))
    }
}
