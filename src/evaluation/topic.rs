//! A topic: a query with an id.

use crate::text::language::Language;

/// A query with an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The id in judgements and runs: not empty, without white space at its ends.
    pub id: String,
    /// The query's text, as in the file.
    pub query: String,
    /// The language that its scores count for, if the file says so. It is not a filter.
    pub lang: Option<Language>,
    /// The line that the query stands on, from 1.
    pub line: usize,
}
