//! The German chain: folded UAX #29 words, umlauts reduced to their base vowel however they are written, stemmed by
//! Snowball's German stemmer. Compound parts will join here, as further tokens at their own ranges.

use frostem::{Algorithm, Stemmer};

use crate::analysis::spelling::{has_umlaut, umlauts_dropped, umlauts_reduced, umlauts_spelled_out, without_marks};

/// Stems German words.
pub(crate) struct German {
    stemmer: Stemmer,
}

impl German {
    pub(crate) fn new() -> German {
        German { stemmer: Stemmer::new(Algorithm::German) }
    }

    /// The term of a folded word: what a query looks up, and what a text is indexed under first.
    pub(crate) fn term(&self, word: &str) -> String {
        self.stem(&umlauts_spelled_out(&without_marks(word)))
    }

    /// Calls `emit` with every term that a text's word is indexed under: its own, and where a spelled-out umlaut is
    /// not reduced (`zuüben`) the one without the dots.
    pub(crate) fn emit_word(&self, word: &str, emit: &mut dyn FnMut(&str)) {
        let term = self.term(word);
        emit(&term);
        if has_umlaut(word) {
            let second = self.stem(&umlauts_dropped(&without_marks(word)));
            if second != term {
                emit(&second);
            }
        }
    }

    fn stem(&self, word: &str) -> String {
        self.stemmer.stem(&umlauts_reduced(word)).into_owned()
    }
}
