//! A document as the passages that tantivy indexes: cut (`cut_document`), analysed (`analysed`), and packed into fields
//! (`packing`).

use anyhow::Result;

use crate::index::analysed::{AnalysedDocument, IndexingTools};
use crate::index::changes::PendingDocument;
use crate::index::cut_document::CutDocument;
use crate::index::indexed_passage::IndexedPassage;
use crate::index::packing::pack;
use crate::index::schema::Fields;

/// Cuts, analyses and packs a document.
///
/// # Errors
///
/// When an embedded dictionary cannot be read.
pub(super) fn passages_of(
    pending: &PendingDocument,
    tools: &IndexingTools,
    fields: &Fields,
) -> Result<Vec<IndexedPassage>> {
    let cut = CutDocument::new(&pending.document, &tools.settings);
    let analysed = AnalysedDocument::new(&cut, tools)?;
    pack(pending, &cut, analysed, fields)
}
