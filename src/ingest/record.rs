//! A record of JSON, by itself in a line or one of a list: `{"id","title","body","lang"?,"date"?,"source"?,"url"?}`. Other keys
//! are left alone.

use serde::Deserialize;
use serde_json::Value;

use crate::document::Document;

const EXPECTED: &str = "expected a JSON object with an `id` and a `title` or `body`";

#[derive(Deserialize)]
struct Record {
    id: Id,
    title: Option<String>,
    body: Option<String>,
    lang: Option<String>,
    /// A day may be written as a number, 20251230; what is no day at all is reported, and loses no article.
    date: Option<Value>,
    source: Option<String>,
    url: Option<String>,
}

/// Archives number their articles as often as they name them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`id` is neither a text nor a whole number")]
enum Id {
    Text(String),
    Number(i64),
}

/// A record that could be read.
pub(super) struct ReadRecord {
    pub(super) document: Document,
    /// The date as it is written.
    pub(super) stated: Option<String>,
    /// What could not be used.
    pub(super) unusable: Vec<String>,
}

/// What is wrong with a record.
#[derive(Debug)]
pub(super) struct RecordError {
    /// Line and column within the record's text, both from 1, where it is wrong somewhere in particular.
    pub(super) at: Option<(usize, usize)>,
    /// What is wrong, and what was expected.
    pub(super) reason: String,
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
/// What is wrong with the record and what was expected, and where in it; the caller knows file and line.
pub(super) fn read_record(text: &str) -> Result<ReadRecord, RecordError> {
    // serde would take an array for a record as well.
    if !text.starts_with('{') {
        return Err(RecordError { at: Some((1, 1)), reason: EXPECTED.to_owned() });
    }
    let record: Record = serde_json::from_str(text).map_err(|error| describe(&error))?;
    let id = match record.id {
        Id::Text(id) => id,
        Id::Number(number) => number.to_string(),
    };
    if id.trim().is_empty() {
        return Err(RecordError::of_whole("the record's `id` is empty, expected a text that names the article"));
    }
    let title = record.title.unwrap_or_default();
    let body = record.body.unwrap_or_default();
    if title.trim().is_empty() && body.trim().is_empty() {
        let reason = "the record has neither a `title` nor a `body`, so there is nothing to index";
        return Err(RecordError::of_whole(reason));
    }
    let mut unusable = Vec::new();
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let lang = given(record.lang).and_then(|text| super::read_language(&text, &mut unusable));
    let date = record.date.map(|date| match date {
        Value::String(text) => text,
        other => other.to_string(),
    });
    let (source, url) = (given(record.source), given(record.url));
    let document = Document { id, title, body, lang, date: None, source, url, path: String::new() };
    Ok(ReadRecord { document, stated: given(date), unusable })
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
