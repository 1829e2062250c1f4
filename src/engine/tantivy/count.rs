//! Counting hits: by the document frequency of a term, by a bit for each passage that any of several clauses has, or by listing
//! them; nothing is scored. A count can be asked for up to a limit: what is more is not counted, and whether it is more depends on
//! the hits alone.

use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use crate::engine::tantivy::condition::Condition;
use crate::engine::tantivy::materialized::MaterializedQuery;

/// The number of passages that meet a condition; `None` if they are more than `limit`.
///
/// # Errors
///
/// When the index cannot be read; so for all functions here.
pub(crate) fn count_hits(searcher: &Searcher, condition: &Condition, limit: u64) -> tantivy::Result<Option<u64>> {
    let mut least = 0;
    for segment in searcher.segment_readers() {
        least += least_number(segment, condition)?;
    }
    if least > limit {
        return Ok(None);
    }
    let mut hits = 0;
    for segment in searcher.segment_readers() {
        hits += match condition {
            Condition::Any(any) => count_any(segment, any, searcher)?,
            Condition::All
            | Condition::Nothing
            | Condition::Clause(..)
            | Condition::Query(_)
            | Condition::Both { .. } => {
                count_listed(segment, &*condition.query(), searcher, limit.saturating_sub(hits))?
            }
        };
        if hits > limit {
            return Ok(None);
        }
    }
    Ok(Some(hits))
}

/// A number of passages of a segment that certainly meet a condition, without reading any.
fn least_number(segment: &SegmentReader, condition: &Condition) -> tantivy::Result<u64> {
    Ok(match condition {
        Condition::All => u64::from(segment.num_docs()),
        Condition::Nothing | Condition::Both { .. } => 0,
        Condition::Clause(_, query) | Condition::Query(query) => {
            if let Some(term) = query.downcast_ref::<TermQuery>().map(TermQuery::term) {
                let having = segment.inverted_index(term.field())?.doc_freq(term)?;
                u64::from(having.saturating_sub(segment.num_deleted_docs()))
            } else {
                query.downcast_ref::<MaterializedQuery>().map_or(0, |list| list.of_segment(segment).len() as u64)
            }
        }
        Condition::Any(any) => {
            let mut most = 0;
            for condition in any {
                most = most.max(least_number(segment, condition)?);
            }
            most
        }
    })
}

/// The number of passages of a segment that meet any of some conditions.
fn count_any(segment: &SegmentReader, any: &[Condition], searcher: &Searcher) -> tantivy::Result<u64> {
    let mut bits = vec![0_u64; segment.max_doc().div_ceil(64) as usize];
    let mut set = |doc: DocId| bits[(doc / 64) as usize] |= 1 << (doc % 64);
    for condition in any {
        let query = condition.query();
        if let Some(term) = query.downcast_ref::<TermQuery>().map(TermQuery::term) {
            let inverted = segment.inverted_index(term.field())?;
            let Some(mut blocks) = inverted.read_block_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            while !blocks.docs().is_empty() {
                blocks.docs().iter().for_each(|&doc| set(doc));
                blocks.advance();
            }
        } else {
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            weight.for_each_no_score(segment, &mut |docs| docs.iter().for_each(|&doc| set(doc)))?;
        }
    }
    if let Some(alive) = segment.alive_bitset() {
        for (word, bits) in bits.iter_mut().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let at = left.trailing_zeros();
                left &= left - 1;
                *bits &= !(u64::from(alive.is_deleted(word as DocId * 64 + at)) << at);
            }
        }
    }
    Ok(bits.iter().map(|bits| u64::from(bits.count_ones())).sum())
}

/// The number of passages of a segment that a query finds; if they are more than `limit`, any number above it.
fn count_listed(segment: &SegmentReader, query: &dyn Query, searcher: &Searcher, limit: u64) -> tantivy::Result<u64> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    if limit == u64::MAX {
        return Ok(u64::from(weight.count(segment)?));
    }
    let mut scorer = weight.scorer(segment, 1.0)?;
    let mut found = [TERMINATED; COLLECT_BLOCK_BUFFER_LEN];
    let mut hits = 0;
    loop {
        let filled = scorer.fill_buffer(&mut found);
        let is_alive = |doc: &&DocId| segment.alive_bitset().is_none_or(|alive| alive.is_alive(**doc));
        hits += found[..filled].iter().filter(is_alive).count() as u64;
        if filled < found.len() || hits > limit {
            return Ok(hits);
        }
    }
}
