//! Widths as the screen draws texts: grapheme cluster by grapheme cluster, without those that take no column.

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// The columns that a text takes on the screen. The text must be safe for a terminal.
pub(super) fn drawn_columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(|cluster| usize::from(cluster.cell_width())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_drawn_as_one() {
        assert_eq!(drawn_columns("Zölle 👩‍👩‍👧"), 8);
    }
}
