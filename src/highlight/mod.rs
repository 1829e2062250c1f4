//! From a passage and a highlight plan to marked text: `locate` finds the matches (in what `reading` makes of a text),
//! `fragment` chooses what to show of a passage: where a text may be cut is decided by `clause` (with `columns` and
//! `pieces`), and what else fits beside the matches by `fill`. Ranges only; how a match is marked is up to [`crate::output`].

mod clause;
mod columns;
mod fill;
mod fragment;
mod locate;
mod pieces;
mod reading;

pub(crate) use crate::highlight::columns::columns_of;
pub use crate::highlight::fragment::{Fragment, GAP, MAX_FRAGMENTS, choose_fragments};
pub use crate::highlight::locate::{Locator, Matches};
pub(crate) use crate::highlight::pieces::each_piece;
