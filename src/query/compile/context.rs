//! The context of a part of a query: what holds for it by where it stands.

use crate::query::compile::sentence::Sentence;

/// What holds for a part of the query, by where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'s> {
    /// Inside `title:`.
    pub(crate) in_title: bool,
    /// False inside NOT: what is taken away ranks nothing.
    pub(crate) is_scored: bool,
    /// Inside a name that the glossary added.
    pub(crate) is_expanding: bool,
    /// The words side by side, read as one text.
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

    pub(crate) fn taken_away(self) -> Self {
        Context { is_scored: false, ..self }
    }

    pub(crate) fn expanding(self) -> Self {
        Context { is_expanding: true, ..self }
    }
}
