//! Sentences: where a sentence of a text ends. Sentences are those of UAX #29, without the false ends that it finds
//! after abbreviations and German ordinals, and with those after an ellipsis.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::text::analysis::abbreviations::Abbreviations;
use crate::text::analysis::{is_common_ideograph, is_hangul, is_hangul_syllable};

/// The byte offsets at which sentences end, after the white space that follows them.
pub(crate) fn sentence_ends(text: &str, abbreviations: &Abbreviations) -> Vec<usize> {
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
    let mut ends: Vec<usize> = ends.filter(|&end| is_sentence_end(&text[..end], &text[end..], abbreviations)).collect();
    let known = ends.len();
    ends.extend(ellipsis_ends(text));
    if ends.len() > known {
        ends.sort_unstable();
        ends.dedup();
    }
    ends
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

fn is_sentence_end(before: &str, after: &str, abbreviations: &Abbreviations) -> bool {
    let ink = before.trim_end();
    let white = &before[ink.len()..];
    let Some(next) = after.chars().next() else {
        return true;
    };
    if white.contains(is_line_break) {
        // A line break ends the sentence, unless the next line plainly continues it.
        return !next.is_lowercase() || ink.ends_with(['.', '!', '?', '…', ':']);
    }
    // No sentence ends where a particle follows directly: `말했다.”라고`, `U.S.가`, `U.S.的`. Nor does it before a small letter:
    // `“Why now?” she asked`.
    if (white.is_empty() && (is_hangul(next) || ink.ends_with('.'))) || next.is_lowercase() {
        return false;
    }
    !is_abbreviated(ink, abbreviations)
}

/// True if a text ends in a full stop that belongs to its last word: an abbreviation, an initial or an ordinal.
fn is_abbreviated(ink: &str, abbreviations: &Abbreviations) -> bool {
    let Some(sentence) = ink.strip_suffix('.') else {
        return false;
    };
    let begins = |(_, character): &(usize, char)| !character.is_alphanumeric();
    let word =
        sentence.char_indices().rev().find(begins).map_or(sentence, |(at, stop)| &sentence[at + stop.len_utf8()..]);
    let is_ordinal = word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_initial = word.chars().count() == 1 && word.chars().all(|letter| letter.width() == Some(1));
    is_ordinal || is_initial || abbreviations.has(word)
}

/// True if a text ends as a sentence does: in a terminator, with or without a quotation mark or bracket after it.
pub(crate) fn ends_as_sentence(text: &str, abbreviations: &Abbreviations) -> bool {
    let ink = text.trim_end().trim_end_matches(is_closing);
    ink.ends_with(['.', '!', '?', '…', '。', '！', '？']) && !is_abbreviated(ink, abbreviations)
}

pub(crate) fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The byte offsets at which an ellipsis ends a sentence, after the white space that follows it: before white space and
/// anything but a small letter, and directly before a Chinese character. UAX #29 knows no ellipsis.
fn ellipsis_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('…').filter_map(|(at, ellipsis)| {
        let rest = &text[at + ellipsis.len()..];
        let after = rest.trim_start_matches(is_closing);
        let next = after.trim_start();
        let white = &after[..after.len() - next.len()];
        let first = next.chars().next()?;
        let ends = match white.is_empty() {
            true => is_common_ideograph(first),
            false => !first.is_lowercase() && !white.contains(is_line_break),
        };
        ends.then_some(text.len() - next.len())
    })
}

fn is_opening(character: char) -> bool {
    matches!(character, '“' | '‘' | '「' | '『' | '（' | '《' | '〈' | '【')
}

fn is_closing(character: char) -> bool {
    matches!(character, '”' | '’' | '」' | '』' | '）' | '》' | '〉' | '】' | '"' | '\'' | ')' | '“' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_as_readers_see_them() {
        let abbreviations = Abbreviations::builtin();
        for text in [
            "The U.S. duty rises.| Mr. Kim and Dr. Park object!| Why now?| \"It helps nobody,\" he said.",
            "“Why now?” she asked.| “It is late.”| Berlin waits…| Seoul does not.",
            "He said … nothing.| Then duties fell… by half.",
            "Am 3. März stiegen die Zölle um 2,5 Mrd. Euro.| „Das reicht!“| Der Export sinkt bzw. stagniert.",
            "관세가 올랐다.| “수출이 줄었다.”라고 말했다.| 수입도 줄까?| 아니다…| 늘었다.",
            "关税上调。|出口下降！|“谁来承担？”|他问道。|谈判破裂……|股市下跌。",
            "「關稅太高。」|他說。|出口增加",
            "",
        ] {
            let plain = text.replace('|', "");
            let mut expected: Vec<usize> = text.match_indices('|').enumerate().map(|(at, (bar, _))| bar - at).collect();
            // A sentence has the white space after it.
            expected.iter_mut().for_each(|end| *end += plain[*end..].len() - plain[*end..].trim_start().len());
            expected.extend((!plain.is_empty()).then_some(plain.len()));
            assert_eq!(sentence_ends(&plain, abbreviations), expected, "{text}");
        }
        let ends = |text| ends_as_sentence(text, abbreviations);
        assert!(ends("Duties rose.” ") && ends("谈判破裂……") && !ends("Duties of Mr."));
        assert!(abbreviations.words().len() > 50 && abbreviations.has("Mrd"));
    }

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
