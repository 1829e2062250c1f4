//! CJK scripts (Han, Hangul, kana, bopomofo): the characters that are indexed one by one, and the script of each. All questions
//! of the form "is this Hangul?" are answered here.
//!
//! Ranges are those of Unicode's Scripts.txt, blocks rounded up; unassigned code points in them do no harm. Radicals
//! count as Han; those that stand for a character fold to it (NFKC).

/// The script of a character that is indexed one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CharScript {
    /// Han: ideographs, with the iteration mark 々 and the zero 〇.
    Han,
    /// Hangul: syllables and jamo.
    Hangul,
    /// Kana: hiragana and katakana, with the prolonged sound mark ー.
    Kana,
    /// Bopomofo (zhuyin), the phonetic signs for Chinese.
    Bopomofo,
}

/// The script of a character that is indexed by itself, `None` for every other character (letters of
/// alphabets, digits, punctuation, spaces).
pub fn char_script(character: char) -> Option<CharScript> {
    let code = u32::from(character);
    // Everything below the first jamo is an alphabet, a digit or a sign.
    if code < 0x1100 {
        return None;
    }
    match code {
        0x4E00..=0x9FFF
        | 0x3400..=0x4DBF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFD
        | 0x2E80..=0x2FD5
        | 0x3005
        | 0x3007
        | 0x3021..=0x3029
        | 0x3038..=0x303B => Some(CharScript::Han),
        // Not the letter araea (0x318D), which Korean keyboards have for a middle dot.
        0xAC00..=0xD7A3
        | 0x1100..=0x11FF
        | 0x3131..=0x318C
        | 0x318E
        | 0xA960..=0xA97C
        | 0xD7B0..=0xD7FB
        | 0xFFA1..=0xFFDC => Some(CharScript::Hangul),
        0x3041..=0x3096
        | 0x309D..=0x309F
        | 0x30A1..=0x30FA
        | 0x30FC..=0x30FF
        | 0x31F0..=0x31FF
        | 0xFF66..=0xFF9D
        | 0x1B000..=0x1B16F => Some(CharScript::Kana),
        0x3105..=0x312F | 0x31A0..=0x31BF => Some(CharScript::Bopomofo),
        _ => None,
    }
}

/// True for Hangul characters: syllables, and jamo in any form.
pub(crate) fn is_hangul(character: char) -> bool {
    char_script(character) == Some(CharScript::Hangul)
}

/// True for a composed Hangul syllable, the form of nearly all Hangul in today's text.
pub fn is_hangul_syllable(character: char) -> bool {
    matches!(character, '가'..='힣')
}

/// True for the CJK Unified Ideographs of Unicode's first block, which has nearly all that are in use.
pub(crate) fn is_common_ideograph(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// True for a word whose last Hangul syllable has a final consonant, computed from the code point (Unicode, 3.12).
pub(crate) fn ends_in_consonant(word: &str) -> bool {
    word.chars().next_back().is_some_and(|last| (u32::from(last).wrapping_sub(0xAC00)) % 28 != 0)
}

/// True for characters that can continue a unit after its first character: conjoining jamo, and the voicing marks of kana.
pub(crate) fn may_continue_unit(character: char) -> bool {
    matches!(u32::from(character), 0x1100..=0x11FF | 0xA960..=0xA97C | 0xD7B0..=0xD7FB | 0x3099 | 0x309A)
}

/// True for a conjoining vowel or final consonant, which belongs to the leading jamo before it.
pub(crate) fn is_trailing_jamo(character: char) -> bool {
    matches!(u32::from(character), 0x1160..=0x11FF | 0xD7B0..=0xD7FB)
}
