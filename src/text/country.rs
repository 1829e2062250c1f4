//! Country codes and pairs of them: what the names of countries in a text stand for, and what filters and facets use.
//!
//! In: two letters, or two codes with a hyphen. Out: normalised values, which compare and print alike however they were typed:
//! codes in lower case, the codes of a pair in alphabetical order. Which codes a
//! country has, and what else people write for them, is known to `glossary::country_codes`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A country code: ISO 3166-1 alpha-2, or `eu`; two ASCII letters in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Description of the form of a code, for error messages.
    pub const FORM: &str = "a country's code of two letters, as kr, cn, us or eu";

    /// The code, in lower case.
    pub fn as_str(&self) -> &str {
        // Both are ASCII letters, so they are always UTF-8.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = String;

    /// Parses two ASCII letters in any case; anything else is an error with a message.
    fn from_str(text: &str) -> Result<CountryCode, String> {
        match text.as_bytes() {
            &[first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(CountryCode([first.to_ascii_lowercase(), second.to_ascii_lowercase()]))
            }
            _ => Err(format!("expected {}", CountryCode::FORM)),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
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
        code.to_string()
    }
}

/// A pair of two different countries, without an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryPair {
    first: CountryCode,
    second: CountryCode,
}

impl CountryPair {
    /// Description of the form of a pair, for error messages.
    pub const FORM: &str = "two countries' codes with a hyphen between them, as kr-cn";

    /// The pair of two countries; `None` if both are the same country.
    pub fn new(one: CountryCode, other: CountryCode) -> Option<CountryPair> {
        (one != other).then(|| CountryPair { first: one.min(other), second: one.max(other) })
    }

    /// The two countries of the pair, in alphabetical order of their codes.
    pub fn countries(self) -> [CountryCode; 2] {
        [self.first, self.second]
    }
}

impl FromStr for CountryPair {
    type Err = String;

    /// Parses two codes with a hyphen between them, in either order. Anything else is an error with a message, and so is a
    /// pair of a country with itself.
    fn from_str(text: &str) -> Result<CountryPair, String> {
        let form = || format!("expected {}", CountryPair::FORM);
        let (one, other) = text.split_once('-').ok_or_else(form)?;
        let [one, other] = [one, other].map(str::parse::<CountryCode>);
        let (one, other) = (one.map_err(|_| form())?, other.map_err(|_| form())?);
        CountryPair::new(one, other).ok_or_else(|| "expected two different countries, as kr-cn".to_owned())
    }
}

impl fmt::Display for CountryPair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.first, self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_two_letters_in_any_case() {
        assert_eq!("KR".parse::<CountryCode>().unwrap().to_string(), "kr");
        for wrong in ["", "k", "kor", "k1", "한", "é", "kr ", "ｋｒ"] {
            assert!(wrong.parse::<CountryCode>().is_err(), "{wrong}");
        }
        let code: CountryCode = serde_json::from_str("\"de\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"de\"");
        assert!(serde_json::from_str::<CountryCode>("\"deu\"").is_err());
    }

    #[test]
    fn pairs_have_no_order_and_two_countries() {
        let pair: CountryPair = "KR-cn".parse().unwrap();
        assert_eq!(pair, "cn-kr".parse().unwrap());
        assert_eq!(pair.to_string(), "cn-kr");
        for wrong in ["", "-", "kr", "kr-", "-cn", "kr-cn-us", "kr-kr", "kr–cn", "kr cn"] {
            assert!(wrong.parse::<CountryPair>().is_err(), "{wrong}");
        }
    }
}
