//! What is wrong with a query.

use std::fmt;

use crate::text::document::ByteRange;

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuerySyntaxError {
    /// The offending bytes of the query; empty only for an empty query.
    pub at: ByteRange,
    /// What was expected there.
    pub expected: String,
    /// What was found instead.
    pub found: String,
    /// What to type instead, where there is something to suggest.
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
