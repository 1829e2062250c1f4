//! Line segments: ranges of a text between line break opportunities (UAX #14), found more cheaply than by asking the
//! library for every character.
//!
//! A text is first cut where a line can be broken whatever stands further away: between words that begin and end with
//! letters, at the space, and between Han characters. Most of these segments are plain: a word with the punctuation and
//! the space after it, within which no line is broken. Only the others need the library.

use textwrap::WordSeparator;

use crate::text::analysis::{is_common_ideograph, is_hangul_syllable};
use crate::text::document::ByteRange;

/// A line segment: a range of a text that begins and ends where a line may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSegment {
    /// Its byte range in the text.
    pub range: ByteRange,
    /// True if no line may be broken inside, except before a Hangul syllable within a word, and the segment has no hyphen.
    pub is_plain: bool,
}

impl LineSegment {
    /// The words that the library finds in the segment, each with the white space after it.
    pub fn words(self, text: &str) -> impl Iterator<Item = ByteRange> {
        let mut start = self.range.start;
        WordSeparator::UnicodeBreakProperties.find_words(self.range.slice(text)).map(move |word| {
            let found = ByteRange::new(start, start + word.word.len() + word.whitespace.len());
            start = found.end;
            found
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Hangul,
    Han,
    /// Closing punctuation, which never begins a line.
    Closing,
    /// Wide closing punctuation; unlike after [`Class::Closing`], a line may be broken between it and a Han character.
    WideClosing,
    Space,
    LineFeed,
    Other,
}

#[inline]
fn class(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => Class::Letter,
        ' ' => Class::Space,
        ',' | '.' | ';' | ':' | '!' | '?' | ')' => Class::Closing,
        '\n' => Class::LineFeed,
        '、' | '。' | '，' | '；' | '：' | '！' | '？' => Class::WideClosing,
        _ if is_hangul_syllable(character) => Class::Hangul,
        _ if is_common_ideograph(character) => Class::Han,
        _ => Class::Other,
    }
}

/// The content of a segment so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Empty,
    Letters,
    Hangul,
    Han,
    Closed,
    Spaces,
    Line,
    /// Anything else: the segment is not plain.
    Other,
}

impl State {
    fn next(self, class: Class) -> State {
        let is_word = matches!(self, State::Letters | State::Hangul | State::Han | State::Closed);
        match (self, class) {
            (State::Empty | State::Letters, Class::Letter) => State::Letters,
            (State::Empty | State::Letters | State::Hangul, Class::Hangul) => State::Hangul,
            (State::Empty, Class::Han) => State::Han,
            (_, Class::Closing | Class::WideClosing) if is_word => State::Closed,
            (_, Class::Space) if is_word || self == State::Spaces => State::Spaces,
            (_, Class::LineFeed) if is_word || self == State::Spaces => State::Line,
            _ => State::Other,
        }
    }
}

/// Calls `found` with the line segments of a text, in order and without gaps.
pub fn each_line_segment(text: &str, mut found: impl FnMut(LineSegment)) {
    // The library skips escape sequences, which may contain anything, and a hyphen at the end removes the last break
    // opportunity before it.
    if text.contains('\u{1b}') || text.ends_with(['-', '\u{ad}']) {
        found(LineSegment { range: ByteRange::new(0, text.len()), is_plain: false });
        return;
    }
    let mut start = 0;
    let mut state = State::Empty;
    let (mut before, mut ink) = (Class::Other, Class::Other);
    for (at, character) in text.char_indices() {
        let class = class(character);
        let ends = match (before, class) {
            (Class::Space | Class::LineFeed, Class::Letter | Class::Hangul | Class::Han) => ink != Class::Other,
            (Class::Han | Class::WideClosing, Class::Han) => true,
            _ => false,
        };
        if ends {
            found(LineSegment { range: ByteRange::new(start, at), is_plain: state != State::Other });
            (start, state) = (at, State::Empty);
        }
        state = state.next(class);
        before = class;
        if !matches!(class, Class::Space | Class::LineFeed) {
            ink = class;
        }
    }
    if start < text.len() {
        found(LineSegment { range: ByteRange::new(start, text.len()), is_plain: state != State::Other });
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn lines_break_where_the_library_says() {
        let letters = "[ab1 .,;:!?)('\"%/$\n\t\r\u{a0}\u{ad}–—…·«»“”‘’äÄß가각中国々がー、。，：？「」（）\u{301}\u{200d}\u{200b}👩🇰\u{1b}\\[-]";
        let spaced = format!("({letters}|[a1가中] |[ab가中] ?){{0,12}}");
        let text = proptest::string::string_regex(&spaced).unwrap();
        let config = proptest::test_runner::Config::with_cases(4_000);
        proptest::proptest!(config, |(text in text)| {
            let is_in_word = |&end: &usize| {
                text[end..].starts_with(|next: char| class(next) == Class::Hangul)
                    && !text[..end].ends_with(char::is_whitespace)
            };
            let whole = LineSegment { range: ByteRange::new(0, text.len()), is_plain: false };
            let expected: Vec<usize> = whole.words(&text).map(|word| word.end).filter(|end| !is_in_word(end)).collect();
            let mut found = Vec::new();
            let bounds: Vec<usize> = text.split_word_bound_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut starts_at_bounds = true;
            each_line_segment(&text, |segment| {
                starts_at_bounds &= bounds.contains(&segment.range.end);
                if segment.is_plain {
                    found.push(segment.range.end);
                    assert!(!segment.range.slice(&text).contains('-'));
                } else {
                    found.extend(segment.words(&text).map(|word| word.end));
                }
            });
            found.retain(|end| !is_in_word(end));
            proptest::prop_assert_eq!(found, expected);
            proptest::prop_assert!(starts_at_bounds);
        });
    }
}
