//! Queries: `syntax` parses a string to a query AST, `compile` makes a plan of it, and `plan` is what both the engine and the
//! highlighter read.

// A kind of node or pattern that is added is asked about wherever the kinds are told apart.
#![deny(clippy::wildcard_enum_match_arm)]

pub(crate) mod compile;
pub(crate) mod plan;
pub(crate) mod syntax;
