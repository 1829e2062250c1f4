//! Usual and unusual characters of a text as read in an encoding: whether the bytes mean that.
//!
//! A double-byte encoding reads nearly anything as characters, but text in it has those that its standard put first. An encoding
//! of single bytes reads anything at all, but what another wrote has signs within words, capitals at their ends, and letters
//! side by side that no language has so.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

/// The share of usual characters in a text as read in a double-byte encoding, from 0 to 1.
pub(super) fn usualness(encoding: &'static Encoding, text: &str) -> f64 {
    let (mut sum, mut count) = (0, 0);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        let mut buffer = [0; 4];
        let (bytes, _, is_lossy) = encoding.encode(character.encode_utf8(&mut buffer));
        count += 1;
        sum += if is_lossy { 0 } else { usual(encoding, &bytes) };
    }
    if count > 0 { f64::from(sum) / f64::from(count) / 10.0 } else { 0.0 }
}

/// How usual a character is, by its bytes, from 0 to 10. The standards have the usual ones first: Hangul before hanja in
/// KS X 1001, the first levels of GB 2312, Big5 and JIS X 0208, kana before them.
pub(super) fn usual(encoding: &'static Encoding, bytes: &[u8]) -> i32 {
    match *bytes {
        [0xB0..=0xC8, 0xA1..=0xFE] if encoding == EUC_KR => 10,
        [0xCA..=0xFD, 0xA1..=0xFE] if encoding == EUC_KR => 3,
        [0xB0..=0xD7, 0xA1..=0xFE] if encoding == GB18030 => 9,
        [0xA4..=0xC6, _] if encoding == BIG5 => 9,
        [0xA4 | 0xA5, 0xA1..=0xFE] if encoding == EUC_JP => 10,
        [0xB0..=0xCF, 0xA1..=0xFE] if encoding == EUC_JP => 9,
        [0x82, 0x9F..=0xF1] | [0x83, 0x40..=0x96] if encoding == SHIFT_JIS => 10,
        [0x88..=0x97, _] if encoding == SHIFT_JIS => 9,
        [0x81, _] if encoding == SHIFT_JIS => 8,
        // Punctuation, and letters in full width.
        [0xA1..=0xA3, 0xA1..=0xFE] if encoding != SHIFT_JIS => 8,
        [0xA1..=0xA3, _] if encoding == BIG5 => 8,
        _ => 1,
    }
}

/// The characters of a text that are not ASCII, as an encoding of single bytes reads them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Singles {
    /// All of them.
    pub(super) count: usize,
    /// Letters within words.
    pub(super) letters: usize,
    /// Those that no text has where they stand.
    pub(super) nonsense: usize,
    /// What is not among the letters and signs of German, French and Spanish.
    pub(super) rare: usize,
    /// Those that stand beside another.
    pub(super) adjacent: usize,
    /// Umlauts and ß.
    pub(super) umlauts: usize,
}

/// Letters of German, French and Spanish beside ASCII, of small and capital ones.
const WESTERN: &str = "äöüßÄÖÜéèêëàâçùûîïôœæáíóúñÉÈÊÀÂÇÙÛÎÔŒÁÍÓÚÑ";
/// Signs that stand within words, or between them without a space.
const JOINING: &str = "’‘–—…·•\u{a0}\u{ad}";
/// Signs that stand beside words and other signs.
const QUOTING: &str = "“”„‚‘’«»‹›\u{a0}¡¿–—…";

impl Singles {
    /// Counts the characters of a text. In Western languages, no letter beside ASCII stands between two others.
    pub(super) fn of(text: &str, is_western: bool) -> Singles {
        let mut singles = Singles::default();
        let mut before = [' '; 2];
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let behind = characters.peek().copied().unwrap_or(' ');
            if !character.is_ascii() && character != '\u{FFFD}' {
                singles.count += 1;
                singles.adjacent += usize::from(!before[1].is_ascii() || !behind.is_ascii());
                singles.nonsense += usize::from(is_nonsense(character, before[1], behind, is_western));
                if is_letter(character) {
                    singles.letters += usize::from(is_letter(before[1]) || is_letter(behind));
                    singles.rare += usize::from(!WESTERN.contains(character));
                    singles.umlauts += usize::from("äöüßÄÖÜ".contains(character));
                } else {
                    singles.rare += usize::from(!QUOTING.contains(character) && !is_sign_of_text(character));
                }
            }
            before = [before[1], character];
        }
        singles
    }

    /// True if nearly all stand where text has them.
    pub(super) fn is_plausible(self) -> bool {
        10 * self.nonsense <= self.count
    }

    /// The share of those that stand where text has them.
    pub(super) fn usualness(self) -> f64 {
        if self.count == 0 { 0.0 } else { 1.0 - self.nonsense as f64 / self.count as f64 }
    }
}

/// A letter of a word. The signs among what Unicode calls letters are none.
fn is_letter(character: char) -> bool {
    character.is_alphabetic() && !"ªºµƒˆ".contains(character)
}

fn is_sign_of_text(character: char) -> bool {
    "€£§°©®™%½¼¾²³±×µ·•†ºª\u{ad}".contains(character)
}

/// True for a letter of another script than the Latin one.
fn is_foreign(character: char) -> bool {
    is_letter(character) && !matches!(u32::from(character), 0..=0x24F | 0x1E00..=0x1EFF)
}

fn is_nonsense(character: char, before: char, behind: char, is_western: bool) -> bool {
    let is_other_letter = |character: char| !character.is_ascii() && is_letter(character);
    let is_sign = |character: char| {
        !character.is_ascii() && !is_letter(character) && !QUOTING.contains(character) && character != '\u{FFFD}'
    };
    if character.is_control() || "Ÿ†‡‰ˆ˜¤".contains(character) && behind.is_lowercase() {
        true
    } else if is_letter(character) {
        let mixes = |neighbour: char| is_letter(neighbour) && is_foreign(neighbour) != is_foreign(character);
        before.is_lowercase() && (character.is_uppercase() || behind.is_uppercase())
            || before.is_uppercase() && character.is_lowercase() && behind.is_uppercase() && character != 'ß'
            || mixes(before)
            || mixes(behind)
            || is_sign(before)
            || is_sign(behind)
            || is_western && is_other_letter(before) && is_other_letter(behind)
    } else if QUOTING.contains(character) || JOINING.contains(character) {
        !JOINING.contains(character) && before.is_alphanumeric() && behind.is_alphanumeric()
    } else {
        is_letter(before) && is_letter(behind) || is_sign(before) || is_sign(behind)
    }
}
