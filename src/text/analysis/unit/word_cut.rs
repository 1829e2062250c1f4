//! The cut of alphabetic text into words: those of UAX #29, cut further where news forgets a space and between letters and digits.
//!
//! `G20`, `G-20` and `G 20`, `7nm` and `7 nm` are cut alike, so a query in one spelling finds the others. An ending for all genders
//! stays with its word (`Exporteur:innen`, `Exporteur*innen`).

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::spelling::{is_acronym, is_gender_sign};
use crate::text::analysis::unit::{Unit, UnitKind};
use crate::text::document::ByteRange;

/// Least number of bytes before `innen` with a sign (ä has as many as ae): Ärzt:innen.
const SHORTEST_BEFORE_INNEN: usize = 3;
/// Least number of bytes before `in` with a sign: Kund:in, but not `EU:in`.
const SHORTEST_BEFORE_IN: usize = 4;
/// Greatest number of places where letters meet digits in a word that is cut there. Strings with more are no words but identifiers.
const MOST_MEETINGS: usize = 4;

/// Adds the words of a range of a folded text, in which there is no CJK character.
pub(crate) fn cut_words(text: &str, range: ByteRange, units: &mut Vec<Unit>) {
    // A space ends every word, and no word depends on the text after a space, so each piece between two spaces is cut by itself.
    let mut start = range.start;
    for piece in range.slice(text).split([' ', '\n']) {
        cut_piece(piece, start, units);
        start += piece.len() + 1;
    }
}

/// Cuts a text without spaces.
fn cut_piece(piece: &str, start: usize, units: &mut Vec<Unit>) {
    if let Some(word) = word_for_all_genders(piece) {
        cut_piece(&piece[..word.start], start, units);
        units.push(Unit { kind: UnitKind::Word, folded: ByteRange::new(start + word.start, start + word.end) });
        cut_piece(&piece[word.end..], start + word.end, units);
    } else if piece.is_ascii() {
        each_ascii_word(piece, |at, word| push_parts(word, start + at, units));
    } else {
        piece.split_word_bound_indices().for_each(|(at, word)| push_parts(word, start + at, units));
    }
}

/// The first word with a German ending for all genders: letters, a sign, `innen` (after a colon or asterisk and at least four letters
/// also `in`), and no further letter or digit.
fn word_for_all_genders(piece: &str) -> Option<ByteRange> {
    let mut from = 0;
    while let Some(found) = piece[from..].find("in") {
        let at = from + found;
        from = at + "in".len();
        let before = &piece[..at];
        let stem = before.strip_suffix("/-").unwrap_or_else(|| before.strip_suffix(is_gender_sign).unwrap_or(before));
        let sign = &before[stem.len()..];
        let ending = if piece[at..].starts_with("innen") { "innen" } else { "in" };
        let end = at + ending.len();
        if sign.is_empty()
            || sign == "-"
            || piece[end..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
        {
            continue;
        }
        let start = stem.trim_end_matches(char::is_alphabetic).len();
        let letters = stem[start..].len();
        let is_ending = match ending {
            "innen" => letters >= SHORTEST_BEFORE_INNEN,
            _ => matches!(sign, ":" | "*") && letters >= SHORTEST_BEFORE_IN,
        };
        if is_ending {
            return Some(ByteRange::new(start, end));
        }
    }
    None
}

/// Segments ASCII by UAX #29 (rules WB5 to WB13b) and calls `found` with the offset and text of each word: each segment that has a
/// letter or digit. It needs no look-up of character classes, and ASCII is nearly all of English text and most of German.
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
        let segment = &text[start..at];
        if segment.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            found(start, segment);
        }
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
        push_words(piece, start + from, units);
        from += piece.len() + 1;
    }
}

