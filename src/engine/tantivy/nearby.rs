//! Operators of place in the passages of a segment: parts near each other, and patterns with none of others near. Where sentences
//! and paragraphs begin is read from the field of bounds.

use anyhow::Result;
use tantivy::DocId;
use tantivy::schema::Term;

use crate::engine::tantivy::confined::confined_term;
use crate::engine::tantivy::postings::{PassagePositions, positions_in, read_positions};
use crate::engine::tantivy::sequence::{PositionFields, PositionReader};
use crate::index::{ArticleColumns, bounds};
use crate::query::plan::apart::spans_apart;
use crate::query::plan::near::{Choices, choose_near};
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::sole_term;
use crate::query::plan::span::{Span, Stretches, hull};
use crate::query::syntax::extent::Extent;
use crate::query::syntax::nearness::{Nearness, Within};
use crate::text::analysis::Chain;

/// The positions of a passage that the beginning of its article covers. Its paragraphs begin at `paragraphs`, before each but the
/// first of which one position is free.
fn covered(extent: Extent, passage: DocId, columns: &ArticleColumns, paragraphs: &[u32]) -> Span {
    let start = columns.text_start(passage);
    match extent {
        Extent::Lead => Span { start: 0, end: columns.lead_end(passage) },
        Extent::First(units) => {
            let end = start.saturating_add(units.saturating_sub(columns.units_before(passage)));
            // A paragraph that begins at or before the end so far moves it on by the free position.
            let later = paragraphs.iter().skip(1);
            let end = later.fold(end, |end, &paragraph| if paragraph <= end { end.saturating_add(1) } else { end });
            Span { start, end }
        }
    }
}

impl PositionReader<'_> {
    pub(crate) fn near(
        &self,
        parts: &[Pattern],
        nearness: Nearness,
        within: Option<&[DocId]>,
    ) -> Result<PassagePositions<Span>> {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        let costs: Vec<u64> = parts.iter().map(|part| self.cost(part)).collect::<Result<_>>()?;
        order.sort_by_key(|&at| costs[at]);
        let mut found: Vec<PassagePositions<Span>> = vec![Vec::new(); parts.len()];
        let mut docs: Option<Vec<DocId>> = within.map(<[DocId]>::to_vec);
        for at in order {
            let places = self.spans(&parts[at], docs.as_deref())?;
            docs = Some(places.iter().map(|&(doc, _)| doc).collect());
            found[at] = places;
        }
        let docs = docs.unwrap_or_default();
        let bounds = self.bounds(nearness, &docs)?;
        let mut near = Vec::new();
        for doc in docs {
            let spans: Vec<Vec<Span>> = found.iter().map(|places| positions_in(places, doc).to_vec()).collect();
            let choices = choose_near(&spans, nearness, Stretches(positions_in(&bounds, doc)), Choices::Shortest);
            let mut hulls: Vec<Span> = choices.iter().filter_map(|choice| hull(choice)).collect();
            hulls.sort_unstable();
            hulls.dedup();
            if !hulls.is_empty() {
                near.push((doc, hulls));
            }
        }
        Ok(near)
    }

    pub(crate) fn apart(
        &self,
        pattern: &Pattern,
        others: &[(Chain, Pattern)],
        nearness: Nearness,
        within: Option<&[DocId]>,
    ) -> Result<PassagePositions<Span>> {
        let mut found = self.spans(pattern, within)?;
        let docs: Vec<DocId> = found.iter().map(|&(doc, _)| doc).collect();
        let PositionFields { title_only, all, .. } = self.fields;
        let mut beside: Vec<PassagePositions<Span>> = Vec::new();
        for (chain, other) in others {
            if let Some(fields) = PositionFields::of(all, *chain, title_only) {
                beside.push(PositionReader { fields, ..*self }.spans(other, Some(&docs))?);
            }
        }
        let bounds = self.bounds(nearness, &docs)?;
        for (doc, spans) in &mut found {
            let beside: Vec<Vec<Span>> = beside.iter().map(|places| positions_in(places, *doc).to_vec()).collect();
            *spans = spans_apart(spans, &beside, nearness, Stretches(positions_in(&bounds, *doc)));
        }
        found.retain(|(_, spans)| !spans.is_empty());
        Ok(found)
    }

    /// The spans of a pattern that lie in the beginning of the article.
    pub(crate) fn in_extent(
        &self,
        pattern: &Pattern,
        extent: Extent,
        within: Option<&[DocId]>,
    ) -> Result<PassagePositions<Span>> {
        let mut found = match (sole_term(pattern), within) {
            (Some((term, units)), None) => {
                let inverted = self.inverted(self.fields.terms)?;
                confined_term(self.segment, &inverted, (&self.term(&term), units), extent)?
            }
            _ => self.spans(pattern, within)?,
        };
        let docs: Vec<DocId> = found.iter().map(|&(doc, _)| doc).collect();
        let paragraphs = match extent {
            Extent::Lead => Vec::new(),
            Extent::First(_) => self.bounds(Nearness::of(Within::Paragraph, false), &docs)?,
        };
        let columns = ArticleColumns::of(self.segment)?;
        found.retain_mut(|(doc, spans)| {
            let covered = covered(extent, *doc, &columns, positions_in(&paragraphs, *doc));
            spans.retain(|span| covered.start <= span.start && span.end <= covered.end);
            !spans.is_empty()
        });
        Ok(found)
    }

    /// Where the stretches begin that a rule of nearness must not leave; nothing where it counts units.
    fn bounds(&self, nearness: Nearness, docs: &[DocId]) -> Result<PassagePositions<u32>> {
        let term = match nearness.within {
            Within::Units(_) => return Ok(Vec::new()),
            // A title is a single stretch.
            Within::Sentence | Within::Paragraph if self.fields.title_only => return Ok(Vec::new()),
            Within::Sentence => bounds::SENTENCE,
            Within::Paragraph => bounds::PARAGRAPH,
        };
        let field = self.fields.all.bounds;
        let inverted = self.inverted(field)?;
        read_positions(&inverted, &Term::from_field_text(field, term), Some(docs))
    }
}
