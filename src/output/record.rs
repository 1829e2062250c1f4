//! A hit as a JSON record, and the counts over all of a query's hits as another. Later versions only add keys.

use serde::Serialize;

use crate::search::{Facet, Hit, HitStory, ScorePart, SearchResults};
use crate::text::country::CountryCode;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// Version of the record.
const VERSION: u32 = 1;

/// One hit.
#[derive(Debug, Serialize)]
pub(super) struct HitRecord<'a> {
    version: u32,
    query_id: &'a str,
    rank: usize,
    score: f64,
    document: DocumentRecord<'a>,
    passage: PassageRecord<'a>,
    title_highlights: Vec<HighlightRecord>,
    highlights: Vec<HighlightRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score_parts: Option<&'a [ScorePart]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<StoryRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct HighlightRecord {
    start: usize,
    end: usize,
    /// A name that the glossary added to the query.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expanded: bool,
}

/// Ranges, and which of them the glossary added.
fn highlights(all: &[ByteRange], expanded: &[ByteRange]) -> Vec<HighlightRecord> {
    let record = |range: &ByteRange| HighlightRecord {
        start: range.start,
        end: range.end,
        expanded: expanded.binary_search(range).is_ok(),
    };
    all.iter().map(record).collect()
}

#[derive(Debug, Serialize)]
struct DocumentRecord<'a> {
    id: &'a str,
    title: &'a str,
    lang: Language,
    date: Option<&'a str>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    path: &'a str,
    countries: &'a [CountryCode],
}

#[derive(Debug, Serialize)]
struct PassageRecord<'a> {
    number: u32,
    lang: Language,
    byte_start: usize,
    byte_end: usize,
    text: &'a str,
    countries: &'a [CountryCode],
}

#[derive(Debug, Serialize)]
struct StoryRecord<'a> {
    documents: u64,
    matching: u64,
    others: Vec<OtherRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct OtherRecord<'a> {
    id: &'a str,
    source: Option<&'a str>,
    date: Option<&'a str>,
}

impl<'a> StoryRecord<'a> {
    fn new(story: &'a HitStory) -> StoryRecord<'a> {
        let others = story.others.iter().map(|other| OtherRecord {
            id: &other.id,
            source: other.source.as_deref(),
            date: other.date.as_deref(),
        });
        StoryRecord { documents: story.documents, matching: story.matching, others: others.collect() }
    }
}

impl<'a> HitRecord<'a> {
    pub(super) fn new(query_id: &'a str, hit: &'a Hit) -> HitRecord<'a> {
        let passage = &hit.passage;
        HitRecord {
            version: VERSION,
            query_id,
            rank: hit.rank,
            score: rounded(hit.score),
            document: DocumentRecord {
                id: &passage.id,
                title: &passage.title,
                lang: passage.document_lang,
                date: passage.date.as_deref(),
                source: passage.source.as_deref(),
                url: passage.url.as_deref(),
                path: &passage.path,
                countries: &passage.document_countries,
            },
            passage: PassageRecord {
                number: passage.number,
                lang: passage.lang,
                byte_start: passage.range.start,
                byte_end: passage.range.end,
                text: &hit.text,
                countries: &passage.countries,
            },
            title_highlights: highlights(&hit.title_highlights, &hit.title_expanded),
            highlights: highlights(&hit.highlights, &hit.expanded),
            score_parts: hit.score_parts.as_deref(),
            story: hit.story.as_ref().map(StoryRecord::new),
        }
    }
}

/// What all hits of a query were counted by.
#[derive(Debug, Serialize)]
pub(super) struct FacetsRecord<'a> {
    version: u32,
    query_id: &'a str,
    total: Option<u64>,
    facets: &'a [Facet],
}

impl<'a> FacetsRecord<'a> {
    pub(super) fn new(query_id: &'a str, results: &'a SearchResults) -> FacetsRecord<'a> {
        FacetsRecord { version: VERSION, query_id, total: results.total, facets: &results.facets }
    }
}

/// Six decimals, which is what the parts of a score are good for.
pub(super) fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}
