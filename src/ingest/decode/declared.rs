//! Declared encodings, which a document names itself: the `charset` of an HTML page, the `encoding` of an XML declaration.

use crate::ingest::decode::encoding::{Decoded, TextEncoding};

/// The encoding that the beginning of a document names, where its format has a place for that. One that it plainly is not in,
/// as UTF-16 where the declaration can be read as ASCII, is none.
pub(crate) fn encoding(is_markup: bool, head: &[u8]) -> Option<TextEncoding> {
    TextEncoding::for_label(&label(is_markup, head)?).filter(|encoding| !encoding.name().starts_with("UTF-16"))
}

/// A stated label by which nothing can be read, as `johab` and `utf-7`, where the text is not in UTF-8 all the same.
pub(crate) fn unread_label(stated: Option<String>, decoded: Decoded) -> Option<String> {
    let label = stated.filter(|label| !label.trim().is_empty() && TextEncoding::for_label(label).is_none())?;
    // UTF-7 is ASCII, which is read as UTF-8.
    let is_seven_bits = label.trim().to_ascii_lowercase().ends_with("utf-7");
    (is_seven_bits || decoded.encoding.name() != "UTF-8").then_some(label)
}

/// The label of an encoding that the beginning of a document has.
pub(crate) fn label(is_markup: bool, head: &[u8]) -> Option<String> {
    if !is_markup {
        return None;
    }
    // Labels are ASCII, and so is all before them that matters.
    let head: String = head.iter().take(4096).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let in_xml = declaration.and_then(|(declaration, _)| value(declaration, "encoding"));
    in_xml.or_else(|| value(&head, "charset")).map(str::to_owned)
}

/// The value behind a key and an equals sign, in quotation marks or not.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = text;
    while let Some(at) = rest.find(key) {
        rest = &rest[at + key.len()..];
        if let Some(value) = rest.trim_start().strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|character: char| !(character.is_ascii_alphanumeric() || "-_:.".contains(character)));
            return Some(&value[..end.unwrap_or(value.len())]);
        }
    }
    None
}
