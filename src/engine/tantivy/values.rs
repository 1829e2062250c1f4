//! Facet values of grouped hits: the values in a column of the index, and the groups that have each.
//!
//! In: grouped hits and a column. Out: each value with a count. A group counts once for a value, however many of its
//! passages have it. Only columns are read: a value is its ordinal within a segment, until each is resolved once.

use std::collections::HashMap;
use std::hash::Hash;

use anyhow::{Context, Result, ensure};
use foldhash::fast::RandomState;
use tantivy::{Searcher, SegmentReader};

use crate::engine::period::{Granularity, Period, date_of};
use crate::engine::tantivy::grouped::GroupedHits;
use crate::engine::{GroupKey, Values};

/// Numbers values in the order in which they are added.
struct Numbered<V> {
    values: Vec<V>,
    known: HashMap<V, u32, RandomState>,
}

impl<V: Clone + Eq + Hash> Numbered<V> {
    fn new() -> Numbered<V> {
        Numbered { values: Vec::new(), known: HashMap::default() }
    }

    fn number(&mut self, value: V) -> u32 {
        *self.known.entry(value).or_insert_with_key(|value| {
            self.values.push(value.clone());
            (self.values.len() - 1) as u32
        })
    }

    fn with_rows(self, rows: Vec<(GroupKey, u32)>) -> Values<V> {
        Values::new(self.values, rows)
    }
}

/// The values of the hits in a text column, by the column's name.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn texts_of(searcher: &Searcher, hits: &GroupedHits, column: &str) -> Result<Values<String>> {
    let mut numbered = Numbered::new();
    let mut rows = Vec::new();
    for (reader, hits) in searcher.segment_readers().iter().zip(&hits.segments) {
        add_texts(reader, hits, column, &mut numbered, &mut rows).with_context(|| format!("counting by {column}"))?;
    }
    Ok(numbered.with_rows(rows))
}

fn add_texts(
    reader: &SegmentReader,
    hits: &[(GroupKey, u32)],
    column: &str,
    numbered: &mut Numbered<String>,
    rows: &mut Vec<(GroupKey, u32)>,
) -> Result<()> {
    let Some(column) = reader.fast_fields().str(column)? else {
        return Ok(());
    };
    let of_segment = rows.len();
    let mut number_of: Vec<Option<u32>> = vec![None; column.num_terms()];
    for &(group, doc) in hits {
        for ordinal in column.term_ords(doc) {
            if let Some(number) = number_of.get_mut(ordinal as usize) {
                *number = Some(0);
                rows.push((group, ordinal as u32));
            }
        }
    }
    // Each ordinal is resolved once, in one pass over the dictionary.
    let ordinals: Vec<u64> = (0..).zip(&number_of).filter_map(|(at, number)| number.is_some().then_some(at)).collect();
    let mut named = ordinals.iter();
    let are_all = column.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
        if let Some(&ordinal) = named.next() {
            number_of[ordinal as usize] = Some(numbered.number(String::from_utf8_lossy(term).into_owned()));
        }
    })?;
    ensure!(are_all, "a value has no name; the index is damaged");
    for row in &mut rows[of_segment..] {
        row.1 = number_of[row.1 as usize].unwrap_or_default();
    }
    Ok(())
}

/// The days, months or years of the hits; unknown days have none.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn periods_of(searcher: &Searcher, hits: &GroupedHits, by: Granularity) -> Result<Values<Period>> {
    let mut numbered = Numbered::new();
    let mut rows = Vec::new();
    // Days repeat often, and converting one by the calendar takes longer than this look-up.
    let mut of_day: HashMap<i64, Option<u32>, RandomState> = HashMap::default();
    for (reader, hits) in searcher.segment_readers().iter().zip(&hits.segments) {
        let days = reader.fast_fields().i64("date").context("counting by date")?;
        for &(group, doc) in hits {
            if let Some(day) = days.first(doc) {
                let period =
                    of_day.entry(day).or_insert_with(|| date_of(day).map(|date| numbered.number(by.period_of(date))));
                rows.extend(period.map(|period| (group, period)));
            }
        }
    }
    Ok(numbered.with_rows(rows))
}

#[cfg(test)]
mod tests {
    use tantivy::indexer::NoMergePolicy;
    use tantivy::query::AllQuery;
    use tantivy::schema::{FAST, STRING, Schema};
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;
    use crate::engine::ResultUnit;
    use crate::engine::tantivy::grouping::Grouping;

    /// Document, language, countries, day.
    type Row = (&'static str, &'static str, &'static [&'static str], Option<i64>);

    /// A searcher over passages, one segment for each list, with the document `gone` deleted again.
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

    /// The counts as `value=count …; unknown`, sorted.
    fn shown<V: ToString>(values: &Values<V>, all: u64) -> String {
        let mut counts: Vec<String> = values
            .values
            .iter()
            .zip(values.counts())
            .map(|(value, count)| format!("{}={count}", value.to_string()))
            .collect();
        counts.sort_unstable();
        format!("{}; {}", counts.join(" "), all - values.of_each_group().count() as u64)
    }

    fn counts(searcher: &Searcher, unit: ResultUnit) -> Vec<String> {
        let hits = GroupedHits::collect(searcher, &AllQuery, &Grouping::without_stories(unit)).unwrap();
        let texts =
            ["lang", "source", "country"].map(|column| shown(&texts_of(searcher, &hits, column).unwrap(), hits.groups));
        let periods = [Granularity::Year, Granularity::Month, Granularity::Day]
            .map(|by| shown(&periods_of(searcher, &hits, by).unwrap(), hits.groups));
        texts.into_iter().chain(periods).collect()
    }

    #[test]
    fn counts_of_several_segments_are_one() {
        // Ordinals of the same value differ from segment to segment.
        let searcher = searcher_of(&[
            &[("a", "zh", &["us", "kr"], Some(0)), ("a", "en", &["cn"], Some(0)), ("gone", "de", &["de"], Some(1))],
            &[("b", "de", &["eu", "cn"], Some(31)), ("b", "de", &["cn", "eu"], Some(31))],
            &[("c", "en", &[], None), ("d", "en", &["kr"], Some(365)), ("gone", "en", &["kr", "us"], None)],
        ]);
        assert_eq!(
            counts(&searcher, ResultUnit::Passage),
            [
                "de=2 en=3 zh=1; 0",
                "Wire=4; 2",
                "cn=3 eu=2 kr=2 us=1; 1",
                "1970=4 1971=1; 1",
                "1970-01=2 1970-02=2 1971-01=1; 1",
                "1970-01-01=2 1970-02-01=2 1971-01-01=1; 1",
            ]
        );
        assert_eq!(
            counts(&searcher, ResultUnit::Document),
            [
                "de=1 en=3 zh=1; 0",
                "Wire=3; 1",
                "cn=2 eu=1 kr=2 us=1; 1",
                "1970=2 1971=1; 1",
                "1970-01=1 1970-02=1 1971-01=1; 1",
                "1970-01-01=1 1970-02-01=1 1971-01-01=1; 1",
            ]
        );
    }
}
