//! The cut of alphabetic text into words: those of UAX #29, cut further where news forgets a space.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::spelling::is_acronym;
use crate::text::analysis::unit::{Unit, UnitKind};
use crate::text::document::ByteRange;

/// Adds the words of a range of a folded text, in which there is no CJK character.
pub(crate) fn cut_words(text: &str, range: ByteRange, units: &mut Vec<Unit>) {
    // A space ends every word, and no word depends on the text after a space, so each piece between two spaces is cut by itself.
    let mut start = range.start;
    for piece in range.slice(text).split([' ', '\n']) {
        if piece.is_ascii() {
            each_ascii_word(piece, |at, word| push_parts(word, start + at, units));
        } else {
            piece.split_word_bound_indices().for_each(|(at, word)| push_parts(word, start + at, units));
        }
        start += piece.len() + 1;
    }
}

/// Segments ASCII by UAX #29 (rules WB5 to WB13b) and calls `found` with the offset and text of each word. It needs no look-up of
/// character classes, and ASCII is nearly all of English text and most of German.
pub(crate) fn each_ascii_word<'a>(text: &'a str, mut found: impl FnMut(usize, &'a str)) {
    let bytes = text.as_bytes();
    let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        if !is_inside(bytes[start]) {
            continue;
        }
        while let Some(&next) = bytes.get(at) {
            if is_inside(next) {
                at += 1;
            } else if bytes.get(at + 1).is_some_and(|&after| joins(bytes[at - 1], next, after)) {
                at += 2;
            } else {
                break;
            }
        }
        found(start, &text[start..at]);
    }
}

/// True for a sign that joins two letters, or two digits (the classes MidLetter, MidNum, MidNumLet and Single_Quote).
fn joins(before: u8, sign: u8, after: u8) -> bool {
    let both = |is: fn(&u8) -> bool| is(&before) && is(&after);
    match sign {
        b'.' | b'\'' => both(u8::is_ascii_alphabetic) || both(u8::is_ascii_digit),
        b':' => both(u8::is_ascii_alphabetic),
        b',' | b';' => both(u8::is_ascii_digit),
        _ => false,
    }
}

/// Adds the words of a segment, cut at underscores: UAX #29 joins words by them, but they mark emphasis in plain text and
/// separate the parts of names.
fn push_parts(segment: &str, start: usize, units: &mut Vec<Unit>) {
    let mut from = 0;
    for piece in segment.split('_') {
        // A combining mark right after an underscore belongs to the underscore.
        let word = if from > 0 { piece.trim_start_matches(is_combining_mark) } else { piece };
        push_words(word, start + from + piece.len() - word.len(), units);
        from += piece.len() + 1;
    }
}

/// Adds a word of UAX #29, cut at the signs that it lets join letters but that end a word in news, where the space
/// after a full stop is forgotten and a middle dot enumerates (`talks.The`, `FTA·RCEP`, `EU:`). A full stop goes on
/// joining the digits of a number and the letters of an acronym.
fn push_words(word: &str, start: usize, units: &mut Vec<Unit>) {
    let mut push = |from: usize, to: usize| {
        let piece = &word[from..to];
        if piece.chars().any(is_word_character) {
            let end = start + to - possessive_len(piece);
            units.push(Unit { kind: UnitKind::Word, folded: ByteRange::new(start + from, end) });
        }
    };
    let mut from = 0;
    let is_sign = |character: char| matches!(character, '.' | ':' | '·' | '‧');
    if word.contains(is_sign) && !is_acronym(word) {
        for (at, sign) in word.match_indices(is_sign) {
            let is_digit = |character: Option<char>| character.is_some_and(char::is_numeric);
            let (before, after) = (word[..at].chars().next_back(), word[at + sign.len()..].chars().next());
            let in_number = sign == "." && is_digit(before) && is_digit(after);
            // A combining mark after the sign belongs to the sign.
            if !in_number && !after.is_some_and(is_combining_mark) {
                push(from, at);
                from = at + sign.len();
            }
        }
    }
    push(from, word.len());
}

/// True for the characters that make a word: letters and decimal digits. Superscripts and fractions are numeric too, but no part
/// of a word, nor is a combining mark by itself.
fn is_word_character(character: char) -> bool {
    (character.is_alphabetic() && !is_combining_mark(character))
        || (character.is_numeric() && !matches!(u32::from(character), 0xB2..=0xBE | 0x2070..=0x218B))
}

/// Length in bytes of an English possessive ending, which is cut off: the unit of `China's`, and its highlight, is China.
fn possessive_len(word: &str) -> usize {
    for ending in ["'s", "’s"] {
        if word.len() > ending.len() && word.ends_with(ending) {
            return ending.len();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analysis::fold::Folded;

    #[test]
    fn ascii_words_are_those_of_uax_29() {
        let text = proptest::string::string_regex("[ab1_.,:;'\\- ()\"]{0,12}").unwrap();
        proptest::proptest!(|(text in text)| {
            let mut found = Vec::new();
            each_ascii_word(&text, |at, word| found.push((at, word)));
            let is_word = |word: &str| word.contains(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
            let expected: Vec<_> = text.split_word_bound_indices().filter(|(_, word)| is_word(word)).collect();
            proptest::prop_assert_eq!(found, expected);
        });
    }

    #[test]
    fn words_between_spaces_are_cut_alone() {
        let text = proptest::string::string_regex("[aä1_.:' \n\u{301}\u{200d}ا·’,-]{0,12}").unwrap();
        proptest::proptest!(|(text in text)| {
            let folded = Folded::new(&text);
            let mut whole = Vec::new();
            for (at, word) in folded.text().split_word_bound_indices() {
                push_parts(word, at, &mut whole);
            }
            let mut cut = Vec::new();
            cut_words(folded.text(), ByteRange::new(0, folded.text().len()), &mut cut);
            proptest::prop_assert_eq!(cut, whole);
        });
    }
}
