//! Conditions on articles: which articles meet a condition, each by any of its passages, and which of their passages are hits.
//!
//! In: conditions of a plan. Out: for each segment the hits, and for each condition on articles the articles that meet it.
//! All passages of an article are in one segment, so segments are evaluated one by one; an article is its ordinal in the
//! segment's column `id`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::columnar::StrColumn;
use tantivy::query::BooleanQuery;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::engine::tantivy::assemble::Assembler;
use crate::engine::tantivy::grouped::AllHits;
use crate::engine::tantivy::grouping::document_of;
use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::query::plan::query_plan::MatchNode;

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

impl<'a> Assembler<'a> {
    /// The hits of a condition, in which conditions on articles are met by any of an article's passages.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn article_hits(&mut self, node: &'a MatchNode) -> Result<ArticleHits> {
        match node {
            MatchNode::InArticle { branch, required, excluded } => self.in_article(*branch, required, excluded),
            // Passages that pass a filter are told apart from those with something to mark.
            MatchNode::AnyOf(nodes)
                if node.has_articles() || (!node.is_filter() && nodes.iter().any(MatchNode::is_filter)) =>
            {
                let all = nodes.iter().map(|node| self.article_hits(node)).collect::<Result<Vec<ArticleHits>>>()?;
                let mut segments: Vec<SegmentHits> = Vec::new();
                for hits in all {
                    segments = match segments.is_empty() {
                        true => hits.segments,
                        false => segments.into_iter().zip(hits.segments).map(|(one, other)| one.or(other)).collect(),
                    };
                }
                Ok(ArticleHits { segments })
            }
            MatchNode::Nothing
            | MatchNode::All
            | MatchNode::Pattern { .. }
            | MatchNode::AnyOf(_)
            | MatchNode::AllOf { .. }
            | MatchNode::Filter(_) => self.passage_hits(node),
        }
    }

    /// The hits of a condition that each passage meets by itself.
    fn passage_hits(&mut self, node: &'a MatchNode) -> Result<ArticleHits> {
        let searcher = self.index.searcher();
        let mut passages: Vec<Vec<DocId>> = vec![Vec::new(); searcher.segment_readers().len()];
        if let Some(query) = self.matches(node)? {
            let all = self.filters.iter().map(|filter| filter.box_clone()).chain([query]).collect();
            let query = BooleanQuery::intersection(all);
            for (segment, found) in searcher.search(&query, &AllHits).context("searching the index")? {
                passages[segment as usize] = found;
            }
        }
        let is_by_filter = node.is_filter() || *node == MatchNode::All;
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

    fn in_article(
        &mut self,
        branch: usize,
        required: &'a [MatchNode],
        excluded: &'a [MatchNode],
    ) -> Result<ArticleHits> {
        const EVERYTHING: &[MatchNode] = &[MatchNode::All];
        let required = if required.is_empty() { EVERYTHING } else { required };
        let mut met: Vec<SegmentHits> = Vec::new();
        // The passages that pass all filters of the condition.
        let mut passing: Option<Vec<Vec<DocId>>> = None;
        for node in required {
            let hits = self.article_hits(node)?.segments;
            if node.is_filter() {
                let of_this = hits.iter().map(|hits| hits.by_filter.clone());
                passing = Some(match passing {
                    None => of_this.collect(),
                    Some(others) => others.into_iter().zip(of_this).map(|(one, other)| common(one, &other)).collect(),
                });
            }
            met = match met.is_empty() {
                true => hits,
                false => met.into_iter().zip(hits).map(|(one, other)| one.and(other)).collect(),
            };
        }
        for node in excluded {
            for (met, hits) in met.iter_mut().zip(self.article_hits(node)?.segments) {
                met.articles.iter_mut().zip(hits.articles).for_each(|(met, is_excluded)| *met &= !is_excluded);
            }
        }
        let mut branch_of = ArticleSet::new();
        for (at, (reader, hits)) in self.index.searcher().segment_readers().iter().zip(&mut met).enumerate() {
            if let Some(ids) = ids_of(reader)? {
                let is_met = |passage: &DocId| contains(&hits.articles, &ids, *passage);
                hits.by_text.retain(is_met);
                hits.by_filter.retain(is_met);
                if let Some(passing) = &passing {
                    prefer(&mut hits.by_text, &passing[at], &ids, hits.articles.len());
                    prefer(&mut hits.by_filter, &passing[at], &ids, hits.articles.len());
                }
            }
            branch_of.push(hits.articles.clone());
        }
        self.branches.insert(branch, branch_of);
        Ok(ArticleHits { segments: met })
    }
}

impl SegmentHits {
    /// The articles of both, with the passages of either.
    fn and(self, other: SegmentHits) -> SegmentHits {
        self.with(other, |one, other| one && other)
    }

    /// The articles and passages of either.
    fn or(self, other: SegmentHits) -> SegmentHits {
        self.with(other, |one, other| one || other)
    }

    fn with(self, other: SegmentHits, both: fn(bool, bool) -> bool) -> SegmentHits {
        SegmentHits {
            articles: self.articles.into_iter().zip(other.articles).map(|(one, other)| both(one, other)).collect(),
            by_text: merged([self.by_text, other.by_text]),
            by_filter: merged([self.by_filter, other.by_filter]),
        }
    }
}

/// Of each article that has passages in both lists, keeps these alone.
fn prefer(passages: &mut Vec<DocId>, preferred: &[DocId], ids: &StrColumn, articles: usize) {
    let both = common(passages.clone(), preferred);
    let of_both = set_of(ids, &both, articles);
    passages.retain(|passage| !contains(&of_both, ids, *passage) || both.binary_search(passage).is_ok());
}

fn ids_of(reader: &SegmentReader) -> Result<Option<StrColumn>> {
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
fn common(mut one: Vec<DocId>, other: &[DocId]) -> Vec<DocId> {
    one.retain(|passage| other.binary_search(passage).is_ok());
    one
}
