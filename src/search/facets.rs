//! Facets: counts over all hits of a query by stored values of a passage: its language, source, countries and day, and the
//! authors, sections and concepts of its document.
//!
//! In: grouped hits. Out: for each field its most frequent values, the number of further ones, and the number of
//! results without any. A result counts once for a value, however many of its passages have it, so counts by a field
//! with several values (`author`, `section`, `concept`, `country`, `pair`; `lang` for documents) add up to more than the results.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::engine::{AllResults, Granularity, Values};
use crate::text::country::{CountryCode, CountryPair};

/// The fields that hits can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetField {
    /// Language of the passage.
    Lang,
    /// Outlet, as the document states it.
    Source,
    /// Authors of the document.
    Author,
    /// Sections that the document is in.
    Section,
    /// Concepts of the glossary that the document names.
    Concept,
    /// Countries that the passage or its document's title names.
    Country,
    /// Pairs of such countries: each two different ones that a result names.
    Pair,
    /// Year of publication.
    Year,
    /// Month of publication.
    Month,
    /// Day of publication.
    Day,
}

impl FacetField {
    /// All facet fields.
    pub const ALL: [FacetField; 10] = [
        FacetField::Lang,
        FacetField::Source,
        FacetField::Author,
        FacetField::Section,
        FacetField::Concept,
        FacetField::Country,
        FacetField::Pair,
        FacetField::Year,
        FacetField::Month,
        FacetField::Day,
    ];

    /// The name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            FacetField::Lang => "lang",
            FacetField::Source => "source",
            FacetField::Author => "author",
            FacetField::Section => "section",
            FacetField::Concept => "concept",
            FacetField::Country => "country",
            FacetField::Pair => "pair",
            FacetField::Year => "year",
            FacetField::Month => "month",
            FacetField::Day => "day",
        }
    }
}

/// The counts by one facet field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The field that is counted by.
    pub field: FacetField,
    /// The most frequent values, ties in the order of their names.
    pub values: Vec<FacetValue>,
    /// Number of further values, which are not listed.
    pub other: u64,
    /// Number of results without any value.
    pub unknown: u64,
}

/// A facet value, with its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value as stored, or as it is written in a filter.
    pub value: String,
    /// Number of results with the value.
    pub count: u64,
}

/// Counts by each of the fields; at most `limit` values of each, all of them for 0.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn count_facets(all: &dyn AllResults, fields: &[FacetField], limit: usize) -> Result<Vec<Facet>> {
    let count = |&field: &FacetField| {
        let by_period = |by| all.periods(by).map(|periods| counted(&periods));
        let (counts, known) = match field {
            FacetField::Lang
            | FacetField::Source
            | FacetField::Author
            | FacetField::Section
            | FacetField::Concept
            | FacetField::Country => counted(&all.texts(field.name())?),
            FacetField::Pair => counted_pairs(&all.texts(FacetField::Country.name())?),
            FacetField::Year => by_period(Granularity::Year)?,
            FacetField::Month => by_period(Granularity::Month)?,
            FacetField::Day => by_period(Granularity::Day)?,
        };
        Ok(facet(field, counts, all.number() - known, limit))
    };
    fields.iter().map(count).collect()
}

/// Each value with its count, and the number of groups that have any.
fn counted<V: ToString>(values: &Values<V>) -> (Vec<FacetValue>, u64) {
    let named = values.values.iter().zip(values.counts());
    let counts = named.map(|(value, count)| FacetValue { value: value.to_string(), count }).collect();
    (counts, values.of_each_group().count() as u64)
}

/// Each pair of countries that a group has with its count, and the number of groups that have any pair.
fn counted_pairs(countries: &Values<String>) -> (Vec<FacetValue>, u64) {
    let codes: Vec<Option<CountryCode>> = countries.values.iter().map(|code| code.parse().ok()).collect();
    let mut counts: BTreeMap<CountryPair, u64> = BTreeMap::new();
    let mut known = 0;
    for group in countries.of_each_group() {
        let of_group = |from: usize| group[from..].iter().filter_map(|&(_, code)| codes[code as usize]);
        known += u64::from(group.len() > 1);
        for (at, one) in of_group(0).enumerate() {
            for pair in of_group(at + 1).filter_map(|other| CountryPair::new(one, other)) {
                *counts.entry(pair).or_default() += 1;
            }
        }
    }
    let counts = counts.into_iter().map(|(pair, count)| FacetValue { value: pair.to_string(), count });
    (counts.collect(), known)
}

