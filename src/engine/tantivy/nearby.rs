//! Operators of place in the passages of a segment: parts near each other, and patterns with none of others near. Where sentences
//! and paragraphs begin is read from the field of bounds.

use anyhow::Result;
use tantivy::DocId;
use tantivy::schema::Term;

use crate::engine::tantivy::confined::confined_term;
use crate::engine::tantivy::passage_positions::{PassagePositions, PlaceReader};
use crate::engine::tantivy::postings::read_positions;
use crate::engine::tantivy::sequence::{PositionFields, PositionReader};
use crate::index::{ArticleColumns, bounds};
use crate::query::plan::apart::spans_apart;
use crate::query::plan::near_pair::add_hulls;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::sole_term;
use crate::query::plan::span::{Span, Stretches};
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
        let mut found: Vec<PassagePositions<Span>> = vec![PassagePositions::default(); parts.len()];
        let mut last: Option<usize> = None;
        for at in order {
            let within = last.map_or(within, |last| Some(found[last].passages()));
            let spans = self.spans(&parts[at], within)?;
            found[at] = spans;
            last = Some(at);
        }
        // The part that was read last is in no other passages than all of them.
        let passages = last.map_or(&[][..], |last| found[last].passages());
        let bounds = self.bounds(nearness, passages)?;
        let mut bounds = bounds.reader();
        let mut readers: Vec<PlaceReader<'_, Span>> = found.iter().map(PassagePositions::reader).collect();
        let mut spans: Vec<&[Span]> = Vec::new();
        let mut hulls: Vec<Span> = Vec::new();
        let mut near = PassagePositions::default();
        for &passage in passages {
            spans.clear();
            spans.extend(readers.iter_mut().map(|reader| reader.places(passage)));
            add_hulls(&spans, nearness, Stretches(bounds.places(passage)), &mut hulls);
            near.push(passage, hulls.drain(..));
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
        let found = self.spans(pattern, within)?;
        let PositionFields { title_only, all, .. } = self.fields;
        let mut beside: Vec<PassagePositions<Span>> = Vec::new();
        for (chain, other) in others {
            if let Some(fields) = PositionFields::of(all, *chain, title_only) {
                beside.push(PositionReader { fields, ..*self }.spans(other, Some(found.passages()))?);
            }
        }
        // A pattern is alone wherever nothing else is, so that bounds are read of the other passages only.
        let with_others = PassagePositions::of(
            beside.iter().flat_map(|beside| beside.passages()).map(|&passage| (passage, ())).collect(),
        );
        let bounds = self.bounds(nearness, with_others.passages())?;
        let mut bounds = bounds.reader();
        let mut readers: Vec<PlaceReader<'_, Span>> = beside.iter().map(PassagePositions::reader).collect();
        let mut others: Vec<&[Span]> = Vec::new();
        let mut apart = PassagePositions::default();
        for (passage, spans) in found.iter() {
            others.clear();
            others.extend(readers.iter_mut().map(|reader| reader.places(passage)).filter(|others| !others.is_empty()));
            if others.is_empty() {
                apart.push(passage, spans.iter().copied());
            } else {
                apart.push(passage, spans_apart(spans, &others, nearness, Stretches(bounds.places(passage))));
            }
        }
        Ok(apart)
    }

    /// The spans of a pattern that lie in the beginning of the article.
    pub(crate) fn in_extent(
        &self,
        pattern: &Pattern,
        extent: Extent,
        within: Option<&[DocId]>,
    ) -> Result<PassagePositions<Span>> {
        let found = match (sole_term(pattern), within) {
            (Some((term, units)), None) => {
                let inverted = self.inverted(self.fields.terms)?;
                confined_term(self.segment, &inverted, (&self.term(&term), units), extent)?
            }
            _ => self.spans(pattern, within)?,
        };
        let paragraphs = match extent {
            Extent::Lead => PassagePositions::default(),
            Extent::First(_) => self.bounds(Nearness::of(Within::Paragraph, false), found.passages())?,
        };
        let mut paragraphs = paragraphs.reader();
        let columns = ArticleColumns::of(self.segment)?;
        let mut confined = PassagePositions::default();
        for (passage, spans) in found.iter() {
            let covered = covered(extent, passage, &columns, paragraphs.places(passage));
            let is_covered = |span: &Span| covered.start <= span.start && span.end <= covered.end;
            confined.push(passage, spans.iter().copied().filter(is_covered));
        }
        Ok(confined)
    }

    /// Where the stretches begin that a rule of nearness must not leave; nothing where it counts units.
    fn bounds(&self, nearness: Nearness, passages: &[DocId]) -> Result<PassagePositions<u32>> {
        let term = match nearness.within {
            Within::Units(_) => return Ok(PassagePositions::default()),
            // A title is a single stretch.
            Within::Sentence | Within::Paragraph if self.fields.title_only => return Ok(PassagePositions::default()),
            Within::Sentence => bounds::SENTENCE,
            Within::Paragraph => bounds::PARAGRAPH,
        };
        let field = self.fields.all.bounds;
        let inverted = self.inverted(field)?;
        read_positions(&inverted, &Term::from_field_text(field, term), Some(passages))
    }
}
