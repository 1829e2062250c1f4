//! The result unit: what counts as one result.

/// What counts as one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultUnit {
    /// Each passage by itself.
    #[default]
    Passage,
    /// Each document by its best passage.
    Document,
    /// Each story, which is a document and its copies, by its best passage.
    Story,
}

impl ResultUnit {
    /// True for units that are articles, of which AND, NOT and filters hold as a whole.
    pub(crate) fn is_of_articles(self) -> bool {
        match self {
            ResultUnit::Passage => false,
            ResultUnit::Document | ResultUnit::Story => true,
        }
    }

    /// The name of one, as `passage`.
    pub fn name(self) -> &'static str {
        match self {
            ResultUnit::Passage => "passage",
            ResultUnit::Document => "document",
            ResultUnit::Story => "story",
        }
    }

    /// The plural of the name, as in `1-10 of 200 passages`.
    pub fn plural(self) -> &'static str {
        match self {
            ResultUnit::Passage => "passages",
            ResultUnit::Document => "documents",
            ResultUnit::Story => "stories",
        }
    }
}
