//! Search options: which results a search returns, and what with them.

use crate::engine::{ResultUnit, SortOrder};
use crate::query::syntax::QueryOptions;
use crate::search::facets::FacetField;

/// Options of a search: how many results, of what unit, in which order, and what is computed for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// Greatest number of results.
    pub limit: usize,
    /// Number of results to skip before the first.
    pub offset: usize,
    /// What counts as one result: passage, document or story.
    pub unit: ResultUnit,
    /// Sort order: best or latest first.
    pub sort: SortOrder,
    /// Options of the query: filters, and whether every word is required.
    pub query: QueryOptions,
    /// Whether to count all results.
    pub count: bool,
    /// Most passages that are counted one by one: of more, the results only say that they are more, which takes no time. Results
    /// with facets, documents and stories are always counted.
    pub count_limit: u64,
    /// Whether to mark the matches in the hits, which analyses their texts again.
    pub highlight: bool,
    /// Whether to explain the query and every score, which looks everything up again.
    pub explain: bool,
    /// The facet fields to count all results by, in this order.
    pub facets: Vec<FacetField>,
    /// Greatest number of values of each facet, the most frequent; 0 for all.
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
            count_limit: u64::MAX,
            highlight: true,
            explain: false,
            facets: Vec::new(),
            facet_limit: 10,
        }
    }
}
