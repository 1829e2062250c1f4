//! Typed quantities: a number, percentage or amount in a query also finds the others of its kind with the same value, however they are
//! written: `$55.6 billion` finds 55,6 Mrd. Dollar and 556억 달러. They are added and marked as names of the glossary are.
//!
//! The words that stand side by side are read as one text, so an amount may span several; a phrase is read only as a whole. The
//! language of these words alone decides what is ambiguous (12.345), so an operand finds the same in every query.

use std::ops::Range;

use anyhow::Result;

use crate::query::compile::clause::{CompiledClause, LeafBuilder};
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::expansion::MAX_EXPANSIONS;
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::plan::pattern::{Pattern, QuantityPattern};
use crate::query::plan::query_plan::CompiledLeaf;
use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::quantity::{WantedKind, WantedQuantity};
use crate::text::analysis::quantity::{Quantity, QuantityKind};
use crate::text::analysis::{Chain, CharScript, Segmented, UnitKind};
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// Words side by side, as one text.
#[derive(Default)]
struct SideBySide {
    text: String,
    /// For each word, the index of its item and its range in the text.
    words: Vec<(usize, ByteRange)>,
}

impl SideBySide {
    fn add(&mut self, item: usize, word: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        self.words.push((item, ByteRange::new(start, self.text.len())));
    }

    /// The items that a range of the text is in.
    fn items(&self, range: ByteRange) -> Range<usize> {
        let inside = |(_, word): &&(usize, ByteRange)| word.start < range.end && range.start < word.end;
        let mut items = self.words.iter().filter(inside).map(|(item, _)| *item);
        let first = items.next().unwrap_or(0);
        first..items.next_back().unwrap_or(first) + 1
    }
}

impl Compiler<'_> {
    /// For the numbers, percentages and amounts among the items: the clauses that find the others of the same value, each with the items
    /// that it is written in.
    pub(crate) fn other_writings(
        &self,
        context: Context<'_>,
        items: &[&QueryAst],
        plan: &mut PlanBuilder,
    ) -> Result<Vec<(Range<usize>, CompiledClause)>> {
        let mut added = Vec::new();
        let mut text = SideBySide::default();
        for (at, item) in items.iter().enumerate() {
            if let QueryAst::Word(word) = item {
                text.add(at, word);
            } else {
                self.add_writings(context, &text, &mut added, plan)?;
                text = SideBySide::default();
            }
        }
        self.add_writings(context, &text, &mut added, plan)?;
        Ok(added)
    }

    /// The clause that finds the other writings of a phrase, if it is a quantity as a whole.
    pub(crate) fn other_writings_of_phrase(
        &self,
        context: Context<'_>,
        phrase: &str,
        plan: &mut PlanBuilder,
    ) -> Result<Option<CompiledClause>> {
        let text = Segmented::new(phrase);
        let whole = (0, text.units().len() as u32);
        match self.quantities_in(&text, phrase).as_slice() {
            [quantity] if quantity.units == whole => self.writings_of(context, quantity, phrase, plan),
            _ => Ok(None),
        }
    }

    fn add_writings(
        &self,
        context: Context<'_>,
        typed: &SideBySide,
        added: &mut Vec<(Range<usize>, CompiledClause)>,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        let text = self.texts.segmented(&typed.text);
        for quantity in self.quantities_in(&text, &typed.text).iter().take(MAX_EXPANSIONS) {
            let range = text.original_range(quantity.folded);
            let clause = self.writings_of(context, quantity, range.slice(&typed.text), plan)?;
            added.extend(clause.map(|clause| (typed.items(range), clause)));
        }
        Ok(())
    }

    fn quantities_in(&self, text: &Segmented, original: &str) -> Vec<Quantity> {
        self.analyzer.quantities(text, original, self.language_of_words(text))
    }

    /// The clause that finds what has the value of a typed quantity. `None` if no passage has it.
    fn writings_of(
        &self,
        context: Context<'_>,
        quantity: &Quantity,
        typed: &str,
        plan: &mut PlanBuilder,
    ) -> Result<Option<CompiledClause>> {
        let context = context.expanding();
        let kind = match quantity.kind {
            QuantityKind::Number => WantedKind::Number,
            QuantityKind::Percent => WantedKind::Percent,
            QuantityKind::Amount(currency) => WantedKind::Amount(Some(currency)),
        };
        let wanted = WantedQuantity::exactly(kind, quantity.value);
        // Plain digits find plain digits as words.
        let pattern = Pattern::Quantity(QuantityPattern { wanted, without_plain: quantity.is_plain });
        let mut leaf = LeafBuilder::default();
        self.look_up_quantities(context, &pattern, &mut leaf, plan)?;
        if leaf.patterns().is_empty() {
            return Ok(None);
        }
        plan.add_leaf(CompiledLeaf {
            text: wanted.readable(),
            in_title: context.in_title,
            is_excluded: !context.is_scored,
            expansion_of: Some(typed.to_owned()),
            patterns: leaf.patterns().to_vec(),
        });
        if context.is_scored {
            plan.add_expansion(typed.to_owned(), vec![wanted.readable()]);
        }
        Ok(Some(leaf.into_clause(context.in_title, true)))
    }

    /// The language of typed words, as far as they tell how numbers are written: Korean or Chinese by their characters, German by
    /// umlauts, scale words and stop words, else English.
    fn language_of_words(&self, text: &Segmented) -> Language {
        if text.has_script(CharScript::Hangul) {
            return Language::Korean;
        }
        if text.has_chars() {
            return Language::Chinese;
        }
        let words = self.analyzer.options.quantities.words();
        let is_stopword = |lang, form| self.analyzer.is_stopword(Chain::of(lang).word_chain(), form);
        let (mut german, mut english) = (0, 0);
        for unit in text.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
            let form = text.form(unit);
            let is_german = is_stopword(Language::German, form);
            let is_english = is_stopword(Language::English, form);
            english += usize::from(is_english && !is_german);
            let is_marked = form.contains(['ä', 'ö', 'ü']) || words.is_of_decimal_comma(form);
            german += usize::from(is_marked || (is_german && !is_english));
        }
        if german > english { Language::German } else { Language::English }
    }
}
