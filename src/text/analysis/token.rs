//! Tokens, and the sink to which a chain passes what it makes of a text.

use crate::text::analysis::word::WordForm;
use crate::text::document::ByteRange;

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The term, as the index holds it.
    pub term: String,
    /// Range of the token in the original text, in bytes; whole grapheme clusters.
    pub range: ByteRange,
    /// Position of the token: the index of the unit (word or CJK character) that it starts in. Several tokens can share one.
    pub position: u32,
}

/// A sink for the tokens, surface forms and prefixes that a chain makes of a text.
pub(crate) trait TokenSink {
    /// Takes a token: its term, its position, and its range in the folded text. Positions never decrease within one term, and in
    /// a chain with positions they never decrease at all.
    fn token(&mut self, term: &str, position: u32, folded: ByteRange);

    /// Takes a surface form, which is indexed under its term, of the word at a position. Positions never decrease.
    fn form(&mut self, _form: &WordForm, _position: u32) {}

    /// Takes a prefix (edge n-gram) of a word.
    fn prefix(&mut self, _prefix: &str) {}
}

impl<F: FnMut(&str, u32, ByteRange)> TokenSink for F {
    fn token(&mut self, term: &str, position: u32, folded: ByteRange) {
        self(term, position, folded);
    }
}
