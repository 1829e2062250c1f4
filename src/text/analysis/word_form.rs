//! A surface form of a word, which the index stores beside its term.

/// A surface form of a word, with the term under which it is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordForm {
    pub(crate) term: String,
    pub(crate) surface: String,
    /// The surface form without the dots of umlauts, if it has the same term.
    pub(crate) second: Option<String>,
}
