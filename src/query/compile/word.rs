//! Words and runs as typed, looked up by every chain that can read them; no guess is made about the query's language.
//!
//! A word in a bag is found by its own, a run of CJK characters by any of the pieces that the chains cut it into (`run`).
//! Beside an operator each is one term, in a bag of which everything is required each piece has to match.

use std::ops::Range;

use anyhow::Result;

use crate::query::compile::cjk_run::char_runs;
use crate::query::compile::clause::{CompiledClause, any_of, clauses};
use crate::query::compile::compiler::Compiler;
use crate::query::compile::field_clause::{FieldClause, LeafBuilder, Role};
use crate::query::compile::positional::PLACED_CHAINS;
use crate::query::compile::query_words::{WORD_READINGS, is_known};
use crate::query::plan::pattern::{Pattern, PatternUnit};
use crate::text::analysis::{Chain, CharScript, Segmented, UnitKind};

impl Compiler<'_> {
    /// A word or run as typed, without quotation marks.
    pub(crate) fn word(&mut self, text: &str) -> Result<CompiledClause> {
        let word = Segmented::new(text);
        if word.units().is_empty() {
            return Ok(CompiledClause::blank());
        }
        if self.one_term_each {
            return self.word_as_term(&word);
        }
        if self.require_all {
            return self.required_word(&word);
        }
        let mut leaf = LeafBuilder::default();
        let mut compounds = Vec::new();
        for (reading, fields) in WORD_READINGS {
            for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                self.latin_word(word.form(unit), reading, fields, None, &mut leaf)?;
                if reading == Chain::German {
                    compounds.extend(self.parts_of_compound(word.form(unit), Role::Required)?);
                }
            }
        }
        self.other_spellings(&word, &mut leaf)?;
        for run in char_runs(&word) {
            self.char_run(&run, None, &mut leaf)?;
        }
        compounds.insert(0, leaf.into_node(self.in_title, false));
        Ok(any_of(compounds))
    }

    /// A word of another script than CJK, in all fields of a reading. `role` as asked for, or as in a bag.
    fn latin_word(
        &mut self,
        form: &str,
        reading: Chain,
        fields: &[Chain],
        role: Option<Role>,
        leaf: &mut LeafBuilder,
    ) -> Result<()> {
        let term = self.analyzer.term_of_word(reading, form);
        self.refine_by_beginning(reading, form)?;
        let is_listed = self.analyzer.options().is_stopword(reading, form);
        let is_stopword = is_listed && !self.words.is_only_stopwords(reading);
        let is_common = WORD_READINGS.iter().any(|&(reading, _)| self.analyzer.options().is_stopword(reading, form));
        for &field in fields {
            let factor = match self.is_scored {
                true => self.words.factor(field, &term),
                // What is taken away is no part of the words that are ranked.
                false => is_known(&self.terms, self.index, field, &term).then_some(1.0),
            };
            let Some(factor) = factor else {
                continue;
            };
            if !is_stopword && (field == reading || !is_common) {
                self.refine_by_word(field, &term)?;
            }
            let role = role.unwrap_or(if is_stopword { Role::ScoringOnly } else { Role::Required });
            if role == Role::ScoringOnly && is_stopword && !(self.ranking.of(field).stopwords && field == reading) {
                continue;
            }
            let pattern = match field {
                Chain::Korean | Chain::Chinese => Pattern::Term(term.clone()),
                _ => Pattern::Sequence(vec![PatternUnit::Word(term.clone())]),
            };
            self.look_up(leaf, &FieldClause { chain: field, pattern, factor, role })?;
        }
        // Whatever else is in the query: what a word finds beside an operator does not depend on it.
        if reading == Chain::German && !is_listed {
            let factor = self.part_factor(1);
            let role = role.unwrap_or(Role::Required);
            self.look_up(leaf, &FieldClause { chain: reading, pattern: Pattern::CompoundPart(term), factor, role })?;
        }
        Ok(())
    }

    /// The factor of something that is a part, or of a part, so many times over.
    fn part_factor(&self, times: i32) -> f32 {
        self.words.calibration(Chain::German) * self.ranking.compound_parts.powi(times)
    }

    /// All smallest parts of a compound, anywhere in a German passage, each as a word or as a part of one. Each by itself
    /// ranks. `None` for a word that is no compound, or of one part twice.
    fn parts_of_compound(&mut self, form: &str, role: Role) -> Result<Option<CompiledClause>> {
        let chain = Chain::German;
        if self.field_is_empty(chain) || self.analyzer.options().is_stopword(chain, form) {
            return Ok(None);
        }
        let mut parts = self.analyzer.single_parts(chain, form);
        parts.sort_unstable();
        parts.dedup();
        let mut nodes = Vec::new();
        for term in parts {
            let mut leaf = LeafBuilder::default();
            let word = Pattern::Sequence(vec![PatternUnit::Word(term.clone())]);
            for (pattern, times) in [(word, 1), (Pattern::CompoundPart(term), 2)] {
                let factor = self.part_factor(times);
                self.look_up(&mut leaf, &FieldClause { chain, pattern, factor, role })?;
            }
            nodes.push(leaf.into_node(self.in_title, false));
        }
        // A passage with some of the parts is scored, but no hit.
        self.evidence_adds_hits |= self.is_scored && !nodes.is_empty();
        // Zinseszins is not all there by a single Zins.
        Ok((nodes.len() > 1).then(|| clauses(nodes, Vec::new(), Vec::new())))
    }

    /// What stands between two spaces, with and without a hyphen.
    fn other_spellings(&mut self, word: &Segmented, leaf: &mut LeafBuilder) -> Result<()> {
        for chain in PLACED_CHAINS {
            for pattern in self.spellings(word, chain) {
                let own = if chain == Chain::Characters { self.ranking.chars.words } else { 1.0 };
                let factor = own * self.words.calibration(chain);
                self.look_up(leaf, &FieldClause { chain, pattern, factor, role: Role::Required })?;
            }
        }
        Ok(())
    }

    /// A word or run that has to match as a whole: all its parts as typed. Of Korean the particles and endings may be
    /// others, as far as the rest stays together.
    fn word_as_term(&mut self, word: &Segmented) -> Result<CompiledClause> {
        let mut leaf = LeafBuilder::default();
        let is_single = word.units().len() == 1 && !word.has_chars();
        let role = if is_single { Role::Required } else { Role::ScoringOnly };
        for (reading, fields) in WORD_READINGS {
            for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                self.latin_word(word.form(unit), reading, fields, Some(role), &mut leaf)?;
                if reading == Chain::German {
                    // The parts rank, as in a bag.
                    self.parts_of_compound(word.form(unit), Role::ScoringOnly)?;
                }
            }
        }
        if !is_single {
            let factor = if word.has_chars() { self.ranking.chars.pieces } else { 1.0 };
            for chain in PLACED_CHAINS {
                if let Some(pattern) = self.term_pattern(word, chain)? {
                    self.look_up(&mut leaf, &FieldClause { chain, pattern, factor, role: Role::Required })?;
                }
            }
            for run in char_runs(word) {
                self.char_run(&run, Some(Role::ScoringOnly), &mut leaf)?;
            }
        }
        if word.has_script(CharScript::Hangul)
            && !self.field_is_empty(Chain::Korean)
            && let [piece] = self.cut(Chain::Korean, word)?.as_slice()
        {
            let pattern = Pattern::Term(piece.term.clone());
            self.look_up(&mut leaf, &FieldClause { chain: Chain::Korean, pattern, factor: 1.0, role: Role::Required })?;
        }
        if is_single {
            self.other_spellings(word, &mut leaf)?;
        }
        Ok(leaf.into_node(self.in_title, false))
    }

    /// A word of a bag of which every word is required, by all that it is cut into; stop words only rank.
    fn required_word(&mut self, word: &Segmented) -> Result<CompiledClause> {
        let mut nodes = Vec::new();
        for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
            let mut leaf = LeafBuilder::default();
            let form = word.form(unit);
            for (reading, fields) in WORD_READINGS {
                self.latin_word(form, reading, fields, None, &mut leaf)?;
            }
            let is_only_ranked = WORD_READINGS.into_iter().any(|(reading, _)| {
                self.analyzer.options().is_stopword(reading, form) && !self.words.is_only_stopwords(reading)
            });
            let compound = self.parts_of_compound(form, Role::Required)?;
            if !is_only_ranked {
                nodes.push(any_of(std::iter::once(leaf.into_node(self.in_title, false)).chain(compound).collect()));
            }
        }
        for run in char_runs(word) {
            let mut whole = LeafBuilder::default();
            let cuts = self.cuts(&run)?;
            let way = self.whole_run(&run, &cuts);
            self.look_up(&mut whole, &way)?;
            let mut ways = vec![whole.into_node(self.in_title, false)];
            for (chain, pieces) in &cuts {
                let mut all = Vec::new();
                for piece in self.ways_of_pieces(*chain, pieces, &run) {
                    let is_match = piece.iter().any(|way| way.role == Role::Required);
                    let mut leaf = LeafBuilder::default();
                    for way in &piece {
                        self.look_up(&mut leaf, way)?;
                    }
                    if is_match {
                        all.push(leaf.into_node(self.in_title, false));
                    }
                }
                if !all.is_empty() {
                    ways.push(clauses(all, Vec::new(), Vec::new()));
                }
            }
            let mut ranks = LeafBuilder::default();
            for way in self.pairs(&run) {
                self.look_up(&mut ranks, &way)?;
            }
            nodes.push(any_of(ways));
        }
        if nodes.is_empty() {
            return Ok(CompiledClause::blank());
        }
        let all = clauses(nodes, Vec::new(), Vec::new());
        let mut others = LeafBuilder::default();
        self.other_spellings(word, &mut others)?;
        Ok(any_of(vec![all, others.into_node(self.in_title, false)]))
    }

    /// Units of a text as a chain reads them, in a row.
    pub(crate) fn row(&self, chain: Chain, text: &Segmented, units: Range<usize>) -> Pattern {
        let units = text.units()[units].iter().map(|unit| match unit.kind {
            UnitKind::Word => PatternUnit::Word(self.analyzer.term_of_word(chain, text.form(unit))),
            UnitKind::Char(_) => PatternUnit::Char(text.form(unit).to_owned()),
        });
        Pattern::Sequence(units.collect())
    }

    pub(crate) fn field_is_empty(&self, chain: Chain) -> bool {
        self.index.statistics().text[chain].passages == 0
    }
}
