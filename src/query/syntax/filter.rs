//! Metadata filters: by language, date, source, author, section, length, country, concept and id, as a query writes them. An engine evaluates them on its
//! index, the highlighter on the stored passage.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::query::syntax::dates::DateFilter;
use crate::query::syntax::signs::write_quoted;
use crate::query::syntax::word_count::WordCount;
use crate::text::analysis::{Segmented, Unit, surface, surface_without_dots};
use crate::text::country::{CountryCode, CountryPair};
use crate::text::language::Language;

/// A metadata filter. It is serialized as it is written in a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Filter {
    /// The passage is in one of these languages.
    Lang(Vec<Language>),
    /// The publication day is known and lies in the range.
    Date(DateFilter),
    /// The source's name contains these words in this order, folded.
    Source(String),
    /// The name of an author contains these words in this order, folded.
    Author(String),
    /// The name of a section that the document is in contains these words in this order, folded.
    Section(String),
    /// The length of the document in words lies in the range.
    Words(WordCount),
    /// The document names one of these concepts of the glossary, by their ids in lower case.
    Concept(Vec<String>),
    /// The passage or its document's title names one of these countries.
    Country(Vec<CountryCode>),
    /// The passage or its document's title names both countries of one of these pairs.
    Pair(Vec<CountryPair>),
    /// The document has this id, or with `prefix` an id that begins with it.
    Id {
        /// The id as stored, or its prefix; case matters.
        id: String,
        /// True if it was written with a `*` at the end.
        prefix: bool,
    },
}

/// The notations of a date or a range of dates, for messages.
pub const DATE_FORMS: &str =
    "2025, 2025-12, 2025-12-30, 2025-12..2026-01, >=2026, <2025-07, today, yesterday, this-week, last-month or 7d..";

impl Filter {
    /// The filter with days in place of dates that depend on the day of the query, which is asked for where there are some.
    pub(crate) fn on(&self, today: impl FnOnce() -> Date) -> Filter {
        match self {
            Filter::Date(dates @ DateFilter::Relative(_)) => Filter::Date(DateFilter::Days(dates.on(today()))),
            Filter::Date(DateFilter::Days(_))
            | Filter::Lang(_)
            | Filter::Source(_)
            | Filter::Author(_)
            | Filter::Section(_)
            | Filter::Words(_)
            | Filter::Concept(_)
            | Filter::Country(_)
            | Filter::Pair(_)
            | Filter::Id { .. } => self.clone(),
        }
    }
}

/// True if the folded words and characters of `words` stand in `name` in this order, umlauts written in any way. If
/// `words` has none, always false.
pub(crate) fn holds_words(name: &str, words: &str) -> bool {
    let (name, words) = (Segmented::new(name), Segmented::new(words));
    let wanted: Vec<String> = words.units().iter().map(|unit| surface(words.form(unit))).collect();
    let is = |unit: &Unit, wanted: &String| {
        let form = name.form(unit);
        surface(form) == *wanted || surface_without_dots(form).as_ref() == Some(wanted)
    };
    let stands_in = |window: &[Unit]| window.iter().zip(&wanted).all(|(unit, wanted)| is(unit, wanted));
    !wanted.is_empty() && name.units().windows(wanted.len()).any(stands_in)
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Filter::Lang(languages) => {
                let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
                write!(formatter, "lang:{}", codes.join(","))
            }
            Filter::Date(dates) => write!(formatter, "date:{dates}"),
            Filter::Words(count) => write!(formatter, "words:{count}"),
            Filter::Concept(ids) => write_list(formatter, "concept", ids),
            Filter::Country(countries) => write_list(formatter, "country", countries),
            Filter::Pair(pairs) => write_list(formatter, "pair", pairs),
            Filter::Source(words) => write_words(formatter, "source", words),
            Filter::Author(words) => write_words(formatter, "author", words),
            Filter::Section(words) => write_words(formatter, "section", words),
            Filter::Id { id, prefix } => {
                formatter.write_str("id:")?;
                write_quoted(formatter, id)?;
                formatter.write_str(if *prefix { "*" } else { "" })
            }
        }
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn write_words(formatter: &mut fmt::Formatter<'_>, name: &str, words: &str) -> fmt::Result {
    write!(formatter, "{name}:")?;
    write_quoted(formatter, words)
}

fn write_list(formatter: &mut fmt::Formatter<'_>, name: &str, values: &[impl fmt::Display]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        if at == 0 { write!(formatter, "{name}:{value}")? } else { write!(formatter, ",{value}")? }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_found_by_its_words() {
        assert!(holds_words("Yonhap News Agency", "yonhap"));
        assert!(holds_words("연합뉴스", "연합"));
        assert!(holds_words("中國日報", "中国日报"));
        assert!(
            ["Süddeutsche", "sueddeutsche", "Suddeutsche"].iter().all(|name| holds_words("Süddeutsche Zeitung", name))
        );
        assert!(!holds_words("Yonhap News", "yon"));
        assert!(!holds_words("Yonhap News", "…"));
    }
}
