//! What a result is.

/// The unit of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultUnit {
    /// Each passage by itself.
    #[default]
    Passage,
    /// Each document by its best passage.
    Document,
}
