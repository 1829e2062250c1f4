//! The chain of any language without rules of its own: folded UAX #29 words as they stand. Nothing is stemmed, since the rules of one
//! language find words in another that have nothing to do with each other.

use crate::text::analysis::word_reader::WordReader;

/// The word reader of any language.
pub(crate) struct Plain;

impl WordReader for Plain {
    fn term_of(&self, surface: &str) -> String {
        surface.to_owned()
    }
}
