//! The sort order of results.

/// The order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Best first: score, then document id, then passage number.
    #[default]
    Score,
    /// Latest publication day first, results without a date last; results of one day by score. These scores are without
    /// reranking, which only the best hits by score have, so they may be lower than when sorted by score.
    Date,
}
