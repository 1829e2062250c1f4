//! Choosing what to show of a passage: a window around its matches that fits a budget of terminal columns.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::document::ByteRange;

/// A window of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// The bytes shown; on grapheme boundaries, without white space at the ends. Empty for an empty text.
    pub range: ByteRange,
    /// True when text before the window is left out.
    pub cut_before: bool,
    /// True when text after the window is left out.
    pub cut_after: bool,
}

impl Fragment {
    /// All of a text.
    pub fn whole(text: &str) -> Fragment {
        fragment(text, 0, text.len())
    }
}

/// The window of a text with the most matches that fits `columns` terminal columns, the earliest of the best. It
/// begins at a sentence or word where there is one near. A text that fits is shown whole.
/// `matches` are sorted and disjoint.
pub fn choose_fragment(text: &str, matches: &[ByteRange], columns: usize) -> Fragment {
    if text.width() <= columns {
        return Fragment::whole(text);
    }
    let words: Vec<(usize, usize)> = text
        .split_word_bound_indices()
        .flat_map(|(at, word)| {
            // A long run without a word boundary is cut anywhere.
            let fits = word.width() <= columns / 2;
            let pieces: Vec<(usize, usize)> = if fits {
                vec![(at, word.width())]
            } else {
                word.grapheme_indices(true).map(|(inside, grapheme)| (at + inside, grapheme.width())).collect()
            };
            pieces
        })
        .collect();
    let start = best_start(text, &words, matches, columns);
    let mut used = 0;
    let mut end = words.get(start).map_or(0, |&(at, _)| at);
    for (index, &(_, width)) in words.iter().enumerate().skip(start) {
        if used + width > columns {
            break;
        }
        used += width;
        end = words.get(index + 1).map_or(text.len(), |&(next, _)| next);
    }
    fragment(text, words.get(start).map_or(0, |&(at, _)| at), end)
}

/// The index of the word at which the window begins.
fn best_start(text: &str, words: &[(usize, usize)], matches: &[ByteRange], columns: usize) -> usize {
    let word_at = |byte: usize| words.partition_point(|&(at, _)| at <= byte).saturating_sub(1);
    // A window that begins a little before a match; the one with the most matches in it wins.
    let lead = columns / 4;
    let mut best: Option<(usize, usize)> = None;
    let mut best_matches = 0;
    let mut widths = Vec::with_capacity(words.len() + 1);
    let mut total = 0;
    for &(_, width) in words {
        widths.push(total);
        total += width;
    }
    widths.push(total);
    // The index of the first word that does not fit a window, and the byte that it begins at.
    let end_of = |start: usize| {
        let limit = widths[start] + columns;
        let last = widths.partition_point(|&width| width <= limit).saturating_sub(1);
        (last, words.get(last).map_or(text.len(), |&(at, _)| at))
    };
    for range in matches {
        let anchor = word_at(range.start);
        let target = widths[anchor].saturating_sub(lead);
        let earliest = widths.partition_point(|&width| width < target).min(anchor);
        let mut start = sentence_start(text, words, earliest, anchor);
        if end_of(start).1 < range.end {
            // Rather the whole match than what stands before it.
            start = anchor;
        }
        let (last, end) = end_of(start);
        let inside = matches.iter().filter(|other| other.start >= words[start].0 && other.end <= end).count();
        // A match that is wider than the window is shown from its start.
        if inside > best_matches || best.is_none() {
            best_matches = inside;
            best = Some((start, last));
        }
    }
    let best = best.unwrap_or((0, 0));
    // Near the end of the text, the window may as well be full.
    if best.1 >= words.len() {
        let target = total.saturating_sub(columns);
        let earliest = widths.partition_point(|&width| width < target).min(best.0);
        return sentence_start(text, words, earliest, best.0);
    }
    best.0
}

/// The last sentence start among the words from `earliest` to `anchor`, or else the first word after white space.
fn sentence_start(text: &str, words: &[(usize, usize)], earliest: usize, anchor: usize) -> usize {
    let begins_sentence = |index: usize| {
        let before = text[..words[index].0].trim_end_matches([' ', '\n', '"', '”', '“', '»', ')', '）', '」']);
        index == 0 || before.ends_with(['.', '!', '?', '。', '！', '？', '\n'])
    };
    let is_word = |index: usize| text[words[index].0..].chars().next().is_some_and(char::is_alphanumeric);
    (earliest..=anchor)
        .find(|&index| is_word(index) && begins_sentence(index))
        .or_else(|| (earliest..=anchor).find(|&index| is_word(index)))
        .unwrap_or(anchor)
}

fn fragment(text: &str, start: usize, end: usize) -> Fragment {
    let shown = &text[start..end];
    let start = start + (shown.len() - shown.trim_start().len());
    let end = start + shown.trim().len();
    Fragment {
        range: ByteRange::new(start, end),
        cut_before: !text[..start].trim().is_empty(),
        cut_after: !text[end..].trim().is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_fits_its_columns_and_holds_a_match() {
        let text = "첫 문장은 길고 지루하다. 둘째 문장에는 무역협정이 나온다. 셋째 문장도 길고 지루하다. ".repeat(4);
        let start = text.rfind("무역협정").unwrap();
        let found = ByteRange::new(start, start + "무역협정".len());
        for columns in [20, 40, 80, 200] {
            let fragment = choose_fragment(&text, &[found], columns);
            let shown = fragment.range.slice(&text);
            assert!(shown.width() <= columns, "{columns}: {shown}");
            assert!(fragment.range.start <= found.start && found.end <= fragment.range.end, "{columns}: {shown}");
        }
    }

    #[test]
    fn a_text_that_fits_is_shown_whole() {
        let fragment = choose_fragment(" short text ", &[], 80);
        assert_eq!(fragment, Fragment { range: ByteRange::new(1, 11), cut_before: false, cut_after: false });
    }
}
