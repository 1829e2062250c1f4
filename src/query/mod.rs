//! Queries: `syntax` parses a string to a query AST, `compile` turns the AST into a plan, and `plan` defines the plan,
//! which both the engine and the highlighter read.

// Whoever adds a kind of node or pattern must be asked about it at every match over the kinds.
#![deny(clippy::wildcard_enum_match_arm)]

pub(crate) mod compile;
pub(crate) mod plan;
pub(crate) mod syntax;
