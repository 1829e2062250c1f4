//! Fragments: the ranges of a text that a snippet shows, and the gap marks between them.

use crate::text::document::ByteRange;

/// The gap mark between two fragments of a text. Half of it, without the outer space, stands before the first fragment
/// if it does not begin the text, and after the last if the text goes on.
pub const GAP: &str = " … ";
/// Width of [`GAP`] in columns.
pub(crate) const GAP_COLUMNS: usize = 3;
/// Width in columns of the half of [`GAP`] before the first fragment or after the last.
pub(crate) const EDGE_COLUMNS: usize = 2;
/// Greatest number of fragments shown of a text.
pub const MAX_FRAGMENTS: usize = 3;

/// A range of a text that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// The byte range that is shown; on grapheme boundaries, without white space at the ends. Empty for a blank text.
    pub range: ByteRange,
    /// True when text right before the fragment is left out.
    pub cut_before: bool,
    /// True when text right after the fragment is left out.
    pub cut_after: bool,
}

impl Fragment {
    /// The fragment that shows all of a text.
    pub fn whole(text: &str) -> Fragment {
        let start = text.len() - text.trim_start().len();
        let range = ByteRange::new(start, start + text.trim().len());
        Fragment { range, cut_before: false, cut_after: false }
    }
}
