//! In which order results come.

/// The order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Best first: score, then document id, then passage number.
    #[default]
    Score,
    /// Latest publication day first, what has none last; results of one day as by score. The scores are without
    /// refinements, which only the best hits have, so they may be lower than by score.
    Date,
}
