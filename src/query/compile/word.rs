//! Words and CJK runs as typed, looked up by every analysis chain that can read them; the query's language is not guessed.
//!
//! A word in a bag matches by itself, a run of CJK characters by any of the tokens that the chains segment it into
//! (`cjk_run`). Beside an operator each is one term; in a bag of which everything is required, each token has to match.

use std::ops::Range;

use anyhow::Result;

use crate::query::compile::clause::{CompiledClause, LeafBuilder, all_non_blank, any_of};
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::pieces::{Pieces, forms_alone};
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::compile::run_token::{char_run_ranges, char_runs, run_text};
use crate::query::plan::pattern::{Pattern, PatternUnit};
use crate::query::syntax::filter::Filter;
use crate::text::analysis::{Chain, Segmented, UnitKind};
use crate::text::language::Language;

impl Compiler<'_> {
    /// Compiles a word or run as typed, without quotation marks.
    pub(crate) fn word(&self, context: Context<'_>, text: &str, plan: &mut PlanBuilder) -> Result<CompiledClause> {
        let word = self.texts.segmented(text);
        if word.units().is_empty() {
            return Ok(CompiledClause::blank());
        }
        if self.one_term_each {
            return self.word_as_term(context, &word, plan);
        }
        if self.require_all {
            return self.required_word(context, &word, plan);
        }
        let (pieces, asks) = (Pieces::of(&word), self.words.asks(text));
        // Where a passage has the word with its signs, the word without them matches, but says nothing of the order.
        let scale = if self.is_known_with_signs(&word)? { 0.0 } else { 1.0 };
        let mut leaf = LeafBuilder::default();
        let mut compounds = Vec::new();
        for chain in self.word_chains() {
            for (at, form) in forms_alone(&word, &pieces) {
                let context = context.of_units(asks.get(at..=at).unwrap_or_default(), self.ranking.questions);
                self.latin_word(context, (form, chain), (None, scale), &mut leaf, plan)?;
                compounds.extend(self.parts_of_compound(context, (form, chain), Role::Required, plan)?);
            }
        }
        if !pieces.all_match_alone() {
            self.names_of_pieces(context, (&word, &pieces), &mut leaf, plan)?;
        }
        self.signed_words(context, &word, Role::Required, &mut leaf, plan)?;
        self.other_spellings(context, &word, &mut leaf, plan)?;
        for units in char_run_ranges(&word) {
            let asks = asks.get(units.clone()).unwrap_or_default();
            if let Some(run) = run_text(&word, &units) {
                self.char_run(context, (&run, asks), None, &mut leaf, plan)?;
            }
        }
        compounds.insert(0, leaf.into_clause(context.in_title, false));
        Ok(any_of(compounds))
    }

    /// Compiles a word of another script than CJK, in all fields of a chain's words. `role` overrides the role that it
    /// has in a bag; its scores are multiplied by `scale`.
    pub(crate) fn latin_word(
        &self,
        context: Context<'_>,
        (form, chain): (&str, Chain),
        (role, scale): (Option<Role>, f32),
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        let term = self.analyzer.term_of_word(chain, form);
        self.rerank_by_prefix(context, chain, form, plan)?;
        let is_listed = self.analyzer.is_stopword(chain, form);
        let is_stopword = is_listed && !self.words.is_only_stopwords(chain);
        let is_common = Chain::word_chains().any(|chain| self.analyzer.is_stopword(chain, form));
        for field in chain.word_fields() {
            let factor = match context.is_scored {
                true => self.words.factor(field, &term),
                // Excluded words are not among the words that rank.
                false => self.lexicon.is_known(field, &term)?.then_some(1.0),
            };
            let Some(factor) = factor else {
                continue;
            };
            if !is_stopword && (field == chain || !is_common) {
                self.rerank_by_word(context, field, &term, plan)?;
            }
            let role = role.unwrap_or(if is_stopword { Role::ScoringOnly } else { Role::Required });
            if role == Role::ScoringOnly && is_stopword && !(self.ranking.of(field).stopwords && field == chain) {
                continue;
            }
            let pattern = match field.has_positions() {
                true => Pattern::Sequence(vec![PatternUnit::Word(term.clone())]),
                false => Pattern::Term(term.clone()),
            };
            let factor = factor * scale;
            self.look_up(context, &FieldClause { chain: field, pattern, factor, role }, leaf, plan)?;
        }
        // This holds whatever else is in the query: what a word matches beside an operator must not depend on the rest.
        if chain.has_compound_parts() && !is_listed {
            let factor = self.part_factor(chain, 1) * scale;
            let role = role.unwrap_or(Role::Required);
            let pattern = Pattern::CompoundPart(term);
            self.look_up(context, &FieldClause { chain, pattern, factor, role }, leaf, plan)?;
        }
        Ok(())
    }

    /// The factor of a match by compound parts: `times` is 1 if the query's word or the text's is a part, 2 if both are.
    fn part_factor(&self, chain: Chain, times: i32) -> f32 {
        self.words.calibration(chain) * self.ranking.compound_parts.powi(times)
    }

    /// Compiles all smallest parts of a compound, anywhere in a passage of the chain, each as a word or as a part of
    /// one. Each part alone ranks. `None` for a word that is no compound, or that is one part twice.
    fn parts_of_compound(
        &self,
        context: Context<'_>,
        (form, chain): (&str, Chain),
        role: Role,
        plan: &mut PlanBuilder,
    ) -> Result<Option<CompiledClause>> {
        if !chain.has_compound_parts() || self.field_is_empty(chain) || self.analyzer.is_stopword(chain, form) {
            return Ok(None);
        }
        let mut parts = self.analyzer.single_parts(chain, form);
        parts.sort_unstable();
        parts.dedup();
        let mut clauses = Vec::new();
        for term in parts {
            let mut leaf = LeafBuilder::default();
            let word = Pattern::Sequence(vec![PatternUnit::Word(term.clone())]);
            for (pattern, times) in [(word, 1), (Pattern::CompoundPart(term), 2)] {
                let factor = self.part_factor(chain, times);
                self.look_up(context, &FieldClause { chain, pattern, factor, role }, &mut leaf, plan)?;
            }
            clauses.push(leaf.into_clause(context.in_title, false));
        }
        // A passage with only some of the parts is scored, but is no hit.
        plan.scoring_adds_hits |= context.is_scored && !clauses.is_empty();
        // A single Zins does not match Zinseszins.
        Ok((clauses.len() > 1).then(|| all_non_blank(clauses, Vec::new(), Vec::new())))
    }

    /// Adds the spellings of a word with and without a hyphen.
    fn other_spellings(
        &self,
        context: Context<'_>,
        word: &Segmented,
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        for chain in self.chains_with_positions() {
            for pattern in self.spellings(word, chain)? {
                let factor = self.factor_of_words(chain);
                self.look_up(context, &FieldClause { chain, pattern, factor, role: Role::Required }, leaf, plan)?;
            }
        }
        Ok(())
    }

    /// Compiles a word or run that has to match as a whole, with all its parts as typed. In Korean, the particles and
    /// endings may differ as long as the rest stays together.
    fn word_as_term(&self, context: Context<'_>, word: &Segmented, plan: &mut PlanBuilder) -> Result<CompiledClause> {
        let mut leaf = LeafBuilder::default();
        let is_single = word.units().len() == 1 && !word.has_chars();
        let role = if is_single { Role::Required } else { Role::ScoringOnly };
        for chain in self.word_chains() {
            for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                let form = word.form(unit);
                self.latin_word(context, (form, chain), (Some(role), 1.0), &mut leaf, plan)?;
                // The compound's parts rank, as in a bag.
                self.parts_of_compound(context, (form, chain), Role::ScoringOnly, plan)?;
            }
        }
        if !is_single {
            let factor = if word.has_chars() { self.ranking.chars.pieces } else { 1.0 };
            for chain in self.chains_with_positions() {
                if let Some(pattern) = self.term_pattern(word, chain)? {
                    let clause = FieldClause { chain, pattern, factor, role: Role::Required };
                    self.look_up(context, &clause, &mut leaf, plan)?;
                }
            }
            for run in char_runs(word) {
                self.char_run(context, (&run, &[]), Some(Role::ScoringOnly), &mut leaf, plan)?;
            }
        }
        if let Some(chain) = Chain::of_morphemes(word).filter(|&chain| !self.field_is_empty(chain))
            && let [run_token] = self.cut(chain, word)?.as_slice()
            && run_token.units.start == 0
        {
            let pattern = Pattern::Term(run_token.term.clone());
            let clause = FieldClause { chain, pattern, factor: 1.0, role: Role::Required };
            self.look_up(context, &clause, &mut leaf, plan)?;
        }
        self.signed_words(context, word, Role::ScoringOnly, &mut leaf, plan)?;
        if is_single {
            self.other_spellings(context, word, &mut leaf, plan)?;
        }
        Ok(leaf.into_clause(context.in_title, false))
    }

    /// The languages in which a word is a stop word, so that their passages need not contain it; where there are any, those without
    /// passages too. Each by its own stop list alone: `die` is no stop word in English.
    fn languages_without(&self, form: &str) -> Vec<Language> {
        let is_stopword = |language: &Language| {
            let words = Chain::of(*language).word_chain();
            self.analyzer.is_stopword(words, form) && !self.words.is_only_stopwords(words)
        };
        if !Language::ALL.iter().any(is_stopword) {
            return Vec::new();
        }
        let is_without = |language: &Language| is_stopword(language) || self.field_is_empty(Chain::of(*language));
        Language::ALL.into_iter().filter(is_without).collect()
    }

    /// Compiles a word of a bag of which every word is required, by all its tokens. A stop word only ranks the passages
    /// of its language; all other passages must contain it.
    fn required_word(&self, context: Context<'_>, word: &Segmented, plan: &mut PlanBuilder) -> Result<CompiledClause> {
        let mut clauses = Vec::new();
        let pieces = Pieces::of(word);
        let whole = pieces.is_whole.then_some(0..word.units().len());
        for name in pieces.names.iter().chain(&whole) {
            let mut leaf = LeafBuilder::default();
            for chain in self.chains_with_positions().filter(|chain| chain.keeps_characters() || !word.has_chars()) {
                let pattern = self.sequence(chain, word, name.clone());
                let clause = FieldClause { chain, pattern, factor: self.factor_of_words(chain), role: Role::Required };
                self.look_up(context, &clause, &mut leaf, plan)?;
            }
            clauses.push(leaf.into_clause(context.in_title, false));
        }
        for (_, form) in forms_alone(word, &pieces) {
            let mut leaf = LeafBuilder::default();
            let mut compounds = Vec::new();
            for chain in self.word_chains() {
                self.latin_word(context, (form, chain), (None, 1.0), &mut leaf, plan)?;
                compounds.extend(self.parts_of_compound(context, (form, chain), Role::Required, plan)?);
            }
            let without = self.languages_without(form);
            if without.len() == Language::ALL.len() {
                continue;
            }
            let mut any = vec![leaf.into_clause(context.in_title, false)];
            any.extend(compounds);
            if !without.is_empty() {
                any.push(CompiledClause::filter(&Filter::Lang(without)));
            }
            clauses.push(any_of(any));
        }
        for run in char_runs(word) {
            let mut whole = LeafBuilder::default();
            let cuts = self.cuts(&run)?;
            self.look_up(context, &self.whole_run(context, &run, &cuts)?, &mut whole, plan)?;
            let mut any = vec![whole.into_clause(context.in_title, false)];
            for (chain, run_tokens) in &cuts {
                let mut all = Vec::new();
                for (_, token_clauses) in self.clauses_of_tokens(*chain, run_tokens, &run)? {
                    let is_match = token_clauses.iter().any(|clause| clause.role == Role::Required);
                    let mut leaf = LeafBuilder::default();
                    for clause in &token_clauses {
                        self.look_up(context, clause, &mut leaf, plan)?;
                    }
                    if is_match {
                        all.push(leaf.into_clause(context.in_title, false));
                    }
                }
                if !all.is_empty() {
                    any.push(all_non_blank(all, Vec::new(), Vec::new()));
                }
            }
            let mut ranks = LeafBuilder::default();
            for clause in self.pairs(&run) {
                self.look_up(context, &clause, &mut ranks, plan)?;
            }
            clauses.push(any_of(any));
        }
        if clauses.is_empty() {
            return Ok(CompiledClause::blank());
        }
        let all = all_non_blank(clauses, Vec::new(), Vec::new());
        let mut others = LeafBuilder::default();
        self.signed_words(context, word, Role::ScoringOnly, &mut others, plan)?;
        self.other_spellings(context, word, &mut others, plan)?;
        Ok(any_of(vec![all, others.into_clause(context.in_title, false)]))
    }

    /// The sequence of some units of a text, as terms of a chain.
    pub(crate) fn sequence(&self, chain: Chain, text: &Segmented, units: Range<usize>) -> Pattern {
        let units = text.units()[units].iter().map(|unit| match unit.kind {
            UnitKind::Word => PatternUnit::Word(self.analyzer.term_of_word(chain, text.form(unit))),
            UnitKind::Char(_) => PatternUnit::Char(text.form(unit).to_owned()),
        });
        Pattern::Sequence(units.collect())
    }
}
