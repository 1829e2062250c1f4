//! Highlighting: the ranges to mark in a passage, by a highlight plan. `locate` finds the matches, in the
//! `readings` of the title and the text, each an `analyzed_text`. Ranges only; [`crate::snippet`] decides what is shown of a passage,
//! [`crate::output`] how a match is marked.

// Whoever adds a kind of node or pattern must be asked about it at every match over the kinds.
#![deny(clippy::wildcard_enum_match_arm)]

pub(crate) mod admits;
pub(crate) mod analyzed_text;
pub(crate) mod locate;
pub(crate) mod readings;

pub use crate::highlight::admits::admits;
pub use crate::highlight::locate::{Locator, Matches};
