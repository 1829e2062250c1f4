//! The codes of countries that queries may name: those of CLDR's regions, and usual aliases (`uk` for gb).
//!
//! In goes a code as it was typed; out comes the country's code, or an error with the countries that are nearest to what was typed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::country::{CountryCode, CountryPair};
use crate::text::glossary::{REGIONS, TABLES};

/// Aliases of codes: an alias and a code on each line; `#` begins a comment.
const ALIASES: &str = include_str!("country_aliases.txt");
/// Greatest number of countries that an error names.
const MOST_NEAREST: usize = 3;

/// The English names of the countries, by code.
static NAMES: LazyLock<BTreeMap<CountryCode, &'static str>> = LazyLock::new(|| {
    let rows = REGIONS.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t').skip(2);
        let code = columns.next()?.parse().ok()?;
        Some((code, columns.next()?.split(" | ").next()?))
    });
    rows.collect()
});

/// The names of the countries in all languages, in lower case, by code.
static ALL_NAMES: LazyLock<Vec<(String, CountryCode)>> = LazyLock::new(|| {
    let tables = TABLES.iter().map(|&(_, text)| text).chain([REGIONS]);
    let rows = tables.flat_map(str::lines).filter_map(|line| {
        let mut columns = line.split('\t').skip(1);
        let is_country = columns.next()? == "country";
        Some((columns.next()?.parse::<CountryCode>().ok().filter(|_| is_country)?, columns))
    });
    let names = rows.flat_map(|(code, columns)| {
        columns.flat_map(|names| names.split(" | ")).map(move |name| (name.to_lowercase(), code))
    });
    names.collect()
});

