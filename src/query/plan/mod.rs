//! The plan of a query: the patterns to look up in an index and to mark in a text (`pattern`), and the one rule of nearness
//! for both (`near`).

// A kind of node or pattern that is added is asked about wherever the kinds are told apart.
#![deny(clippy::wildcard_enum_match_arm)]

pub(crate) mod near;
pub(crate) mod pattern;

pub(crate) use crate::query::plan::near::{Span, choose_near, hull};
pub use crate::query::plan::pattern::{Form, HighlightPlan, Pattern, PatternUnit, Plan};
