//! Query syntax errors: where a query is malformed, and what was expected.

use std::fmt;

use crate::text::document::ByteRange;

/// A syntax error of a query, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuerySyntaxError {
    /// The range of the offending bytes in the query; empty only for an empty query.
    pub at: ByteRange,
    /// What the parser expected there.
    pub expected: String,
    /// What the parser found instead.
    pub found: String,
    /// A query or term to type instead, where there is something to suggest.
    pub suggestion: Option<String>,
}

impl fmt::Display for QuerySyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at byte {} of the query, expected {}", self.found, self.at.start, self.expected)?;
        match &self.suggestion {
            Some(suggestion) => write!(formatter, "; try {suggestion}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QuerySyntaxError {}
