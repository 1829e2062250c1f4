//! String to compiled query, in two steps. `lexer` and `syntax` make a [`QueryAst`] (`ast`, `filter`) of it, without any
//! index. `compile` makes of that a tantivy query and a [`HighlightPlan`] (`pattern`): `leaf` and `placed` for words and
//! phrases, with `bag` for what the words of a query say about each other; `lookup`, `positions`, `near` and `collected`
//! find patterns in the index; `evidence` has the statistics of each field.
//!
//! The reference of the query language is `reference.txt`, which `tradewire help query` prints.

mod alike;
mod ast;
mod bag;
mod collected;
mod compile;
mod evidence;
mod filter;
mod leaf;
mod lexer;
mod lookup;
mod near;
mod pattern;
mod placed;
mod positions;
mod syntax;

/// The reference of the query language, for reading.
pub const QUERY_REFERENCE: &str = include_str!("reference.txt");

pub use crate::query::ast::{QueryAst, Restricted};
pub use crate::query::compile::{CompiledLeaf, CompiledQuery, Evidence, Filters, QueryOptions, compile_query};
pub use crate::query::filter::{DATE_FORMS, DateRange, Filter};
pub(crate) use crate::query::lookup::pattern_query;
pub(crate) use crate::query::near::{Span, choose_near, hull};
pub use crate::query::pattern::{Form, HighlightPlan, Pattern, PatternUnit, Plan};
pub use crate::query::syntax::{
    MAX_DEPTH, MAX_DISTANCE, MAX_FILTERS, MAX_FUZZY, MAX_NEAR_DEPTH, MAX_NEAR_PARTS, MAX_PREFIXES, MAX_QUERY_BYTES,
    QuerySyntaxError, parse_query,
};
