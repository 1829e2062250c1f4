//! A whole article: all of its passages in order, with the matches of a query marked as in search results.

use anyhow::Result;

use crate::engine::PassageKey;
use crate::guard::guarded;
use crate::highlight::{Locator, Matches};
use crate::query::plan::{Expansion, MatchNode, QueryPlan};
use crate::query::syntax::Filters;
use crate::query::syntax::filter::Filter;
use crate::search::hit::{HitDocument, HitPassage, of_stored};
use crate::search::searcher::Searcher;
use crate::snippet::columns_of;
use crate::text::document::ByteRange;
use crate::text::paragraph::paragraph_starts;

/// Greatest number of passages in an index of which all ids are compared with one that is unknown.
const MAX_PASSAGES_FOR_IDS: u64 = 500_000;

/// An article, with everything that the index stores of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its metadata.
    pub document: HitDocument,
    /// Matches in the title: sorted, disjoint.
    pub title_highlights: Vec<ByteRange>,
    /// The ranges of `title_highlights` that are names which the glossary added to the query.
    pub title_expanded: Vec<ByteRange>,
    /// Its passages, in the order of the text.
    pub passages: Vec<ArticlePassage>,
    /// The names that words of the query were expanded by.
    pub expansions: Vec<Expansion>,
}

/// A passage of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticlePassage {
    /// Its number, language and place.
    pub passage: HitPassage,
    /// Its text.
    pub text: String,
    /// Matches in the text: sorted, disjoint.
    pub highlights: Vec<ByteRange>,
    /// The ranges of `highlights` that are names which the glossary added to the query.
    pub expanded: Vec<ByteRange>,
    /// True if the passage goes on with the paragraph in which the passage before it ends.
    pub continues_paragraph: bool,
}

/// A paragraph of an article, which can be of several passages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleParagraph {
    /// Offset of its first byte in the text of the article.
    pub start: usize,
    /// Its text.
    pub text: String,
    /// Matches in its text: sorted, disjoint.
    pub highlights: Vec<ByteRange>,
    /// The ranges of `highlights` that are names which the glossary added to the query.
    pub expanded: Vec<ByteRange>,
}

impl Article {
    /// The paragraphs of the article, as it was read; those that are no part of its text (boilerplate) are not among them.
    pub fn paragraphs(&self) -> Vec<ArticleParagraph> {
        let mut paragraphs: Vec<ArticleParagraph> = Vec::new();
        for passage in &self.passages {
            let ArticlePassage { text, highlights, expanded, .. } = passage;
            let starts = paragraph_starts(text);
            let from = [0].into_iter().chain(starts.iter().copied());
            let to = starts.iter().copied().chain([text.len()]);
            for (number, (from, to)) in from.zip(to).enumerate() {
                let range = ByteRange::new(from, from + text[from..to].trim_end().len());
                let start = passage.passage.range.start + from;
                if number > 0 || !passage.continues_paragraph || paragraphs.is_empty() {
                    paragraphs.push(ArticleParagraph { start, ..ArticleParagraph::default() });
                }
                if let Some(paragraph) = paragraphs.last_mut() {
                    while paragraph.start + paragraph.text.len() < start {
                        paragraph.text.push(' ');
                    }
                    let inside = |ranges: &[ByteRange]| -> Vec<ByteRange> {
                        let offset = paragraph.text.len();
                        let of_here = ranges.iter().filter(|mark| mark.start >= range.start && mark.start < range.end);
                        let moved = |at: usize| at.min(range.end) - range.start + offset;
                        of_here.map(|mark| ByteRange::new(moved(mark.start), moved(mark.end))).collect()
                    };
                    let (highlights, expanded) = (inside(highlights), inside(expanded));
                    paragraph.highlights.extend(highlights);
                    paragraph.expanded.extend(expanded);
                    paragraph.text.push_str(range.slice(text));
                }
            }
        }
        paragraphs.retain(|paragraph| !paragraph.text.is_empty());
        paragraphs
    }

    /// The end of the article's text in bytes.
    pub fn end(&self) -> usize {
        self.passages.last().map_or(0, |last| last.passage.range.end)
    }
}

/// True if a passage goes on with the paragraph in which the passage before it ends. What stands between the two is not stored; a
/// single byte is a line break unless both together are too long for one passage.
fn continues_paragraph(before: &ArticlePassage, next: (&HitPassage, &str), cut_above: usize) -> bool {
    match next.0.range.start.saturating_sub(before.passage.range.end) {
        0 => true,
        1 => {
            let last = paragraph_starts(&before.text).last().copied().unwrap_or(0);
            let end = paragraph_starts(next.1).first().copied().unwrap_or(next.1.len());
            columns_of(&before.text[last..]) + 1 + columns_of(&next.1[..end]) > cut_above
        }
        _ => false,
    }
}

