//! The languages of passages: a closed set, each with one analysis chain ([`Chain::of`](crate::text::analysis::Chain::of)),
//! and `und` for every other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The language of a passage, as detected. It decides which analysis chain makes the passage's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English, read by the chain `en`.
    #[serde(rename = "en")]
    English,
    /// German, read by the chain `de`.
    #[serde(rename = "de")]
    German,
    /// Korean, in Hangul or mixed with hanja.
    #[serde(rename = "ko")]
    Korean,
    /// Chinese, in Simplified or Traditional characters.
    #[serde(rename = "zh")]
    Chinese,
    /// Anything else (kana, French, Cyrillic, Arabic, no letters at all): searchable by word as it stands, or by character.
    #[serde(rename = "und")]
    Undetermined,
}

impl Language {
    /// All languages, in the order in which reports list them. A new language goes before the last.
    pub const ALL: [Language; Language::Undetermined as usize + 1] =
        [Language::English, Language::German, Language::Korean, Language::Chinese, Language::Undetermined];

    /// The ISO 639 codes of the language: that of part 1 first, where there is one, then those of part 2.
    const fn codes(self) -> &'static [&'static str] {
        match self {
            Language::English => &["en", "eng"],
            Language::German => &["de", "deu", "ger"],
            Language::Korean => &["ko", "kor"],
            Language::Chinese => &["zh", "zho", "chi"],
            Language::Undetermined => &["und"],
        }
    }

    /// The ISO 639 code: `en`, `de`, `ko`, `zh`, or `und` (ISO 639-2, undetermined).
    pub const fn code(self) -> &'static str {
        self.codes()[0]
    }

    /// The language that a BCP 47 tag names (`de`, `zh-Hant`, `ko_KR`, in any case).
    /// `None` for the tag of any other language, for `und`, and for what is no tag.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let named = Language::ALL.into_iter().find(|language| language.codes().contains(&primary.as_str()));
        named.filter(|&language| language != Language::Undetermined)
    }

    /// The language that was meant by what is no code of one: its name, or the code of a country where it is written.
    pub(crate) fn meant_by(typed: &str) -> Option<Language> {
        Some(match typed.to_lowercase().as_str() {
            "english" | "englisch" | "영어" | "英语" | "英文" | "英語" | "us" | "gb" | "uk" => {
                Language::English
            }
            "german" | "deutsch" | "독일어" | "德语" | "德文" | "德語" | "at" => Language::German,
            "korean" | "koreanisch" | "한국어" | "한글" | "국어" | "韩语" | "韩文" | "韓語" | "kr" => {
                Language::Korean
            }
            "chinese" | "chinesisch" | "중국어" | "中文" | "汉语" | "漢語" | "cn" | "tw" | "hk" => {
                Language::Chinese
            }
            _ => return None,
        })
    }

    /// The code of another language that a BCP 47 tag names (`es` for `es-419`, in any case). `None` for the languages above,
    /// and for what names no language.
    pub fn other_code(tag: &str) -> Option<String> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
        // Undetermined, several, none, uncoded.
        let is_language = is_code && !["und", "mul", "zxx", "mis"].contains(&primary.as_str());
        (is_language && Language::from_tag(&primary).is_none()).then_some(primary)
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
        if text.eq_ignore_ascii_case(Language::Undetermined.code()) {
            return Ok(Language::Undetermined);
        }
        Language::from_tag(text).ok_or_else(|| {
            let [codes @ .., last] = Language::ALL.map(Language::code);
            format!("`{text}` is not a language of the index, expected {} or {last}", codes.join(", "))
        })
    }
}
