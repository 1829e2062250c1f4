//! Typed text: the words that stand side by side in a query, in which names of the glossary are searched.

use std::ops::Range;

use crate::query::plan::pattern::PatternUnit;
use crate::text::analysis::{Analyzer, Chain, Segmented, UnitKind};
use crate::text::glossary::FormText;

/// Words side by side, as one text.
pub(crate) struct TypedText<'a> {
    analyzer: &'a Analyzer,
    pub(crate) units: Vec<TypedUnit>,
}

/// A unit of the typed text: a word or CJK character.
pub(crate) struct TypedUnit {
    /// Index of the bag's item that it is in.
    pub(crate) item: usize,
    is_char: bool,
    form: String,
    original: String,
    /// Whether a name may begin at this unit.
    pub(crate) may_begin: bool,
    pub(crate) may_end: bool,
}

impl<'a> TypedText<'a> {
    pub(crate) fn new(analyzer: &'a Analyzer) -> TypedText<'a> {
        TypedText { analyzer, units: Vec::new() }
    }

    /// Adds an item. Names may begin and end with the item, and at `cuts`, which are ranges of its units.
    pub(crate) fn add(&mut self, item: usize, original: &str, text: &Segmented, cuts: &[Range<usize>]) {
        let last = text.units().len().saturating_sub(1);
        for (at, unit) in text.units().iter().enumerate() {
            self.units.push(TypedUnit {
                item,
                is_char: unit.kind != UnitKind::Word,
                form: text.form(unit).to_owned(),
                original: text.original_range(unit.folded).slice(original).to_owned(),
                may_begin: at == 0 || cuts.iter().any(|cut| cut.start == at),
                may_end: at == last || cuts.iter().any(|cut| cut.end == at + 1),
            });
        }
    }

    pub(crate) fn typed(&self, units: &Range<usize>) -> String {
        let mut typed = String::new();
        let mut before: Option<&TypedUnit> = None;
        for unit in &self.units[units.clone()] {
            if before.is_some_and(|before| before.item != unit.item || !(before.is_char || unit.is_char)) {
                typed.push(' ');
            }
            typed.push_str(&unit.original);
            before = Some(unit);
        }
        typed
    }

    /// A range of the units, as terms of a chain.
    pub(crate) fn pattern_units(&self, units: &Range<usize>, chain: Chain) -> Vec<PatternUnit> {
        let units = self.units[units.clone()].iter().map(|unit| match unit.is_char {
            true => PatternUnit::Char(unit.form.clone()),
            false => PatternUnit::Word(self.analyzer.term_of_word(chain, &unit.form)),
        });
        units.collect()
    }
}

impl FormText for TypedText<'_> {
    fn len(&self) -> usize {
        self.units.len()
    }

    fn form(&self, at: usize) -> &str {
        &self.units[at].form
    }

    fn is_char(&self, at: usize) -> bool {
        self.units[at].is_char
    }

    fn analyzer(&self) -> &Analyzer {
        self.analyzer
    }

    fn original(&self, at: usize, units: usize) -> String {
        self.typed(&(at..at + units))
    }
}
