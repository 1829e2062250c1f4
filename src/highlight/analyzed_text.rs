//! Analysed texts: a text as a chain with positions indexes it, and the occurrences of patterns in it.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::query::plan::near::{Span, choose_near, hull};
use crate::query::plan::{Form, Pattern, PatternUnit};
use crate::query::syntax::extent::Extent;
use crate::query::syntax::nearness::Nearness;
use crate::text::analysis::{Analyzer, Chain, Segmented, Unit, UnitKind, Word, unit_readings, writing_of};
use crate::text::document::ByteRange;
use crate::text::stored_passage::PassagePlace;

/// One text, analysed by one chain.
pub(crate) struct AnalyzedText<'a> {
    chain: Chain,
    text: &'a Segmented,
    /// The text before folding.
    original: &'a str,
    /// Whether hanja are also read as Hangul.
    with_readings: bool,
    /// Where in its article the text stands; `None` for a title.
    place: Option<PassagePlace>,
    analyzer: &'a Analyzer,
    /// The analysis of each word, computed when it is first needed.
    words: Vec<OnceCell<Arc<Word>>>,
}

/// An occurrence of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    /// The units from the first to the last of the occurrence.
    span: Span,
    /// Byte ranges of the original text to mark: the occurrence itself, or the operands of NEAR.
    pub(crate) parts: Vec<ByteRange>,
}

