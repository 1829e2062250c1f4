//! Exact ranking of candidates: scores summed again from all scoring clauses in a fixed order, then document, then passage.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader};

use crate::engine::Candidate;
use crate::engine::tantivy::grouping::{Grouping, document_of};
use crate::engine::tantivy::keys::{address_of, key_of};
use crate::engine::tantivy::max_score::exact;
use crate::engine::tantivy::statistics::WithStatistics;

/// Sorts candidates by law 7: score descending, then document id, then passage number. Within a segment ordinals sort
/// as ids do, so ids are only read where passages of several segments have the same score.
pub(crate) fn put_in_order(searcher: &Searcher, ranked: &mut [Candidate]) -> tantivy::Result<()> {
    let segment = |candidate: &Candidate| address_of(candidate.key).segment_ord;
    let place = |candidate: &Candidate| (segment(candidate), candidate.place);
    ranked.sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| place(left).cmp(&place(right))));
    for ties in ranked.chunk_by_mut(|left, right| left.score.total_cmp(&right.score).is_eq()) {
        if segment(&ties[0]) != segment(&ties[ties.len() - 1]) {
            let mut with_ids = Vec::with_capacity(ties.len());
            for tie in &*ties {
                with_ids.push((read_id(searcher, tie)?, tie.place.1, tie.clone()));
            }
            with_ids.sort_by(|left, right| (&left.0, left.1).cmp(&(&right.0, right.1)));
            for (tie, (_, _, ranked)) in ties.iter_mut().zip(with_ids) {
                *tie = ranked;
            }
        }
    }
    Ok(())
}

fn read_id(searcher: &Searcher, candidate: &Candidate) -> tantivy::Result<String> {
    let mut id = String::new();
    if let Some(ids) = searcher.segment_reader(address_of(candidate.key).segment_ord).fast_fields().str("id")? {
        ids.ord_to_str(candidate.place.0, &mut id)?;
    }
    Ok(id)
}

/// Passages with their scores, in order.
///
/// # Errors
///
/// When the index cannot be read; so for all functions here.
pub(crate) fn rank_scored(
    searcher: &Searcher,
    scored: Vec<(f64, DocAddress)>,
    grouping: &Grouping,
) -> Result<Vec<Candidate>> {
    let mut by_segment: BTreeMap<u32, Vec<(DocId, f64)>> = BTreeMap::new();
    for (score, address) in scored {
        by_segment.entry(address.segment_ord).or_default().push((address.doc_id, score));
    }
    let mut ranked = Vec::new();
    for (segment, scored) in by_segment {
        ranked.extend(candidates_of(searcher, segment, scored, grouping).context("ranking the hits")?);
    }
    put_in_order(searcher, &mut ranked).context("ranking the hits")?;
    Ok(ranked)
}

/// Passages in order, which are scored first.
pub(crate) fn rank_candidates(
    searcher: &Searcher,
    candidates: &[DocAddress],
    clauses: &[Option<WithStatistics>],
    grouping: &Grouping,
) -> Result<Vec<Candidate>> {
    let weights = clauses.iter().flatten().map(|clause| weight_of(searcher, clause)).collect::<Result<Vec<_>>>()?;
    let mut by_segment: BTreeMap<u32, Vec<DocId>> = BTreeMap::new();
    for address in candidates {
        by_segment.entry(address.segment_ord).or_default().push(address.doc_id);
    }
    let mut scored = Vec::with_capacity(candidates.len());
    for (segment, mut docs) in by_segment {
        docs.sort_unstable();
        let mut scores = vec![0.0_f64; docs.len()];
        for weight in &weights {
            let reader = searcher.segment_reader(segment);
            each_score(weight.as_ref(), reader, &docs, |at, score| scores[at] += score).context("ranking the hits")?;
        }
        scored.extend(scores.into_iter().zip(docs.iter().map(|&doc| DocAddress::new(segment, doc))));
    }
    rank_scored(searcher, scored, grouping)
}

/// The weight that scores the passages of a clause.
pub(crate) fn weight_of(searcher: &Searcher, clause: &WithStatistics) -> Result<Box<dyn Weight>> {
    clause.weight(EnableScoring::enabled_from_searcher(searcher)).context("preparing the ranking")
}

/// Calls `found` with the score of each given passage of a segment that a weight matches, and the passage's index. The
/// passages must be in order.
pub(crate) fn each_score(
    weight: &dyn Weight,
    reader: &SegmentReader,
    docs: &[DocId],
    mut found: impl FnMut(usize, f64),
) -> tantivy::Result<()> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    for (at, &doc) in docs.iter().enumerate() {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            found(at, exact(scorer.score()));
        }
    }
    Ok(())
}

/// The candidates of passages of one segment with their scores.
fn candidates_of(
    searcher: &Searcher,
    segment: u32,
    scored: Vec<(DocId, f64)>,
    grouping: &Grouping,
) -> tantivy::Result<Vec<Candidate>> {
    let reader = searcher.segment_reader(segment);
    let Some(ids) = reader.fast_fields().str("id")? else {
        return Ok(Vec::new());
    };
    let numbers = reader.fast_fields().u64("number")?;
    let candidate = |(doc, score)| {
        let passage = DocAddress::new(segment, doc);
        let (ordinal, number) = (document_of(&ids, doc), numbers.first(doc).unwrap_or(0));
        let group = grouping.group_of(passage, || ordinal);
        Candidate { key: key_of(passage), group, score, place: (ordinal, number) }
    };
    Ok(scored.into_iter().map(candidate).collect())
}
