//! Counts over all hits of a query, by what is known of a passage: its language, source, countries and day.
//!
//! In: grouped hits. Out: for each field its most frequent values, how many further ones there are, and how many results
//! have none. A result counts once for a value, however many of its passages have it, so counts by a field with several
//! values (`country`, `pair`; `lang` for documents) add up to more than the results.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use tantivy::Searcher;

use crate::country::{CountryCode, CountryPair};
use crate::search::grouped::GroupedHits;
use crate::search::period::Granularity;
use crate::search::values::{Values, periods_of, texts_of};

/// What hits can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetField {
    /// Languages of passages.
    Lang,
    /// Outlets, as stated.
    Source,
    /// Countries that passages or their documents' titles name.
    Country,
    /// Pairs of such countries: each two different ones that a result names.
    Pair,
    /// Years of publication.
    Year,
    /// Months of publication.
    Month,
    /// Days of publication.
    Day,
}

impl FacetField {
    /// Every field.
    pub const ALL: [FacetField; 7] = [
        FacetField::Lang,
        FacetField::Source,
        FacetField::Country,
        FacetField::Pair,
        FacetField::Year,
        FacetField::Month,
        FacetField::Day,
    ];

    /// Its name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            FacetField::Lang => "lang",
            FacetField::Source => "source",
            FacetField::Country => "country",
            FacetField::Pair => "pair",
            FacetField::Year => "year",
            FacetField::Month => "month",
            FacetField::Day => "day",
        }
    }
}

/// The counts by one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// What is counted by.
    pub field: FacetField,
    /// The most frequent values, ties in the order of their names.
    pub values: Vec<FacetValue>,
    /// Further values, which are not among these.
    pub other: u64,
    /// Results without any value.
    pub unknown: u64,
}

/// A value and how many results have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// As stored, or as it is written in a filter.
    pub value: String,
    /// Results.
    pub count: u64,
}

/// Counts by each of the fields; at most `limit` values of each, all of them for 0.
///
/// # Errors
///
/// When the index cannot be read.
pub(super) fn count_facets(
    searcher: &Searcher,
    hits: &GroupedHits,
    fields: &[FacetField],
    limit: usize,
) -> Result<Vec<Facet>> {
    let count = |&field: &FacetField| {
        let by_period = |by| periods_of(searcher, hits, by).map(|periods| counted(&periods));
        let (counts, known) = match field {
            FacetField::Lang | FacetField::Source | FacetField::Country => {
                counted(&texts_of(searcher, hits, field.name())?)
            }
            FacetField::Pair => counted_pairs(&texts_of(searcher, hits, FacetField::Country.name())?),
            FacetField::Year => by_period(Granularity::Year)?,
            FacetField::Month => by_period(Granularity::Month)?,
            FacetField::Day => by_period(Granularity::Day)?,
        };
        Ok(facet(field, counts, hits.groups - known, limit))
    };
    fields.iter().map(count).collect()
}

/// Each value with its count, and how many groups have any.
fn counted<V: ToString>(values: &Values<V>) -> (Vec<FacetValue>, u64) {
    let named = values.values.iter().zip(values.counts());
    let counts = named.map(|(value, count)| FacetValue { value: value.to_string(), count }).collect();
    (counts, values.of_each_group().count() as u64)
}

/// Each pair of countries that a group has, and how many groups have any.
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
