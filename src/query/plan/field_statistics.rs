//! Statistics of a field, and BM25's inverse document frequency, which weighs a term by the number of passages that contain it.

use serde::{Deserialize, Serialize};

/// Unseen passages: every field counts as having this many more, none of them with a term of the query. Without them, a
/// word that all of four passages in a language contain would have no weight, and another language with more passages
/// would outrank them; among thousands of passages they change nothing.
pub(crate) const UNSEEN_PASSAGES: u64 = 20;

/// Statistics of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStatistics {
    /// Number of passages with at least one token in the field.
    pub passages: u64,
    /// Number of tokens in the field, by the lengths that the index stores.
    pub tokens: u64,
}

/// The inverse document frequency of BM25 for a term that `passages` passages contain (Robertson and Zaragoza 2009,
/// with one added so that it is never negative), by the same formula as the engine's.
pub(crate) fn idf(statistics: FieldStatistics, passages: u64) -> f64 {
    let all = (statistics.passages + UNSEEN_PASSAGES) as f64;
    let having = passages.min(statistics.passages) as f64;
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
