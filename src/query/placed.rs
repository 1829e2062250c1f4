//! Leaves that stand at a place in the text, as patterns of one chain: phrases, words by surface, beginnings, words that
//! are alike, and any of these near each other.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use crate::analysis::{Chain, Segmented, UnitKind, surface};
use crate::index::split_form;
use crate::query::ast::QueryAst;
use crate::query::compile::Compiler;
use crate::query::pattern::{Form, Pattern, PatternUnit};
use crate::query::positions::terms_with_prefix;
use crate::query::syntax::MAX_NEAR_PARTS;

/// Words up to this long may differ by one edit, longer ones by two, where the query does not say. Elasticsearch's
/// `AUTO`.
const ONE_EDIT: usize = 5;

impl Compiler<'_> {
    /// The pattern of a leaf as a chain reads it. `None` when the chain cannot read it, or there is nothing to read.
    pub(super) fn placed_pattern(&self, ast: &QueryAst, chain: Chain) -> Result<Option<Pattern>> {
        match ast {
            QueryAst::Word(text) => self.term_pattern(&Segmented::new(text), chain),
            QueryAst::Phrase(text) => Ok(self.whole_row(&Segmented::new(text), chain)),
            QueryAst::Proximity { text, distance } => self.proximity(text, *distance, chain),
            QueryAst::Near { operands, distance } => {
                let mut parts = Vec::new();
                for operand in operands {
                    match self.placed_pattern(operand, chain)? {
                        Some(part) => parts.push(part),
                        None => return Ok(None),
                    }
                }
                Ok(Some(Pattern::Near { parts, distance: *distance }))
            }
            QueryAst::Prefix(text) => self.by_form(text, chain, |surface| Ok(Some(Form::Prefix(surface)))),
            QueryAst::Fuzzy { word, edits } => {
                let alike = |surface: String| self.alike(&surface, *edits, chain).map(Some);
                self.by_form(word, chain, alike)
            }
            QueryAst::Exact(text) => {
                let exact = Segmented::new(text);
                if !can_place(chain, &exact) {
                    return Ok(None);
                }
                let units = exact.units().iter().map(|unit| match unit.kind {
                    UnitKind::Word => PatternUnit::Form(Form::Exact(surface(exact.form(unit)))),
                    UnitKind::Char(_) => PatternUnit::Char(exact.form(unit).to_owned()),
                });
                Ok(Some(Pattern::Row(units.collect())))
            }
            QueryAst::Bag(items) | QueryAst::Or(items) => {
                let mut any = Vec::new();
                for item in items {
                    any.extend(self.placed_pattern(item, chain)?);
                }
                Ok((!any.is_empty()).then_some(Pattern::Any(any)))
            }
            // The grammar has these nowhere where a place is asked for.
            QueryAst::And(_)
            | QueryAst::Not(_)
            | QueryAst::Restricted(_)
            | QueryAst::Title(_)
            | QueryAst::Filter(_) => Ok(None),
        }
    }

    fn whole_row(&self, text: &Segmented, chain: Chain) -> Option<Pattern> {
        can_place(chain, text).then(|| self.row(chain, text, 0..text.units().len()))
    }

    /// A word or run as one term: its units in a row, or those without the Korean particles around them.
    pub(super) fn term_pattern(&self, word: &Segmented, chain: Chain) -> Result<Option<Pattern>> {
        let Some(whole) = self.whole_row(word, chain) else {
            return Ok(None);
        };
        Ok(Some(match self.without_particles(word)? {
            Some(units) => Pattern::Any(vec![whole, self.row(chain, word, units)]),
            None => whole,
        }))
    }

    /// Words near each other, or as they stand. Words are separated by white space; where there is none, a run of
    /// characters is cut by the dictionaries.
    fn proximity(&self, text: &str, distance: u32, chain: Chain) -> Result<Option<Pattern>> {
        let Some(phrase) = self.whole_row(&Segmented::new(text), chain) else {
            return Ok(None);
        };
        let words: Vec<Segmented> = text.split_whitespace().map(Segmented::new).collect();
        let words: Vec<Segmented> = words.into_iter().filter(|word| !word.units().is_empty()).collect();
        let mut parts = Vec::new();
        if let [run] = words.as_slice() {
            let mut starts = self.piece_starts(run)?;
            starts.truncate(MAX_NEAR_PARTS);
            let ends = starts.iter().skip(1).copied().chain([run.units().len()]);
            parts.extend(starts.iter().zip(ends).map(|(&start, end)| self.row(chain, run, start..end)));
        } else {
            for word in &words {
                parts.extend(self.term_pattern(word, chain)?);
            }
        }
        if parts.len() < 2 {
            return Ok(Some(phrase));
        }
        Ok(Some(Pattern::Any(vec![phrase, Pattern::Near { parts, distance }])))
    }

    /// A row of units of which the last, if it is a word, is looked up by its surface.
    fn by_form(
        &self,
        text: &str,
        chain: Chain,
        form: impl FnOnce(String) -> Result<Option<Form>>,
    ) -> Result<Option<Pattern>> {
        let text = Segmented::new(text);
        let Some(Pattern::Row(mut units)) = self.whole_row(&text, chain) else {
            return Ok(None);
        };
        if let Some(last) = text.units().last()
            && last.kind == UnitKind::Word
        {
            let Some(form) = form(surface(text.form(last)))? else {
                return Ok(None);
            };
            units.pop();
            units.push(PatternUnit::Form(form));
        }
        Ok(Some(Pattern::Row(units)))
    }

    /// The surfaces in a chain's field that a few edits lead to: letters inserted, left out, replaced, or two neighbours
    /// swapped (optimal string alignment).
    fn alike(&self, word: &str, edits: Option<u8>, chain: Chain) -> Result<Form> {
        let length = word.chars().count();
        let edits = edits.map_or(if length <= ONE_EDIT { 1 } else { 2 }, usize::from);
        let mut found = BTreeSet::new();
        let mut add = |surface: &str| {
            let near =
                surface.chars().count().abs_diff(length) <= edits && strsim::osa_distance(surface, word) <= edits;
            if near {
                found.insert(surface.to_owned());
            }
        };
        let fields = self.index.fields();
        for segment in self.index.searcher().segment_readers() {
            let inverted = segment.inverted_index(fields.text_of(chain)).context("reading the terms of the index")?;
            terms_with_prefix(&inverted, "")?.iter().for_each(|term| add(term));
            if let Some(forms) = fields.forms_of(chain) {
                let inverted = segment.inverted_index(forms).context("reading the terms of the index")?;
                for form in terms_with_prefix(&inverted, "")? {
                    if let Some((_, surfaces)) = split_form(&form) {
                        surfaces.for_each(&mut add);
                    }
                }
            }
        }
        Ok(Form::OneOf(found))
    }
}

/// English and German have places for words only, and only where there is something to place.
fn can_place(chain: Chain, text: &Segmented) -> bool {
    !text.units().is_empty() && (chain == Chain::Characters || !text.has_chars())
}
