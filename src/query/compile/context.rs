//! The context of a part of a query: what applies to it because of where it stands.

use crate::query::compile::sentence::Sentence;

/// The context of a part of a query, passed down by value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'s> {
    /// True inside `title:`.
    pub(crate) in_title: bool,
    /// False inside NOT: excluded clauses rank nothing.
    pub(crate) is_scored: bool,
    /// True inside a name that the glossary added.
    pub(crate) is_expanding: bool,
    /// The bag that the part stands in, segmented as one text.
    pub(crate) sentence: Option<&'s Sentence>,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Context { in_title: false, is_scored: true, is_expanding: false, sentence: None }
    }
}

impl Context<'_> {
    pub(crate) fn in_title(self) -> Self {
        Context { in_title: true, ..self }
    }

    pub(crate) fn excluded(self) -> Self {
        Context { is_scored: false, ..self }
    }

    pub(crate) fn expanding(self) -> Self {
        Context { is_expanding: true, ..self }
    }
}
