//! Query syntax: parses a string to a [`QueryAst`], without any index. `lexer` (with `lexeme`, `field_name`, `operand`, `caps`, and
//! `wildcard_leaf`, `wildcard`, `wildcard_signs` and `word_pattern` for `?` and `*`) finds the tokens, `operators` says which of them are operators of
//! place, `parser` has the grammar (with `sequence` for items side by side), `check` the rules beyond it
//! (`concepts` that on ids of the glossary), `error` the syntax errors (`missing` those about operands and parentheses that are not there), `ast` the tree and its printing,
//! `walk` its traversals, `nearness` the rule of operators of place, `extent` the beginnings of an article (`counting` reads FIRST and
//! ATLEAST, `prefixed` parses what stands behind them), `filter` the metadata filters (with `dates`, `date_period`, `date_range` and
//! `word_count`), `quantity` what `amount:` and `percent:` mean (read by `quantity_value`), and `restrictions` the filters
//! and options beside a query.
//!
//! The reference of the query language is `reference.txt`, which `tradewire help query` prints.

pub(crate) mod ast;
pub(crate) mod caps;
pub(crate) mod check;
pub(crate) mod concepts;
mod counting;
pub(crate) mod date_period;
pub(crate) mod date_range;
pub(crate) mod dates;
pub(crate) mod dialect;
pub(crate) mod error;
pub(crate) mod extent;
pub(crate) mod field_name;
pub(crate) mod filter;
pub(crate) mod lexeme;
pub(crate) mod lexer;
pub(crate) mod limits;
pub(crate) mod missing;
pub(crate) mod nearness;
pub(crate) mod operand;
pub(crate) mod operators;
pub(crate) mod parser;
mod prefixed;
pub(crate) mod quantity;
#[cfg(test)]
mod quantity_tests;
pub(crate) mod quantity_value;
pub(crate) mod quotation;
pub(crate) mod restrictions;
pub(crate) mod sequence;
pub(crate) mod signs;
pub(crate) mod walk;
pub(crate) mod wildcard;
pub(crate) mod wildcard_leaf;
pub(crate) mod wildcard_signs;
pub(crate) mod word_count;
pub(crate) mod word_pattern;

/// The reference of the query language, as text for users.
pub const QUERY_REFERENCE: &str = include_str!("reference.txt");

pub use crate::query::syntax::ast::{QueryAst, Restricted};
pub use crate::query::syntax::date_period::{CalendarUnit, DatePeriod, TimeUnit};
pub use crate::query::syntax::date_range::DateRange;
pub use crate::query::syntax::dates::{DateFilter, RelativeDates};
pub use crate::query::syntax::dialect::{Dialect, Translation, translate};
pub use crate::query::syntax::error::QuerySyntaxError;
pub use crate::query::syntax::extent::Extent;
pub use crate::query::syntax::filter::{DATE_FORMS, Filter};
pub use crate::query::syntax::limits::{
    MAX_COUNTS, MAX_DEPTH, MAX_DISTANCE, MAX_EXTENTS, MAX_FILTERS, MAX_FIRST, MAX_FUZZY, MAX_NEAR_DEPTH,
    MAX_NEAR_PARTS, MAX_PREFIXES, MAX_QUANTITIES, MAX_QUERY_BYTES, MAX_SURFACES, MAX_TIMES, MAX_WILDCARDS,
};
pub use crate::query::syntax::nearness::{Nearness, Within};
pub use crate::query::syntax::parser::{parse_query, read_query};
pub use crate::query::syntax::quantity::{Bound, WantedKind, WantedQuantity};
pub use crate::query::syntax::restrictions::{Filters, QueryOptions};
pub(crate) use crate::query::syntax::wildcard_signs::is_wildcard_sign;
pub use crate::query::syntax::word_count::WordCount;
pub use crate::query::syntax::word_pattern::{Places, WordPattern};
