//! Word readers: stemming, and splitting of compounds, for the words of one language with an alphabet.

use std::borrow::Cow;

use crate::text::document::ByteRange;

/// A part of a compound: its term, and its range in bytes of the folded word, on character boundaries.
pub(crate) type PartTerm = (String, ByteRange);

/// A word reader, which makes terms of the words of one language.
pub(crate) trait WordReader: Send + Sync {
    /// The term of a surface form: its stem.
    fn term_of(&self, surface: &str) -> String;

    /// The spelling of a word that its prefix (edge n-gram) is taken from.
    fn prefix_spelling<'a>(&self, spelled: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(spelled)
    }

    /// The terms of the smallest parts of a folded word, in order; none if it is no compound.
    fn single_parts(&self, _word: &str) -> Vec<String> {
        Vec::new()
    }

    /// The parts of a folded word and the runs of several parts, in the order of the word; none if it is no compound.
    fn parts(&self, _word: &str) -> Vec<PartTerm> {
        Vec::new()
    }
}
