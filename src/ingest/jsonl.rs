//! JSON Lines: one record a line, `{"id","title","body","lang"?,"date"?,"source"?,"url"?}`. Other keys are left alone.

use serde::Deserialize;
use serde_json::Value;

use crate::document::Document;
use crate::ingest::date::DateReader;

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

/// Longer ids than any archive uses. The index could not find a document by one of more than 65,530 bytes.
const MAX_ID_BYTES: usize = 4096;

/// Archives number their articles as often as they name them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`id` is neither a text nor a whole number")]
enum Id {
    Text(String),
    Number(i64),
}

/// Reads one line into a document with an empty path.
///
/// # Errors
///
/// What is wrong with the record and what was expected, without file and line, which the caller knows.
pub(crate) fn read_record(line: &str, dates: &DateReader) -> Result<(Document, Vec<String>), String> {
    // serde would take an array for a record as well.
    if !line.starts_with('{') {
        return Err(format!("column 1: {EXPECTED}"));
    }
    let record: Record = serde_json::from_str(line).map_err(|error| describe(&error))?;
    let id = match record.id {
        Id::Text(id) => id,
        Id::Number(number) => number.to_string(),
    };
    if id.trim().is_empty() {
        return Err("the record's `id` is empty, expected a text that names the article".to_owned());
    }
    if id.len() > MAX_ID_BYTES {
        return Err(format!("the record's `id` has {} bytes, expected at most {MAX_ID_BYTES}", id.len()));
    }
    let title = record.title.unwrap_or_default();
    let body = record.body.unwrap_or_default();
    if title.trim().is_empty() && body.trim().is_empty() {
        return Err("the record has neither a `title` nor a `body`, so there is nothing to index".to_owned());
    }
    let mut unusable = Vec::new();
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let lang = given(record.lang).and_then(|text| super::read_language(&text, &mut unusable));
    let mut document = Document {
        id,
        title,
        body,
        lang,
        date: None,
        source: given(record.source),
        url: given(record.url),
        path: String::new(),
    };
    let date = record.date.map(|date| match date {
        Value::String(text) => text,
        other => other.to_string(),
    });
    unusable.extend(dates.date(&mut document, given(date).as_deref()));
    Ok((document, unusable))
}

fn describe(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let reason = error.to_string();
    // serde_json counts lines from the start of the record, which is always one.
    let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
    match error.classify() {
        Category::Data => {
            format!("column {}: {reason}; {EXPECTED}", error.column())
        }
        _ => format!("column {}: not valid JSON: {reason}", error.column()),
    }
}
