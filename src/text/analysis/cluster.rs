//! Folding of one grapheme cluster, and of the plain characters that need no look-up of Unicode's tables.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::script::{CharScript, char_script};
use crate::text::analysis::simplified::simplified;

const ZERO_WIDTH_SPACE: &str = "\u{200B}";

/// Length in bytes of the ASCII at the start of a text in which each byte is a cluster by itself and folds to its lower case.
pub(crate) fn plain_len(text: &str) -> usize {
    let is_plain = |&byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t') && byte != b'`';
    let plain = text.bytes().take_while(is_plain).count();
    // The character that follows may be a combining mark on the last byte.
    let alone = text[plain..].chars().next().is_none_or(stands_alone);
    if alone { plain } else { plain.saturating_sub(1) }
}

/// Length in bytes of the first grapheme cluster of a non-empty text and, for the characters that make up nearly all
/// text, its folded form, without looking up Unicode's tables.
pub(crate) fn next_cluster(text: &str) -> (usize, Option<char>) {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return (0, None);
    };
    let second = characters.next();
    if stands_alone(first) && second.is_none_or(stands_alone) {
        let folded = match first {
            'A'..='Z' => first.to_ascii_lowercase(),
            'Ä' => 'ä',
            'Ö' => 'ö',
            'Ü' => 'ü',
            '\t' | '\n' => first,
            _ if first.is_ascii_control() => ' ',
            _ if is_apostrophe(first) => '\'',
            _ => simplified(first),
        };
        return (first.len_utf8(), Some(folded));
    }
    let length = text.graphemes(true).next().map_or(first.len_utf8(), str::len);
    (length, None)
}

/// True for characters that never share a cluster with another such character, and that fold to one character.
fn stands_alone(character: char) -> bool {
    matches!(character,
        // Not the carriage return: it joins the line feed after it.
        '\0'..='\x0C' | '\x0E'..='\x7E'
        | 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü'
        | '\u{2013}'..='\u{201F}' // dashes and quotation marks
        | '\u{3001}'..='\u{3029}' // CJK punctuation
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}')
}

/// Folds a cluster that [`next_cluster`] has no folded form for.
pub(crate) fn fold_cluster(cluster: &str, out: &mut String) {
    if cluster == "ß" {
        out.push_str("ss");
        return;
    }
    if cluster == ZERO_WIDTH_SPACE {
        out.push_str(if out.ends_with(separates_at_zero_width) { " " } else { "" });
        return;
    }
    let start = out.len();
    let compatible = if keeps_compatibility_form(cluster) { None } else { word_like_nfkc(cluster) };
    let normal: String = compatible.unwrap_or_else(|| cluster.nfc().collect());
    // One pass lower-cases and decomposes, a second takes the marks off Latin and Greek letters.
    let mut base_drops_marks = true;
    let mut base = '\0';
    for character in normal.chars().flat_map(char::to_lowercase).nfd() {
        if is_combining_mark(character) {
            let umlaut = character == '\u{308}' && matches!(base, 'a' | 'o' | 'u') && out.ends_with(base);
            if umlaut {
                out.pop();
                out.push(match base {
                    'a' => 'ä',
                    'o' => 'ö',
                    _ => 'ü',
                });
            } else if (!base_drops_marks || is_voicing(base, character)) && !is_ignorable(character) {
                out.push(character);
            }
            continue;
        }
        if is_ignorable(character) {
            continue;
        }
        base = character;
        base_drops_marks = drops_marks(character);
        match character {
            // The letter araea, which Korean keyboards have for a middle dot (한ㆍ미ㆍ일).
            'ㆍ' => out.push('·'),
            '\u{FFA1}'..='\u{FFDC}' => out.push(full_width_jamo(character)),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            '\r' | '\n' | '\t' => out.push(character),
            _ if character.is_control() => out.push(' '),
            _ if is_apostrophe(character) => out.push('\''),
            _ => out.push(simplified(character)),
        }
    }
    // Hangul, kana and the alphabets that keep their marks go back to composed form.
    if !out[start..].is_ascii() {
        let composed: String = out[start..].nfc().collect();
        out.truncate(start);
        out.push_str(&composed);
    }
}

/// The compatibility form (NFKC) of a cluster (full width, half width, ligatures, circled numbers, unit signs), where it is one
/// character or all letters and digits; `None` where it would put spaces, punctuation or several CJK characters into one
/// cluster, from which no token could then be cut.
fn word_like_nfkc(cluster: &str) -> Option<String> {
    let form: String = cluster.nfkc().filter(|&character| !is_ignorable(character)).collect();
    let mut bases = form.chars().filter(|&character| !is_combining_mark(character));
    let single = bases.next().is_some() && bases.next().is_none();
    let one_word = form.chars().all(|character| {
        is_combining_mark(character) || (character.is_alphanumeric() && char_script(character).is_none())
    });
    (single || one_word).then_some(form)
}

/// True for a cluster that is not replaced by its compatibility form. Superscript digits are footnote marks more often than
/// numbers (`Handel²` is the word Handel), trade mark signs are no letters of the name they follow, and compatibility jamo (full
/// and half width) are letters in their own right.
fn keeps_compatibility_form(cluster: &str) -> bool {
    cluster.chars().next().is_some_and(|first| {
        is_apostrophe(first)
            || matches!(
                u32::from(first),
                0xB2 | 0xB3 | 0xB9 | 0x2070..=0x207F | 0x2120 | 0x2122 | 0x3131..=0x318E | 0xFFA1..=0xFFDC
            )
    })
}

/// True for characters that lose their combining marks: Latin and Greek letters, where a mark is a spelling habit more than another
/// letter; CJK characters, where it shows tone or emphasis; and all signs, so that no mark begins the word after a sign.
fn drops_marks(base: char) -> bool {
    !base.is_alphanumeric()
        || matches!(u32::from(base), 0x41..=0x24F | 0x370..=0x3FF | 0x1E00..=0x1FFF)
        || char_script(base).is_some()
}

/// True for the signs that are written as an apostrophe; they all fold to the ASCII one.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '‘' | '’' | '‛' | '′' | '‵' | '＇')
}

/// True for a character after which a zero width space separates words: a letter of a script that is written without spaces (Thai,
/// Lao, Myanmar, Khmer), or a conjoining jamo, which would be one syllable with the next. Elsewhere it only permits a line break.
fn separates_at_zero_width(before: char) -> bool {
    matches!(u32::from(before), 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1100..=0x11FF | 0xA960..=0xA97C | 0xD7B0..=0xD7FB)
}

/// True for a voicing mark on a kana (dakuten, handakuten), which makes it another kana.
fn is_voicing(base: char, mark: char) -> bool {
    matches!(mark, '\u{3099}' | '\u{309A}') && char_script(base) == Some(CharScript::Kana)
}

/// The full-width compatibility jamo of a half-width one.
fn full_width_jamo(narrow: char) -> char {
    let code = u32::from(narrow);
    let full = match code {
        0xFFA1..=0xFFBE => code - 0xFFA1 + 0x3131,
        0xFFC2..=0xFFC7 => code - 0xFFC2 + 0x314F,
        0xFFCA..=0xFFCF => code - 0xFFCA + 0x3155,
        0xFFD2..=0xFFD7 => code - 0xFFD2 + 0x315B,
        0xFFDA..=0xFFDC => code - 0xFFDA + 0x3161,
        _ => code,
    };
    char::from_u32(full).unwrap_or(narrow)
}

/// True for characters that folding drops: format characters, variation selectors, joiners, the skin tones of emoji, and marks that
/// frame a symbol (keycaps). They are invisible or ornament, and nobody types them in a query.
fn is_ignorable(character: char) -> bool {
    matches!(u32::from(character),
        0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890 | 0x891 | 0x8E2 | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x20D0..=0x20F0 | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
        | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE0FFF)
}
