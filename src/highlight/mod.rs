//! From a passage and a highlight plan to marked text: `locate` finds the matches (in what `reading` makes of a text),
//! `fragment` chooses what to show of a passage: where a text may be cut is decided by `clause` (with `columns` and
//! `pieces`), and what else fits beside the matches by `fill`. Ranges only; how a match is marked is up to [`crate::output`].

pub(crate) mod admits;
pub(crate) mod analyzed_text;
pub(crate) mod locate;

pub use crate::highlight::admits::admits;
pub use crate::highlight::locate::{Locator, Matches};
