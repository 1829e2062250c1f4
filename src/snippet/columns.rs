//! Grapheme clusters and terminal columns. The characters of nearly all text are measured without Unicode's tables; the
//! results are those of the libraries.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width in columns of a character that is a cluster by itself wherever a character of this kind or nothing
/// follows, and is as wide beside others as alone; `None` for every other.
fn simple_columns(character: char) -> Option<usize> {
    match character {
        ' '..='~' | 'À'..='ÿ' | '·' | '«' | '»' | '\u{2010}'..='\u{201F}' | '…' => Some(1),
        '\u{3001}'..='\u{3029}' // CJK punctuation
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF60}' => Some(2),
        _ => None,
    }
}

/// The width of a text in terminal columns.
pub fn columns_of(text: &str) -> usize {
    // There is no early return, so that this compiles to a few instructions.
    if text.bytes().fold(true, |printable, byte| printable & (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    let simple: Option<usize> = text.chars().map(simple_columns).sum();
    simple.unwrap_or_else(|| text.width())
}

/// Calls `found` with the length in bytes and the width in columns of each grapheme cluster, in order, and whether it
/// is white space.
pub(crate) fn each_cluster(text: &str, mut found: impl FnMut(usize, usize, bool)) {
    let mut at = 0;
    let mut simple = text.chars().next().and_then(simple_columns);
    while let Some(first) = text[at..].chars().next() {
        let next = at + first.len_utf8();
        let second = text[next..].chars().next();
        let following = second.and_then(simple_columns);
        if let Some(columns) = simple
            && (following.is_some() || second.is_none())
        {
            found(next - at, columns, first == ' ');
            (at, simple) = (next, following);
            continue;
        }
        let cluster = text[at..].graphemes(true).next().unwrap_or_default();
        found(cluster.len(), cluster.width(), cluster.chars().all(char::is_whitespace));
        at += cluster.len().max(1);
        simple = text[at..].chars().next().and_then(simple_columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_characters_are_as_wide_as_the_library_says() {
        for character in '\0'..=char::MAX {
            if let Some(columns) = simple_columns(character) {
                let alone = character.to_string();
                assert_eq!(alone.width(), columns, "{character:?}");
                assert_eq!(format!("{alone}a{alone}{alone}中").width(), 3 * columns + 3, "{character:?}");
            }
        }
    }

    #[test]
    fn clusters_and_columns_are_those_of_the_libraries() {
        let text =
            "[a1 .*#©ä·“…、が中가각！\n\r\u{1100}\u{1161}\u{11a8}\u{301}\u{3099}\u{200d}\u{fe0f}\u{20e3}👩🇰🇷ลำ]{0,10}";
        let text = proptest::string::string_regex(text).unwrap();
        proptest::proptest!(|(text in text)| {
            let mut found = Vec::new();
            each_cluster(&text, |length, columns, is_blank| found.push((length, columns, is_blank)));
            let is_blank = |cluster: &str| cluster.chars().all(char::is_whitespace);
            let expected = text.graphemes(true).map(|cluster| (cluster.len(), cluster.width(), is_blank(cluster)));
            let expected: Vec<_> = expected.collect();
            proptest::prop_assert_eq!(found, expected);
            proptest::prop_assert_eq!(columns_of(&text), text.width());
        });
    }
}
