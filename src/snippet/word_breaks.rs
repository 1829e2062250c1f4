//! Word breaks: where a line may be broken (UAX #14) and a word ends (UAX #29).

use unicode_segmentation::UnicodeSegmentation;

use crate::snippet::pieces::each_piece;
use crate::text::analysis::is_hangul;

/// The byte offsets at which words end, after the punctuation and the white space that follow them.
pub(crate) fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::with_capacity(text.len() / 4 + 1);
    each_piece(text, |piece| {
        if piece.is_plain {
            ends.push(piece.range.end);
            return;
        }
        let start = piece.range.start;
        let bounds: Vec<usize> = piece
            .range
            .slice(text)
            .split_word_bounds()
            .scan(start, |end, word| {
                *end += word.len();
                Some(*end)
            })
            .collect();
        for word in piece.words(text) {
            let end = word.end;
            // Korean words end at white space, not between syllables or before particles: `韓中은`.
            let is_glued =
                text[..end].ends_with(|last: char| !last.is_whitespace()) && text[end..].starts_with(is_hangul);
            if !is_glued && bounds.binary_search(&end).is_ok() {
                ends.push(end);
            }
        }
    });
    ends
}
