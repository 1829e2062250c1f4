//! Runs of CJK characters: their tokens by the dictionaries, and the clauses that find the tokens.

use std::collections::HashSet;
use std::ops::Range;

use anyhow::Result;

use crate::query::compile::clause::LeafBuilder;
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::compile::run_token::{RunToken, adjacent_single_units, covers};
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::single_terms;
use crate::text::analysis::{Chain, CharScript, Segmented, UnitKind, push_pair};

impl Compiler<'_> {
    /// Compiles a run of CJK characters, given with which of its units only ask. It matches as a whole, and by each of the
    /// tokens that the chains segment it into. Terms of the chains and bigrams rank. `role` overrides the role of every clause.
    pub(crate) fn char_run(
        &self,
        context: Context<'_>,
        (run, asks): (&Segmented, &[bool]),
        role: Option<Role>,
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        let of = |units: &Range<usize>| {
            context.of_units(asks.get(units.clone()).unwrap_or_default(), self.ranking.questions)
        };
        let mut look_up = |context: Context<'_>, clause: FieldClause, plan: &mut PlanBuilder| {
            let role = role.unwrap_or(clause.role);
            self.look_up(context, &FieldClause { role, ..clause }, leaf, plan)
        };
        let cuts = self.cuts(run)?;
        look_up(of(&(0..run.units().len())), self.whole_run(context, run, &cuts)?, plan)?;
        for (chain, run_tokens) in cuts {
            let clauses = self.clauses_of_tokens(chain, &run_tokens, run)?;
            let Some(in_sentence) = tokens_in_sentence(context, run).filter(|_| chain.keeps_morphemes()) else {
                for (units, clauses) in clauses {
                    for clause in clauses {
                        look_up(of(&units), clause, plan)?;
                    }
                }
                for run_token in &run_tokens {
                    self.rerank_by_run_token(of(&run_token.units), chain, run_token, run, plan)?;
                }
                continue;
            };
            // Within its sentence the run may be segmented into other tokens, which then rank it.
            let ranking = self.clauses_of_tokens(chain, in_sentence, run)?;
            for (units, clauses) in clauses {
                for clause in clauses {
                    let ranks = ranking.iter().any(|(_, ranking)| ranking.contains(&clause));
                    let factor = if ranks { clause.factor } else { 0.0 };
                    look_up(of(&units), FieldClause { factor, ..clause }, plan)?;
                }
            }
            for (units, clauses) in ranking {
                for clause in clauses {
                    let clause = FieldClause { role: Role::ScoringOnly, ..clause };
                    self.look_up(of(&units), &clause, &mut LeafBuilder::default(), plan)?;
                }
            }
            for run_token in in_sentence {
                self.rerank_by_run_token(of(&run_token.units), chain, run_token, run, plan)?;
            }
        }
        for (at, clause) in self.pairs(run).into_iter().enumerate() {
            look_up(of(&(at..at + 2)), clause, plan)?;
        }
        Ok(())
    }

    /// The clause of a run as a whole. A run with particles and endings in it says little about what is asked for, so
    /// it weighs less.
    pub(crate) fn whole_run(
        &self,
        context: Context<'_>,
        run: &Segmented,
        cuts: &[(Chain, Vec<RunToken>)],
    ) -> Result<FieldClause> {
        let morphemes =
            cuts.iter().find(|(chain, _)| chain.keeps_morphemes()).map(|(_, run_tokens)| run_tokens.as_slice());
        let morphemes = tokens_in_sentence(context, run).or(morphemes);
        let is_covered = morphemes.is_none_or(|run_tokens| covers(run_tokens, run.units().len()));
        let weights = self.ranking.chars;
        let factor = if is_covered { weights.pieces } else { weights.runs };
        self.row(run, 0..run.units().len(), factor)
    }

    /// The clause that finds characters of a run side by side. The engine sums the weights of all pairs of a row; a row of Han weighs what
    /// its rarest pair does. As few passages have the row as have this pair: pairs within a word say the same, and one across two
    /// words is as rare as both. Pairs of Hangul weigh little anyway.
    fn row(&self, run: &Segmented, units: Range<usize>, factor: f32) -> Result<FieldClause> {
        let pattern = self.sequence(Chain::Characters, run, units.clone());
        let (mut most, mut sum) = (0.0_f64, 0.0);
        if run.units()[units].iter().all(|unit| unit.kind == UnitKind::Char(CharScript::Han)) {
            for (_, pair) in single_terms(Chain::Characters, &pattern).unwrap_or_default() {
                let says = self.idf(FieldId::Text(Chain::Characters), &pair)?;
                (most, sum) = (most.max(says), sum + says);
            }
        }
        let factor = if sum > 0.0 { factor * (most / sum) as f32 } else { factor };
        Ok(FieldClause { chain: Chain::Characters, pattern, factor, role: Role::Required })
    }

    /// The tokens of a run by each chain that can segment it.
    pub(crate) fn cuts(&self, run: &Segmented) -> Result<Vec<(Chain, Vec<RunToken>)>> {
        let mut by_chain = Vec::new();
        for chain in Chain::cutting(run).filter(|&chain| !self.field_is_empty(chain)) {
            by_chain.push((chain, self.cut(chain, run)?));
        }
        Ok(by_chain)
    }

    /// The clauses that find each of the tokens, with its units. Adjacent tokens of one character count as one: 韩 and 美 alone would
    /// find everything.
    pub(crate) fn clauses_of_tokens(
        &self,
        chain: Chain,
        run_tokens: &[RunToken],
        run: &Segmented,
    ) -> Result<Vec<(Range<usize>, Vec<FieldClause>)>> {
        let characters = |units: Range<usize>| self.row(run, units, self.ranking.chars.pieces);
        let lone = run_tokens.len() == 1;
        let is_unknown = is_cut_in_front(chain, run_tokens);
        let mut found = Vec::new();
        for run_token in run_tokens {
            let is_match = !is_unknown && (lone || run_token.units.len() > 1);
            // Chinese words are found by their characters; Korean morphemes match across inflected forms.
            let role = if is_match && chain.keeps_morphemes() { Role::Required } else { Role::ScoringOnly };
            let term = FieldClause { chain, pattern: Pattern::Term(run_token.term.clone()), factor: 1.0, role };
            // A character alone ranks texts of all languages by itself; that it is a word of one says nothing more.
            let mut clauses = if run.units().len() == 1 && !chain.keeps_morphemes() { vec![] } else { vec![term] };
            // A single syllable is a word only where the morphemes say so.
            if is_match && (run_token.units.len() > 1 || !chain.keeps_morphemes()) {
                clauses.push(characters(run_token.units.clone())?);
            }
            found.push((run_token.units.clone(), clauses));
        }
        if !is_unknown {
            for group in adjacent_single_units(run_tokens) {
                found.push((group.clone(), vec![characters(group)?]));
            }
        }
        Ok(found)
    }

    /// The tokens of a run by a chain, each once, without stop words unless there is nothing else.
    pub(crate) fn cut(&self, chain: Chain, run: &Segmented) -> Result<Vec<RunToken>> {
        let mut run_tokens: Vec<RunToken> = Vec::new();
        let mut seen = HashSet::new();
        for token in self.texts.tokens(chain, run)?.iter() {
            let end = run.units().partition_point(|unit| unit.folded.start < token.folded.end);
            let first = token.position;
            let run_token = RunToken { term: token.term.clone(), units: first..end.max(first + 1) };
            if seen.insert(run_token.clone()) {
                run_tokens.push(run_token);
            }
        }
        self.without_stopwords(chain, &mut run_tokens);
        Ok(run_tokens)
    }

    /// Removes stop words, unless there is nothing else.
    pub(crate) fn without_stopwords(&self, chain: Chain, run_tokens: &mut Vec<RunToken>) {
        if run_tokens.iter().any(|run_token| !self.analyzer.is_stopword(chain, &run_token.term)) {
            run_tokens.retain(|run_token| !self.analyzer.is_stopword(chain, &run_token.term));
        }
    }

    /// Clauses for every bigram of a run, which only rank.
    pub(crate) fn pairs(&self, run: &Segmented) -> Vec<FieldClause> {
        let mut clauses = Vec::new();
        for pair in run.units().windows(2) {
            let mut term = String::new();
            push_pair(run.form(&pair[0]), run.form(&pair[1]), &mut term);
            let is_han = pair.iter().all(|unit| unit.kind == UnitKind::Char(CharScript::Han));
            let factor = if is_han { 1.0 } else { self.ranking.chars.hangul };
            clauses.push(FieldClause {
                chain: Chain::Characters,
                pattern: Pattern::Term(term),
                factor,
                role: Role::ScoringOnly,
            });
        }
        clauses
    }

    /// The range of units of a term up to the last morpheme that is kept, so without the particles and endings after it;
    /// `None` if these are a single syllable or the whole term, or if the dictionary does not know the term.
    pub(crate) fn without_particles(&self, word: &Segmented) -> Result<Option<Range<usize>>> {
        let Some(chain) = Chain::of_morphemes(word).filter(|&chain| !self.field_is_empty(chain)) else {
            return Ok(None);
        };
        let run_tokens = self.cut(chain, word)?;
        if is_cut_in_front(chain, &run_tokens) {
            return Ok(None);
        }
        let end = run_tokens.iter().map(|run_token| run_token.units.end).max();
        Ok(end.map(|end| 0..end).filter(|units| {
            let is_word = units.len() > 1 || word.units()[units.start].kind == UnitKind::Word;
            is_word && units.len() < word.units().len()
        }))
    }

    /// The units at which the tokens of a text begin, by all chains that segment it: each token reaches to the next.
    pub(crate) fn token_starts(&self, text: &Segmented) -> Result<Vec<usize>> {
        let mut starts = vec![0];
        for chain in Chain::cutting(text) {
            // The Korean dictionary takes longest to load.
            if chain.keeps_morphemes() && self.field_is_empty(chain) {
                continue;
            }
            starts.extend(self.texts.tokens(chain, text)?.iter().map(|token| token.position));
        }
        starts.extend(
            (1..text.units().len())
                .filter(|&at| text.units()[at].kind == UnitKind::Word || text.units()[at - 1].kind == UnitKind::Word),
        );
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }
}

/// True if no morpheme is kept of the front of a text: no particle or ending stands there, so the dictionary has taken the front of a
/// word that it does not know for one (네팔 for 네 and 팔). What is left of such a word is no match: 팔 is also of `sold`.
pub(crate) fn is_cut_in_front(chain: Chain, run_tokens: &[RunToken]) -> bool {
    chain.keeps_morphemes() && run_tokens.iter().all(|run_token| run_token.units.start > 0)
}

/// The tokens of a run within the sentence that it stands in.
fn tokens_in_sentence<'s>(context: Context<'s>, run: &Segmented) -> Option<&'s [RunToken]> {
    context.sentence.and_then(|sentence| sentence.run_tokens(run))
}
