//! Sentence breaks: where a sentence of a text ends. Sentences are those of UAX #29, without the false ends that it finds
//! after abbreviations and German ordinals.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::text::analysis::{is_common_ideograph, is_hangul, is_hangul_syllable};

/// The byte offsets at which sentences end, after the white space that follows them.
pub(crate) fn sentence_ends(text: &str) -> Vec<usize> {
    let mut start = 0;
    let ends = sentence_bounds(text).into_iter().map(|end| {
        let sentence = &text[start..end];
        // UAX #29 leaves the quotation mark that opens a sentence with the sentence before it.
        let trimmed = if end < text.len() { sentence.trim_end_matches(is_opening) } else { sentence };
        start += trimmed.len();
        let cut = start;
        start = end;
        cut
    });
    ends.filter(|&end| is_sentence_end(&text[..end], &text[end..])).collect()
}

/// The byte offsets at which sentences of UAX #29 end. A sentence can only end after a terminator, and whether it does
/// depends only on the character before the terminator and on the text up to the next letter. So the library is called
/// on these stretches alone.
fn sentence_bounds(text: &str) -> Vec<usize> {
    let mut bounds = Vec::new();
    let mut before = 0;
    // Start of the stretch that the library has to decide.
    let mut undecided = None;
    let mut cut = |start: usize, end: usize| {
        let inner = text[start..end].split_sentence_bound_indices().map(|(at, _)| start + at);
        bounds.extend(inner.filter(|&at| at > start));
    };
    for (at, character) in text.char_indices() {
        let is_letter = is_plain_letter(character);
        match undecided {
            Some(start) if is_letter => {
                cut(start, at + character.len_utf8());
                undecided = None;
            }
            None if !is_letter && !matches!(character, ' ' | ',' | '0'..='9' | '"'..='-' | ':' | ';') => {
                undecided = Some(before);
            }
            _ => {}
        }
        before = at;
    }
    if let Some(start) = undecided {
        cut(start, text.len());
    }
    if !text.is_empty() {
        bounds.push(text.len());
    }
    bounds
}

/// True for most letters: they end no sentence, and the text before one does not affect sentence ends after it.
fn is_plain_letter(character: char) -> bool {
    matches!(character,
        'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}')
        || is_hangul_syllable(character)
        || is_common_ideograph(character)
}

/// Abbreviations: words after which a full stop ends no sentence. Days and months are numbers or among them.
const ABBREVIATIONS: [&str; 40] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Nr", "Nos", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Jan",
    "Feb", "Mar", "Apr", "Aug", "Sep", "Sept", "Okt", "Oct", "Nov", "Dec", "Dez", "Mio", "Mrd", "Bd", "ca", "bzw",
    "vgl", "sog", "inkl", "vs", "approx", "Abs", "Art",
];

fn is_sentence_end(before: &str, after: &str) -> bool {
    let ink = before.trim_end();
    let white = &before[ink.len()..];
    let Some(next) = after.chars().next() else {
        return true;
    };
    if white.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        // A line break ends the sentence, unless the next line plainly continues it.
        return !next.is_lowercase() || ink.ends_with(['.', '!', '?', '…', ':']);
    }
    // No sentence ends where a particle follows directly: `말했다.”라고`, `U.S.가`, `U.S.的`.
    if white.is_empty() && (is_hangul(next) || ink.ends_with('.')) {
        return false;
    }
    let Some(sentence) = ink.strip_suffix('.') else {
        return true;
    };
    let begins = |(_, character): &(usize, char)| !character.is_alphanumeric();
    let word =
        sentence.char_indices().rev().find(begins).map_or(sentence, |(at, stop)| &sentence[at + stop.len_utf8()..]);
    let is_ordinal = word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_initial = word.chars().count() == 1 && word.chars().all(|letter| letter.width() == Some(1));
    !is_ordinal && !is_initial && !ABBREVIATIONS.contains(&word)
}

fn is_opening(character: char) -> bool {
    matches!(character, '“' | '‘' | '「' | '『' | '（' | '《' | '〈' | '【')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_those_of_uax_29() {
        let text = "([aA1 .!?,;:)(\"'\n\r\t\u{85}\u{a0}\u{ad}…–“”äÄß가中が。！？、「」\u{301}\u{200d}\u{2024}\u{ff0e}ѦѧƏ]|\\. ?[aA1]){0,12}";
        let text = proptest::string::string_regex(text).unwrap();
        let config = proptest::test_runner::Config::with_cases(4_000);
        proptest::proptest!(config, |(text in text)| {
            let expected: Vec<usize> =
                text.split_sentence_bound_indices().map(|(at, sentence)| at + sentence.len()).collect();
            proptest::prop_assert_eq!(sentence_bounds(&text), expected);
        });
    }
}
