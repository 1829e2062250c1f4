//! String to compiled query, in two steps. `lexer` (with `operand`) and `syntax` (with `error` and `check`) make a [`QueryAst`] (`ast`,
//! `filter`) of it, without any index; `restrictions` are the filters beside it. `compile` (with `node`) makes of that a tantivy query and a [`HighlightPlan`] (`pattern`): `word`
//! and `run` for what is typed bare, `placed` (with `alike`) for what stands at a place, `bag` for what the words of a query
//! say about each other, `expansion` for what the glossary adds; each of their `way`s is looked up by `lookup` (`terms`, `frequencies`, `positions`, `near`,
//! `collected`), and ranked by the statistics in `evidence`.
//!
//! The reference of the query language is `reference.txt`, which `tradewire help query` prints.

mod alike;
mod ast;
mod bag;
mod check;
mod collected;
mod compile;
mod error;
mod evidence;
mod expansion;
mod filter;
mod frequencies;
mod joined;
mod lexer;
mod lookup;
mod near;
mod node;
mod operand;
mod pattern;
mod placed;
mod positions;
mod refinement;
mod restrictions;
mod run;
mod sentence;
mod syntax;
mod terms;
mod way;
mod word;

/// The reference of the query language, for reading.
pub const QUERY_REFERENCE: &str = include_str!("reference.txt");

pub use crate::query::ast::{QueryAst, Restricted};
pub use crate::query::compile::{CompiledLeaf, CompiledQuery, Evidence, compile_query};
pub use crate::query::error::QuerySyntaxError;
pub use crate::query::expansion::{Expansion, MAX_EXPANSIONS};
pub use crate::query::filter::{DATE_FORMS, DateRange, Filter};
pub(crate) use crate::query::lookup::find_pattern;
pub(crate) use crate::query::near::{Span, choose_near, hull};
pub use crate::query::pattern::{Form, HighlightPlan, Pattern, PatternUnit, Plan};
pub use crate::query::refinement::{Proximity, Refinements};
pub use crate::query::restrictions::{Filters, QueryOptions};
pub use crate::query::syntax::{
    MAX_DEPTH, MAX_DISTANCE, MAX_FILTERS, MAX_FUZZY, MAX_NEAR_DEPTH, MAX_NEAR_PARTS, MAX_PREFIXES, MAX_QUERY_BYTES,
    parse_query, read_query,
};
pub(crate) use crate::query::terms::Terms;
