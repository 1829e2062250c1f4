//! A hit as a JSON record. Later versions only add keys.

use serde::Serialize;

use crate::document::ByteRange;
use crate::language::Language;
use crate::search::{Hit, ScorePart};

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
    title_highlights: &'a [ByteRange],
    highlights: &'a [ByteRange],
    #[serde(skip_serializing_if = "Option::is_none")]
    score_parts: Option<&'a [ScorePart]>,
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
}

#[derive(Debug, Serialize)]
struct PassageRecord<'a> {
    number: u32,
    lang: Language,
    byte_start: usize,
    byte_end: usize,
    text: &'a str,
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
            },
            passage: PassageRecord {
                number: passage.number,
                lang: passage.lang,
                byte_start: passage.range.start,
                byte_end: passage.range.end,
                text: &hit.text,
            },
            title_highlights: &hit.title_highlights,
            highlights: &hit.highlights,
            score_parts: hit.score_parts.as_deref(),
        }
    }
}

/// Six decimals, which is what the parts of a score are good for.
pub(super) fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}
