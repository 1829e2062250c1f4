//! Word readers: what makes terms of the words of one language with an alphabet.

use std::borrow::Cow;

use crate::text::document::ByteRange;

/// A part of a word: its term, and its place in bytes of the folded word, on character boundaries.
pub(crate) type PlacedPart = (String, ByteRange);

/// What makes terms of the words of one language.
pub(crate) trait WordReader: Send + Sync {
    /// The term of a surface.
    fn term_of(&self, surface: &str) -> String;

    /// The spelling of which the first letters are kept.
    fn prefix_spelling<'a>(&self, spelled: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(spelled)
    }

    /// The terms of each single part of a folded word, in order; none if it is no compound.
    fn single_parts(&self, _word: &str) -> Vec<String> {
        Vec::new()
    }

    /// The parts of a folded word and the runs of several, in the order of the word; none if it is no compound.
    fn parts(&self, _word: &str) -> Vec<PlacedPart> {
        Vec::new()
    }
}
