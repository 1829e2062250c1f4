//! String to compiled query, in two steps: `syntax` makes a [`QueryAst`] of it, without any index; `compile` makes of
//! that a tantivy query and a [`HighlightPlan`] (`plan`), with `phrase` and `any_term` for what tantivy has no query
//! for and `evidence` for the statistics of each field.
//!
//! | query | means |
//! |---|---|
//! | `trade deal` | a bag: any of the words may match, ranked by how much does |
//! | `"trade deal"` | a phrase: these words, or these characters, in this order |

mod any_term;
mod ast;
mod compile;
mod evidence;
mod phrase;
mod plan;
mod syntax;

pub use crate::query::ast::QueryAst;
pub use crate::query::compile::{CompiledQuery, Filters, compile_query};
pub use crate::query::plan::{HighlightPlan, Pattern, PatternUnit};
pub use crate::query::syntax::{QuerySyntaxError, parse_query};
