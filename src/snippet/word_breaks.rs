//! Word breaks: where a line may be broken (UAX #14) and a word ends (UAX #29).

use unicode_segmentation::UnicodeSegmentation;

use crate::snippet::line_segments::each_line_segment;
use crate::text::analysis::is_hangul;

/// The byte offsets at which words end, after the punctuation and the white space that follow them.
pub(crate) fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::with_capacity(text.len() / 4 + 1);
    each_line_segment(text, |segment| {
        if segment.is_plain {
            ends.push(segment.range.end);
            return;
        }
        let start = segment.range.start;
        let bounds: Vec<usize> = segment
            .range
            .slice(text)
            .split_word_bounds()
            .scan(start, |end, word| {
                *end += word.len();
                Some(*end)
            })
            .collect();
        for word in segment.words(text) {
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
