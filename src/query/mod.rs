//! Queries: `syntax` parses a string to a query AST, `compile` makes a plan of it, and `plan` is what both the engine and the
//! highlighter read.

pub(crate) mod compile;
pub(crate) mod plan;
pub(crate) mod syntax;
