//! Signs of the query language: quotation marks of four languages, and the full-width forms that input methods type.

use std::fmt;

/// Quotation marks that open a phrase, each with those that close it. ASCII, full width, English, German, French,
/// and the corner and title brackets of Chinese, Japanese and Korean.
pub(crate) const QUOTES: [(char, &[char]); 9] = [
    ('"', &['"']),
    ('＂', &['＂']),
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

/// A sign's ASCII form, for the full-width signs that an input method types.
pub(crate) fn ascii(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// In quotation marks of a kind that does not occur in the text.
pub(crate) fn write_quoted(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let (open, closers) = QUOTES.iter().find(|(_, closers)| !text.contains(*closers)).unwrap_or(&QUOTES[0]);
    write!(formatter, "{open}{text}{}", closers[0])
}
