//! The latest passages: their rule takes those of each segment, with all passages of the last day among them,
//! and sorts them. No hit is scored while collecting: days alone decide which passages are needed, and only the last
//! day gives more than these.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, SegmentReader};

use crate::engine::tantivy::grouping::{Grouping, document_of, story_of};
use crate::engine::tantivy::keys::address_of;
use crate::engine::tantivy::segment_candidates::{CollectedPassages, SegmentCandidates};
use crate::engine::{Candidate, GroupKey, ResultUnit};

/// The rule for the candidates of the latest `limit` results.
pub(crate) struct Newest<'a> {
    pub(crate) limit: usize,
    pub(crate) grouping: &'a Grouping,
}

/// Days since 1970-01-01; passages without a date come before all of them.
type Day = i64;
const UNKNOWN: Day = Day::MIN;

impl SegmentCandidates for Newest<'_> {
    fn of_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        counts: &mut CollectedPassages,
    ) -> tantivy::Result<Vec<DocId>> {
        let days = Days::of(reader)?;
        let mut hits: Vec<(DocId, Day)> = Vec::new();
        let alive = reader.alive_bitset();
        weight.for_each_no_score(reader, &mut |docs| {
            let alive = docs.iter().filter(|&&doc| alive.is_none_or(|alive| alive.is_alive(doc)));
            hits.extend(alive.map(|&doc| (doc, days.day(doc))));
        })?;
        let results: Vec<Day> = if self.grouping.unit == ResultUnit::Passage {
            hits.iter().map(|&(_, day)| day).collect()
        } else {
            let ids = reader.fast_fields().str("id")?;
            let mut latest: HashMap<GroupKey, Day> = HashMap::new();
            let mut in_stories: Vec<(u64, u64)> = Vec::new();
            for &(doc, day) in &hits {
                let document = ids.as_ref().map_or(u64::MAX, |ids| document_of(ids, doc));
                let group = self.grouping.group_of(DocAddress::new(segment, doc), || document);
                in_stories.extend(story_of(group).map(|story| (u64::from(story), document)));
                // All passages of a document have its date; the date of a story is that of its latest document.
                let of_group = latest.entry(group).or_insert(day);
                *of_group = day.max(*of_group);
            }
            counts.count(latest.len(), in_stories);
            latest.into_values().collect()
        };
        Ok(match last_day(results, self.limit) {
            Some(last) => hits.into_iter().filter(|&(_, day)| day >= last).map(|(doc, _)| doc).collect(),
            None => Vec::new(),
        })
    }
}

/// The day of the last of the latest `limit` results; `None` if there are no results.
fn last_day(mut days: Vec<Day>, limit: usize) -> Option<Day> {
    if limit == 0 {
        None
    } else if days.len() > limit {
        Some(*days.select_nth_unstable_by_key(limit - 1, |&day| Reverse(day)).1)
    } else {
        days.into_iter().min()
    }
}

/// Sorts by day, the latest first. Passages of one day stay in their order.
pub(crate) fn put_newest_first(searcher: &Searcher, ranked: &mut [Candidate]) -> tantivy::Result<()> {
    let days = searcher.segment_readers().iter().map(Days::of).collect::<tantivy::Result<Vec<_>>>()?;
    ranked.sort_by_cached_key(|candidate| {
        let passage = address_of(candidate.key);
        Reverse(days[passage.segment_ord as usize].day(passage.doc_id))
    });
    Ok(())
}

/// The days of a segment's passages.
struct Days(Option<Column<i64>>);

impl Days {
    fn of(reader: &SegmentReader) -> tantivy::Result<Days> {
        // A segment without any date has no such column.
        Ok(Days(reader.fast_fields().column_opt("date")?))
    }

    fn day(&self, passage: DocId) -> Day {
        self.0.as_ref().and_then(|days| days.first(passage)).unwrap_or(UNKNOWN)
    }
}
