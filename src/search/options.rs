//! What a search is asked to return.

use crate::engine::{ResultUnit, SortOrder};
use crate::query::syntax::QueryOptions;
use crate::search::facets::FacetField;

/// What to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// Results at most.
    pub limit: usize,
    /// Results to skip before the first.
    pub offset: usize,
    /// Passages, documents or stories.
    pub unit: ResultUnit,
    /// Best or latest first.
    pub sort: SortOrder,
    /// How the query is to be understood: filters, and whether every word is required.
    pub query: QueryOptions,
    /// Whether to count all results, which looks at every one of them.
    pub count: bool,
    /// Whether to mark what was matched in the hits, which reads their texts again.
    pub highlight: bool,
    /// Whether to explain the query and every score, which looks everything up once more.
    pub explain: bool,
    /// What to count all results by, in this order.
    pub facets: Vec<FacetField>,
    /// Values of each to return at most, the most frequent; 0 for all.
    pub facet_limit: usize,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions {
            limit: 10,
            offset: 0,
            unit: ResultUnit::Passage,
            sort: SortOrder::Score,
            query: QueryOptions::default(),
            count: false,
            highlight: true,
            explain: false,
            facets: Vec::new(),
            facet_limit: 10,
        }
    }
}
