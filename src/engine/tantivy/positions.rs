//! Positions of single terms in given passages, for reranking by proximity.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Searcher, SegmentOrdinal, SegmentReader};

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

/// Those of some passages of a segment that have any token in a field, as far as its lengths are known. Most fields are of one
/// language, so where all passages are in another nothing has to be looked up.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn with_field(
    reader: &SegmentReader,
    field: Field,
    passages: &[(DocId, usize)],
) -> Result<Vec<(DocId, usize)>> {
    let lengths = reader.fieldnorms_readers().get_field(field).context("reading the lengths of the passages")?;
    let has_field = |&&(doc, _): &&(DocId, usize)| lengths.as_ref().is_none_or(|lengths| lengths.fieldnorm_id(doc) > 0);
    Ok(passages.iter().filter(has_field).copied().collect())
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
        let reader = searcher.segment_reader(segment);
        let passages = with_field(reader, field, &passages)?;
        if passages.is_empty() {
            continue;
        }
        let inverted = reader.inverted_index(field);
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
