//! Query expansion: where words of a query name a concept of the glossary, the concept's other names match too.
//!
//! A word or run in a bag is expanded by every concept that its words name side by side, and a run of CJK characters
//! also by names that begin and end where the dictionaries segment it; beside an operator a word only as a whole, and a
//! phrase always only as a whole. So an expansion depends on its operand alone, and the set algebra of queries holds.
//! Numbers and amounts are expanded likewise (see `quantities`). Added names weigh less than typed words, are marked as added, and are never more than names: a name of several words
//! is a phrase.

use std::ops::Range;

use anyhow::Result;

use crate::query::compile::cjk_run::is_cut_in_front;
use crate::query::compile::clause::{CompiledClause, LeafBuilder};
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::compile::typed_text::TypedText;
use crate::query::plan::pattern::{Pattern, PatternUnit};
use crate::query::plan::query_plan::CompiledLeaf;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Chain, Segmented, UnitKind};
use crate::text::glossary::{Concept, Name};

/// Greatest number of concepts that the words of one bag are expanded by; no query that someone typed has more. In a
/// query with operators each operand has this limit by itself, so that what it matches does not depend on the others.
pub const MAX_EXPANSIONS: usize = 100;

/// A concept that words of a query name.
pub(crate) struct NamedBy {
    /// The items of the bag that the words are in.
    pub(crate) items: Range<usize>,
    concept: Concept,
    /// The units of the typed text that name it.
    units: Range<usize>,
}

/// The clauses that find a name, by chain; the clause of the name's own spelling comes first in each.
type ClausesByChain = Vec<(Chain, Vec<FieldClause>)>;

/// Sequences that make a name redundant: a name that contains the typed words, or another name, is matched by these already.
struct RedundantSequences {
    /// The typed words, as terms of each chain.
    typed: Vec<(Chain, Vec<PatternUnit>)>,
    names: Vec<(Chain, Vec<PatternUnit>)>,
}

impl RedundantSequences {
    fn of(text: &TypedText<'_>, units: &Range<usize>, names: &[(&Name, ClausesByChain)]) -> RedundantSequences {
        let mut rows = Vec::new();
        for (chain, clauses) in names.iter().flat_map(|(_, by_chain)| by_chain) {
            if let Pattern::Sequence(row) = &clauses[0].pattern {
                rows.push((*chain, row.clone()));
            }
        }
        let typed = Chain::ALL.map(|chain| (chain, text.pattern_units(units, chain))).into();
        RedundantSequences { typed, names: rows }
    }

    fn has(&self, chain: Chain, pattern: &Pattern) -> bool {
        let Pattern::Sequence(row) = pattern else {
            return false;
        };
        let holds = |other: &[PatternUnit]| row.windows(other.len()).any(|window| window == other);
        self.typed.iter().any(|(of, other)| *of == chain && holds(other))
            || self.names.iter().any(|(of, other)| *of == chain && other.len() < row.len() && holds(other))
    }
}

