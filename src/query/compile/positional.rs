//! Positional leaves: phrases, words by surface form, prefixes, words with wildcards, fuzzy words, and any of these near each other, as
//! patterns of one chain that keeps positions.

use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::Result;

use crate::query::compile::clause::{CompiledClause, LeafBuilder};
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::plan::pattern::{Form, Pattern, PatternUnit, QuantityPattern};
use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::limits::MAX_NEAR_PARTS;
use crate::query::syntax::nearness::Nearness;
use crate::text::analysis::{Chain, Segmented, UnitKind, writing_of};

/// Length in letters up to which a fuzzy word may differ by one edit, where the query gives no number; a longer word
/// may differ by two. This is Elasticsearch's `AUTO`.
const ONE_EDIT: usize = 5;

impl Compiler<'_> {
    /// Compiles a positional leaf, over all chains that keep positions.
    pub(crate) fn positional_leaf(
        &self,
        context: Context<'_>,
        ast: &QueryAst,
        plan: &mut PlanBuilder,
    ) -> Result<CompiledClause> {
        self.leaf_of(context, ast, |pattern| vec![pattern], plan)
    }

    /// Compiles what `ATLEAST/n` counts, as a positional leaf. Alternatives are looked up one by one: what counts is how many places
    /// there are in all, and a word by itself is ranked by the statistics of its term.
    pub(crate) fn counted_leaf(
        &self,
        context: Context<'_>,
        ast: &QueryAst,
        plan: &mut PlanBuilder,
    ) -> Result<CompiledClause> {
        self.leaf_of(context, ast, alternatives, plan)
    }

    /// Compiles a positional leaf whose pattern by each chain is looked up as `parts` of it.
    fn leaf_of(
        &self,
        context: Context<'_>,
        ast: &QueryAst,
        parts: fn(Pattern) -> Vec<Pattern>,
        plan: &mut PlanBuilder,
    ) -> Result<CompiledClause> {
        let mut leaf = LeafBuilder::default();
        let mut is_blank = true;
        let mut quantities = Vec::new();
        for chain in self.chains_with_positions() {
            for pattern in self.positional_pattern(ast, chain)?.map(parts).unwrap_or_default() {
                is_blank = false;
                if !pattern.is_of_quantities() {
                    let clause = FieldClause { chain, pattern, factor: 1.0, role: Role::Required };
                    self.look_up(context, &clause, &mut leaf, plan)?;
                } else if !quantities.contains(&pattern) {
                    // The same by every chain that reads nothing else of the leaf.
                    self.look_up_quantities(context, &pattern, &mut leaf, plan)?;
                    quantities.push(pattern);
                }
            }
        }
        if is_blank {
            return Ok(CompiledClause::blank());
        }
        Ok(leaf.into_clause(context.in_title, false))
    }

    /// The pattern of a leaf by a chain. `None` if the chain cannot read it, or there is nothing to read.
    pub(crate) fn positional_pattern(&self, ast: &QueryAst, chain: Chain) -> Result<Option<Pattern>> {
        match ast {
            QueryAst::Word(text) => {
                let word = self.texts.segmented(text);
                let whole = self.term_pattern(&word, chain)?;
                Ok(match (whole, word.units()) {
                    // A stop word is no part of another word.
                    (Some(whole), [unit])
                        if chain.has_compound_parts() && !self.analyzer.is_stopword(chain, word.form(unit)) =>
                    {
                        let part = Pattern::CompoundPart(self.analyzer.term_of_word(chain, word.form(unit)));
                        Some(Pattern::Any(vec![whole, part]))
                    }
                    (whole, _) => whole,
                })
            }
            QueryAst::Phrase(text) => Ok(self.whole_sequence(&self.texts.segmented(text), chain)),
            QueryAst::Proximity { text, distance } => self.proximity(text, *distance, chain),
            QueryAst::Near { operands, nearness } if nearness.negated => self.apart(operands, *nearness, chain),
            QueryAst::Near { operands, nearness } => {
                let mut parts = Vec::new();
                for operand in operands {
                    match self.positional_pattern(operand, chain)? {
                        Some(part) => parts.push(part),
                        None => return Ok(None),
                    }
                }
                Ok(Some(Pattern::Near { parts, nearness: *nearness }))
            }
            QueryAst::Prefix(text) => self.by_form(text, chain, |prefix| {
                let others = self.terms_beginning_otherwise(chain, &prefix);
                Ok(Form::Prefix { prefix, others })
            }),
            QueryAst::Wildcard(text) => self.wildcard_pattern(text, chain),
            QueryAst::Fuzzy { word, edits } => self.by_form(word, chain, |surface| {
                let edits = edits.unwrap_or(if surface.chars().count() <= ONE_EDIT { 1 } else { 2 });
                Ok(Form::Listed(self.lexicon.surfaces_like(chain, &surface, edits)?))
            }),
            QueryAst::Exact(text) => Ok(self.by_surfaces(text, chain, false)),
            QueryAst::Caps(text) => Ok(self.by_surfaces(text, chain, true)),
            QueryAst::Bag(items) | QueryAst::Or(items) => {
                let mut any = Vec::new();
                for item in items {
                    any.extend(self.positional_pattern(item, chain)?);
                }
                Ok((!any.is_empty()).then_some(Pattern::Any(any)))
            }
            QueryAst::Quantity(wanted) => {
                Ok(Some(Pattern::Quantity(QuantityPattern { wanted: *wanted, without_plain: false })))
            }
            // The grammar admits these nowhere in an operand of NEAR.
            QueryAst::And(_)
            | QueryAst::Not(_)
            | QueryAst::Restricted(_)
            | QueryAst::Title(_)
            | QueryAst::Within { .. }
            | QueryAst::AtLeast { .. }
            | QueryAst::Filter(_) => Ok(None),
        }
    }

    /// The pattern of `a NOT NEAR/n b`. What must not be near is read by every chain that a passage can have beside this one: positions
    /// are the same in all.
    fn apart(&self, operands: &[QueryAst], nearness: Nearness, chain: Chain) -> Result<Option<Pattern>> {
        let Some((first, rest)) = operands.split_first() else {
            return Ok(None);
        };
        let Some(pattern) = self.positional_pattern(first, chain)? else {
            return Ok(None);
        };
        // A quantity is found whatever the chain of the passage.
        let is_beside = |beside: &Chain| pattern.has_quantities() || chain.is_beside(*beside);
        let mut others = Vec::new();
        for other in rest {
            for beside in self.chains_with_positions().filter(is_beside) {
                others.extend(self.positional_pattern(other, beside)?.map(|pattern| (beside, pattern)));
            }
        }
        Ok(Some(Pattern::Apart { pattern: Box::new(pattern), others, nearness }))
    }

    /// The sequence of a text's words by their surface forms, or with `is_written` only those with the same capitals.
    fn by_surfaces(&self, text: &str, chain: Chain, is_written: bool) -> Option<Pattern> {
        let exact = self.texts.segmented(text);
        let units = exact.units().iter().map(|unit| match unit.kind {
            UnitKind::Word => {
                let form = exact.form(unit);
                let (surface, term) = (chain.surface(form), self.analyzer.term_of_word(chain, form));
                let writing = || writing_of(exact.original_range(unit.folded).slice(text));
                PatternUnit::Form(match is_written {
                    true => Form::Written { surface, term, writing: writing() },
                    false => Form::Exact { surface, term },
                })
            }
            UnitKind::Char(_) => PatternUnit::Char(exact.form(unit).to_owned()),
        });
        can_place(chain, &exact).then(|| Pattern::Sequence(units.collect()))
    }

    /// The terms that words with the first letter of a surface can have although the terms begin otherwise: of *went*, *go*.
    pub(crate) fn terms_beginning_otherwise(&self, chain: Chain, surface: &str) -> BTreeSet<String> {
        let Some(first) = surface.chars().next() else {
            return BTreeSet::new();
        };
        let words = self.analyzer.options.led_to_others(chain).filter(|word| word.starts_with(first));
        words.map(|word| self.analyzer.term_of_word(chain, word)).filter(|term| !term.starts_with(first)).collect()
    }

    fn whole_sequence(&self, text: &Segmented, chain: Chain) -> Option<Pattern> {
        can_place(chain, text).then(|| self.sequence(chain, text, 0..text.units().len()))
    }

    /// The pattern of a word or run as one term: the sequence of its units, or of its units without the Korean
    /// particles around them; with or without a hyphen.
    pub(crate) fn term_pattern(&self, word: &Segmented, chain: Chain) -> Result<Option<Pattern>> {
        let Some(whole) = self.whole_sequence(word, chain) else {
            return Ok(None);
        };
        let mut others = self.spellings(word, chain)?;
        if let Some(units) = self.without_particles(word)? {
            others.push(self.sequence(chain, word, units));
        }
        if others.is_empty() {
            return Ok(Some(whole));
        }
        others.insert(0, whole);
        Ok(Some(Pattern::Any(others)))
    }

    /// The pattern of `"…"~n`: the words near each other, or the phrase as it stands. Words are separated by white
    /// space; a text without white space is segmented by the dictionaries.
    fn proximity(&self, text: &str, distance: u32, chain: Chain) -> Result<Option<Pattern>> {
        let Some(phrase) = self.whole_sequence(&self.texts.segmented(text), chain) else {
            return Ok(None);
        };
        let words = text.split_whitespace().map(|word| self.texts.segmented(word));
        let words: Vec<Rc<Segmented>> = words.filter(|word| !word.units().is_empty()).collect();
        let mut parts = Vec::new();
        if let [run] = words.as_slice() {
            let mut starts = self.token_starts(run)?;
            starts.truncate(MAX_NEAR_PARTS);
            let ends = starts.iter().skip(1).copied().chain([run.units().len()]);
            parts.extend(starts.iter().zip(ends).map(|(&start, end)| self.sequence(chain, run, start..end)));
        } else {
            for word in &words {
                parts.extend(self.term_pattern(word, chain)?);
            }
        }
        if parts.len() < 2 {
            return Ok(Some(phrase));
        }
        Ok(Some(Pattern::Any(vec![phrase, Pattern::Near { parts, nearness: Nearness::any_order(distance) }])))
    }

    /// A sequence of units of which the last, if it is a word, is looked up by its surface form.
    fn by_form(&self, text: &str, chain: Chain, form: impl FnOnce(String) -> Result<Form>) -> Result<Option<Pattern>> {
        let text = self.texts.segmented(text);
        let Some(Pattern::Sequence(mut units)) = self.whole_sequence(&text, chain) else {
            return Ok(None);
        };
        if let Some(last) = text.units().last()
            && last.kind == UnitKind::Word
        {
            units.pop();
            units.push(PatternUnit::Form(form(chain.surface(text.form(last)))?));
        }
        Ok(Some(Pattern::Sequence(units)))
    }
}

/// The alternatives of a pattern, each alone.
fn alternatives(pattern: Pattern) -> Vec<Pattern> {
    match pattern {
        Pattern::Any(patterns) => patterns.into_iter().flat_map(alternatives).collect(),
        pattern => vec![pattern],
    }
}

/// True if the chain has positions for the text: English and German have them for words only; and there must be at
/// least one unit.
fn can_place(chain: Chain, text: &Segmented) -> bool {
    !text.units().is_empty() && (chain.keeps_characters() || !text.has_chars())
}
