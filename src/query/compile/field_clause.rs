//! Field clauses: a field of one chain asked for one pattern, to make a hit or only to rank.

use crate::query::plan::pattern::Pattern;
use crate::text::analysis::Chain;

/// What a clause has to do with being a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It makes a passage a hit.
    Required,
    /// It ranks hits only.
    ScoringOnly,
}

/// One way in which a piece of a query can be found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldClause {
    pub(crate) chain: Chain,
    pub(crate) pattern: Pattern,
    pub(crate) factor: f32,
    pub(crate) role: Role,
}
