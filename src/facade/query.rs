//! A parsed query.

use std::fmt;

use crate::config::Config;
use crate::error::Error;
use crate::query::syntax::concepts::check_concepts;
use crate::query::syntax::{QUERY_REFERENCE, QueryAst, QuerySyntaxError, read_query};
use crate::text::document::ByteRange;

/// A parsed query.
///
/// ```
/// use tradewire::Query;
///
/// let query = Query::parse("(Stahl OR Aluminium) AND zoll*")?;
/// assert_eq!(query.to_string(), "(Stahl OR Aluminium) AND zoll*");
/// let error = Query::parse("\"supply chain").unwrap_err();
/// assert_eq!(error.at.start, 0, "the quotation mark that is not closed");
/// # Ok::<(), tradewire::QuerySyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub(super) text: String,
    pub(super) ast: QueryAst,
}

impl Query {
    /// The reference of the query language: operators with examples, as plain text.
    pub const REFERENCE: &str = QUERY_REFERENCE;

    /// Parses a query with operators; `docs/src/query.md` explains them.
    ///
    /// # Errors
    ///
    /// When the query has a syntax error; the error says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Query, QuerySyntaxError> {
        Ok(Query { text: text.to_owned(), ast: read_query(text, false)? })
    }

    /// Parses a query as plain words, without operators, whatever signs it has.
    ///
    /// # Errors
    ///
    /// When the query is empty or too long.
    pub fn plain(text: &str) -> Result<Query, QuerySyntaxError> {
        Ok(Query { text: text.to_owned(), ast: read_query(text, true)? })
    }

    /// Checks that the glossary of a configuration has the concepts that the query filters by. Whatever answers a query does so
    /// too.
    ///
    /// # Errors
    ///
    /// When it has not; the error says which are near.
    pub fn check(&self, config: &Config) -> Result<(), QuerySyntaxError> {
        check_concepts(&self.text, &self.ast, &config.glossary)
    }

    /// True for a query of filters alone (`lang:ko source:yonhap`), whose results have no matches to mark.
    pub fn is_filter(&self) -> bool {
        self.ast.is_filter()
    }

    pub(super) fn nothing_to_look_up(&self) -> Error {
        Error::InvalidQuery(QuerySyntaxError {
            at: ByteRange::new(0, self.text.len()),
            expected: "a word or a character that can be looked up".to_owned(),
            found: "only signs".to_owned(),
            suggestion: None,
        })
    }
}

/// The query as it was typed.
impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
