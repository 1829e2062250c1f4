//! Signs of the query language: quotation marks of four languages, and the full-width forms that input methods type.

use std::fmt;

/// Quotation marks that open a phrase, each with the marks that close it: ASCII, full width, English, German, French,
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

/// True for a mark that opens a phrase.
pub(crate) fn opens_quote(character: char) -> bool {
    QUOTES.iter().any(|(open, _)| *open == character)
}

/// The ASCII form of a full-width sign that an input method types; any other character as it is.
pub(crate) fn ascii(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// Writes a text in quotation marks of a kind that does not occur in it.
pub(crate) fn write_quoted(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let (open, closers) = QUOTES.iter().find(|(_, closers)| !text.contains(*closers)).unwrap_or(&QUOTES[0]);
    write!(formatter, "{open}{text}{}", closers[0])
}
