//! Documents by id.

use anyhow::{Context, Result};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, TERMINATED};

use crate::index::NewsIndex;
use crate::text::language::Language;

impl NewsIndex {
    /// True if there is a document with this id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn has_document(&self, id: &str) -> Result<bool> {
        Ok(self.doc_freq(&Term::from_field_text(self.fields().id, id))? > 0)
    }

    /// The language of the document with an id; `None` when the index has no such document.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn document_language(&self, id: &str) -> Result<Option<Language>> {
        let passage = self.passage_of_document(id)?.map(|address| self.passage(address)).transpose()?;
        Ok(passage.map(|(passage, _)| passage.document_lang))
    }

    /// A passage of the document with an id.
    fn passage_of_document(&self, id: &str) -> Result<Option<DocAddress>> {
        let field = self.fields().id;
        let term = Term::from_field_text(field, id);
        for (segment, ordinal) in self.searcher().segment_readers().iter().zip(0..) {
            let inverted = segment.inverted_index(field).context("reading the ids in the index")?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.context("reading the ids in the index")? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !segment.alive_bitset().is_some_and(|alive| alive.is_deleted(postings.doc())) {
                    return Ok(Some(DocAddress::new(ordinal, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }
}
