//! Segmentation of a folded text into units: words of alphabetic scripts, and single CJK characters.
//!
//! Every analysis chain counts token positions in these units, so that the same place of a text has the same position in
//! every chain. Words are those of UAX #29, cut further where a CJK character stands
//! beside a letter or digit (`2025년`, `5G网络`). Spaces and punctuation are no units and take no position.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::fold::Folded;
use crate::text::analysis::script::{CharScript, char_script};
use crate::text::analysis::spelling::is_acronym;
use crate::text::document::ByteRange;

/// The kind of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A word or number of an alphabetic script.
    Word,
    /// A single CJK character, with its script.
    Char(CharScript),
}

/// A word or a CJK character. Its position is its index in [`Segmented::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Kind of the unit: word or CJK character.
    pub kind: UnitKind,
    /// Range of the unit in the folded text, in bytes.
    pub folded: ByteRange,
}

/// A segmented text: folded and cut into units.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    folded: Folded,
    units: Vec<Unit>,
}

impl Segmented {
    /// Folds and cuts a text. A text without words or CJK characters has no units.
    pub fn new(text: &str) -> Segmented {
        let folded = Folded::new(text);
        let mut units = cut_units(&folded);
        join_within_clusters(&folded, &mut units);
        Segmented { folded, units }
    }

    /// The text after folding, which the ranges of units refer to.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// The units in the order of the text.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The folded form of a unit.
    pub fn form(&self, unit: &Unit) -> &str {
        unit.folded.slice(self.folded.text())
    }

    /// The range in the original text that a range of the folded text came from, as whole grapheme clusters.
    pub fn original_range(&self, folded: ByteRange) -> ByteRange {
        self.folded.original_range(folded)
    }

    /// True when the text holds at least one character of the given script.
    pub fn has_script(&self, script: CharScript) -> bool {
        self.units.iter().any(|unit| unit.kind == UnitKind::Char(script))
    }

    /// True when the text holds at least one CJK character.
    pub fn has_chars(&self) -> bool {
        self.units.iter().any(|unit| matches!(unit.kind, UnitKind::Char(_)))
    }

    /// The maximal runs of adjacent CJK characters for which `belongs` holds, as ranges of unit indices. Spaces and
    /// punctuation between two characters do not end a run, a word does.
    pub fn char_runs(&self, belongs: impl Fn(CharScript) -> bool) -> Vec<std::ops::Range<usize>> {
        let mut runs = Vec::new();
        let mut start = None;
        for (at, unit) in self.units.iter().enumerate() {
            let inside = matches!(unit.kind, UnitKind::Char(script) if belongs(script));
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(first)) => {
                    runs.push(first..at);
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(first) = start {
            runs.push(first..self.units.len());
        }
        runs
    }
}

fn cut_units(folded: &Folded) -> Vec<Unit> {
    let text = folded.text();
    // Capacity: a word with its space takes about six bytes, a CJK character three.
    let mut units = Vec::with_capacity(text.len() / 5 + 1);
    let mut characters = text.char_indices().peekable();
    let mut alphabetic_from = None;
    while let Some((at, character)) = characters.next() {
        let Some(script) = char_script(character) else {
            alphabetic_from.get_or_insert(at);
            continue;
        };
        if let Some(from) = alphabetic_from.take() {
            cut_words(text, ByteRange::new(from, at), &mut units);
        }
        let mut end = at + character.len_utf8();
        // An old Hangul syllable or a kana with a mark may have no composed form; it is one unit all the same.
        while let Some(&(next, trailing)) = characters.peek()
            && folded.is_one_cluster(at, next)
        {
            end = next + trailing.len_utf8();
            characters.next();
        }
        units.push(Unit { kind: UnitKind::Char(script), folded: ByteRange::new(at, end) });
    }
    if let Some(from) = alphabetic_from {
        cut_words(text, ByteRange::new(from, text.len()), &mut units);
    }
    units
}

/// Joins units that came from one grapheme cluster, so that each unit has bytes of its own in the original: a Thai vowel that
/// UAX #29 takes for a word by itself stays with its consonant.
fn join_within_clusters(folded: &Folded, units: &mut Vec<Unit>) {
    let mut clusters = folded.whole_clusters().filter(|cluster| cluster.len() > 1).peekable();
    if clusters.peek().is_none() {
        return;
    }
    units.dedup_by(|unit, before| {
        while clusters.next_if(|cluster| cluster.end <= unit.folded.start).is_some() {}
        let inside = clusters.peek().is_some_and(|cluster| cluster.start < before.folded.end);
        if inside {
            before.folded.end = unit.folded.end;
        }
        inside
    });
}

fn cut_words(text: &str, range: ByteRange, units: &mut Vec<Unit>) {
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

    fn units(text: &str) -> Vec<String> {
        let segmented = Segmented::new(text);
        segmented.units().iter().map(|unit| segmented.form(unit).to_owned()).collect()
    }

    #[test]
    fn cuts_words_and_characters() {
        assert_eq!(units("China’s U.S. deal"), ["china", "u.s", "deal"]);
        assert_eq!(units("2025년 5G网络"), ["2025", "년", "5g", "网", "络"]);
        assert_eq!(units("_Handel_ foo_bar ²"), ["handel", "foo", "bar"]);
        assert_eq!(units("한·중 FTA"), ["한", "중", "fta"]);
        assert_eq!(
            units("FTA·RCEP talks.The end:no 10.4 U.S. v1.2"),
            ["fta", "rcep", "talks", "the", "end", "no", "10.4", "u.s", "v1.2"]
        );
        assert_eq!(units("ᄒᆞᆫ글 น้ำ カ゚"), ["ᄒᆞᆫ", "글", "น้\u{e4d}า", "カ゚"]);
        assert_eq!(units("  …!? "), Vec::<String>::new());
    }

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

    #[test]
    fn runs_end_at_words_only() {
        let segmented = Segmented::new("한·중 FTA 협정");
        assert_eq!(segmented.char_runs(|_| true), [0..2, 3..5]);
    }
}
