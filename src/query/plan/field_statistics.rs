//! Statistics of a field, and BM25's inverse document frequency, which weighs a term by the number of passages that contain it.

use serde::{Deserialize, Serialize};

use crate::query::plan::field_id::FieldId;
use crate::text::analysis::share_of_tokens;

/// Most passages that a field counts as having more of, without the pattern that is looked up, where it is no term.
const UNKNOWN_PASSAGES: u32 = 20;

/// Statistics of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStatistics {
    /// Number of passages with at least one token in the field.
    pub passages: u64,
    /// Number of tokens in the field, by the lengths that the index stores.
    pub tokens: u64,
}

/// General text: every field counts as having this many more passages, in which a term is as common as in its language. Among a few
/// hundred passages `would` may be as rare as a name, and would outweigh it; a word that all of four passages contain would
/// have no weight, and another language with more passages would outrank them. Among a million passages these change nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneralText {
    /// Number of passages.
    pub passages: u32,
    /// Number of tokens in each.
    pub tokens: u32,
}

impl GeneralText {
    /// As many passages of which nothing is known, at most 20: for patterns that are no terms.
    pub(crate) fn unknown(self) -> GeneralText {
        GeneralText { passages: self.passages.min(UNKNOWN_PASSAGES), tokens: 0 }
    }

    /// The number of its passages with a term: those that would have it if its occurrences were spread at random. Its titles
    /// are as short as those of the index.
    pub(crate) fn passages_with(self, field: FieldId, statistics: FieldStatistics, term: &str) -> u64 {
        let tokens = f64::from(self.tokens);
        let expected = match field {
            FieldId::Text(chain) => share_of_tokens(chain, term) * tokens,
            FieldId::Title(chain) => {
                let length = statistics.tokens as f64 / statistics.passages.max(1) as f64;
                share_of_tokens(chain, term) * length.min(tokens)
            }
            FieldId::Surfaces(_) | FieldId::Prefixes(_) | FieldId::Quantities { .. } => 0.0,
        };
        let share_of_passages = 1.0 - (-expected).exp();
        (f64::from(self.passages) * share_of_passages).round() as u64
    }

    /// The inverse document frequency of BM25 for a term that `passages` passages of the index contain (Robertson and Zaragoza
    /// 2009, with one added so that it is never negative), by the same formula as the engine's.
    pub(crate) fn idf(self, field: FieldId, statistics: FieldStatistics, term: &str, passages: u64) -> f64 {
        let all = (statistics.passages + u64::from(self.passages)) as f64;
        let having = (passages.min(statistics.passages) + self.passages_with(field, statistics, term)) as f64;
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }
}
