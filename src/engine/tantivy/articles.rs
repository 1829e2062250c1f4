//! Hits by article: which articles meet a condition, each by any of its passages, and which of their passages are hits.
//!
//! In: passages that meet conditions. Out: for each segment the articles that meet all, any or none of them, and the passages
//! that are shown of these. All passages of an article are in one segment, so segments are evaluated one by one; an article is
//! its ordinal in the segment's column `id`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::engine::tantivy::grouping::document_of;
use crate::engine::tantivy::materialized::MaterializedQuery;

/// A set of articles: for each segment, whether it has the article with that ordinal.
pub(crate) type ArticleSet = Vec<Vec<bool>>;

/// The hits of a condition.
pub(crate) struct ArticleHits {
    segments: Vec<SegmentHits>,
}

/// The hits of a condition in one segment.
#[derive(Default)]
struct SegmentHits {
    articles: Vec<bool>,
    /// The passages in order that meet a condition on their text.
    by_text: Vec<DocId>,
    /// The passages in order that pass a filter.
    by_filter: Vec<DocId>,
}

impl ArticleHits {
    /// The hits of a condition that each passage meets by itself: of each segment the passages in order. `is_by_filter` is true
    /// for a filter.
    ///
    /// # Errors
    ///
    /// When the index cannot be read; so for all methods.
    pub(crate) fn of_passages(
        searcher: &Searcher,
        passages: Vec<Vec<DocId>>,
        is_by_filter: bool,
    ) -> Result<ArticleHits> {
        let mut segments = Vec::with_capacity(passages.len());
        for (reader, passages) in searcher.segment_readers().iter().zip(passages) {
            let Some(ids) = ids_of(reader)? else {
                segments.push(SegmentHits::default());
                continue;
            };
            let articles = set_of(&ids, &passages, ids.num_terms());
            let (by_text, by_filter) = if is_by_filter { (Vec::new(), passages) } else { (passages, Vec::new()) };
            segments.push(SegmentHits { articles, by_text, by_filter });
        }
        Ok(ArticleHits { segments })
    }

    /// The articles of both, with the passages of either.
    pub(crate) fn and(self, other: ArticleHits) -> ArticleHits {
        self.with(other, |one, other| one && other)
    }

    /// The articles and passages of either.
    pub(crate) fn or(self, other: ArticleHits) -> ArticleHits {
        self.with(other, |one, other| one || other)
    }

    /// The articles, with the passages of either.
    pub(crate) fn beside(self, other: ArticleHits) -> ArticleHits {
        self.with(other, |one, _| one)
    }

    /// The articles that `excluded` does not have.
    pub(crate) fn and_not(mut self, excluded: ArticleHits) -> ArticleHits {
        for (hits, excluded) in self.segments.iter_mut().zip(excluded.segments) {
            hits.articles.iter_mut().zip(excluded.articles).for_each(|(is_hit, is_excluded)| *is_hit &= !is_excluded);
        }
        self
    }

    fn with(self, other: ArticleHits, both: fn(bool, bool) -> bool) -> ArticleHits {
        let pairs = self.segments.into_iter().zip(other.segments);
        let merge = |(one, other): (SegmentHits, SegmentHits)| SegmentHits {
            articles: one.articles.into_iter().zip(other.articles).map(|(one, other)| both(one, other)).collect(),
            by_text: merged([one.by_text, other.by_text]),
            by_filter: merged([one.by_filter, other.by_filter]),
        };
        ArticleHits { segments: pairs.map(merge).collect() }
    }

    /// The passages that pass a filter, of each segment.
    pub(crate) fn passing(&self) -> Vec<Vec<DocId>> {
        self.segments.iter().map(|hits| hits.by_filter.clone()).collect()
    }

    /// The articles, of each segment.
    pub(crate) fn articles(&self) -> ArticleSet {
        self.segments.iter().map(|hits| hits.articles.clone()).collect()
    }

    /// Keeps the passages of the articles that are left; of an article with passages that pass all filters, these alone.
    pub(crate) fn keep_passages(&mut self, searcher: &Searcher, passing: Option<&[Vec<DocId>]>) -> Result<()> {
        for (at, (reader, hits)) in searcher.segment_readers().iter().zip(&mut self.segments).enumerate() {
            let Some(ids) = ids_of(reader)? else {
                continue;
            };
            let SegmentHits { articles, by_text, by_filter } = hits;
            for passages in [by_text, by_filter] {
                passages.retain(|&passage| contains(articles, &ids, passage));
                if let Some(passing) = passing {
                    prefer(passages, &passing[at], &ids, articles.len());
                }
            }
        }
        Ok(())
    }

    /// The query for the hits: in each article the passages that meet a condition on their text, or where it has none those
    /// that pass a filter.
    pub(crate) fn into_query(self, searcher: &Searcher) -> Result<MaterializedQuery> {
        let mut passages = BTreeMap::new();
        for (reader, SegmentHits { articles, by_text, mut by_filter }) in
            searcher.segment_readers().iter().zip(self.segments)
        {
            if let Some(ids) = ids_of(reader)? {
                let has_text = set_of(&ids, &by_text, articles.len());
                by_filter.retain(|&passage| !contains(&has_text, &ids, passage));
            }
            passages.insert(reader.segment_id(), merged([by_text, by_filter]));
        }
        Ok(MaterializedQuery::of_passages(passages))
    }
}

/// Of each article that has passages in both lists, keeps these alone.
fn prefer(passages: &mut Vec<DocId>, preferred: &[DocId], ids: &StrColumn, articles: usize) {
    let both = common(passages.clone(), preferred);
    let of_both = set_of(ids, &both, articles);
    passages.retain(|passage| !contains(&of_both, ids, *passage) || both.binary_search(passage).is_ok());
}

pub(crate) fn ids_of(reader: &SegmentReader) -> Result<Option<StrColumn>> {
    reader.fast_fields().str("id").context("reading the ids of the documents")
}

/// The articles of passages.
fn set_of(ids: &StrColumn, passages: &[DocId], articles: usize) -> Vec<bool> {
    let mut set = vec![false; articles];
    for &passage in passages {
        if let Some(article) = set.get_mut(document_of(ids, passage) as usize) {
            *article = true;
        }
    }
    set
}

fn contains(articles: &[bool], ids: &StrColumn, passage: DocId) -> bool {
    articles.get(document_of(ids, passage) as usize).copied().unwrap_or(false)
}

/// All of two sorted lists, sorted, each once.
fn merged(lists: [Vec<DocId>; 2]) -> Vec<DocId> {
    let mut all = lists.concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// What two sorted lists have in common.
pub(crate) fn common(mut one: Vec<DocId>, other: &[DocId]) -> Vec<DocId> {
    one.retain(|passage| other.binary_search(passage).is_ok());
    one
}
