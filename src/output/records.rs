//! The JSON records of search results: a hit, the facets, and a query with both. The formats `jsonl` and `json` print them,
//! and a program can serialise them itself. Later versions only add keys.

use serde::Serialize;

use crate::query::plan::{Expansion, WildcardCut};
use crate::search::{Explanation, Facet, Hit, HitDocument, HitPassage, HitStory, ScorePart, SearchResults};
use crate::text::country::CountryCode;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// The version of the records; raised when a key changes its meaning or is removed.
pub const VERSION: u32 = 1;

/// The record of one hit.
#[derive(Debug, Clone, Serialize)]
pub struct HitRecord<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// The id of the query in a batch; `1` for a single query.
    pub query_id: &'a str,
    /// Rank among all results, from 1.
    pub rank: usize,
    /// Score with six decimals; comparable within one query only.
    pub score: f64,
    /// The document.
    pub document: DocumentRecord<'a>,
    /// The passage of the document that was found.
    pub passage: PassageRecord<'a>,
    /// The matches in the title.
    pub title_highlights: Vec<HighlightRecord>,
    /// The matches in the passage's text.
    pub highlights: Vec<HighlightRecord>,
    /// The parts that the score is the sum of; only if an explanation was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_parts: Option<&'a [ScorePart]>,
    /// The story of the document; only if results are stories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<StoryRecord<'a>>,
}

/// The record of a match: a range of bytes in a UTF-8 text.
#[derive(Debug, Clone, Serialize)]
pub struct HighlightRecord {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// True if the match is a name that the glossary added to the query.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expanded: bool,
}

/// The records of matches; those in `expanded` come from names that the glossary added.
pub(super) fn highlights(all: &[ByteRange], expanded: &[ByteRange]) -> Vec<HighlightRecord> {
    let record = |range: &ByteRange| HighlightRecord {
        start: range.start,
        end: range.end,
        expanded: expanded.binary_search(range).is_ok(),
    };
    all.iter().map(record).collect()
}

/// The record of a document, without its text.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentRecord<'a> {
    /// Id, unique in the index.
    pub id: &'a str,
    /// Title; may be empty.
    pub title: &'a str,
    /// Language of most of the text.
    pub lang: Language,
    /// Code of another language that the document states, such as `es`; only if it states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_lang: Option<&'a str>,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<&'a str>,
    /// Outlet.
    pub source: Option<&'a str>,
    /// Names of the authors; only if they are known.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub authors: &'a [String],
    /// Sections of the outlet; only if they are known.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub sections: &'a [String],
    /// Length: words, and single characters of Korean and Chinese, without the title.
    pub words: u64,
    /// Web address.
    pub url: Option<&'a str>,
    /// File that the document was read from.
    pub path: &'a str,
    /// Countries that the document names anywhere, sorted by code.
    pub countries: &'a [CountryCode],
    /// Ids of the glossary's concepts that the document names anywhere, in order.
    pub concepts: &'a [String],
}

/// The record of a passage, the part of a document that was found.
#[derive(Debug, Clone, Serialize)]
pub struct PassageRecord<'a> {
    /// Number of the passage in its document, from 0.
    pub number: u32,
    /// Language of the text.
    pub lang: Language,
    /// First byte of the passage in the document's body.
    pub byte_start: usize,
    /// One past the last byte of the passage.
    pub byte_end: usize,
    /// The text of the passage.
    pub text: &'a str,
    /// Countries that the passage or the document's title names, sorted by code.
    pub countries: &'a [CountryCode],
}

/// The record of a story: a document and its copies.
#[derive(Debug, Clone, Serialize)]
pub struct StoryRecord<'a> {
    /// Number of documents of the story in the index.
    pub documents: u64,
    /// Number of these that match the query.
    pub matching: u64,
    /// Other documents of the story; not all of them in a large story.
    pub others: Vec<OtherRecord<'a>>,
}

/// The record of another document of a story.
#[derive(Debug, Clone, Serialize)]
pub struct OtherRecord<'a> {
    /// Id of the document.
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

impl<'a> DocumentRecord<'a> {
    /// The record of a document.
    pub fn new(document: &'a HitDocument) -> DocumentRecord<'a> {
        DocumentRecord {
            id: &document.id,
            title: &document.title,
            lang: document.lang,
            declared_lang: document.declared_lang.as_deref(),
            date: document.date.as_deref(),
            source: document.source.as_deref(),
            authors: &document.authors,
            sections: &document.sections,
            words: document.words,
            url: document.url.as_deref(),
            path: &document.path,
            countries: &document.countries,
            concepts: &document.concepts,
        }
    }
}

impl<'a> PassageRecord<'a> {
    /// The record of a passage with its text.
    pub fn new(passage: &'a HitPassage, text: &'a str) -> PassageRecord<'a> {
        PassageRecord {
            number: passage.number,
            lang: passage.lang,
            byte_start: passage.range.start,
            byte_end: passage.range.end,
            text,
            countries: &passage.countries,
        }
    }
}

impl<'a> HitRecord<'a> {
    /// The record of a hit.
    pub fn new(query_id: &'a str, hit: &'a Hit) -> HitRecord<'a> {
        HitRecord {
            version: VERSION,
            query_id,
            rank: hit.rank,
            score: rounded(hit.score),
            document: DocumentRecord::new(&hit.document),
            passage: PassageRecord::new(&hit.passage, &hit.text),
            title_highlights: highlights(&hit.title_highlights, &hit.title_expanded),
            highlights: highlights(&hit.highlights, &hit.expanded),
            score_parts: hit.score_parts.as_deref(),
            story: hit.story.as_ref().map(StoryRecord::new),
        }
    }
}

/// The record of a query's facets.
#[derive(Debug, Clone, Serialize)]
pub struct FacetsRecord<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// The id of the query, as in [`HitRecord`].
    pub query_id: &'a str,
    /// Total number of results.
    pub total: Option<u64>,
    /// The facets, in the order in which they were asked for.
    pub facets: &'a [Facet],
}

impl<'a> FacetsRecord<'a> {
    /// The record of a query's facets.
    pub fn new(query_id: &'a str, results: &'a SearchResults) -> FacetsRecord<'a> {
        FacetsRecord { version: VERSION, query_id, total: results.total, facets: &results.facets }
    }
}

/// The record of a query with its results.
#[derive(Debug, Clone, Serialize)]
pub struct QueryRecord<'a> {
    /// The id of the query in a batch; `1` for a single query.
    pub query_id: &'a str,
    /// The query as typed.
    pub query: &'a str,
    /// Total number of results, if they were counted.
    pub total: Option<u64>,
    /// Names that the glossary added to the query.
    #[serde(skip_serializing_if = "<[Expansion]>::is_empty")]
    pub expansions: &'a [Expansion],
    /// Words with wildcards that more surface forms match than were searched.
    #[serde(skip_serializing_if = "<[WildcardCut]>::is_empty")]
    pub cuts: &'a [WildcardCut],
    /// The explanation of the query, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<&'a Explanation>,
    /// The facets, if they were asked for.
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
            cuts: &results.cuts,
            explanation: results.explanation.as_ref(),
            facets: &results.facets,
            hits: results.hits.iter().map(|hit| HitRecord::new(query_id, hit)).collect(),
        }
    }
}

/// A score rounded to six decimals, the precision of its parts.
pub(super) fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}
