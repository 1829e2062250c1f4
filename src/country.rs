//! Codes of countries: two letters of ISO 3166-1, and `eu`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A country by its code, as it is written in an index: two lower-case letters. Any two letters are one; whether a country
/// has it is up to the names that are known (`index-config/glossary/`, CLDR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = String;

    /// Two ASCII letters of either case.
    fn from_str(text: &str) -> Result<CountryCode, String> {
        match text.as_bytes() {
            &[first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(CountryCode([first.to_ascii_lowercase(), second.to_ascii_lowercase()]))
            }
            _ => Err(format!("`{text}` is not a country code, expected two letters of ISO 3166-1 such as kr, or eu")),
        }
    }
}

impl TryFrom<String> for CountryCode {
    type Error = String;

    fn try_from(text: String) -> Result<CountryCode, String> {
        text.parse()
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> String {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
