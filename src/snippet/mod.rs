//! Snippets: which `fragment`s of a passage are shown (`choice`), where a text may be cut (`layout`), and how the rest
//! of the width is used (`fill`); `columns` and `line_segments` measure text as a terminal shows it.

pub(crate) mod choice;
pub(crate) mod clause_breaks;
pub(crate) mod columns;
pub(crate) mod fill;
pub(crate) mod fragment;
pub(crate) mod layout;
pub(crate) mod line_segments;
pub(crate) mod word_breaks;

pub use crate::snippet::choice::choose_fragments;
pub use crate::snippet::columns::columns_of;
pub use crate::snippet::fragment::{Fragment, GAP, MAX_FRAGMENTS};
pub use crate::snippet::line_segments::each_line_segment;
