//! Quantities in the index: the terms of a range of values, and the spans that they cover. The terms of one kind stand in the order of
//! their values, so a range of values is a range of the dictionary.

use anyhow::{Context, Result};
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, Term};
use tantivy::{DocId, InvertedIndexReader};

use crate::engine::tantivy::passage_positions::PassagePositions;
use crate::engine::tantivy::postings::{add_positions, as_text};
use crate::query::plan::pattern::QuantityPattern;
use crate::query::plan::span::Span;
use crate::query::syntax::Bound;
use crate::text::analysis::quantity::QuantityTerm;

/// Calls `found` with each term of the quantities that are meant, as its text, and with its postings.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn each_term(
    inverted: &InvertedIndexReader,
    pattern: &QuantityPattern,
    in_title: bool,
    found: &mut dyn FnMut(&str, &TermInfo) -> Result<()>,
) -> Result<()> {
    let wanted = &pattern.wanted;
    for kind in wanted.kinds() {
        let tag = kind.tag();
        let key = |bound: &Bound| format!("{tag}{}", bound.value.key());
        let (from, to) = (wanted.from.as_ref().map(key), wanted.to.as_ref().map(key));
        let excluded = |end: Option<Bound>| end.is_some_and(|end| !end.is_included);
        let range = inverted.terms().range().ge(from.as_ref().unwrap_or(&tag).as_bytes());
        let mut stream = range.into_stream().context("reading the terms of the index")?;
        while stream.advance() {
            let text = as_text(stream.key())?;
            let Some(term) = QuantityTerm::of(text).filter(|_| text.starts_with(&tag)) else {
                break;
            };
            if to.as_deref().is_some_and(|to| term.key > to) {
                break;
            }
            let is_outside = (excluded(wanted.from) && from.as_deref() == Some(term.key))
                || (excluded(wanted.to) && to.as_deref() == Some(term.key));
            let is_left_out = (in_title && !term.in_title) || (pattern.without_plain && term.is_plain);
            if !is_outside && !is_left_out {
                found(text, stream.value())?;
            }
        }
    }
    Ok(())
}

/// The spans of the quantities that are meant, in all passages or only those in `within` (in order).
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn quantity_spans(
    inverted: &InvertedIndexReader,
    (field, in_title): (Field, bool),
    pattern: &QuantityPattern,
    within: Option<&[DocId]>,
) -> Result<PassagePositions<Span>> {
    let mut all = Vec::new();
    let mut places = Vec::new();
    each_term(inverted, pattern, in_title, &mut |text, _| {
        let length = QuantityTerm::of(text).map_or(1, |term| term.length);
        add_positions(inverted, &Term::from_field_text(field, text), within, &mut places)?;
        all.extend(places.drain(..).map(|(passage, start)| (passage, Span { start, end: start + length })));
        Ok(())
    })?;
    Ok(PassagePositions::of(all))
}
