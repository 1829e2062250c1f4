//! The final order of the best: what is too costly or too vague to find hits by is asked of some of them only. It only
//! adds to scores, and always to the same passages, so pages of results fit together and scores never rise.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::query::EnableScoring;
use tantivy::{DocId, Searcher};

use crate::query::compile::Refinements;
use crate::search::proximity::closest;
use crate::search::rank::{Ranked, each_score, put_in_order};

/// Adds to the scores of the first `refined`, and puts all in order again.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn rerank_best(
    searcher: &Searcher,
    ranked: &mut [Ranked],
    refinements: &Refinements,
    refined: usize,
) -> Result<()> {
    let refined = refined.min(ranked.len());
    let mut by_segment: BTreeMap<u32, Vec<(DocId, usize)>> = BTreeMap::new();
    for (at, ranked) in ranked[..refined].iter_mut().enumerate() {
        ranked.is_refined = true;
        by_segment.entry(ranked.address.segment_ord).or_default().push((ranked.address.doc_id, at));
    }
    let scoring = EnableScoring::enabled_from_searcher(searcher);
    let weights = refinements.beginnings.iter().map(|evidence| evidence.query.weight(scoring));
    let weights = weights.collect::<tantivy::Result<Vec<_>>>().context("preparing the ranking")?;
    for (segment, mut docs) in by_segment {
        docs.sort_unstable();
        let reader = searcher.segment_reader(segment);
        let (ids, places): (Vec<DocId>, Vec<usize>) = docs.into_iter().unzip();
        for weight in &weights {
            each_score(weight.as_ref(), reader, &ids, |at, score| ranked[places[at]].score += score)
                .context("ranking the hits")?;
        }
        // A passage has one language; what other fields have of it is the same once more.
        let mut closeness = vec![0.0_f64; ids.len()];
        for proximity in &refinements.proximity {
            for (closeness, found) in closeness.iter_mut().zip(closest(reader, &ids, proximity)?) {
                *closeness = closeness.max(found.score);
            }
        }
        for (place, closeness) in places.into_iter().zip(closeness) {
            ranked[place].score += closeness;
        }
    }
    put_in_order(searcher, ranked).context("ranking the hits")
}
