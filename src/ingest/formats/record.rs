//! Records of JSON, by themselves in a line or one of a list: `{"id","title","body","lang"?,"date"?,"source"?,"url"?}`. Other keys
//! are ignored. What is optional loses no article: what cannot be used of it is reported.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::ingest::event::Reason;
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;
use crate::text::language::Language;

const EXPECTED: &str = "expected a JSON object with an `id` and a `title` or `body`";

/// Characters of a key that are shown.
const MAX_SHOWN_CHARS: usize = 80;

const KEYS: [&str; 7] = ["id", "title", "body", "lang", "date", "source", "url"];

/// The values of [`KEYS`].
#[derive(Default)]
struct Fields {
    values: [Option<Value>; KEYS.len()],
    repeated: Vec<&'static str>,
}

impl Fields {
    fn has(&self, key: &str) -> bool {
        KEYS.iter().zip(&self.values).any(|(known, value)| *known == key && value.is_some())
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        let at = KEYS.iter().position(|known| *known == key)?;
        self.values[at].take().filter(|value| !value.is_null())
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(key) = map.next_key::<String>()? {
                    let Some(at) = KEYS.iter().position(|known| *known == key) else {
                        // However long, it is not kept.
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    // As everywhere, the last one holds.
                    if fields.values[at].replace(map.next_value()?).is_some() && !fields.repeated.contains(&KEYS[at]) {
                        fields.repeated.push(KEYS[at]);
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

/// A mistake in a record.
#[derive(Debug)]
pub(crate) struct RecordError {
    /// Line and column within the record's text, both from 1, where it is wrong somewhere in particular.
    pub(crate) at: Option<(usize, usize)>,
    /// The mistake, and what was expected.
    pub(crate) reason: String,
}

impl RecordError {
    fn of_whole(reason: impl Into<String>) -> RecordError {
        RecordError { at: None, reason: reason.into() }
    }
}

/// Reads one record into a document with an empty path.
///
/// # Errors
///
/// When the text is no record; says what was expected, and where in the text. The caller knows file and line.
pub(crate) fn read_record(text: &str) -> Result<StatedDocument, RecordError> {
    // serde would take an array for a record as well.
    if !text.starts_with('{') {
        return Err(RecordError { at: Some((1, 1)), reason: EXPECTED.to_owned() });
    }
    let mut fields: Fields = serde_json::from_str(text).map_err(|error| describe(&error))?;
    if !["id", "title", "body", "url"].iter().any(|key| fields.has(key)) {
        return Err(RecordError::of_whole(without_article(text)));
    }
    let mut unusable: Vec<String> = Vec::new();
    for key in &fields.repeated {
        unusable.push(format!("the record has `{key}` more than once; the last is read"));
    }
    let url = fields.take("url").and_then(|value| text_of("url", value, &mut unusable));
    let id = match fields.take("id") {
        // Archives number their articles as often as they name them.
        Some(Value::Number(number)) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Some(Value::String(id)) if id.trim().is_empty() && url.is_none() => {
            return Err(RecordError::of_whole("the record's `id` is empty, expected a text that names the article"));
        }
        Some(Value::String(id)) => Some(id).filter(|id| !id.trim().is_empty()),
        Some(_) if url.is_some() => {
            unusable.push("the `id` is neither a text nor a whole number; the `url` is taken for it".to_owned());
            None
        }
        Some(_) => return Err(RecordError::of_whole(format!("`id` is neither a text nor a whole number; {EXPECTED}"))),
        None => None,
    };
    // As in tables and feeds, an address names an article.
    let Some(id) = id.or_else(|| url.clone()) else {
        return Err(RecordError::of_whole(format!("the record has neither an `id` nor a `url`; {EXPECTED}")));
    };
    let title = fields.take("title").and_then(|value| text_of("title", value, &mut unusable)).unwrap_or_default();
    let body = fields.take("body").and_then(|value| body_of(value, &mut unusable)).unwrap_or_default();
    if title.trim().is_empty() && body.trim().is_empty() {
        let reason = "the record has neither a `title` nor a `body`, so there is nothing to index";
        let reason = unusable.first().map_or_else(|| reason.to_owned(), |unusable| format!("{reason}: {unusable}"));
        return Err(RecordError::of_whole(reason));
    }
    let lang = fields.take("lang").and_then(|value| text_of("lang", first_of(value), &mut unusable));
    let declared_lang = lang.as_deref().and_then(Language::other_code);
    let lang = lang.and_then(|text| read_language(&text, &mut unusable));
    // A day may be written as a number, 20251230; what is no day at all is reported, and loses no article.
    let date = fields.take("date").map(|date| match date {
        Value::String(text) => text,
        other => other.to_string(),
    });
    let source = fields.take("source").and_then(|value| text_of("source", name_of(first_of(value)), &mut unusable));
    let document = Document { id, title, body, lang, declared_lang, date: None, source, url, path: String::new() };
    let date = date.filter(|date| !date.trim().is_empty());
    Ok(StatedDocument { document, date, unusable: unusable.into_iter().map(Reason::from).collect() })
}

/// A value as a text; `None` for one that has none, which is noted unless it is empty.
fn text_of(key: &str, value: Value, unusable: &mut Vec<String>) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => {
            unusable.push(format!("`{key}` is not text and is left out"));
            None
        }
    }
}

/// A body may be a list of its paragraphs.
fn body_of(value: Value, unusable: &mut Vec<String>) -> Option<String> {
    match value {
        Value::Array(paragraphs) if paragraphs.iter().all(Value::is_string) => {
            let paragraphs: Vec<&str> = paragraphs.iter().filter_map(Value::as_str).collect();
            Some(paragraphs.join("\n\n"))
        }
        // A number there is a mistake, and no article.
        Value::Number(_) => text_of("body", Value::Null, unusable),
        value => text_of("body", value, unusable),
    }
}

/// The first value of a list.
fn first_of(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().next().unwrap_or(Value::Null),
        value => value,
    }
}

/// The name of an object.
fn name_of(value: Value) -> Value {
    match value {
        Value::Object(mut object) => object.remove("name").unwrap_or(Value::Null),
        value => value,
    }
}

/// The problem of an object that has nothing of a record, and which part of it is a list of records, if one is.
fn without_article(text: &str) -> String {
    let object: Option<serde_json::Map<String, Value>> = serde_json::from_str(text).ok();
    let is_list = |value: &Value| value.as_array().is_some_and(|list| list.first().is_some_and(Value::is_object));
    match object.iter().flatten().find(|(_, value)| is_list(value)) {
        Some((key, _)) => {
            let key: String = key.chars().take(MAX_SHOWN_CHARS).collect();
            format!(
                "the object is not a record but holds a list, `{key}`; expected that list by itself, [{{\"id\": …, \"title\": …, \"body\": \
                 …}}, …], or its records one a line"
            )
        }
        None => format!("the record has neither an `id` nor a `url`; {EXPECTED}"),
    }
}

fn describe(error: &serde_json::Error) -> RecordError {
    use serde_json::error::Category;
    let reason = error.to_string();
    // Where it is, the caller says.
    let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
    let reason = match error.classify() {
        Category::Data => format!("{reason}; {EXPECTED}"),
        _ => format!("not valid JSON: {reason}"),
    };
    RecordError { at: Some((error.line(), error.column())), reason }
}
