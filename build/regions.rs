//! The names of countries in the languages of the glossary, from Unicode's CLDR as ICU4X has it.
//!
//! In goes the heading of the tables in `index-config/glossary/`, whose columns of names are named by locales (`de`, `zh-Hans`). Out
//! comes a table with that heading, a row for each region with a two-letter code. It is made while building, so that the binary
//! carries these names alone.

use std::error::Error;

use icu_experimental::displaynames::DisplayNamesOptions;
use icu_experimental::displaynames::multi::RegionDisplayNames;
use icu_locale_core::{Locale, subtags::Region};

use crate::layout::COLUMNS_BEFORE_NAMES;
use crate::script::char_script;

/// Codes that CLDR has names for and ISO 3166-1 no country: exceptional reservations for islands and cities, the euro zone,
/// the United Nations, outlying Oceania, pseudo-locales, and the unknown region. EU stays.
const NO_COUNTRIES: [&str; 13] = ["AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"];

/// The table with a heading.
pub(crate) fn table(heading: &str) -> Result<String, Box<dyn Error>> {
    let mut languages = Vec::new();
    for name in heading.split('\t').skip(COLUMNS_BEFORE_NAMES) {
        let locale: Locale = name.parse()?;
        languages.push(RegionDisplayNames::try_new(locale.into(), DisplayNamesOptions::default())?);
    }
    let mut table = format!("{heading}\n");
    for first in 'A'..='Z' {
        for second in 'A'..='Z' {
            let code = format!("{first}{second}");
            let region: Region = code.parse()?;
            if NO_COUNTRIES.contains(&code.as_str()) || languages[0].of(region).is_none() {
                continue;
            }
            let code = code.to_lowercase();
            table.push_str(&format!("cldr-{code}\tcountry\t{code}"));
            for language in &languages {
                let name = language.of(region).unwrap_or_default();
                table.push('\t');
                // What stands in parentheses is another name where words are written in letters (`Myanmar (Burma)`), and a part of
                // the name in Korean and Chinese (`刚果（金）`).
                let is_in_letters = !name.contains(|character| char_script(character).is_some());
                table.push_str(&if is_in_letters { names_of(name) } else { name.to_owned() });
            }
            table.push('\n');
        }
    }
    Ok(table)
}

/// The name without what is in parentheses, and what is in them as a name of its own: `Myanmar (Burma)`; in the place of the
/// word before them where the name goes on, `Cocos (Keeling) Islands`.
fn names_of(name: &str) -> String {
    let Some((before, (inside, after))) =
        name.split_once('(').and_then(|(before, rest)| Some((before.trim(), rest.split_once(')')?)))
    else {
        return name.to_owned();
    };
    match after.trim() {
        "" => format!("{before} | {inside}"),
        after => format!("{before} {after} | {inside} {after} | {name}"),
    }
}
