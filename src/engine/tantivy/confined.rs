//! Confined patterns: the occurrences of a pattern that lie in the beginning of the article, by the columns of the passages.

use anyhow::{Context, Result};
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::engine::tantivy::postings::PassagePositions;
use crate::index::ArticleColumns;
use crate::query::plan::near::Span;
use crate::query::syntax::extent::Extent;

/// The positions of a passage that the beginning of its article covers.
fn covered(extent: Extent, passage: DocId, columns: &ArticleColumns) -> Span {
    match extent {
        Extent::Lead => Span { start: 0, end: columns.lead_end(passage) },
        Extent::First(units) => {
            let of_passage = units.saturating_sub(columns.units_before(passage));
            Span { start: columns.text_start(passage), end: columns.position_of_unit(passage, of_passage) }
        }
    }
}

/// The spans that lie in the beginning of the article.
///
/// # Errors
///
/// When the index cannot be read; so for all functions.
pub(crate) fn confined(
    segment: &SegmentReader,
    mut found: PassagePositions<Span>,
    extent: Extent,
) -> Result<PassagePositions<Span>> {
    let columns = ArticleColumns::of(segment)?;
    found.retain_mut(|(passage, spans)| {
        let covered = covered(extent, *passage, &columns);
        spans.retain(|span| covered.start <= span.start && span.end <= covered.end);
        !spans.is_empty()
    });
    Ok(found)
}

/// The places of a term of some units in the beginning of the article. Positions of other passages are not read.
pub(crate) fn confined_term(
    segment: &SegmentReader,
    inverted: &InvertedIndexReader,
    (term, units): (&Term, u32),
    extent: Extent,
) -> Result<PassagePositions<Span>> {
    let columns = ArticleColumns::of(segment)?;
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions);
    let mut found = Vec::new();
    let Some(mut postings) = postings.context("reading the positions of the index")? else {
        return Ok(found);
    };
    let mut positions = Vec::new();
    while postings.doc() != TERMINATED {
        let passage = postings.doc();
        let covered = covered(extent, passage, &columns);
        if covered.start < covered.end {
            postings.positions(&mut positions);
            let within = positions.iter().filter(|&&start| covered.start <= start && start + units <= covered.end);
            let mut spans: Vec<Span> = within.map(|&start| Span { start, end: start + units }).collect();
            spans.dedup();
            if !spans.is_empty() {
                found.push((passage, spans));
            }
        }
        postings.advance();
    }
    Ok(found)
}
