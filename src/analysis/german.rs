//! The German chain: folded UAX #29 words, umlauts reduced to their base vowel however they are written, stemmed by
//! Snowball's German stemmer. Compound parts will join here, as further tokens at their own ranges.

use frostem::{Algorithm, Stemmer};

use crate::analysis::spelling::umlauts_reduced;

/// Stems German words.
pub(crate) struct German {
    stemmer: Stemmer,
}

impl German {
    pub(crate) fn new() -> German {
        German { stemmer: Stemmer::new(Algorithm::German) }
    }

    /// The term of a surface.
    pub(crate) fn term_of(&self, surface: &str) -> String {
        self.stemmer.stem(&umlauts_reduced(surface)).into_owned()
    }
}
