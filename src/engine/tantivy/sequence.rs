//! Pattern spans: where patterns occur in the passages of a segment, read from the index's positions. It serves
//! patterns that tantivy has no query for: words by surface form, prefixes, one of many terms, and anything near each other.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use tantivy::schema::{Field, Term};
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

use crate::engine::tantivy::postings::{
    PassagePositions, add_positions, positions_in, read_positions, sorted, terms_with_prefix,
};
use crate::engine::tantivy::quantities::quantity_spans;
use crate::engine::tantivy::wildcard::pairs_closed_by;
use crate::engine::tantivy::written::keep_written;
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
            Pattern::Term(_) => Ok(Vec::new()),
            Pattern::CompoundPart(term) => {
                let places = self.positions(&TermChoice::Term(part_term(term)), within)?;
                let spans =
                    |positions: Vec<u32>| positions.into_iter().map(|start| Span { start, end: start + 1 }).collect();
                Ok(places.into_iter().map(|(doc, positions)| (doc, spans(positions))).collect())
            }
            Pattern::Sequence(units) => self.sequence(units, within),
            Pattern::Any(patterns) => {
                let mut all: BTreeMap<DocId, Vec<Span>> = BTreeMap::new();
                for pattern in patterns {
                    for (doc, spans) in self.spans(pattern, within)? {
                        all.entry(doc).or_default().extend(spans);
                    }
                }
                Ok(sorted(all))
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
            let docs: Option<Vec<DocId>> = match &starts {
                Some(starts) => Some(starts.iter().map(|&(doc, _)| doc).collect()),
                None => within.map(<[DocId]>::to_vec),
            };
            let places = self.positions(terms, docs.as_deref())?;
            let shifted = places.into_iter().map(|(doc, positions)| {
                let starts = positions.into_iter().filter_map(|position| position.checked_sub(*offset));
                (doc, starts.collect::<Vec<u32>>())
            });
            let mut next: PassagePositions<u32> = Vec::new();
            for (doc, mut positions) in shifted {
                if let Some(before) = &starts {
                    let before = positions_in(before, doc);
                    positions.retain(|position| before.binary_search(position).is_ok());
                }
                if !positions.is_empty() {
                    next.push((doc, positions));
                }
            }
            starts = Some(next);
        }
        let length = units.len() as u32;
        let span = |start| Span { start, end: start + length };
        let rows = starts.unwrap_or_default().into_iter();
        Ok(rows.map(|(doc, starts)| (doc, starts.into_iter().map(span).collect())).collect())
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
                let mut places = self.positions_of_form(form, &inverted, within)?;
                if let Form::Written { writing, .. } = form {
                    keep_written(&mut places, writing, &*self.inverted(self.fields.surfaces)?, self.fields.surfaces)?;
                }
                Ok(places)
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
        let mut all = BTreeMap::new();
        for term in terms {
            add_positions(inverted, &self.term(&term), within, &mut all)?;
        }
        Ok(sorted(all))
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
        let mut by_surface: BTreeMap<DocId, Vec<u32>> = BTreeMap::new();
        for term in own_terms(form, inverted)? {
            let mut of_term = BTreeMap::new();
            add_positions(inverted, &self.term(&term), within, &mut of_term)?;
            let mut by_other_surface = BTreeMap::new();
            let docs: Vec<DocId> = of_term.keys().copied().collect();
            for other in terms_with_prefix(&surfaces, &format!("{term}{FORM_SEPARATOR}"))? {
                let other = Term::from_field_text(self.fields.surfaces, &other);
                add_positions(&surfaces, &other, Some(&docs), &mut by_other_surface)?;
            }
            for (doc, mut positions) in of_term {
                if let Some(others) = by_other_surface.get(&doc) {
                    positions.retain(|position| !others.contains(position));
                }
                by_surface.entry(doc).or_default().extend(positions);
            }
        }
        for (key, term) in surfaces_of(form, &surfaces)? {
            let mut of_surface = BTreeMap::new();
            add_positions(&surfaces, &Term::from_field_text(self.fields.surfaces, &key), within, &mut of_surface)?;
            if self.fields.title_only {
                let docs: Vec<DocId> = of_surface.keys().copied().collect();
                let in_title = read_positions(inverted, &self.term(&term), Some(&docs))?;
                for (doc, positions) in &mut of_surface {
                    let in_title = positions_in(&in_title, *doc);
                    positions.retain(|position| in_title.binary_search(position).is_ok());
                }
            }
            for (doc, positions) in of_surface {
                by_surface.entry(doc).or_default().extend(positions);
            }
        }
        Ok(sorted(by_surface))
    }

    pub(super) fn term(&self, text: &str) -> Term {
        Term::from_field_text(self.fields.terms, text)
    }

    pub(super) fn inverted(&self, field: Field) -> Result<std::sync::Arc<InvertedIndexReader>> {
        self.segment.inverted_index(field).context("reading the terms of the index")
    }
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
