//! Analysed texts: a text as a chain with positions indexes it, and the occurrences of sequences in it.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use crate::query::plan::span::Span;
use crate::query::plan::{Form, PatternUnit};
use crate::text::analysis::{Analyzer, Chain, Segmented, Unit, UnitKind, Word, unit_readings, writing_of};
use crate::text::document::ByteRange;

/// One text, analysed by one chain.
pub(crate) struct AnalyzedText<'a> {
    chain: Chain,
    text: &'a Segmented,
    /// The text before folding.
    original: &'a str,
    /// Whether hanja are also read as Hangul.
    with_readings: bool,
    analyzer: &'a Analyzer,
    /// The analysis of each word, computed when it is first needed.
    words: Vec<OnceCell<Arc<Word>>>,
}

/// An occurrence of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    /// The positions from the first to the last of the occurrence.
    pub(crate) span: Span,
    /// Byte ranges of the original text to mark: the occurrence itself, or the operands of NEAR.
    pub(crate) parts: Vec<ByteRange>,
}

impl<'a> AnalyzedText<'a> {
    pub(crate) fn new(
        chain: Chain,
        (text, original): (&'a Segmented, &'a str),
        with_readings: bool,
        analyzer: &'a Analyzer,
    ) -> AnalyzedText<'a> {
        let words = vec![OnceCell::new(); text.units().len()];
        AnalyzedText { chain, text, original, with_readings, analyzer, words }
    }

    /// The occurrence of a sequence at some units, given by their indices.
    fn occurrence(&self, units: Range<usize>) -> Occurrence {
        let start = self.text.position(units.start);
        let span = Span { start, end: start + units.len() as u32 };
        Occurrence { span, parts: vec![self.range(units)] }
    }

    /// The byte range in the original text of some units, given by their indices.
    pub(crate) fn range(&self, units: Range<usize>) -> ByteRange {
        let units = &self.text.units()[units];
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

    /// The units of a sequence at `at`, if it occurs there. It is in one paragraph.
    pub(crate) fn sequence_at(&self, at: usize, sequence: &[PatternUnit]) -> Option<Range<usize>> {
        let end = at + sequence.len();
        let complete = end <= self.text.units().len()
            && sequence.iter().enumerate().all(|(offset, wanted)| self.is(at + offset, wanted))
            && (at + 1..end).all(|inside| !self.text.opens_paragraph(inside));
        complete.then_some(at..end)
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
            Form::Exact { .. } | Form::Prefix { .. } | Form::Listed(_) => true,
        }
    }

    fn has_surface(&self, word: &str, form: &Form) -> bool {
        let has = |word: &str| {
            form.matches(&self.chain.surface(word))
                || self.chain.surface_without_dots(word).is_some_and(|surface| form.matches(&surface))
        };
        has(word) || self.chain.bare(word).is_some_and(has)
    }

    /// Every occurrence of a sequence, in order.
    pub(crate) fn sequences(&self, sequence: &[PatternUnit]) -> Vec<Occurrence> {
        let starts = 0..self.text.units().len();
        starts.filter_map(|at| self.sequence_at(at, sequence)).map(|units| self.occurrence(units)).collect()
    }

    /// Every part of a compound with a term, in order.
    pub(crate) fn parts(&self, wanted: &str) -> Vec<Occurrence> {
        let mut found = Vec::new();
        for at in 0..self.text.units().len() {
            self.each_part(at, &mut |term, range| {
                if term == wanted {
                    let span = self.occurrence(at..at + 1).span;
                    found.push(Occurrence { span, parts: vec![range] });
                }
            });
        }
        found
    }
}
