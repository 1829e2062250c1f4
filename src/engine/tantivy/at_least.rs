//! Counts over whole articles: which articles have so many occurrences of something, and which of their passages hold one.
//!
//! In: patterns, any of which is an occurrence. Out: the articles and the passages of each segment. Occurrences that overlap count
//! as one: of each text the most that do not overlap are counted, which are those that end first. The title, which every passage
//! has, counts once. All passages of an article are in one segment, so segments are evaluated one by one.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::index::SegmentId;
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::engine::tantivy::articles::{ArticleSet, ids_of};
use crate::engine::tantivy::grouping::document_of;
use crate::engine::tantivy::lookup::position_fields;
use crate::engine::tantivy::sequence::{PositionFields, PositionReader};
use crate::index::{ArticleColumns, NewsIndex};
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::sole_term;
use crate::query::plan::span::Span;

/// Articles with enough occurrences.
#[derive(Default)]
pub(crate) struct CountedArticles {
    /// Of each segment the passages in order that hold an occurrence.
    pub(crate) passages: BTreeMap<SegmentId, Vec<DocId>>,
    pub(crate) articles: ArticleSet,
}

/// The articles in which the patterns occur so many times together.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn articles_with(index: &NewsIndex, patterns: &[(FieldId, Pattern)], times: u32) -> Result<CountedArticles> {
    let mut counted = CountedArticles::default();
    for segment in index.searcher().segment_readers() {
        let mut occurrences = Vec::new();
        for (field, pattern) in patterns {
            if let Some(fields) = position_fields(index, *field) {
                add_occurrences(segment, fields, pattern, &mut occurrences)?;
            }
        }
        let (articles, passages) = count(segment, occurrences, times)?;
        counted.passages.insert(segment.segment_id(), passages);
        counted.articles.push(articles);
    }
    Ok(counted)
}

/// The articles of a segment with enough of the occurrences, and the passages in order that hold one.
fn count(segment: &SegmentReader, mut occurrences: Vec<(DocId, Span)>, times: u32) -> Result<(Vec<bool>, Vec<DocId>)> {
    let Some(ids) = ids_of(segment)? else {
        return Ok((Vec::new(), Vec::new()));
    };
    if let Some(alive) = segment.alive_bitset() {
        occurrences.retain(|&(passage, _)| alive.is_alive(passage));
    }
    // Each term's are in order, which this kind of sorting makes use of.
    occurrences.sort_by_key(|&(passage, span)| (passage, span.end, span.start));
    let columns = ArticleColumns::of(segment)?;
    let mut counts = vec![0_u32; ids.num_terms()];
    let mut titles: Vec<(usize, Span)> = Vec::new();
    let mut holding: Vec<(usize, DocId)> = Vec::new();
    for of_passage in occurrences.chunk_by(|one, next| one.0 == next.0) {
        let passage = of_passage[0].0;
        let article = document_of(&ids, passage) as usize;
        let text_start = columns.text_start(passage);
        let (title, text) = of_passage.split_at(of_passage.partition_point(|(_, span)| span.end <= text_start));
        titles.extend(title.iter().map(|&(_, span)| (article, span)));
        if let Some(count) = counts.get_mut(article) {
            *count += apart(text.iter().map(|&(_, span)| span));
            holding.push((article, passage));
        }
    }
    titles.sort_unstable_by_key(|&(article, span)| (article, span.end, span.start));
    for of_title in titles.chunk_by(|one, next| one.0 == next.0) {
        if let Some(count) = counts.get_mut(of_title[0].0) {
            *count += apart(of_title.iter().map(|&(_, span)| span));
        }
    }
    let articles: Vec<bool> = counts.into_iter().map(|count| count >= times).collect();
    let passages = holding.into_iter().filter(|&(article, _)| articles[article]).map(|(_, passage)| passage).collect();
    Ok((articles, passages))
}

/// The number of spans, sorted by their ends, of which none overlaps another.
fn apart(spans: impl Iterator<Item = Span>) -> u32 {
    let (mut count, mut end) = (0, 0);
    for span in spans {
        if span.start >= end {
            (count, end) = (count + 1, span.end);
        }
    }
    count
}

/// Adds the occurrences of a pattern in a segment, some of them perhaps twice.
fn add_occurrences(
    segment: &SegmentReader,
    fields: PositionFields<'_>,
    pattern: &Pattern,
    found: &mut Vec<(DocId, Span)>,
) -> Result<()> {
    if let Pattern::Any(patterns) = pattern {
        return patterns.iter().try_for_each(|one| add_occurrences(segment, fields, one, found));
    }
    if let Some((term, units)) = sole_term(pattern) {
        return add_term(segment, &Term::from_field_text(fields.terms, &term), units, found);
    }
    found.extend(PositionReader::new(segment, fields).spans(pattern, None)?.rows());
    Ok(())
}

/// Adds the places of a term, which is so many units long.
fn add_term(segment: &SegmentReader, term: &Term, units: u32, found: &mut Vec<(DocId, Span)>) -> Result<()> {
    let reading = "reading the positions of the index";
    let inverted = segment.inverted_index(term.field()).context(reading)?;
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions).context(reading)?;
    let Some(mut postings) = postings else {
        return Ok(());
    };
    let mut positions = Vec::new();
    while postings.doc() != TERMINATED {
        postings.positions(&mut positions);
        found.extend(positions.iter().map(|&start| (postings.doc(), Span { start, end: start + units })));
        postings.advance();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_spans_that_do_not_overlap() {
        let spans = |ends: &[(u32, u32)]| {
            let mut spans: Vec<Span> = ends.iter().map(|&(start, end)| Span { start, end }).collect();
            spans.sort_unstable_by_key(|span| (span.end, span.start));
            apart(spans.into_iter())
        };
        assert_eq!(spans(&[]), 0);
        assert_eq!(spans(&[(0, 1), (0, 1), (1, 2)]), 2, "the same twice");
        assert_eq!(spans(&[(0, 9), (1, 2), (3, 4)]), 2, "a long one over two short ones");
        assert_eq!(spans(&[(0, 2), (1, 3), (2, 4)]), 2);
    }
}
