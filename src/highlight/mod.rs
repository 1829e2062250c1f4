//! From a passage and a highlight plan to marked text: `locate` finds the matches (in what `reading` makes of a text),
//! `fragment` chooses what to show. Ranges only; how a match is marked is up to [`crate::output`].

mod fragment;
mod locate;
mod reading;

pub use crate::highlight::fragment::{Fragment, choose_fragment};
pub use crate::highlight::locate::{Locator, Matches};