fn facet(field: FacetField, mut values: Vec<FacetValue>, unknown: u64, limit: usize) -> Facet {
    values.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
    let shown = if limit == 0 { values.len() } else { values.len().min(limit) };
    let other = (values.len() - shown) as u64;
    values.truncate(shown);
    Facet { field, values, other, unknown }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::engine::{GroupKey, Period};

    /// Document, language, countries, day.
    type Row = (&'static str, &'static str, &'static [&'static str], Option<&'static str>);

    const ROWS: [Row; 6] = [
        ("a", "zh", &["us", "kr"], Some("1970-01-01")),
        ("a", "en", &["cn"], Some("1970-01-01")),
        ("b", "de", &["eu", "cn"], Some("1970-02-01")),
        ("b", "de", &["cn", "eu"], Some("1970-02-01")),
        ("c", "en", &[], None),
        ("d", "en", &["kr"], Some("1971-01-01")),
    ];

    /// Passages in memory, grouped by document or not.
    struct Listed {
        by_document: bool,
    }

    impl Listed {
        fn group(&self, at: usize) -> GroupKey {
            let first = || ROWS.iter().position(|row| row.0 == ROWS[at].0).unwrap_or(at);
            GroupKey::new(0, if self.by_document { first() } else { at } as u64)
        }

        fn values<V: Clone + PartialEq>(&self, of: impl Fn(&Row) -> Vec<V>) -> Values<V> {
            let (mut values, mut rows) = (Vec::new(), Vec::new());
            for (at, row) in ROWS.iter().enumerate() {
                for value in of(row) {
                    let known = values.iter().position(|known| *known == value);
                    rows.push((self.group(at), known.unwrap_or(values.len()) as u32));
                    values.extend(known.is_none().then_some(value));
                }
            }
            Values::new(values, rows)
        }
    }

    impl AllResults for Listed {
        fn number(&self) -> u64 {
            (0..ROWS.len()).map(|at| self.group(at)).collect::<std::collections::BTreeSet<_>>().len() as u64
        }

        fn texts(&self, column: &str) -> Result<Values<String>> {
            Ok(self.values(|&(document, language, countries, _)| match column {
                "lang" => vec![language.to_owned()],
                "author" | "section" => Vec::new(),
                "concept" => countries.iter().map(|&code| format!("of-{code}")).collect(),
                "country" => countries.iter().map(|&code| code.to_owned()).collect(),
                _ => (document != "a").then(|| "Wire".to_owned()).into_iter().collect(),
            }))
        }

        fn periods(&self, by: Granularity) -> Result<Values<Period>> {
            let period = |day: &str| by.period_of(day.parse::<Date>().unwrap());
            Ok(self.values(|row| row.3.map(period).into_iter().collect()))
        }
    }

    /// The facets as `field: value=count … other unknown`.
    fn counts(by_document: bool, limit: usize) -> Vec<String> {
        let facets = count_facets(&Listed { by_document }, &FacetField::ALL, limit).unwrap();
        let shown = |Facet { field, values, other, unknown }: Facet| {
            let values: Vec<String> = values.iter().map(|found| format!("{}={}", found.value, found.count)).collect();
            format!("{}: {} {other} {unknown}", field.name(), values.join(" "))
        };
        facets.into_iter().map(shown).collect()
    }

    #[test]
    fn the_most_frequent_values_come_first() {
        assert_eq!(
            counts(false, 0),
            [
                "lang: en=3 de=2 zh=1 0 0",
                "source: Wire=4 0 2",
                "author:  0 6",
                "section:  0 6",
                "concept: of-cn=3 of-eu=2 of-kr=2 of-us=1 0 1",
                "country: cn=3 eu=2 kr=2 us=1 0 1",
                "pair: cn-eu=2 kr-us=1 0 3",
                "year: 1970=4 1971=1 0 1",
                "month: 1970-01=2 1970-02=2 1971-01=1 0 1",
                "day: 1970-01-01=2 1970-02-01=2 1971-01-01=1 0 1",
            ]
        );
        assert_eq!(
            counts(true, 2),
            [
                "lang: en=3 de=1 1 0",
                "source: Wire=3 0 1",
                "author:  0 4",
                "section:  0 4",
                "concept: of-cn=2 of-kr=2 2 1",
                "country: cn=2 kr=2 2 1",
                "pair: cn-eu=1 cn-kr=1 2 2",
                "year: 1970=2 1971=1 0 1",
                "month: 1970-01=1 1970-02=1 1 1",
                "day: 1970-01-01=1 1970-02-01=1 1 1",
            ]
        );
    }
}
