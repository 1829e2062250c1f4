//! Confined terms: the occurrences of a term in the passages with the beginning of the article, by the columns of the passages.

use anyhow::{Context, Result};
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::engine::tantivy::passage_positions::PassagePositions;
use crate::index::ArticleColumns;
use crate::query::plan::span::Span;
use crate::query::syntax::extent::Extent;

/// The places of a term of some units in the passages that have anything of the beginning of the article. Positions of other passages
/// are not read.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn confined_term(
    segment: &SegmentReader,
    inverted: &InvertedIndexReader,
    (term, units): (&Term, u32),
    extent: Extent,
) -> Result<PassagePositions<Span>> {
    let columns = ArticleColumns::of(segment)?;
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions);
    let mut found = PassagePositions::default();
    let Some(mut postings) = postings.context("reading the positions of the index")? else {
        return Ok(found);
    };
    let mut positions = Vec::new();
    while postings.doc() != TERMINATED {
        let passage = postings.doc();
        let has_any = match extent {
            Extent::Lead => columns.lead_end(passage) > 0,
            Extent::First(units) => columns.units_before(passage) < units,
        };
        if has_any {
            postings.positions(&mut positions);
            found.push(passage, positions.iter().map(|&start| Span { start, end: start + units }));
        }
        postings.advance();
    }
    Ok(found)
}
