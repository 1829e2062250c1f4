//! Operators of place in the passages of a segment: parts near each other, and patterns with none of others near. Where sentences
//! and paragraphs begin is read from the field of bounds.

use anyhow::Result;
use tantivy::DocId;
use tantivy::schema::Term;

use crate::engine::tantivy::postings::{PassagePositions, positions_in, read_positions};
use crate::engine::tantivy::sequence::{PositionFields, PositionReader};
use crate::index::bounds;
use crate::query::plan::apart::spans_apart;
use crate::query::plan::near::choose_near;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::span::{Span, Stretches, hull};
use crate::query::syntax::nearness::{Nearness, Within};
use crate::text::analysis::Chain;

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
            let choices = choose_near(&spans, nearness, Stretches(positions_in(&bounds, doc)));
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
