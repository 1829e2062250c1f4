//! Statistics of a field, and what BM25 makes of them: how much a term says that a number of passages have.

use serde::{Deserialize, Serialize};

/// Passages that every field is taken to have beside its own, without any term of the query. Among four passages in a
/// language, a word that all of them have says nothing by itself, and another language with more passages would outrank
/// them; among thousands, these few change nothing.
pub(crate) const UNSEEN_PASSAGES: u64 = 20;

/// Statistics of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStatistics {
    /// Passages that have at least one token in the field.
    pub passages: u64,
    /// Tokens in the field, as lengths are stored.
    pub tokens: u64,
}

/// The inverse document frequency of BM25 of a term that `passages` have (Robertson and Zaragoza 2009, with one added so that it
/// is never negative), as the engine has it.
pub(crate) fn idf(statistics: FieldStatistics, passages: u64) -> f64 {
    let all = (statistics.passages + UNSEEN_PASSAGES) as f64;
    let having = passages.min(statistics.passages) as f64;
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
