//! Field clauses: one pattern, searched in the fields of one chain, either to match or only to rank.

use crate::query::plan::pattern::Pattern;
use crate::text::analysis::Chain;

/// The role of a clause: whether it makes a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The clause makes a passage a hit.
    Required,
    /// The clause only ranks hits.
    ScoringOnly,
}

/// A field clause: one way in which a token of a query can be found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldClause {
    pub(crate) chain: Chain,
    pub(crate) pattern: Pattern,
    pub(crate) factor: f32,
    pub(crate) role: Role,
}
