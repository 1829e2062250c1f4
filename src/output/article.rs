//! An article as one JSON object. Later versions of the object only add keys.

use std::io::{Result, Write};

use serde::Serialize;

use crate::output::records::{DocumentRecord, HighlightRecord, PassageRecord, VERSION, highlights};
use crate::output::safe::escape_json;
use crate::query::plan::Expansion;
use crate::search::Article;

#[derive(Serialize)]
struct ArticleRecord<'a> {
    version: u32,
    document: DocumentRecord<'a>,
    title_highlights: Vec<HighlightRecord>,
    #[serde(skip_serializing_if = "<[Expansion]>::is_empty")]
    expansions: &'a [Expansion],
    passages: Vec<ArticlePassageRecord<'a>>,
}

#[derive(Serialize)]
struct ArticlePassageRecord<'a> {
    #[serde(flatten)]
    passage: PassageRecord<'a>,
    continues_paragraph: bool,
    highlights: Vec<HighlightRecord>,
}

/// Writes an article as one JSON object: its metadata, and its passages in the order of the text.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_article_json(article: &Article, out: &mut dyn Write) -> Result<()> {
    let passages = article.passages.iter().map(|passage| ArticlePassageRecord {
        passage: PassageRecord::new(&passage.passage, &passage.text),
        continues_paragraph: passage.continues_paragraph,
        highlights: highlights(&passage.highlights, &passage.expanded),
    });
    let record = ArticleRecord {
        version: VERSION,
        document: DocumentRecord::new(&article.document),
        title_highlights: highlights(&article.title_highlights, &article.title_expanded),
        expansions: &article.expansions,
        passages: passages.collect(),
    };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))
}
