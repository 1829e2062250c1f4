//! The values that the groups of hits have in a column of the index, and how many groups have each.
//!
//! In: grouped hits and a column. Out: each value with a count. A group counts once for a value, however many of its
//! passages have it. Only columns are read: a value is its number within a segment, until each is named once.

use std::collections::HashMap;
use std::hash::Hash;

use anyhow::{Context, Result, ensure};
use foldhash::fast::RandomState;
use tantivy::{Searcher, SegmentReader};

use crate::engine::tantivy::grouped::GroupedHits;
use crate::engine::tantivy::grouping::Group;
use crate::search::period::{Granularity, Period, date_of};

/// What groups have which of some values.
pub(crate) struct Values<V> {
    /// Each value once, in no order that means anything.
    pub(crate) values: Vec<V>,
    /// Each group with the index of each of its values, in order, each once.
    rows: Vec<(Group, u32)>,
}

impl<V> Values<V> {
    /// Groups that have each of the values, in their order.
    pub(crate) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.values.len()];
        for &(_, value) in &self.rows {
            counts[value as usize] += 1;
        }
        counts
    }

    /// The values of each group that has some, as indices in order.
    pub(crate) fn of_each_group(&self) -> impl Iterator<Item = &[(Group, u32)]> {
        self.rows.chunk_by(|left, right| left.0 == right.0)
    }
}

/// Numbers values as they come.
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

    fn with_rows(self, mut rows: Vec<(Group, u32)>) -> Values<V> {
        rows.sort_unstable();
        rows.dedup();
        Values { values: self.values, rows }
    }
}

/// The texts that the hits have in a column, by its name.
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
    hits: &[(Group, u32)],
    column: &str,
    numbered: &mut Numbered<String>,
    rows: &mut Vec<(Group, u32)>,
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
    // Each is named once, in one walk over the dictionary.
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

/// The days, months or years that the hits are of; none for unknown days.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn periods_of(searcher: &Searcher, hits: &GroupedHits, by: Granularity) -> Result<Values<Period>> {
    let mut numbered = Numbered::new();
    let mut rows = Vec::new();
    // Days come again and again, and take longer to be told from the calendar.
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
