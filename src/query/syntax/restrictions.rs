//! Restrictions that stand beside a query, as the options of a command do, and not in it.
//!
//! Lists of what is admitted; an empty list admits everything.

use crate::query::syntax::filter::DateRange;
use crate::text::country::{CountryCode, CountryPair};
use crate::text::language::Language;

/// How a query is to be understood, beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryOptions {
    /// Restrictions of the hits.
    pub filters: Filters,
    /// Whether every word of a bag must match; else any.
    pub require_all: bool,
    /// Whether words that name a concept of the glossary are also found by its other names.
    pub expand: bool,
}

impl Default for QueryOptions {
    /// No restriction, any word of a bag, widened.
    fn default() -> QueryOptions {
        QueryOptions { filters: Filters::default(), require_all: false, expand: true }
    }
}

/// Restrictions of the hits, beside the query. All of them hold; the default restricts nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Languages of passages, any of them; empty for all.
    pub languages: Vec<Language>,
    /// Days of publication. With an end, unknown days are left out.
    pub dates: DateRange,
    /// Words of sources' names, any of them; empty for all.
    pub sources: Vec<String>,
    /// Countries that a passage or its document's title names, any of them; empty for all.
    pub countries: Vec<CountryCode>,
    /// Pairs of countries, both named, any of the pairs; empty for all.
    pub pairs: Vec<CountryPair>,
}