impl Compiler<'_> {
    /// The expansions of the words among the items, each with the items that name its concept.
    pub(crate) fn expansions(
        &self,
        context: Context<'_>,
        items: &[&QueryAst],
        plan: &mut PlanBuilder,
    ) -> Result<Vec<(Range<usize>, CompiledClause)>> {
        let mut added = Vec::new();
        if !self.expand {
            return Ok(added);
        }
        let mut text = TypedText::new(self.analyzer);
        for (at, item) in items.iter().enumerate() {
            if let QueryAst::Word(original) = item {
                let word = self.texts.segmented(original);
                let cuts = if self.one_term_each { self.whole_cuts(&word)? } else { self.loose_cuts(&word)? };
                text.add(at, original, &word, &cuts);
            } else {
                // Words on both sides of a phrase are not side by side.
                self.expand_text(context, &text, &mut added, plan)?;
                text = TypedText::new(self.analyzer);
            }
        }
        self.expand_text(context, &text, &mut added, plan)?;
        added.extend(self.other_writings(context, items, plan)?);
        Ok(added)
    }

    /// The expansions of a phrase, if it is a name as a whole.
    pub(crate) fn expansions_of_phrase(
        &self,
        context: Context<'_>,
        original: &str,
        plan: &mut PlanBuilder,
    ) -> Result<Vec<CompiledClause>> {
        let mut added = Vec::new();
        if self.expand {
            let mut text = TypedText::new(self.analyzer);
            text.add(0, original, &self.texts.segmented(original), &[]);
            let whole = 0..text.units.len();
            for named in self.named(&text)?.into_iter().filter(|named| named.units == whole) {
                added.extend(self.expansion(context, &text, &named, plan)?);
            }
            added.extend(self.other_writings_of_phrase(context, original, plan)?);
        }
        Ok(added)
    }

    fn expand_text(
        &self,
        context: Context<'_>,
        text: &TypedText<'_>,
        added: &mut Vec<(Range<usize>, CompiledClause)>,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        for named in self.named(text)? {
            let clause = self.expansion(context, text, &named, plan)?;
            added.extend(clause.map(|clause| (named.items.clone(), clause)));
        }
        Ok(())
    }

    /// The concepts that a text names, each once for the same units.
    fn named(&self, text: &TypedText<'_>) -> Result<Vec<NamedBy>> {
        let mut found: Vec<NamedBy> = Vec::new();
        for (at, unit) in text.units.iter().enumerate().filter(|(_, unit)| unit.may_begin) {
            for named in self.glossary.named_at(text, at, self.analyzer)? {
                let units = at..at + named.units;
                let last = &text.units[units.end - 1];
                let is_known = |known: &NamedBy| known.units == units && known.concept.id == named.concept.id;
                if last.may_end && found.len() < MAX_EXPANSIONS && !found.iter().any(is_known) {
                    found.push(NamedBy { items: unit.item..last.item + 1, concept: named.concept, units });
                }
            }
        }
        Ok(found)
    }

    /// The clause that finds the other names of a concept. `None` if no passage has any of them.
    fn expansion(
        &self,
        context: Context<'_>,
        text: &TypedText<'_>,
        named: &NamedBy,
        plan: &mut PlanBuilder,
    ) -> Result<Option<CompiledClause>> {
        let context = context.expanding();
        let mut names: Vec<(&Name, ClausesByChain)> = Vec::new();
        for name in named.concept.names.iter().filter(|name| !name.is_as_written) {
            names.push((name, self.clauses_of_name(name)?));
        }
        let rows = RedundantSequences::of(text, &named.units, &names);
        let mut leaf = LeafBuilder::default();
        let mut found = Vec::new();
        let mut seen = Vec::new();
        let typed = text.typed(&named.units);
        for (name, by_chain) in &names {
            let before = leaf.patterns().len();
            for (chain, clauses) in by_chain {
                if clauses.iter().any(|clause| rows.has(*chain, &clause.pattern)) {
                    continue;
                }
                for clause in clauses {
                    if !seen.contains(&(*chain, &clause.pattern)) {
                        self.look_up(context, clause, &mut leaf, plan)?;
                        seen.push((*chain, &clause.pattern));
                    }
                }
            }
            let patterns = leaf.patterns()[before..].to_vec();
            if !patterns.is_empty() {
                found.push(name.text.clone());
                plan.add_leaf(CompiledLeaf {
                    text: name.text.clone(),
                    in_title: context.in_title,
                    is_excluded: !context.is_scored,
                    expansion_of: Some(typed.clone()),
                    patterns,
                });
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        if context.is_scored {
            plan.add_expansion(typed, found);
        }
        Ok(Some(leaf.into_clause(context.in_title, true)))
    }

    /// The clauses that find a name, by chain; the clause of the name's own spelling comes first.
    fn clauses_of_name(&self, name: &Name) -> Result<ClausesByChain> {
        let text = self.texts.segmented(&name.text);
        let all = 0..text.units().len();
        let weight = self.ranking.expansion;
        let by_characters = text.has_chars();
        let words_chain = name.column.words_chain();
        let may_have = |chain: &Chain| {
            match by_characters {
                true => chain.keeps_characters(),
                // Texts in other languages than those of the glossary may have a name of any.
                false => chain.word_chain() == words_chain || chain.is_of_any_language(),
            }
        };
        let mut by_chain = Vec::new();
        for chain in self.chains_with_positions().filter(may_have) {
            let of_words = chain.keeps_characters() && !by_characters;
            // A name is one clause in any script.
            let factor = if of_words { weight * self.words.among_characters().min(1.0) } else { weight };
            let patterns =
                std::iter::once(self.sequence(chain, &text, all.clone())).chain(self.spellings(&text, chain)?);
            let mut clauses: Vec<FieldClause> =
                patterns.map(|pattern| FieldClause { chain, pattern, factor, role: Role::Required }).collect();
            // A name of one word also matches as a part of a compound, as a typed word does.
            if let ([unit], true) = (text.units(), chain.has_compound_parts()) {
                let pattern = Pattern::CompoundPart(self.analyzer.term_of_word(chain, text.form(unit)));
                let factor = factor * self.ranking.compound_parts;
                clauses.push(FieldClause { chain, pattern, factor, role: Role::Required });
            }
            by_chain.push((chain, clauses));
        }
        Ok(by_chain)
    }

    /// The ranges at which names may begin and end within a word of a bag: at words, and where the dictionaries segment runs.
    fn loose_cuts(&self, word: &Segmented) -> Result<Vec<Range<usize>>> {
        let units = word.units();
        let is_word = |at: usize| units[at].kind == UnitKind::Word;
        let mut cuts: Vec<Range<usize>> = (0..units.len()).filter(|&at| is_word(at)).map(|at| at..at + 1).collect();
        // A run begins and ends beside a word.
        for run in word.char_runs(|_| true) {
            cuts.push(run);
        }
        for chain in Chain::of_characters_in(word) {
            if is_cut_in_front(chain, &self.cut(chain, word)?) {
                continue;
            }
            for token in self.texts.tokens(chain, word)?.iter() {
                let end = units.partition_point(|unit| unit.folded.start < token.folded.end);
                cuts.push(token.position..end);
            }
        }
        Ok(cuts)
    }

    /// The range of a word without the Korean particles around it, where there are any.
    fn whole_cuts(&self, word: &Segmented) -> Result<Vec<Range<usize>>> {
        Ok(self.without_particles(word)?.into_iter().collect())
    }
}