impl<'a> AnalyzedText<'a> {
    pub(crate) fn new(
        chain: Chain,
        (text, original): (&'a Segmented, &'a str),
        (with_readings, place): (bool, Option<PassagePlace>),
        analyzer: &'a Analyzer,
    ) -> AnalyzedText<'a> {
        let words = vec![OnceCell::new(); text.units().len()];
        AnalyzedText { chain, text, original, with_readings, place, analyzer, words }
    }

    /// The byte range of a span in the original text.
    pub(crate) fn range(&self, span: Span) -> ByteRange {
        let units = &self.text.units()[span.start as usize..span.end as usize];
        let (first, last) = (units[0], units[units.len() - 1]);
        self.text.original_range(ByteRange::new(first.folded.start, last.folded.end))
    }

    /// The analysis of a unit that is a word.
    fn word(&self, at: usize) -> &Word {
        self.words[at].get_or_init(|| self.analyzer.word(self.chain, self.text.form(&self.text.units()[at])))
    }

    /// True if `is_meant` returns true for any of the terms that a unit is indexed under; it is called with no further
    /// term then.
    pub(crate) fn any_term(&self, at: usize, mut is_meant: impl FnMut(&str) -> bool) -> bool {
        let unit = &self.text.units()[at];
        match unit.kind {
            UnitKind::Word => {
                self.word(at).terms().iter().any(|term| is_meant(term))
                    || self.text.signed_form(at).is_some_and(&mut is_meant)
                    || self.analyzer.suspended_terms(self.chain, self.text, at).iter().any(|term| is_meant(term))
            }
            UnitKind::Char(_) if !self.chain.keeps_characters() => false,
            UnitKind::Char(_) => {
                let readings = if self.with_readings { unit_readings(self.text, unit) } else { &[] };
                is_meant(self.text.form(unit))
                    || readings.iter().any(|reading| is_meant(reading.encode_utf8(&mut [0; 4])))
            }
        }
    }

    /// Calls `found` with the term of each part of a compound, and its byte range in the original text.
    pub(crate) fn each_part(&self, at: usize, found: &mut dyn FnMut(&str, ByteRange)) {
        let unit = self.text.units()[at];
        if self.chain.has_compound_parts() && unit.kind == UnitKind::Word {
            for (term, part) in self.word(at).parts() {
                let folded = ByteRange::new(unit.folded.start + part.start, unit.folded.start + part.end);
                found(term, self.text.original_range(folded));
            }
        }
    }

    /// The span of a sequence at `at`, if it occurs there.
    pub(crate) fn sequence_at(&self, at: usize, sequence: &[PatternUnit]) -> Option<Span> {
        let complete = at + sequence.len() <= self.text.units().len()
            && sequence.iter().enumerate().all(|(offset, wanted)| self.is(at + offset, wanted));
        complete.then(|| Span { start: at as u32, end: (at + sequence.len()) as u32 })
    }

    fn is(&self, at: usize, wanted: &PatternUnit) -> bool {
        let unit = &self.text.units()[at];
        let is_word = unit.kind == UnitKind::Word;
        match wanted {
            PatternUnit::Char(form) => !is_word && self.has_term(at, form),
            PatternUnit::AnyChar => !is_word,
            PatternUnit::Word(term) => is_word && self.has_term(at, term),
            PatternUnit::Form(form) => {
                is_word && self.has_surface(self.text.form(unit), form) && self.is_written(unit, form)
            }
        }
    }

    fn has_term(&self, at: usize, wanted: &str) -> bool {
        self.any_term(at, |term| term == wanted)
    }

    fn is_written(&self, unit: &Unit, form: &Form) -> bool {
        match form {
            Form::Written { writing, .. } => {
                writing_of(self.text.original_range(unit.folded).slice(self.original)) == *writing
            }
            Form::Exact { .. } | Form::Prefix(_) | Form::OneOf(_) | Form::Listed(_) => true,
        }
    }

    fn has_surface(&self, word: &str, form: &Form) -> bool {
        let has = |word: &str| {
            form.matches(&self.chain.surface(word))
                || self.chain.surface_without_dots(word).is_some_and(|surface| form.matches(&surface))
        };
        has(word) || self.chain.bare(word).is_some_and(has)
    }

    /// The number of the text's units that the beginning of the article covers.
    fn covered(&self, extent: Extent) -> u32 {
        match (extent, self.place) {
            (Extent::Lead, None) => u32::MAX,
            (Extent::Lead, Some(place)) => place.in_lead,
            (Extent::First(_), None) => 0,
            (Extent::First(units), Some(place)) => units.saturating_sub(place.units_before),
        }
    }

    /// Every occurrence of a pattern, in order.
    pub(crate) fn occurrences(&self, pattern: &Pattern) -> Vec<Occurrence> {
        match pattern {
            // Only chains without positions have these.
            Pattern::Term(_) => Vec::new(),
            Pattern::Sequence(units) => (0..self.text.units().len())
                .filter_map(|at| self.sequence_at(at, units))
                .map(|span| Occurrence { span, parts: vec![self.range(span)] })
                .collect(),
            Pattern::CompoundPart(wanted) => {
                let mut found = Vec::new();
                for at in 0..self.text.units().len() {
                    self.each_part(at, &mut |term, range| {
                        if term == wanted {
                            let span = Span { start: at as u32, end: at as u32 + 1 };
                            found.push(Occurrence { span, parts: vec![range] });
                        }
                    });
                }
                found
            }
            Pattern::Any(patterns) => {
                let mut all: Vec<Occurrence> = patterns.iter().flat_map(|pattern| self.occurrences(pattern)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Pattern::Within { extent, pattern } => {
                let covered = self.covered(*extent);
                let mut found = self.occurrences(pattern);
                found.retain(|found| found.span.end <= covered);
                found
            }
            Pattern::Near { parts, nearness } => {
                let found: Vec<Vec<Occurrence>> = parts.iter().map(|part| self.occurrences(part)).collect();
                near(&found, *nearness)
            }
        }
    }
}

fn near(found: &[Vec<Occurrence>], nearness: Nearness) -> Vec<Occurrence> {
    let spans: Vec<Vec<Span>> = found
        .iter()
        .map(|occurrences| {
            let mut spans: Vec<Span> = occurrences.iter().map(|occurrence| occurrence.span).collect();
            spans.dedup();
            spans
        })
        .collect();
    let mut near: Vec<Occurrence> = Vec::new();
    for choice in choose_near(&spans, nearness) {
        let Some(span) = hull(&choice) else {
            continue;
        };
        let mut parts: Vec<ByteRange> = Vec::new();
        for (chosen, occurrences) in choice.iter().zip(found) {
            let same = occurrences.iter().filter(|occurrence| occurrence.span == *chosen);
            parts.extend(same.flat_map(|occurrence| occurrence.parts.iter().copied()));
        }
        parts.sort_unstable();
        parts.dedup();
        near.push(Occurrence { span, parts });
    }
    near.sort_unstable();
    near.dedup();
    near
}
