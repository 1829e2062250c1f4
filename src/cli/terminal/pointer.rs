//! The place of an error in a query: the query as one line, and a line of carets below.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use tradewire::output::one_line;
use tradewire::search_types::ByteRange;

/// The two lines: as much of `text` around `at` as fits `columns`, and carets under `at`, at least one. Both are safe for a
/// terminal and have no line break at the end.
pub(crate) fn point_at(text: &str, at: ByteRange, columns: usize) -> (String, String) {
    // The context before the place takes at most half of the line.
    let mut shown = String::new();
    let mut before = 0;
    for cluster in text[..at.start].graphemes(true).rev() {
        let width = one_line(cluster).width();
        if before + width > columns / 2 {
            shown.insert(0, '…');
            before += 1;
            break;
        }
        shown.insert_str(0, &one_line(cluster));
        before += width;
    }
    let mut used = before;
    let mut carets = 0;
    for (offset, cluster) in text[at.start..].grapheme_indices(true) {
        let cluster = one_line(cluster);
        if used + cluster.width() + 1 > columns {
            shown.push('…');
            break;
        }
        shown.push_str(&cluster);
        used += cluster.width();
        if at.start + offset < at.end {
            carets += cluster.width();
        }
    }
    (shown, format!("{}{}", " ".repeat(before), "^".repeat(carets.max(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_wide_characters() {
        let text = "무역 AND (협정\u{1b}";
        let (line, carets) = point_at(text, ByteRange::new(11, 12), 60);
        assert_eq!((line.as_str(), carets.as_str()), ("무역 AND (협정\u{fffd}", "         ^"));
        let long = format!("{}(x", "word ".repeat(100));
        let (line, carets) = point_at(&long, ByteRange::new(500, 501), 30);
        assert_eq!((line.as_str(), carets.as_str()), ("…word word word (x", "                ^"));
    }
}