/// Adds a word of UAX #29, cut at the signs that it lets join letters but that end a word in news, where the space
/// after a full stop is forgotten and a middle dot enumerates (`talks.The`, `FTA·RCEP`, `EU:`). A full stop goes on
/// joining the digits of a number and the letters of an acronym.
fn push_words(word: &str, start: usize, units: &mut Vec<Unit>) {
    let mut from = 0;
    let is_sign = |character: char| matches!(character, '.' | ':' | '·' | '‧');
    if word.contains(is_sign) && !is_acronym(word) {
        for (at, sign) in word.match_indices(is_sign) {
            let is_digit = |character: Option<char>| character.is_some_and(char::is_numeric);
            let (before, after) = (word[..at].chars().next_back(), word[at + sign.len()..].chars().next());
            let in_number = sign == "." && is_digit(before) && is_digit(after);
            if !in_number {
                push_word(&word[from..at], start + from, units);
                from = at + sign.len();
            }
        }
    }
    push_word(&word[from..], start + from, units);
}

/// Adds a word without its possessive ending, cut where letters meet digits (`7nm`, `G20`).
fn push_word(word: &str, start: usize, units: &mut Vec<Unit>) {
    // What precedes the first letter or digit belongs to the sign before the word.
    let Some(first) = word.find(is_word_character) else {
        return;
    };
    let end = word.len() - possessive_len(word);
    let mut from = first;
    let mut push = |from: usize, to: usize| {
        units.push(Unit { kind: UnitKind::Word, folded: ByteRange::new(start + from, start + to) });
    };
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        let meetings = meetings_of_letters_and_digits(&word[..end]);
        for at in meetings.into_iter().flatten() {
            push(from, at);
            from = at;
        }
    }
    push(from, end);
}

/// The offsets at which a letter follows a digit or a digit a letter; none if there are more than [`MOST_MEETINGS`].
fn meetings_of_letters_and_digits(word: &str) -> [Option<usize>; MOST_MEETINGS] {
    let mut meetings = [None; MOST_MEETINGS];
    let mut found = 0;
    let mut before: Option<bool> = None;
    for (at, character) in word.char_indices() {
        let is_digit = character.is_numeric();
        if !is_digit && !character.is_alphabetic() {
            continue;
        }
        if before.is_some_and(|before| before != is_digit) {
            let Some(meeting) = meetings.get_mut(found) else {
                return [None; MOST_MEETINGS];
            };
            *meeting = Some(at);
            found += 1;
        }
        before = Some(is_digit);
    }
    meetings
}

/// True for the characters that make a word: letters and decimal digits. Superscripts and fractions are numeric too, but no part
/// of a word, nor is a combining mark by itself.
fn is_word_character(character: char) -> bool {
    (character.is_alphabetic() && !is_combining_mark(character))
        || (character.is_numeric() && !matches!(u32::from(character), 0xB2..=0xBE | 0x2070..=0x218B))
}

/// Length in bytes of an English possessive ending, which is cut off: the unit of `China's`, and its highlight, is China.
fn possessive_len(word: &str) -> usize {
    const ENDING: &str = "'s";
    if word.len() > ENDING.len() && word.ends_with(ENDING) { ENDING.len() } else { 0 }
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
            let expected: Vec<_> = text.unicode_word_indices().collect();
            proptest::prop_assert_eq!(found, expected);
        });
        each_ascii_word("_ __ a_ _.1", |at, word| assert!([(5, "a_"), (10, "1")].contains(&(at, word)), "{at} {word}"));
    }

    #[test]
    fn words_between_spaces_are_cut_alone() {
        let text = proptest::string::string_regex("[aä1_.:' \n\u{301}\u{200d}ا·’,-]{0,12}").unwrap();
        proptest::proptest!(|(text in text)| {
            let folded = Folded::new(&text);
            let mut whole = Vec::new();
            if word_for_all_genders(folded.text()).is_some() {
                return Ok(());
            }
            for (at, word) in folded.text().split_word_bound_indices() {
                push_parts(word, at, &mut whole);
            }
            let mut cut = Vec::new();
            cut_words(folded.text(), ByteRange::new(0, folded.text().len()), &mut cut);
            proptest::prop_assert_eq!(cut, whole);
        });
    }
}
