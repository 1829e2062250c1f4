//! Dialects: queries as Nexis and Factiva write them, read as queries of ours.
//!
//! A dialect's query is rewritten in our syntax and then parsed by our grammar, so that its limits and errors are the same, and
//! the user sees what it became. `token` cuts it, `level` reads operands and the operators between them, `precedence` combines
//! these by the dialect's order of operations, `tree` writes the result with where each part came from. `nexis` and `factiva` say
//! what their words mean, and refuse what has no counterpart.

mod comparison;
mod element;
mod factiva;
mod factiva_field;
mod filter;
mod level;
mod nexis;
mod nexis_function;
mod precedence;
mod token;
mod tree;

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::check::check_length;
use crate::query::syntax::dialect::factiva::{Factiva, split_at_slashes};
use crate::query::syntax::dialect::level::Reader;
use crate::query::syntax::dialect::nexis::Nexis;
use crate::query::syntax::dialect::token::tokens;
use crate::query::syntax::dialect::tree::Printed;
use crate::query::syntax::error::QuerySyntaxError;

/// A language of another system that queries can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Terms and connectors of Nexis Uni: OR binds first, then `w/n`, AND, AND NOT; words side by side are a phrase.
    Nexis,
    /// Free text of Factiva: `adjN` and `nearN` bind first, then NOT, AND, OR; words side by side are a phrase.
    Factiva,
}

/// What a query of a dialect was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The query in our syntax, as `Display` prints it.
    pub ast: QueryAst,
    /// What the query means here that it does not mean in the dialect, each as a sentence without its full stop.
    pub notes: Vec<String>,
}

/// Reads a query of a dialect. A blank query gives an empty bag.
///
/// # Errors
///
/// When the query is malformed in its dialect, has something without a counterpart here, or exceeds a limit of ours. The place is
/// one in `query` as typed; what is suggested is in our syntax where it replaces something of theirs.
pub fn translate(query: &str, dialect: Dialect) -> Result<Translation, QuerySyntaxError> {
    check_length(query)?;
    let tokens = tokens(query)?;
    let tokens = if dialect == Dialect::Factiva { split_at_slashes(tokens) } else { tokens };
    let mut reader = Reader::new(query, tokens);
    let piece = match dialect {
        Dialect::Nexis => reader.query(&Nexis)?,
        Dialect::Factiva => reader.query(&Factiva)?,
    };
    let Some(piece) = piece else {
        return Ok(Translation { ast: QueryAst::Bag(Vec::new()), notes: Vec::new() });
    };
    Ok(Translation { ast: Printed::new(&piece).check()?, notes: reader.notes })
}
