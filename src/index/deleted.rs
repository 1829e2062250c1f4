//! Deleted passages that are still in the postings, since rewriting a large segment for one of them takes too long.
//!
//! In: a term. Out: how many passages that are in the index have it. tantivy's own count goes on counting deleted ones until
//! their segment is merged, so that a ranking would depend on the history of an index (law 7). The few that a segment may have
//! (see `merge_policy.rs`) are looked for in the postings of the term.

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

/// Postings that are read one after the other in the time that one deleted passage is looked for.
const POSTINGS_PER_SEEK: usize = 16;

/// The deleted passages of each segment of a searcher, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeletedPassages {
    segments: Vec<Vec<DocId>>,
}

impl DeletedPassages {
    /// The deleted passages of a searcher, segment by segment.
    pub(super) fn new(searcher: &Searcher, of_segment: impl FnMut(&SegmentReader) -> Vec<DocId>) -> DeletedPassages {
        DeletedPassages { segments: searcher.segment_readers().iter().map(of_segment).collect() }
    }

    /// The document frequency of a term: the number of passages that have it, without deleted ones. `searcher` is the one that these are of.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn doc_freq(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let mut passages = 0;
        for (at, segment) in searcher.segment_readers().iter().enumerate() {
            let inverted = segment.inverted_index(term.field())?;
            let Some(info) = inverted.get_term_info(term)? else {
                continue;
            };
            passages += u64::from(info.doc_freq);
            let deleted = self.segments.get(at).map_or(&[][..], Vec::as_slice);
            let Some(alive) = segment.alive_bitset().filter(|_| !deleted.is_empty()) else {
                continue;
            };
            let mut postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            if info.doc_freq as usize <= deleted.len().saturating_mul(POSTINGS_PER_SEEK) {
                while postings.doc() != TERMINATED {
                    passages -= u64::from(alive.is_deleted(postings.doc()));
                    postings.advance();
                }
                continue;
            }
            for &doc in deleted {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                passages -= u64::from(postings.doc() == doc);
            }
        }
        Ok(passages)
    }
}

/// The deleted passages of a segment, in order.
pub(super) fn deleted_of(segment: &SegmentReader) -> Vec<DocId> {
    match segment.alive_bitset() {
        Some(alive) => (0..segment.max_doc()).filter(|&doc| alive.is_deleted(doc)).collect(),
        None => Vec::new(),
    }
}
