//! Pattern spans: where patterns occur in the passages of a segment, read from the index's positions. It serves
//! patterns that tantivy has no query for: words by surface form, prefixes, one of many terms, and anything near each other.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use tantivy::schema::{Field, Term};
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

use crate::engine::tantivy::character_pairs::pairs_closed_by;
use crate::engine::tantivy::passage_positions::PassagePositions;
use crate::engine::tantivy::postings::{add_positions, read_positions, terms_with_prefix};
use crate::engine::tantivy::quantities::quantity_spans;
use crate::engine::tantivy::written::written;
use crate::index::{FORM_SEPARATOR, Fields, split_form};
use crate::query::plan::pattern::{Form, Pattern, PatternUnit};
use crate::query::plan::placement::{TermChoice, terms_with_offsets};
use crate::query::plan::span::Span;
use crate::text::analysis::{Chain, opens_pair, part_term};

/// The positional fields of one chain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PositionFields<'a> {
    /// The field with the terms of title and text, or of the title alone.
    pub(crate) terms: Field,
    /// The field with surface forms of words that differ from their term; positions are those of title and text.
    pub(crate) surfaces: Field,
    /// True if `terms` is the title alone, so that a surface only counts where its term stands in the title.
    pub(crate) title_only: bool,
    /// The fields of every chain.
    pub(crate) all: &'a Fields,
}

impl<'a> PositionFields<'a> {
    /// The fields of a chain; none for a chain without positions.
    pub(crate) fn of(all: &'a Fields, chain: Chain, title_only: bool) -> Option<PositionFields<'a>> {
        let terms = if title_only { all.title_field(chain) } else { all.text_field(chain) };
        Some(PositionFields { terms, surfaces: all.surface_field(chain)?, title_only, all })
    }
}

/// A reader of the positions of one segment.
pub(crate) struct PositionReader<'a> {
    pub(super) segment: &'a SegmentReader,
    pub(super) fields: PositionFields<'a>,
}

impl<'a> PositionReader<'a> {
    pub(crate) fn new(segment: &'a SegmentReader, fields: PositionFields<'a>) -> PositionReader<'a> {
        PositionReader { segment, fields }
    }

    /// The spans of a pattern, in all passages or only those in `within` (in order).
    pub(crate) fn spans(&self, pattern: &Pattern, within: Option<&[DocId]>) -> Result<PassagePositions<Span>> {
        match pattern {
            Pattern::Term(_) => Ok(PassagePositions::default()),
            Pattern::CompoundPart(term) => {
                let places = self.positions(&TermChoice::Term(part_term(term)), within)?;
                Ok(spans_from(&places, 1))
            }
            Pattern::Sequence(units) => self.sequence(units, within),
            Pattern::Any(patterns) => {
                let mut all = Vec::new();
                for pattern in patterns {
                    all.extend(self.spans(pattern, within)?.rows());
                }
                Ok(PassagePositions::of(all))
            }
            Pattern::Near { parts, nearness } => self.near(parts, *nearness, within),
            Pattern::Quantity(quantity) => {
                let field = self.fields.all.quantities;
                quantity_spans(&*self.inverted(field)?, (field, self.fields.title_only), quantity, within)
            }
            Pattern::Apart { pattern, others, nearness } => self.apart(pattern, others, *nearness, within),
            Pattern::Within { extent, pattern } => self.in_extent(pattern, *extent, within),
        }
    }

    fn sequence(&self, units: &[PatternUnit], within: Option<&[DocId]>) -> Result<PassagePositions<Span>> {
        let terms_at = terms_with_offsets(units);
        if let [(0, terms)] = terms_at.as_slice() {
            return Ok(spans_from(&self.positions(terms, within)?, units.len() as u32));
        }
        let mut costs = Vec::with_capacity(terms_at.len());
        for (_, terms) in &terms_at {
            costs.push(self.cost_of_terms(terms)?);
        }
        // Of equal cost, the last first: a sequence that is longer than a text is then ruled out at once.
        let mut order: Vec<usize> = (0..terms_at.len()).rev().collect();
        order.sort_by_key(|&at| costs[at]);
        let mut starts: Option<PassagePositions<u32>> = None;
        for at in order {
            let (offset, terms) = &terms_at[at];
            let places = self.positions(terms, starts.as_ref().map_or(within, |starts| Some(starts.passages())))?;
            let mut before = starts.as_ref().map(PassagePositions::reader);
            let mut next = PassagePositions::default();
            for (passage, positions) in places.iter() {
                let before = before.as_mut().map(|before| before.places(passage));
                let of_passage = positions.iter().filter_map(|position| position.checked_sub(*offset));
                let is_start = |start: &u32| before.is_none_or(|before| before.binary_search(start).is_ok());
                next.push(passage, of_passage.filter(is_start));
            }
            starts = Some(next);
        }
        Ok(spans_from(&starts.unwrap_or_default(), units.len() as u32))
    }

    fn positions(&self, terms: &TermChoice, within: Option<&[DocId]>) -> Result<PassagePositions<u32>> {
        let inverted = self.inverted(self.fields.terms)?;
        match terms {
            TermChoice::Term(term) => read_positions(&inverted, &self.term(term), within),
            TermChoice::Opened(character) => {
                let terms = terms_with_prefix(&inverted, character)?.into_iter();
                self.positions_of_any(&inverted, terms.filter(|term| opens_pair(character, term)), within)
            }
            TermChoice::PairOpened(character) => {
                let pairs = terms_with_prefix(&inverted, character)?.into_iter();
                let pairs = pairs.filter(|term| term.len() > character.len() && opens_pair(character, term));
                self.positions_of_any(&inverted, pairs, within)
            }
            TermChoice::PairClosed(character) => {
                self.positions_of_any(&inverted, pairs_closed_by(&inverted, character)?.into_iter(), within)
            }
            TermChoice::Form(form) => {
                let places = self.positions_of_form(form, &inverted, within)?;
                match form {
                    Form::Written { writing, .. } => {
                        written(&places, writing, &*self.inverted(self.fields.surfaces)?, self.fields.surfaces)
                    }
                    Form::Exact { .. } | Form::Prefix { .. } | Form::Listed(_) => Ok(places),
                }
            }
        }
    }

    /// The positions of any of the terms.
    fn positions_of_any(
        &self,
        inverted: &InvertedIndexReader,
        terms: impl Iterator<Item = String>,
        within: Option<&[DocId]>,
    ) -> Result<PassagePositions<u32>> {
        let mut all = Vec::new();
        for term in terms {
            add_positions(inverted, &self.term(&term), within, &mut all)?;
        }
        Ok(PassagePositions::of(all))
    }

    /// The positions of a surface form. A word has its term in one field, and its surfaces in the other where they
    /// differ. So a surface that is its own term occurs where that term stands without another surface.
    fn positions_of_form(
        &self,
        form: &Form,
        inverted: &InvertedIndexReader,
        within: Option<&[DocId]>,
    ) -> Result<PassagePositions<u32>> {
        let surfaces = self.inverted(self.fields.surfaces)?;
        let mut all = Vec::new();
        for term in own_terms(form, inverted)? {
            let of_term = read_positions(inverted, &self.term(&term), within)?;
            let mut by_other_surface = Vec::new();
            for other in terms_with_prefix(&surfaces, &format!("{term}{FORM_SEPARATOR}"))? {
                let other = Term::from_field_text(self.fields.surfaces, &other);
                add_positions(&surfaces, &other, Some(of_term.passages()), &mut by_other_surface)?;
            }
            if by_other_surface.is_empty() {
                all.extend(of_term.rows());
                continue;
            }
            let by_other_surface = PassagePositions::of(by_other_surface);
            let mut others = by_other_surface.reader();
            all.extend(of_term.rows().filter(|&(doc, position)| others.places(doc).binary_search(&position).is_err()));
        }
        for (key, term) in surfaces_of(form, &surfaces)? {
            let key = Term::from_field_text(self.fields.surfaces, &key);
            if !self.fields.title_only {
                add_positions(&surfaces, &key, within, &mut all)?;
                continue;
            }
            let of_surface = read_positions(&surfaces, &key, within)?;
            let in_title = read_positions(inverted, &self.term(&term), Some(of_surface.passages()))?;
            let mut in_title = in_title.reader();
            all.extend(
                of_surface.rows().filter(|&(doc, position)| in_title.places(doc).binary_search(&position).is_ok()),
            );
        }
        Ok(PassagePositions::of(all))
    }

    pub(super) fn term(&self, text: &str) -> Term {
        Term::from_field_text(self.fields.terms, text)
    }

    pub(super) fn inverted(&self, field: Field) -> Result<std::sync::Arc<InvertedIndexReader>> {
        self.segment.inverted_index(field).context("reading the terms of the index")
    }
}

