//! Stored passages: what a hit shows of a passage, as JSON in the index.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use crate::index::schema::Fields;
use crate::text::country::CountryCode;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// The record that is stored of a passage beside its text. Short keys: they stand in every passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPassage {
    /// Id of the document.
    #[serde(rename = "i")]
    pub id: String,
    /// Title of the document.
    #[serde(rename = "t")]
    pub title: String,
    /// Language of the document.
    #[serde(rename = "dl")]
    pub document_lang: Language,
    /// Code of another language that the document states.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub declared_lang: Option<String>,
    /// Language of the passage.
    #[serde(rename = "l")]
    pub lang: Language,
    /// Publication day, `YYYY-MM-DD`.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Outlet or agency.
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Address of the article.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// File that it came from.
    #[serde(rename = "p")]
    pub path: String,
    /// Number of the passage in its document, from 0.
    #[serde(rename = "n")]
    pub number: u32,
    /// The range of the passage in the document's body.
    #[serde(rename = "r")]
    pub range: ByteRange,
    /// Countries that the passage or its document's title names, in order.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryCode>,
    /// Countries that the document names anywhere, in order.
    #[serde(rename = "dc", default, skip_serializing_if = "Vec::is_empty")]
    pub document_countries: Vec<CountryCode>,
}

/// The record and the text of a passage as tantivy has stored it.
///
/// # Errors
///
/// When they are damaged.
pub(super) fn stored_passage(document: &TantivyDocument, fields: &Fields) -> Result<(StoredPassage, String)> {
    let field = |field| document.get_first(field).and_then(|value| value.as_str());
    let stored = field(fields.stored).context("a stored passage has no record; the index is damaged")?;
    let stored = serde_json::from_str(stored).context("a stored passage is damaged")?;
    let text = field(fields.text).unwrap_or_default().to_owned();
    Ok((stored, text))
}

/// Days from 1970-01-01 to a `YYYY-MM-DD`, negative before; `None` for anything else.
pub(crate) fn days_since_epoch(date: &str) -> Option<i64> {
    date.parse().ok().map(days_of)
}

/// Days from 1970-01-01 to a date, negative before.
pub(crate) fn days_of(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

#[cfg(test)]
mod tests {
    use super::days_since_epoch;

    #[test]
    fn days_are_counted_from_the_epoch() {
        assert_eq!(days_since_epoch("1970-01-01"), Some(0));
        assert_eq!(days_since_epoch("1969-12-31"), Some(-1));
        assert_eq!(days_since_epoch("2025-12-30"), Some(20_452));
        assert_eq!(days_since_epoch("soon"), None);
    }
}