impl Searcher {
    /// The article with an id, with the matches of a plan marked; `None` if there is no such article. `cut_above` is the width in
    /// columns above which a paragraph was cut into several passages.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub(crate) fn article(&self, id: &str, plan: Option<&QueryPlan>, cut_above: usize) -> Result<Option<Article>> {
        guarded(|| {
            let of_article = with_id(id, false);
            let keys = self.engine.prepare(&of_article)?.passages()?;
            let mut stored: Vec<_> = keys.iter().copied().zip(self.engine.fetch(&keys)?).collect();
            stored.sort_by_key(|(_, (passage, _))| passage.number);
            let keys: Vec<PassageKey> = stored.iter().map(|(key, _)| *key).collect();
            let locator = plan.map(|plan| Locator::new(&plan.highlight, &self.analyzer));
            let branches = plan.map(|plan| self.engine.prepare(plan)?.branches(&keys)).transpose()?;
            let mut article: Option<Article> = None;
            for (at, (_, (stored, text))) in stored.into_iter().enumerate() {
                let found = match (&locator, &branches) {
                    (Some(locator), Some(branches)) => locator.locate(&stored, &text, &branches[at])?,
                    _ => Matches::default(),
                };
                let (document, passage) = of_stored(stored);
                let article = article.get_or_insert_with(|| Article {
                    document,
                    title_highlights: Vec::new(),
                    title_expanded: Vec::new(),
                    passages: Vec::new(),
                    expansions: plan.map(|plan| plan.expansions.clone()).unwrap_or_default(),
                });
                article.title_highlights.extend(found.title);
                article.title_expanded.extend(found.title_expanded);
                let before = article.passages.last();
                let continues_paragraph =
                    before.is_some_and(|before| continues_paragraph(before, (&passage, &text), cut_above));
                let (highlights, expanded) = (found.text, found.text_expanded);
                article.passages.push(ArticlePassage { passage, text, highlights, expanded, continues_paragraph });
            }
            Ok(article.map(with_title_marks_once))
        })
    }

    /// The ids that are most like one that is unknown: at most three.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub(crate) fn nearest_ids(&self, id: &str) -> Result<Vec<String>> {
        guarded(|| {
            let characters = id.chars().count();
            for length in [characters * 3 / 4, characters / 2, 1, 0] {
                let prefix: String = id.chars().take(length).collect();
                let plan =
                    if length == 0 { QueryPlan::of_filters(&Filters::default()) } else { with_id(&prefix, true) };
                let prepared = self.engine.prepare(&plan)?;
                if length == 0 && prepared.count()? > MAX_PASSAGES_FOR_IDS {
                    break;
                }
                let wanted = id.to_lowercase();
                let distance = |known: &str| strsim::damerau_levenshtein(&wanted, &known.to_lowercase());
                let known = prepared.documents()?.into_iter().map(|known| (distance(&known), known));
                let mut known: Vec<(usize, String)> =
                    known.filter(|(distance, _)| *distance <= 2.max(characters / 3)).collect();
                known.sort();
                let least = known.first().map_or(0, |(distance, _)| *distance);
                let nearest = known.into_iter().take_while(|(distance, _)| *distance == least);
                let nearest: Vec<String> = nearest.take(3).map(|(_, known)| known).collect();
                if !nearest.is_empty() {
                    return Ok(nearest);
                }
            }
            Ok(Vec::new())
        })
    }
}

/// The plan that matches the passages of the article with an id, or of all whose ids begin so.
fn with_id(id: &str, prefix: bool) -> QueryPlan {
    let filter = MatchNode::Filter(Filter::Id { id: id.to_owned(), prefix });
    QueryPlan { filters: vec![filter], ..QueryPlan::of_filters(&Filters::default()) }
}

/// Each passage marks the title by itself; together their marks are those of any.
fn with_title_marks_once(mut article: Article) -> Article {
    let mut marks = std::mem::take(&mut article.title_highlights);
    marks.sort_unstable();
    for mark in marks {
        match article.title_highlights.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => article.title_highlights.push(mark),
        }
    }
    article.title_expanded.sort_unstable();
    article.title_expanded.dedup();
    let all = &article.title_highlights;
    article.title_expanded.retain(|mark| all.binary_search(mark).is_ok());
    article
}
