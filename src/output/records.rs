//! The JSON records of search results: a hit, the counts over all hits, and a query with both. They are what `jsonl` and
//! `json` print, and a program can serialise them itself. Later versions only add keys.

use serde::Serialize;

use crate::query::plan::Expansion;
use crate::search::{Explanation, Facet, Hit, HitStory, ScorePart, SearchResults};
use crate::text::country::CountryCode;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// Version of the records; raised when a key changes its meaning or goes.
pub const VERSION: u32 = 1;

/// One hit.
#[derive(Debug, Clone, Serialize)]
pub struct HitRecord<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// The query that found it, as named in a batch; `1` for a single one.
    pub query_id: &'a str,
    /// Place among all results, from 1.
    pub rank: usize,
    /// Score with six decimals; comparable within one query only.
    pub score: f64,
    /// The document.
    pub document: DocumentRecord<'a>,
    /// The passage of it that was found.
    pub passage: PassageRecord<'a>,
    /// What was matched in the title.
    pub title_highlights: Vec<HighlightRecord>,
    /// What was matched in the passage's text.
    pub highlights: Vec<HighlightRecord>,
    /// What the score is the sum of, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_parts: Option<&'a [ScorePart]>,
    /// The story of the document, where results are stories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<StoryRecord<'a>>,
}

/// What was matched: bytes of a UTF-8 text, end exclusive.
#[derive(Debug, Clone, Serialize)]
pub struct HighlightRecord {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// A name that the glossary added to the query.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expanded: bool,
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

/// A document, without its text.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentRecord<'a> {
    /// Id, unique in the index.
    pub id: &'a str,
    /// Title; may be empty.
    pub title: &'a str,
    /// Language of most of its text.
    pub lang: Language,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<&'a str>,
    /// Outlet.
    pub source: Option<&'a str>,
    /// Address.
    pub url: Option<&'a str>,
    /// File that it was read from.
    pub path: &'a str,
    /// Countries that it names anywhere, in order.
    pub countries: &'a [CountryCode],
}

/// A passage: the part of a document that was found.
#[derive(Debug, Clone, Serialize)]
pub struct PassageRecord<'a> {
    /// Number in its document, from 0.
    pub number: u32,
    /// Language of its text.
    pub lang: Language,
    /// First byte of it in the document's body.
    pub byte_start: usize,
    /// One past its last byte.
    pub byte_end: usize,
    /// Its text.
    pub text: &'a str,
    /// Countries that it or the document's title names, in order.
    pub countries: &'a [CountryCode],
}

/// A story: a document and its copies.
#[derive(Debug, Clone, Serialize)]
pub struct StoryRecord<'a> {
    /// Documents of the story in the index.
    pub documents: u64,
    /// Those among them that match the query.
    pub matching: u64,
    /// Other documents of the story, some of them where there are many.
    pub others: Vec<OtherRecord<'a>>,
}

/// Another document of a story.
#[derive(Debug, Clone, Serialize)]
pub struct OtherRecord<'a> {
    /// Id.
    pub id: &'a str,
    /// Outlet.
    pub source: Option<&'a str>,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<&'a str>,
}

impl<'a> StoryRecord<'a> {
    /// The record of a story.
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
    /// The record of a hit.
    pub fn new(query_id: &'a str, hit: &'a Hit) -> HitRecord<'a> {
        let (document, passage) = (&hit.document, &hit.passage);
        HitRecord {
            version: VERSION,
            query_id,
            rank: hit.rank,
            score: rounded(hit.score),
            document: DocumentRecord {
                id: &document.id,
                title: &document.title,
                lang: document.lang,
                date: document.date.as_deref(),
                source: document.source.as_deref(),
                url: document.url.as_deref(),
                path: &document.path,
                countries: &document.countries,
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
#[derive(Debug, Clone, Serialize)]
pub struct FacetsRecord<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// The query, as in [`HitRecord`].
    pub query_id: &'a str,
    /// Results in all.
    pub total: Option<u64>,
    /// Counts, in the order in which they were asked for.
    pub facets: &'a [Facet],
}

impl<'a> FacetsRecord<'a> {
    /// The record of the counts of a query.
    pub fn new(query_id: &'a str, results: &'a SearchResults) -> FacetsRecord<'a> {
        FacetsRecord { version: VERSION, query_id, total: results.total, facets: &results.facets }
    }
}

/// A query with its results.
#[derive(Debug, Clone, Serialize)]
pub struct QueryRecord<'a> {
    /// The query's name in a batch; `1` for a single one.
    pub query_id: &'a str,
    /// The query as typed.
    pub query: &'a str,
    /// Results in all, where they were counted.
    pub total: Option<u64>,
    /// Names that the glossary added to the query.
    #[serde(skip_serializing_if = "<[Expansion]>::is_empty")]
    pub expansions: &'a [Expansion],
    /// How the query was understood, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<&'a Explanation>,
    /// Counts over all results.
    #[serde(skip_serializing_if = "<[Facet]>::is_empty")]
    pub facets: &'a [Facet],
    /// The hits, best first.
    pub hits: Vec<HitRecord<'a>>,
}

impl<'a> QueryRecord<'a> {
    /// The record of a query and its results.
    pub fn new(query_id: &'a str, query: &'a str, results: &'a SearchResults) -> QueryRecord<'a> {
        QueryRecord {
            query_id,
            query,
            total: results.total,
            expansions: &results.expansions,
            explanation: results.explanation.as_ref(),
            facets: &results.facets,
            hits: results.hits.iter().map(|hit| HitRecord::new(query_id, hit)).collect(),
        }
    }
}

/// Six decimals, which is what the parts of a score are good for.
pub(super) fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}
