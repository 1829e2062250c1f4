//! Exact ranking of candidates: scores summed again from all scoring clauses in a fixed order, then document, then passage.

use std::collections::{BTreeMap, HashSet};

use anyhow::{Context, Result};
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader};

use crate::engine::tantivy::grouping::{Grouping, document_of};
use crate::engine::tantivy::keys::{address_of, key_of};
use crate::engine::{Candidate, ResultUnit};

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

/// The best `limit` candidates, in order. If documents or stories are the results, each segment gives the best passage
/// of each of its best `limit` results, and also all of its best `limit` passages.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn rank_candidates(
    searcher: &Searcher,
    candidates: &[DocAddress],
    clauses: &[Box<dyn Query>],
    grouping: &Grouping,
    limit: usize,
) -> Result<Vec<Candidate>> {
    let weights = weights_of(searcher, clauses)?;
    let mut by_segment: BTreeMap<u32, Vec<DocId>> = BTreeMap::new();
    for address in candidates {
        by_segment.entry(address.segment_ord).or_default().push(address.doc_id);
    }
    let mut ranked = Vec::new();
    for (segment, mut docs) in by_segment {
        docs.sort_unstable();
        ranked.extend(rank_segment(searcher, segment, &docs, &weights, grouping, limit).context("ranking the hits")?);
    }
    put_in_order(searcher, &mut ranked).context("ranking the hits")?;
    if grouping.unit == ResultUnit::Passage {
        ranked.truncate(limit);
    }
    Ok(ranked)
}

/// The weights that score the passages of each clause.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn weights_of(searcher: &Searcher, clauses: &[Box<dyn Query>]) -> Result<Vec<Box<dyn Weight>>> {
    let scoring = EnableScoring::enabled_from_searcher(searcher);
    let weights = clauses.iter().map(|clause| clause.weight(scoring));
    weights.collect::<tantivy::Result<_>>().context("preparing the ranking")
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
            found(at, f64::from(scorer.score()));
        }
    }
    Ok(())
}

/// The best candidates of one segment.
fn rank_segment(
    searcher: &Searcher,
    segment: u32,
    docs: &[DocId],
    weights: &[Box<dyn Weight>],
    grouping: &Grouping,
    limit: usize,
) -> tantivy::Result<Vec<Candidate>> {
    let reader = searcher.segment_reader(segment);
    let mut scores = vec![0.0_f64; docs.len()];
    for weight in weights {
        each_score(weight.as_ref(), reader, docs, |at, score| scores[at] += score)?;
    }
    let Some(ids) = reader.fast_fields().str("id")? else {
        return Ok(Vec::new());
    };
    let numbers = reader.fast_fields().u64("number")?;
    let mut rows: Vec<(f64, u64, u64, DocId)> = docs
        .iter()
        .zip(scores)
        .map(|(&doc, score)| (score, document_of(&ids, doc), numbers.first(doc).unwrap_or(0), doc))
        .collect();
    rows.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| (left.1, left.2).cmp(&(right.1, right.2))));
    let ranked = rows.into_iter().map(|(score, ordinal, number, doc)| {
        let passage = DocAddress::new(segment, doc);
        let group = grouping.group_of(passage, || ordinal);
        Candidate { key: key_of(passage), group, score, place: (ordinal, number) }
    });
    if grouping.unit == ResultUnit::Passage {
        return Ok(ranked.take(limit).collect());
    }
    let mut seen = HashSet::new();
    let mut at = 0;
    let is_kept = |candidate: &Candidate| {
        at += 1;
        (seen.insert(candidate.group) && seen.len() <= limit) || at <= limit
    };
    Ok(ranked.filter(is_kept).collect())
}
