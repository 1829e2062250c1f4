//! Readings: a title or a text, analysed by each chain with positions that indexed it, and the occurrences of patterns in it.

use std::cell::OnceCell;

use crate::highlight::analyzed_text::{AnalyzedText, Occurrence};
use crate::query::plan::Pattern;
use crate::query::plan::apart::spans_apart;
use crate::query::plan::near::{Choices, choose_near};
use crate::query::plan::span::{Span, Stretches, hull};
use crate::query::syntax::extent::Extent;
use crate::query::syntax::nearness::{Nearness, Within};
use crate::text::analysis::quantity::Quantity;
use crate::text::analysis::{Analyzer, Chain, Segmented};
use crate::text::bounds::Bounds;
use crate::text::document::ByteRange;
use crate::text::language::Language;
use crate::text::passage::chains::has_hanja_readings;
use crate::text::stored_passage::PassagePlace;

/// A title or a text as its chains read it; each reading is made when it is first needed.
pub(crate) struct Readings<'a> {
    original: &'a str,
    segmented: &'a Segmented,
    /// Where in its article the text stands; `None` for a title.
    place: Option<PassagePlace>,
    lang: Language,
    analyzer: &'a Analyzer,
    texts: Vec<(Chain, OnceCell<AnalyzedText<'a>>)>,
    bounds: OnceCell<Bounds>,
    /// The numbers, percentages and amounts, which are the same by every chain.
    quantities: OnceCell<Vec<Quantity>>,
}

impl<'a> Readings<'a> {
    /// The title of a passage, or its text at its place, by the chains of the passage.
    pub(crate) fn new(
        original: &'a str,
        segmented: &'a Segmented,
        place: Option<PassagePlace>,
        chains: &[Chain],
        lang: Language,
        analyzer: &'a Analyzer,
    ) -> Readings<'a> {
        let texts =
            chains.iter().filter(|chain| chain.has_positions()).map(|&chain| (chain, OnceCell::new())).collect();
        Readings {
            original,
            segmented,
            place,
            lang,
            analyzer,
            texts,
            bounds: OnceCell::new(),
            quantities: OnceCell::new(),
        }
    }

    /// The text that is read.
    pub(crate) fn segmented(&self) -> &'a Segmented {
        self.segmented
    }

    /// The reading of a chain; none if the passage is not indexed by it, or it has no positions.
    pub(crate) fn by(&self, chain: Chain) -> Option<&AnalyzedText<'a>> {
        let (_, text) = self.texts.iter().find(|(of, _)| *of == chain)?;
        let with_readings = has_hanja_readings(chain, self.lang);
        Some(
            text.get_or_init(|| {
                AnalyzedText::new(chain, (self.segmented, self.original), with_readings, self.analyzer)
            }),
        )
    }

    /// Every occurrence of a pattern by a chain, in order.
    pub(crate) fn occurrences(&self, chain: Chain, pattern: &Pattern) -> Vec<Occurrence> {
        self.find(chain, pattern, Choices::Marked)
    }

    /// Every occurrence of a pattern, which may be a part of another one.
    fn find(&self, chain: Chain, pattern: &Pattern, choices: Choices) -> Vec<Occurrence> {
        let part = |chain, pattern| self.find(chain, pattern, Choices::Shortest);
        let Some(text) = self.by(chain) else {
            return Vec::new();
        };
        match pattern {
            // Only chains without positions have these.
            Pattern::Term(_) => Vec::new(),
            Pattern::Sequence(units) => text.sequences(units),
            Pattern::CompoundPart(wanted) => text.parts(wanted),
            Pattern::Any(patterns) => {
                let found = patterns.iter().flat_map(|pattern| self.find(chain, pattern, choices));
                let mut all: Vec<Occurrence> = found.collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Pattern::Quantity(pattern) => {
                let meant = self.quantities().iter().filter(|one| pattern.admits(one));
                meant.map(|quantity| self.occurrence_of(quantity)).collect()
            }
            Pattern::Near { parts, nearness } => {
                let found: Vec<Vec<Occurrence>> = parts.iter().map(|pattern| part(chain, pattern)).collect();
                near(&found, *nearness, self.stretches(*nearness), choices)
            }
            Pattern::Within { extent, pattern } => {
                let covered = self.covered(*extent);
                let mut found = self.find(chain, pattern, choices);
                found.retain(|found| found.span.end <= covered);
                found
            }
            Pattern::Apart { pattern, others, nearness } => {
                let mut found = part(chain, pattern);
                let others = others.iter().map(|(chain, other)| spans_of(&part(*chain, other)));
                let others: Vec<Vec<Span>> = others.collect();
                let apart = spans_apart(&spans_of(&found), &others, *nearness, self.stretches(*nearness));
                found.retain(|occurrence| apart.binary_search(&occurrence.span).is_ok());
                found
            }
        }
    }

    fn quantities(&self) -> &[Quantity] {
        self.quantities.get_or_init(|| self.analyzer.quantities(self.segmented, self.original, self.lang))
    }

    fn occurrence_of(&self, quantity: &Quantity) -> Occurrence {
        let (first, end) = quantity.units;
        let start = self.segmented.position(first as usize);
        let span = Span { start, end: start + (end - first) };
        Occurrence { span, parts: vec![self.segmented.original_range(quantity.folded)] }
    }

    /// The position at which what the beginning of the article covers ends.
    fn covered(&self, extent: Extent) -> u32 {
        match (extent, self.place) {
            (Extent::Lead, None) => u32::MAX,
            (Extent::Lead, Some(place)) => place.in_lead,
            (Extent::First(_), None) => 0,
            (Extent::First(units), Some(place)) => {
                self.segmented.position_after(units.saturating_sub(place.units_before) as usize)
            }
        }
    }

    /// The stretches that a rule of nearness must not leave. A title is a single one.
    fn stretches(&self, nearness: Nearness) -> Stretches<'_> {
        let bounds = || self.bounds.get_or_init(|| Bounds::of(self.original, self.segmented, self.analyzer));
        match nearness.within {
            Within::Units(_) => Stretches::default(),
            Within::Sentence | Within::Paragraph if self.place.is_none() => Stretches::default(),
            Within::Sentence => Stretches(&bounds().sentences),
            Within::Paragraph => Stretches(&bounds().paragraphs),
        }
    }
}

/// The spans of some occurrences, each once. The occurrences are in order.
fn spans_of(occurrences: &[Occurrence]) -> Vec<Span> {
    let mut spans: Vec<Span> = occurrences.iter().map(|occurrence| occurrence.span).collect();
    spans.dedup();
    spans
}

fn near(found: &[Vec<Occurrence>], nearness: Nearness, stretches: Stretches<'_>, choices: Choices) -> Vec<Occurrence> {
    let spans: Vec<Vec<Span>> = found.iter().map(|occurrences| spans_of(occurrences)).collect();
    let mut near: Vec<Occurrence> = Vec::new();
    for choice in choose_near(&spans, nearness, stretches, choices) {
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
