//! A topic: a query with the id that judgements and results name it by.

use crate::text::language::Language;

/// A query with an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// What judgements and results name it by: not empty, without white space at its ends.
    pub id: String,
    /// As it stands in the file.
    pub query: String,
    /// The language that its scores count for, if the file says so. It filters nothing.
    pub lang: Option<Language>,
    /// The line that the query stands on, from 1.
    pub line: usize,
}
