//! The languages of passages: a closed set, each with one analysis chain, and `und` for every other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The language that a passage was recognised to be in. Decides which chain reads its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// Korean, in Hangul or mixed with hanja.
    #[serde(rename = "ko")]
    Korean,
    /// Chinese, in Simplified or Traditional characters.
    #[serde(rename = "zh")]
    Chinese,
    /// Anything else (kana, Cyrillic, Arabic, no letters at all): searchable by word or character, without a chain of its own.
    #[serde(rename = "und")]
    Undetermined,
}

impl Language {
    /// Every value, in the order in which reports list them.
    pub const ALL: [Language; 5] =
        [Language::English, Language::German, Language::Korean, Language::Chinese, Language::Undetermined];

    /// The ISO 639 code: `en`, `de`, `ko`, `zh`, or `und` (ISO 639-2, undetermined).
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
            Language::Korean => "ko",
            Language::Chinese => "zh",
            Language::Undetermined => "und",
        }
    }

    /// The language that a BCP 47 tag names (`de`, `zh-Hant`, `ko_KR`, in any case).
    /// `None` for a well-formed tag of another language and for anything else.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        match primary.as_str() {
            "en" | "eng" => Some(Language::English),
            "de" | "deu" | "ger" => Some(Language::German),
            "ko" | "kor" => Some(Language::Korean),
            "zh" | "zho" | "chi" => Some(Language::Chinese),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("und") {
            return Ok(Language::Undetermined);
        }
        Language::from_tag(text)
            .ok_or_else(|| format!("`{text}` is not a language of the index, expected en, de, ko, zh or und"))
    }
}