/// The spans of so many units that start at the positions.
fn spans_from(starts: &PassagePositions<u32>, length: u32) -> PassagePositions<Span> {
    let mut spans = PassagePositions::default();
    for (passage, starts) in starts.iter() {
        spans.push(passage, starts.iter().map(|&start| Span { start, end: start + length }));
    }
    spans
}

/// The terms that are themselves wanted surfaces.
fn own_terms(form: &Form, inverted: &InvertedIndexReader) -> Result<Vec<String>> {
    match form {
        Form::Exact { surface, term } | Form::Written { surface, term, .. } => {
            Ok(Vec::from_iter((surface == term).then(|| term.clone())))
        }
        Form::Prefix { prefix, .. } => terms_with_prefix(inverted, prefix),
        Form::Listed(surfaces) => {
            let own = surfaces.iter().filter(|(surface, terms)| terms.contains(*surface));
            Ok(own.map(|(surface, _)| surface.clone()).collect())
        }
    }
}

/// What the terms of the surface field that match a form begin with: the first character of the form, or the terms of its words.
pub(super) fn prefixes_of_keys(form: &Form) -> BTreeSet<String> {
    let key = |term: &String| format!("{term}{FORM_SEPARATOR}");
    match form {
        Form::Exact { term, .. } | Form::Written { term, .. } => BTreeSet::from([key(term)]),
        Form::Prefix { prefix, others } => {
            prefix.chars().next().map(String::from).into_iter().chain(others.iter().map(key)).collect()
        }
        Form::Listed(surfaces) => surfaces.values().flatten().map(key).collect(),
    }
}

/// The terms of the surface field that match `form`, each with the term of the chain.
fn surfaces_of(form: &Form, surfaces: &InvertedIndexReader) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for prefix in prefixes_of_keys(form) {
        for key in terms_with_prefix(surfaces, &prefix)? {
            let term = split_form(&key).and_then(|(term, mut surfaces)| {
                surfaces.any(|surface| form.matches(surface)).then(|| term.to_owned())
            });
            found.extend(term.map(|term| (key, term)));
        }
    }
    Ok(found)
}
