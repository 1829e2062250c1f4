//! A fragment: a stretch of a text that a snippet shows, and what stands between two of them.

use crate::text::document::ByteRange;

/// What stands between two fragments of a text. Half of it, without the outer space, stands before the first where
/// the text does not begin with it, and after the last where the text goes on.
pub const GAP: &str = " … ";
/// Columns of [`GAP`].
pub(crate) const GAP_COLUMNS: usize = 3;
/// Columns of [`GAP`] before the first fragment or after the last.
pub(crate) const EDGE_COLUMNS: usize = 2;
/// Fragments shown of a text, at most.
pub const MAX_FRAGMENTS: usize = 3;

/// A stretch of a text that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// The bytes shown; on grapheme boundaries, without white space at the ends. Empty for a blank text.
    pub range: ByteRange,
    /// True when text right before the fragment is left out.
    pub cut_before: bool,
    /// True when text right after the fragment is left out.
    pub cut_after: bool,
}

impl Fragment {
    /// All of a text.
    pub fn whole(text: &str) -> Fragment {
        let start = text.len() - text.trim_start().len();
        let range = ByteRange::new(start, start + text.trim().len());
        Fragment { range, cut_before: false, cut_after: false }
    }
}
