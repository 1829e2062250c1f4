//! A parsed query.

use std::fmt;

use crate::config::Config;
use crate::error::Error;
use crate::query::syntax::concepts::check_concepts;
use crate::query::syntax::{Dialect, QUERY_REFERENCE, QueryAst, QuerySyntaxError, read_query, translate};
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
    /// For a query of another system: what it means here that it does not mean there.
    notes: Option<Vec<String>>,
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
        Ok(Query { text: text.to_owned(), ast: read_query(text, false)?, notes: None })
    }

    /// Parses a query as plain words, without operators, whatever signs it has.
    ///
    /// # Errors
    ///
    /// When the query is empty or too long.
    pub fn plain(text: &str) -> Result<Query, QuerySyntaxError> {
        Ok(Query { text: text.to_owned(), ast: read_query(text, true)?, notes: None })
    }

    /// Reads a query as Nexis or Factiva writes it, by its order of operations; `docs/src/dialects.md` has what each of their signs
    /// becomes.
    ///
    /// ```
    /// use tradewire::{Dialect, Query};
    ///
    /// let query = Query::of_dialect("tariff w/5 steel or aluminum and atleast3(quota)", Dialect::Nexis)?;
    /// assert_eq!(query.translation().unwrap(), "tariff NEAR/4 (steel OR aluminum) AND ATLEAST/3 quota");
    /// let refused = Query::of_dialect("tariff w/seg steel", Dialect::Nexis).unwrap_err();
    /// assert_eq!((refused.at.start, refused.at.end), (7, 12), "what has no counterpart");
    /// # Ok::<(), tradewire::QuerySyntaxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the query is malformed, or has something without a counterpart here; the error says where, and what to write instead.
    pub fn of_dialect(text: &str, dialect: Dialect) -> Result<Query, QuerySyntaxError> {
        let read = translate(text, dialect)?;
        Ok(Query { text: text.to_owned(), ast: read.ast, notes: Some(read.notes) })
    }

    /// What a query of another system was read as, in the syntax of [`Query::parse`]; `None` for other queries.
    pub fn translation(&self) -> Option<String> {
        self.notes.as_ref().map(|_| self.ast.to_string())
    }

    /// What a query of another system means here that it does not mean there, each a sentence without a full stop; empty for
    /// other queries.
    pub fn notes(&self) -> &[String] {
        self.notes.as_deref().unwrap_or_default()
    }

    /// Checks that the glossary of a configuration has the concepts that the query filters by. Whatever answers a query does so
    /// too.
    ///
    /// # Errors
    ///
    /// When it has not; the error says which are near.
    pub fn check(&self, config: &Config) -> Result<(), QuerySyntaxError> {
        let Some(translation) = self.translation() else {
            return check_concepts(&self.text, &self.ast, &config.glossary);
        };
        check_concepts(&translation, &self.ast, &config.glossary).map_err(|error| {
            // An id is the same in both.
            let id = error.found.trim_matches('`');
            let from = self.text.find(id);
            let at = from.map_or(0..self.text.len(), |from| from..from + id.len());
            QuerySyntaxError { at: at.into(), ..error }
        })
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
