//! Counts over all hits of a query, by what is known of a passage: its language, source, countries and day.
//!
//! In: grouped hits. Out: for each field its most frequent values, how many further ones there are, and how many results
//! have none. A result counts once for a value, however many of its passages have it, so counts by a field with several
//! values (`country`, `pair`; `lang` for documents) add up to more than the results.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use tantivy::Searcher;

use crate::engine::tantivy::grouped::GroupedHits;
use crate::engine::tantivy::values::{Values, periods_of, texts_of};
use crate::search::period::Granularity;
use crate::text::country::{CountryCode, CountryPair};

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
pub(crate) fn count_facets(
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

#[cfg(test)]
mod tests {
    use tantivy::indexer::NoMergePolicy;
    use tantivy::query::AllQuery;
    use tantivy::schema::{FAST, STRING, Schema};
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;
    use crate::engine::tantivy::grouping::{Grouping, ResultUnit};

    /// Document, language, countries, day.
    type Row = (&'static str, &'static str, &'static [&'static str], Option<i64>);

    /// Passages in as many segments as there are lists, the document `gone` deleted again.
    fn searcher_of(segments: &[&[Row]]) -> Searcher {
        let mut schema = Schema::builder();
        let [id, lang, source, country] =
            ["id", "lang", "source", "country"].map(|name| schema.add_text_field(name, STRING | FAST));
        let date = schema.add_i64_field("date", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for rows in segments {
            for (of, language, countries, day) in *rows {
                let mut document = TantivyDocument::new();
                document.add_text(id, of);
                document.add_text(lang, language);
                countries.iter().for_each(|code| document.add_text(country, code));
                day.iter().for_each(|&day| document.add_i64(date, day));
                if *of != "a" {
                    document.add_text(source, "Wire");
                }
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        writer.delete_term(Term::from_field_text(id, "gone"));
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        assert_eq!(searcher.segment_readers().len(), segments.len());
        searcher
    }

    /// As `field: value=count … other unknown`.
    fn counts(searcher: &Searcher, unit: ResultUnit, limit: usize) -> Vec<String> {
        let hits = GroupedHits::collect(searcher, &AllQuery, &Grouping::without_stories(unit)).unwrap();
        let facets = count_facets(searcher, &hits, &FacetField::ALL, limit).unwrap();
        let shown = |Facet { field, values, other, unknown }: Facet| {
            let values: Vec<String> = values.iter().map(|found| format!("{}={}", found.value, found.count)).collect();
            format!("{}: {} {other} {unknown}", field.name(), values.join(" "))
        };
        facets.into_iter().map(shown).collect()
    }

    #[test]
    fn counts_of_several_segments_are_one() {
        // The numbers of values differ from segment to segment.
        let searcher = searcher_of(&[
            &[("a", "zh", &["us", "kr"], Some(0)), ("a", "en", &["cn"], Some(0)), ("gone", "de", &["de"], Some(1))],
            &[("b", "de", &["eu", "cn"], Some(31)), ("b", "de", &["cn", "eu"], Some(31))],
            &[("c", "en", &[], None), ("d", "en", &["kr"], Some(365)), ("gone", "en", &["kr", "us"], None)],
        ]);
        assert_eq!(
            counts(&searcher, ResultUnit::Passage, 0),
            [
                "lang: en=3 de=2 zh=1 0 0",
                "source: Wire=4 0 2",
                "country: cn=3 eu=2 kr=2 us=1 0 1",
                "pair: cn-eu=2 kr-us=1 0 3",
                "year: 1970=4 1971=1 0 1",
                "month: 1970-01=2 1970-02=2 1971-01=1 0 1",
                "day: 1970-01-01=2 1970-02-01=2 1971-01-01=1 0 1",
            ]
        );
        assert_eq!(
            counts(&searcher, ResultUnit::Document, 2),
            [
                "lang: en=3 de=1 1 0",
                "source: Wire=3 0 1",
                "country: cn=2 kr=2 2 1",
                "pair: cn-eu=1 cn-kr=1 2 2",
                "year: 1970=2 1971=1 0 1",
                "month: 1970-01=1 1970-02=1 1 1",
                "day: 1970-01-01=1 1970-02-01=1 1 1",
            ]
        );
    }
}
