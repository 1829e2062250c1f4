//! What one result is.

/// The unit of results.
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
    /// One of them.
    pub fn name(self) -> &'static str {
        match self {
            ResultUnit::Passage => "passage",
            ResultUnit::Document => "document",
            ResultUnit::Story => "story",
        }
    }

    /// Several of them, as in `1-10 of 200 passages`.
    pub fn plural(self) -> &'static str {
        match self {
            ResultUnit::Passage => "passages",
            ResultUnit::Document => "documents",
            ResultUnit::Story => "stories",
        }
    }
}
