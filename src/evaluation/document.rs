//! Documents by id, in an index.

use anyhow::{Context, Result};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, TERMINATED};

use crate::index::NewsIndex;
use crate::text::language::Language;

/// A passage of the document with an id; `None` when the index has no such document.
///
/// # Errors
///
/// When the index cannot be read.
pub(super) fn find_document(index: &NewsIndex, id: &str) -> Result<Option<DocAddress>> {
    let field = index.fields().id;
    let term = Term::from_field_text(field, id);
    for (segment, ordinal) in index.searcher().segment_readers().iter().zip(0..) {
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

/// The language of the document with an id; `None` when the index has no such document.
///
/// # Errors
///
/// When the index cannot be read.
pub(super) fn document_language(index: &NewsIndex, id: &str) -> Result<Option<Language>> {
    let address = find_document(index, id)?;
    let passage = address.map(|address| index.passage(address)).transpose()?;
    Ok(passage.map(|(passage, _)| passage.document_lang))
}
