//! The names of fields, which stand before a colon, and typing mistakes for them.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::signs::ascii;
use crate::text::document::ByteRange;

/// Field names, which stand before a colon.
const FIELDS: [&str; 13] = [
    "title", "lead", "caps", "source", "author", "section", "lang", "id", "date", "words", "country", "pair", "concept",
];

/// Greatest edit distance from a field's name at which another name counts as a typing mistake for it.
const SLIP: usize = 2;

/// The field whose name and colon stand at the start of a text, and their length in bytes.
pub(crate) fn field_name(text: &str) -> Option<(&'static str, usize)> {
    FIELDS.into_iter().find_map(|field| {
        let name = || field.chars().chain([':']);
        let typed = text.chars().map(ascii).take(field.len() + 1);
        let length = text.chars().take(field.len() + 1).map(char::len_utf8).sum();
        typed.eq(name()).then_some((field, length))
    })
}

/// A filter with a value, as an example for a field without any.
pub(crate) fn example(field: &str) -> &'static str {
    match field {
        "lead" => "lead:tariff",
        "lang" => "lang:ko",
        "date" => "date:2025-12",
        "source" => "source:yonhap",
        "author" => "author:kim",
        "section" => "section:economy",
        "words" => "words:>300",
        "concept" => "concept:rare-earths",
        "country" => "country:kr",
        "pair" => "pair:kr-cn",
        "id" => "id:a1",
        "caps" => "caps:US",
        _ => "title:tariff",
    }
}

/// Refuses a word that begins with what is likely a typing mistake for a field's name.
pub(crate) fn check_slip(raw: &str, from: usize) -> Result<(), QuerySyntaxError> {
    let Some(colon) = raw.find([':', '：']) else {
        return Ok(());
    };
    let name: String = raw[..colon].chars().map(ascii).collect();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let Some(field) = FIELDS.iter().find(|field| is_name && is_slip(&name, field)) else {
        return Ok(());
    };
    Err(QuerySyntaxError {
        at: ByteRange::new(from, from + colon),
        expected: format!("one of {}", FIELDS.join(", ")),
        found: format!("an unknown field `{name}`"),
        suggestion: Some(format!(
            "{field}:{}, or \"{raw}\" for the words",
            raw[colon..].trim_start_matches([':', '：'])
        )),
    })
}

/// True for a name one typing mistake away from a field's, or two for a longer name, with the same first letter:
/// `page:` and `part:` are words, not `pair:`.
fn is_slip(name: &str, field: &str) -> bool {
    name.as_bytes().first() == field.as_bytes().first()
        && name.len() > 1
        && strsim::osa_distance(name, field) <= (field.len().min(name.len()) / 3).clamp(1, SLIP)
}
