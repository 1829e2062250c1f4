//! Contexts: the text beside a hit that a line shows, by columns of a terminal or by words.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::snippet::columns_of;
use crate::text::analysis::{Segmented, is_hangul_syllable};

/// Greatest number of columns of a cut word that are left out, so that a context begins and ends between words.
const LONGEST_CUT_WORD: usize = 24;
/// Bytes of text that are looked at for each column: a grapheme cluster can have many.
const BYTES_PER_COLUMN: usize = 8;

/// The size of a context on one side of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextSize {
    /// At most so many columns of a terminal.
    Columns(usize),
    /// So many words, and single characters of Korean and Chinese, as NEAR counts.
    Units(usize),
}

impl ContextSize {
    /// True if a stretch of text is at least as long, so that nothing beyond it is needed.
    pub(crate) fn is_filled_by(self, text: &str) -> bool {
        match self {
            ContextSize::Columns(columns) => text.len() > columns.saturating_mul(4) || columns_of(text) > columns,
            ContextSize::Units(units) => text.len() > 40 * units || Segmented::new(text).units().len() > units,
        }
    }

    /// The context at the end of the text before a hit, as one line, with the white space before the hit.
    pub(crate) fn before(self, text: &str) -> String {
        match self {
            ContextSize::Columns(columns) => {
                let mut start = text.len().saturating_sub(columns.saturating_mul(BYTES_PER_COLUMN));
                while !text.is_char_boundary(start) {
                    start += 1;
                }
                let flat = flat(&text[start..]);
                let mut left = columns;
                let mut cut = flat.len();
                for (at, cluster) in flat.grapheme_indices(true).rev() {
                    let width = columns_of(cluster);
                    if width > left {
                        break;
                    }
                    left -= width;
                    cut = at;
                }
                let shown = &flat[cut..];
                let is_cut = (flat[..cut].chars().next_back(), shown.chars().next());
                let shown = if is_within_word(is_cut) { after_cut_word(shown) } else { shown };
                shown.trim_start().to_owned()
            }
            ContextSize::Units(units) => {
                let segmented = Segmented::new(text);
                let from = segmented.units().len().saturating_sub(units);
                let start =
                    segmented.units().get(from).map_or(text.len(), |unit| segmented.original_range(unit.folded).start);
                flat(&text[start..])
            }
        }
    }

    /// The context at the beginning of the text after a hit, as one line, with the white space after the hit.
    pub(crate) fn after(self, text: &str) -> String {
        match self {
            ContextSize::Columns(columns) => {
                let mut end = text.len().min(columns.saturating_mul(BYTES_PER_COLUMN));
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                let flat = flat(&text[..end]);
                let cut = end_within(&flat, columns);
                let shown = &flat[..cut];
                let is_cut = (shown.chars().next_back(), flat[cut..].chars().next());
                let shown = if is_within_word(is_cut) { before_cut_word(shown) } else { shown };
                shown.trim_end().to_owned()
            }
            ContextSize::Units(units) => {
                let segmented = Segmented::new(text);
                let last = units.min(segmented.units().len()).checked_sub(1);
                let end = last.map_or(0, |last| segmented.original_range(segmented.units()[last].folded).end);
                flat(&text[..end])
            }
        }
    }
}

/// The end of the longest beginning of a text that fits some columns, between grapheme clusters.
fn end_within(text: &str, columns: usize) -> usize {
    let mut left = columns;
    for (at, cluster) in text.grapheme_indices(true) {
        let width = columns_of(cluster);
        if width > left {
            return at;
        }
        left -= width;
    }
    text.len()
}

/// A text on one line: each run of white space as one space.
fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_whitespace() {
            flat.push(character);
        } else if !flat.ends_with(' ') {
            flat.push(' ');
        }
    }
    flat
}

/// True if both characters at a cut are of one word that is written with spaces around it.
fn is_within_word(cut: (Option<char>, Option<char>)) -> bool {
    let is_of_word = |character: char| {
        let is_wide = character.width() == Some(2);
        character.is_alphanumeric() && (!is_wide || is_hangul_syllable(character))
    };
    matches!(cut, (Some(before), Some(after)) if is_of_word(before) && is_of_word(after))
}

fn after_cut_word(text: &str) -> &str {
    match text.find(' ') {
        Some(space) if columns_of(&text[..space]) <= LONGEST_CUT_WORD => &text[space..],
        _ => text,
    }
}

fn before_cut_word(text: &str) -> &str {
    match text.rfind(' ') {
        Some(space) if columns_of(&text[space..]) <= LONGEST_CUT_WORD => &text[..space],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_end_between_words_and_never_within_a_glyph() {
        let before = |text: &str, columns| ContextSize::Columns(columns).before(text);
        let after = |text: &str, columns| ContextSize::Columns(columns).after(text);
        assert_eq!(before("The duties on\n\nflat ", 13), "duties on flat ".trim_start_matches("duties "));
        assert_eq!(before("The duties on flat ", 100), "The duties on flat ");
        assert_eq!(after(" on steel, which rose", 11), " on steel,");
        assert_eq!(after(" on steel which", 12), " on steel");
        assert_eq!(before("关税上调后出口", 5), "出口");
        assert_eq!(after("关税上调后出口", 5), "关税");
        assert_eq!(before("수출이 늘었다는 ", 8), "늘었다는 ".trim_start());
        assert_eq!(after("는 크게 늘었다", 9), "는 크게");
        assert_eq!(before("x", 0), "");
        let units =
            |size: usize, text: &str| (ContextSize::Units(size).before(text), ContextSize::Units(size).after(text));
        assert_eq!(units(2, "The duties on steel. "), ("on steel. ".to_owned(), "The duties".to_owned()));
        assert_eq!(units(2, "关税上调"), ("上调".to_owned(), "关税".to_owned()));
        assert_eq!(units(0, "a b"), (String::new(), String::new()));
    }

    proptest::proptest! {
        #[test]
        fn contexts_fit(text in "\\PC{0,40}[ \n가中é👩\u{200d}🇰🇷]{0,20}", columns in 0..50_usize) {
            let size = ContextSize::Columns(columns);
            for context in [size.before(&text), size.after(&text)] {
                proptest::prop_assert!(columns_of(&context) <= columns, "{context:?}");
            }
        }
    }
}
