//! Ids of the documents that a query matches; nothing is ranked, and no stored text is read.

use anyhow::{Context, Result};

use crate::engine::ResultUnit;
use crate::engine::tantivy::grouped::GroupedHits;
use crate::engine::tantivy::grouping::Grouping;
use crate::index::NewsIndex;

/// The ids of all documents with a hit, in order, each once.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn ids_of_hits(index: &NewsIndex, query: &dyn tantivy::query::Query) -> Result<Vec<String>> {
    let grouping = Grouping::new(ResultUnit::Document, index)?;
    let hits = GroupedHits::collect(index.searcher(), query, &grouping)?;
    let mut found = Vec::new();
    for (reader, hits) in index.searcher().segment_readers().iter().zip(hits.segments) {
        let Some(ids) = reader.fast_fields().str("id").context("reading the ids of the documents")? else {
            continue;
        };
        let mut ordinals: Vec<u64> = hits.into_iter().flat_map(|(_, passage)| ids.term_ords(passage)).collect();
        ordinals.sort_unstable();
        ordinals.dedup();
        for ordinal in ordinals {
            let mut id = String::new();
            ids.ord_to_str(ordinal, &mut id).context("reading the ids of the documents")?;
            found.push(id);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
