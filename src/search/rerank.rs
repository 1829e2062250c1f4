//! Reranking: the final order of the best candidates. Clauses that are too costly or too vague to find hits by are
//! computed for some candidates only. Reranking only adds to scores, and always to the same passages, so pages of
//! results fit together and scores never rise from one hit to the next.

use std::collections::HashSet;

use anyhow::Result;

use crate::engine::{Candidate, ClauseList, Engine, PassageKey, PreparedQuery};
use crate::query::plan::RerankPlan;
use crate::search::proximity::best_windows;

/// Reranks the first `depth` candidates: adds to their scores and sorts all again. Returns the passages that were reranked.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn rerank_best(
    engine: &dyn Engine,
    prepared: &dyn PreparedQuery,
    rerank: &RerankPlan,
    depth: usize,
    ranked: &mut [Candidate],
) -> Result<HashSet<PassageKey>> {
    if depth == 0 {
        return Ok(HashSet::new());
    }
    let depth = depth.min(ranked.len());
    let best = &mut ranked[..depth];
    let keys: Vec<PassageKey> = best.iter().map(|candidate| candidate.key).collect();
    prepared.clause_scores(ClauseList::RerankPrefixes, &keys, &mut |_, at, score| best[at].score += score)?;
    // The best field counts alone: a passage has one language, and its other fields have the same words again.
    let mut closeness = vec![0.0_f64; keys.len()];
    for proximity in &rerank.proximity {
        for (closeness, found) in closeness.iter_mut().zip(best_windows(prepared, proximity, &keys)?) {
            *closeness = closeness.max(found.score);
        }
    }
    for (candidate, closeness) in best.iter_mut().zip(closeness) {
        candidate.score += closeness;
    }
    engine.put_in_order(ranked)?;
    Ok(keys.into_iter().collect())
}