/// The error for a code that names no country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CountryCodeError {
    /// The text has not the form of a code.
    Form,
    /// A pair of a country with itself.
    SameTwice(CountryCode),
    /// No country has the code; those that are nearest, with their English names.
    Unknown { code: String, nearest: Vec<(CountryCode, &'static str)> },
}

/// The country that a code or an alias names, in any case.
pub(crate) fn country_named(typed: &str) -> Result<CountryCode, CountryCodeError> {
    let code = typed.to_ascii_lowercase();
    if let Some(country) = alias(&code) {
        return Ok(country);
    }
    let unknown = || CountryCodeError::Unknown { code: code.clone(), nearest: nearest(&code) };
    match code.parse::<CountryCode>() {
        Ok(country) if NAMES.contains_key(&country) => Ok(country),
        Ok(_) => Err(unknown()),
        // A name instead of a code, in any script.
        Err(_) if (code.chars().count() > 2 || !code.is_ascii()) && code.chars().all(char::is_alphabetic) => {
            Err(unknown())
        }
        Err(_) => Err(CountryCodeError::Form),
    }
}

/// The pair that two codes or aliases with a hyphen between them name.
pub(crate) fn pair_named(typed: &str) -> Result<CountryPair, CountryCodeError> {
    let (one, other) = typed.split_once('-').ok_or(CountryCodeError::Form)?;
    let (one, other) = (country_named(one)?, country_named(other)?);
    CountryPair::new(one, other).ok_or(CountryCodeError::SameTwice(one))
}

fn alias(code: &str) -> Option<CountryCode> {
    let lines = ALIASES.lines().filter(|line| !line.starts_with('#'));
    let country = lines.filter_map(|line| line.split_once(' ')).find(|(alias, _)| *alias == code);
    country.and_then(|(_, country)| country.parse().ok())
}

/// The countries nearest to what was typed: those that have this name in one of the languages, those of which a word of the English name begins with it or is like it, then those with a
/// code of the same letters in another order, then those whose name begins with the first letter and has the second.
fn nearest(code: &str) -> Vec<(CountryCode, &'static str)> {
    let mut letters = code.chars();
    let (first, second) = (letters.next().unwrap_or_default(), letters.next().unwrap_or_default());
    let turned: String = code.chars().rev().collect();
    // As typed: the code is in lower case by ASCII alone.
    let typed = code.to_lowercase();
    let distance = |country: &CountryCode, name: &str| {
        let name = name.to_lowercase();
        let is_like = |word: &str| code.len() > 3 && strsim::osa_distance(word, code) <= code.len() / 4;
        if ALL_NAMES.iter().any(|(name, named)| named == country && *name == typed) {
            Some(0)
        } else if name.split(|letter: char| !letter.is_alphabetic()).any(|word| word.starts_with(code) || is_like(word))
        {
            Some(1)
        } else if country.as_str() == turned {
            Some(2)
        } else {
            (name.starts_with(first) && name[first.len_utf8()..].contains(second)).then_some(3)
        }
    };
    let mut found: Vec<(usize, CountryCode, &'static str)> =
        NAMES.iter().filter_map(|(country, name)| Some((distance(country, name)?, *country, *name))).collect();
    found.sort_by_key(|&(distance, country, _)| (distance, !country.as_str().starts_with(first)));
    found.truncate(MOST_NEAREST);
    found.into_iter().map(|(_, country, name)| (country, name)).collect()
}

impl CountryCode {
    /// The country that a code or a usual alias (`uk`) names, in any case.
    ///
    /// # Errors
    ///
    /// When no country has the code; the message names the nearest.
    pub fn named(typed: &str) -> Result<CountryCode, String> {
        country_named(typed).map_err(|error| format!("expected {}", error.expected(CountryCode::FORM)))
    }
}

impl CountryPair {
    /// The pair of countries that two codes or aliases with a hyphen between them name.
    ///
    /// # Errors
    ///
    /// As [`CountryCode::named`], and for a pair of a country with itself.
    pub fn named(typed: &str) -> Result<CountryPair, String> {
        pair_named(typed).map_err(|error| format!("expected {}", error.expected(CountryPair::FORM)))
    }
}

/// The error for users: what was expected, with the nearest countries.
impl CountryCodeError {
    /// What was expected instead, where values are of this form (`countries' codes of two letters, as in country:kr,cn`).
    pub(crate) fn expected(&self, form: &str) -> String {
        match self {
            CountryCodeError::Form => form.to_owned(),
            CountryCodeError::SameTwice(_) => "two different countries, as in pair:kr-cn".to_owned(),
            CountryCodeError::Unknown { nearest, .. } => {
                let names: Vec<String> = nearest.iter().map(|(code, name)| format!("{code} ({name})")).collect();
                match names.as_slice() {
                    [] => "the code of a country (ISO 3166-1) or eu".to_owned(),
                    names => format!("the code of a country (ISO 3166-1) or eu; the nearest: {}", names.join(", ")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_aliases_name_countries() {
        for (typed, code) in [
            ("kr", "kr"),
            ("KR", "kr"),
            ("uk", "gb"),
            ("UK", "gb"),
            ("el", "gr"),
            ("eu", "eu"),
            ("usa", "us"),
            ("xk", "xk"),
        ] {
            assert_eq!(country_named(typed).map(|country| country.to_string()), Ok(code.to_owned()), "{typed}");
        }
        assert_eq!(pair_named("UK-usa").unwrap().to_string(), "gb-us");
        assert_eq!(pair_named("uk-gb"), Err(CountryCodeError::SameTwice("gb".parse().unwrap())));
    }

    #[test]
    fn every_alias_names_a_country_and_is_no_code_of_another() {
        let mut aliases = 0;
        for line in ALIASES.lines().filter(|line| !line.starts_with('#')) {
            let (alias, code) = line.split_once(' ').unwrap();
            let code: CountryCode = code.parse().unwrap();
            assert!(NAMES.contains_key(&code), "{line}");
            let own = alias.parse::<CountryCode>().ok().filter(|own| NAMES.contains_key(own));
            assert!(own.is_none() || own == Some(code), "{line}");
            aliases += 1;
        }
        assert!(aliases > 50 && NAMES.len() > 240, "{aliases} {}", NAMES.len());
    }

    #[test]
    fn unknown_codes_name_the_nearest() {
        let nearest = |typed: &str| match country_named(typed) {
            Err(CountryCodeError::Unknown { nearest, .. }) => nearest.first().map(|(code, _)| code.to_string()),
            other => panic!("{typed}: {other:?}"),
        };
        assert_eq!(nearest("ko"), Some("kp".to_owned()));
        assert_eq!(nearest("rk"), Some("kr".to_owned()));
        assert_eq!(nearest("china"), Some("cn".to_owned()));
        assert_eq!(nearest("germny"), Some("de".to_owned()));
        assert_eq!(nearest("viet"), Some("vn".to_owned()));
        for (name, code) in [
            ("Deutschland", "de"),
            ("ÖSTERREICH", "at"),
            ("한국", "kr"),
            ("대한민국", "kr"),
            ("中国", "cn"),
            ("Korea", "kr"),
        ] {
            assert_eq!(nearest(name).as_deref(), Some(code), "{name}");
        }
        for wrong in ["", "k", "k1", "한국1", "kr "] {
            assert_eq!(country_named(wrong), Err(CountryCodeError::Form), "{wrong}");
        }
    }
}
