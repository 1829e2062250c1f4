//! The plan of a query, between the compiler and an engine: `query_plan` is the whole, `pattern` what is looked up in
//! an index and marked in a text, `field_id` the fields, `highlight_plan` what is marked, `placement` the terms and
//! positions of a pattern, `near` and `apart` the matching of the operators of place by `span`s, and `field_statistics` the numbers that ranking needs of a
//! field. No type of an engine is in it.

pub(crate) mod apart;
pub(crate) mod field_id;
pub(crate) mod field_statistics;
pub(crate) mod highlight_plan;
pub(crate) mod near;
pub(crate) mod near_pair;
pub(crate) mod pattern;
pub(crate) mod placement;
pub(crate) mod query_plan;
pub(crate) mod span;

pub use crate::query::plan::field_id::FieldId;
pub use crate::query::plan::field_statistics::{FieldStatistics, GeneralText};
pub use crate::query::plan::highlight_plan::{HighlightNode, HighlightPlan};
pub use crate::query::plan::pattern::{Form, Pattern, PatternUnit, QuantityPattern, SurfaceTerms};
pub use crate::query::plan::query_plan::{
    CompiledLeaf, Expansion, MatchNode, Proximity, QueryPlan, RerankPlan, ScoringClause, WildcardCut,
};
