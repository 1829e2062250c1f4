//! Objects written out in a cell, as JSON or as Python prints them: what pandas makes of a nested record.

use serde_json::Value;

use crate::ingest::field_names::FieldNames;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::field_text::line_text;
use crate::ingest::part::Part;

/// Bytes of an object that is no text.
const MAX_BYTES: usize = 20_000;

/// The text of a part in an object that is the whole of a cell (`{'main': 'Steel', 'kicker': None}`); `None` for other cells.
pub(crate) fn text_in_object(cell: &str, part: Part, names: &FieldNames) -> Option<String> {
    let cell = cell.trim();
    if !cell.starts_with('{') || !cell.ends_with('}') || cell.len() > MAX_BYTES {
        return None;
    }
    let value: Value = serde_json::from_str(cell).or_else(|_| serde_json::from_str(&as_json(cell))).ok()?;
    let ranked = value.as_object()?.iter().filter_map(|(key, value)| {
        let text = value.as_str().filter(|text| !text.trim().is_empty())?;
        Some((names.rank_within(part, key)?, text))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, text)| text.to_owned())
}

/// The names in a cell that can have several: those of a list that is the whole of it, as JSON or as Python prints it, or the cell
/// itself.
pub(crate) fn texts_in_list(cell: &str, part: Part, context: &FormatContext<'_>) -> Vec<String> {
    let cell = cell.trim();
    let listed = || -> Option<Vec<String>> {
        let is_list = cell.starts_with('[') && cell.ends_with(']') && cell.len() <= MAX_BYTES;
        let value: Value =
            is_list.then(|| serde_json::from_str(cell).or_else(|_| serde_json::from_str(&as_json(cell))).ok())??;
        let name = |value: &Value| match value {
            Value::Object(_) => text_in_object(&value.to_string(), part, context.fields),
            other => other.as_str().map(str::to_owned),
        };
        Some(value.as_array()?.iter().filter_map(name).collect())
    };
    let texts = listed().unwrap_or_else(|| vec![cell.to_owned()]);
    texts.into_iter().map(|text| line_text(&text, context.limits)).collect()
}

/// The title in what GDELT keeps of a page: `<PAGE_LINKS>…</PAGE_LINKS><PAGE_TITLE>…</PAGE_TITLE>`.
pub(crate) fn page_title(cell: &str) -> Option<&str> {
    let (_, rest) = cell.split_once("<PAGE_TITLE>")?;
    rest.split_once("</PAGE_TITLE>").map(|(title, _)| title)
}

/// An object as Python prints it, as JSON: strings in either mark, and its words for no value, true and false.
fn as_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    let mut mark: Option<char> = None;
    let mut word = String::new();
    while let Some(letter) = letters.next() {
        match (mark, letter) {
            (Some(_), '\\') => match letters.next() {
                Some('\'') => json.push('\''),
                Some('x') => json.push_str("\\u00"),
                Some(escaped) => json.extend(['\\', escaped]),
                None => {}
            },
            (Some(open), _) if letter == open => {
                json.push('"');
                mark = None;
            }
            (Some(_), '"') => json.push_str("\\\""),
            (Some(_), _) => json.push(letter),
            (None, '\'' | '"') => {
                json.push('"');
                mark = Some(letter);
            }
            (None, _) if letter.is_ascii_alphabetic() => {
                word.push(letter);
                if !letters.peek().is_some_and(char::is_ascii_alphabetic) {
                    json.push_str(match word.as_str() {
                        "None" | "nan" => "null",
                        "True" => "true",
                        "False" => "false",
                        other => other,
                    });
                    word.clear();
                }
            }
            (None, _) => json.push(letter),
        }
    }
    json
}
