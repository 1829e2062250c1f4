//! From a passage and a highlight plan to the ranges to mark: `locate` finds the matches, in what `analyzed_text` makes of a text.
//! Ranges only; what is shown of a passage is up to [`crate::snippet`], how a match is marked to [`crate::output`].

// A kind of node or pattern that is added is asked about wherever the kinds are told apart.
#![deny(clippy::wildcard_enum_match_arm)]

pub(crate) mod admits;
pub(crate) mod analyzed_text;
pub(crate) mod locate;

pub use crate::highlight::admits::admits;
pub use crate::highlight::locate::{Locator, Matches};
