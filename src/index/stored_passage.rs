//! Reading stored passages: the record as JSON, and the text.

use anyhow::{Context, Result};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use crate::index::schema::Fields;
use crate::text::stored_passage::StoredPassage;

/// The record and the text of a passage as tantivy has stored it.
///
/// # Errors
///
/// When they are damaged.
pub(super) fn stored_passage(document: &TantivyDocument, fields: &Fields) -> Result<(StoredPassage, String)> {
    let field = |field| document.get_first(field).and_then(|value| value.as_str());
    let stored = field(fields.stored).context("a stored passage has no record; the index is damaged")?;
    let stored = serde_json::from_str(stored).context("a stored passage is damaged")?;
    let text = field(fields.text).unwrap_or_default().to_owned();
    Ok((stored, text))
}
