//! Restrictions that stand beside a query, as the options of a command do, and not in it.
//!
//! In: lists of what is admitted. Out: tantivy's queries, all of which a hit matches. An empty list admits everything.

use anyhow::Result;
use tantivy::query::{AllQuery, BooleanQuery, Query};

use crate::index::NewsIndex;
use crate::query::syntax::filter::{DateRange, Filter};
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

impl Filters {
    /// A query for each restriction that is set; a passage has to match them all.
    pub(crate) fn queries(&self, index: &NewsIndex) -> Result<Vec<Box<dyn Query>>> {
        let mut queries = Vec::new();
        if !self.languages.is_empty() {
            queries.push(Filter::Lang(self.languages.clone()).query(index)?);
        }
        if self.dates != DateRange::default() {
            queries.push(Filter::Date(self.dates).query(index)?);
        }
        if !self.sources.is_empty() {
            let any = self.sources.iter().map(|source| Filter::Source(source.clone()).query(index));
            queries.push(Box::new(BooleanQuery::union(any.collect::<Result<_>>()?)));
        }
        if !self.countries.is_empty() {
            queries.push(Filter::Country(self.countries.clone()).query(index)?);
        }
        if !self.pairs.is_empty() {
            queries.push(Filter::Pair(self.pairs.clone()).query(index)?);
        }
        Ok(queries)
    }

    /// Matches every passage that passes.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn query(&self, index: &NewsIndex) -> Result<Box<dyn Query>> {
        let queries = self.queries(index)?;
        Ok(if queries.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::intersection(queries)) })
    }
}
