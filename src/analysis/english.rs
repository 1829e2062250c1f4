//! The English chain: folded UAX #29 words, stemmed by Snowball's English (Porter2) stemmer. Also reads the Latin
//! words inside Korean, Chinese and other text. No word is dropped; stop words are a matter of the query.

use frostem::{Algorithm, Stemmer};

/// Stems English words.
pub(crate) struct English {
    stemmer: Stemmer,
}

impl English {
    pub(crate) fn new() -> English {
        English { stemmer: Stemmer::new(Algorithm::English) }
    }

    /// The term of a surface.
    pub(crate) fn term_of(&self, surface: &str) -> String {
        self.stemmer.stem(surface).into_owned()
    }
}
