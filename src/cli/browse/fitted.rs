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

/// The longest beginning of a text that takes at most `columns`, with `…` if something is left out; no glyph is cut.
pub(super) fn fitted(text: &str, columns: usize) -> String {
    if drawn_columns(text) <= columns {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let width = usize::from(cluster.cell_width());
        if used + width + 1 > columns {
            break;
        }
        shown.push_str(cluster);
        used += width;
    }
    if columns > 0 {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_glyph_is_cut() {
        assert_eq!(fitted("한국과 중국", 11), "한국과 중국");
        assert_eq!(fitted("한국과 중국", 10), "한국과 중…");
        assert_eq!(fitted("한국과 중국", 6), "한국…");
        assert_eq!(fitted("自由", 2), "…");
        assert_eq!(fitted("自由", 0), "");
        assert_eq!(drawn_columns("Zölle 👩‍👩‍👧"), 8);
    }
}
