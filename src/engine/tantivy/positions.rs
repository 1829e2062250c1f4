//! Positions of single terms in given passages, for reranking by proximity.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Searcher, SegmentOrdinal};

use crate::engine::tantivy::keys::address_of;
use crate::engine::{PassageKey, TermPosition};
use crate::index::Fields;
use crate::query::plan::query_plan::Proximity;

/// Passages by segment, in order; each with its index among the keys.
pub(crate) fn by_segment(keys: &[PassageKey]) -> BTreeMap<SegmentOrdinal, Vec<(DocId, usize)>> {
    let mut segments: BTreeMap<SegmentOrdinal, Vec<(DocId, usize)>> = BTreeMap::new();
    for (at, &key) in keys.iter().enumerate() {
        let passage = address_of(key);
        segments.entry(passage.segment_ord).or_default().push((passage.doc_id, at));
    }
    segments.values_mut().for_each(|passages| passages.sort_unstable());
    segments
}

/// The positions of the terms in each passage.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn positions_of(
    searcher: &Searcher,
    fields: &Fields,
    proximity: &Proximity,
    keys: &[PassageKey],
) -> Result<Vec<Vec<TermPosition>>> {
    let mut places: Vec<Vec<TermPosition>> = vec![Vec::new(); keys.len()];
    let Some(field) = fields.of(proximity.field) else {
        return Ok(places);
    };
    let mut positions = Vec::new();
    for (segment, passages) in by_segment(keys) {
        let inverted = searcher.segment_reader(segment).inverted_index(field);
        let inverted = inverted.context("reading the positions of the index")?;
        for (index, (term, _)) in proximity.terms.iter().enumerate() {
            let term = Term::from_field_text(field, term);
            let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions);
            let Some(mut postings) = postings.context("reading the positions of the index")? else {
                continue;
            };
            for &(passage, at) in &passages {
                if postings.doc() < passage {
                    postings.seek(passage);
                }
                if postings.doc() == passage {
                    postings.positions(&mut positions);
                    places[at].extend(positions.iter().map(|&position| (position, index)));
                }
            }
        }
    }
    Ok(places)
}
