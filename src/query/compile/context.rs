//! The context of a part of a query: what applies to it because of where it stands.

use crate::query::compile::sentence::Sentence;
use crate::query::plan::pattern::Pattern;
use crate::query::syntax::extent::Extent;

/// The context of a part of a query, passed down by value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'s> {
    /// True inside `title:`.
    pub(crate) in_title: bool,
    /// True inside `lead:`.
    pub(crate) in_lead: bool,
    /// Inside `FIRST/n`, the least n.
    pub(crate) in_first: Option<u32>,
    /// False inside NOT: excluded clauses rank nothing.
    pub(crate) is_scored: bool,
    /// True inside a name that the glossary added.
    pub(crate) is_expanding: bool,
    /// Factor of all scores: less than 1 for words that only ask.
    pub(crate) weight: f32,
    /// The bag that the part stands in, segmented as one text.
    pub(crate) sentence: Option<&'s Sentence>,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Context {
            in_title: false,
            in_lead: false,
            in_first: None,
            is_scored: true,
            is_expanding: false,
            weight: 1.0,
            sentence: None,
        }
    }
}

impl Context<'_> {
    pub(crate) fn in_title(self) -> Self {
        Context { in_title: true, ..self }
    }

    pub(crate) fn within(self, extent: Extent) -> Self {
        match extent {
            Extent::Lead => Context { in_lead: true, ..self },
            Extent::First(units) => {
                Context { in_first: Some(self.in_first.map_or(units, |least| least.min(units))), ..self }
            }
        }
    }

    /// True where only a part of an article is searched.
    pub(crate) fn is_confined(self) -> bool {
        self.in_title || self.in_lead || self.in_first.is_some()
    }

    /// A pattern where it is searched: in the beginning of the article, if only that is.
    pub(crate) fn confined(self, pattern: &Pattern) -> Pattern {
        // A title is in the lead.
        let lead = (self.in_lead && !self.in_title).then_some(Extent::Lead);
        let extents = lead.into_iter().chain(self.in_first.map(Extent::First));
        extents.fold(pattern.clone(), |pattern, extent| Pattern::Within { extent, pattern: Box::new(pattern) })
    }

    pub(crate) fn excluded(self) -> Self {
        Context { is_scored: false, ..self }
    }

    pub(crate) fn expanding(self) -> Self {
        Context { is_expanding: true, ..self }
    }
}
