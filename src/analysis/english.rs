//! The English chain: folded UAX #29 words, stemmed by Snowball's English (Porter2) stemmer. Also reads the Latin
//! words inside Korean, Chinese and other text. No word is dropped; stop words are a matter of the query.

use frostem::{Algorithm, Stemmer};

use crate::analysis::spelling::{has_umlaut, umlauts_dropped, umlauts_spelled_out, without_marks};

/// Stems English words.
pub(crate) struct English {
    stemmer: Stemmer,
}

impl English {
    pub(crate) fn new() -> English {
        English { stemmer: Stemmer::new(Algorithm::English) }
    }

    /// The term of a folded word: what a query looks up, and what a text is indexed under first.
    pub(crate) fn term(&self, word: &str) -> String {
        self.stemmer.stem(&umlauts_spelled_out(&without_marks(word))).into_owned()
    }

    /// Calls `emit` with every term that a text's word is indexed under: its own, and if it has an umlaut the one
    /// without the dots, unless that is the same.
    pub(crate) fn emit_word(&self, word: &str, emit: &mut dyn FnMut(&str)) {
        let term = self.term(word);
        emit(&term);
        if has_umlaut(word) {
            let second = self.stemmer.stem(&umlauts_dropped(&without_marks(word))).into_owned();
            if second != term {
                emit(&second);
            }
        }
    }
}
