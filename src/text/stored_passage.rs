//! The stored passage: the record that an index keeps of a passage beside its text. An engine returns it with every hit;
//! a second engine keeps the same record.

use serde::{Deserialize, Serialize};

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
    /// Names of the document's authors.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Sections of the outlet that the document is in.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    /// Length of the document: its words, and its single characters of Korean and Chinese, without the title. An index has it
    /// beside the record, as the concepts and the place.
    #[serde(skip)]
    pub words: u64,
    /// Ids of the glossary's concepts that the document names anywhere, in order.
    #[serde(skip)]
    pub concepts: Vec<String>,
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
    /// Where in the article's text the passage stands.
    #[serde(skip)]
    pub place: PassagePlace,
}

/// The place of a passage in the text of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PassagePlace {
    /// Number of units (words, CJK characters) of the article's text before the passage.
    pub units_before: u32,
    /// Number of positions of the passage's text that belong to the lead.
    pub in_lead: u32,
}
