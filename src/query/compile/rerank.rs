//! Reranking clauses: prefixes of words, and the proximity of the words. They are computed for the best hits only, so
//! they may cost more than scoring clauses do; they never lower a score, so these hits stay before all others.

use anyhow::Result;

use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::compile::run_token::RunToken;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::query_plan::ScoringClause;
use crate::text::analysis::{Chain, Segmented, push_pair};

/// The greatest BM25 score of a term as a multiple of its idf, which is k1 + 1, with k1 = 1.2. Weights of proximity are
/// shares of it.
const MOST_OF_A_TERM: f64 = 2.2;

/// A term that should stand close to others, and the word that it represents.
struct CloseTerm<'t> {
    /// The chain whose positions are read.
    placed_by: Chain,
    term: &'t str,
    /// The chain and term by which the word is counted: its rarity decides the weight.
    counted_as: (Chain, &'t str),
}

impl Compiler<'_> {
    /// Reranks by the prefix of a word, whether or not any passage has the word itself.
    pub(crate) fn rerank_by_prefix(
        &self,
        context: Context<'_>,
        chain: Chain,
        form: &str,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        let weight = self.ranking.of(chain).prefixes * self.words.calibration(chain);
        if !chain.has_prefixes() || !is_reranked(context) || weight <= 0.0 {
            return Ok(());
        }
        let field = FieldId::Prefixes(chain);
        let term = self.analyzer.term_of_word(chain, form);
        let most = self.idf(FieldId::Text(chain), &term)?;
        for prefix in self.analyzer.prefixes_of_word(chain, form) {
            if plan.is_new_prefix(chain, &prefix) {
                let passages = self.lexicon.passages(field, &prefix)?;
                if passages > 0 {
                    // General text says nothing of prefixes: one says at most as much as the word.
                    let weight = weight * (most / self.idf(field, &prefix)?).min(1.0) as f32;
                    let (pattern, passages) = (Pattern::Term(prefix), Some(passages));
                    plan.add_prefix(ScoringClause { field, pattern, weight, length: 1.0, passages });
                }
            }
        }
        Ok(())
    }

    /// Reranks by the proximity of a word to the others, in a field with positions.
    pub(crate) fn rerank_by_word(
        &self,
        context: Context<'_>,
        chain: Chain,
        term: &str,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        if !chain.has_positions() || !is_reranked(context) {
            return Ok(());
        }
        let own = if chain.keeps_characters() { self.words.among_characters() } else { 1.0 };
        let weight = self.ranking.of(chain).proximity * own * self.words.calibration(chain);
        self.close_term(&CloseTerm { placed_by: chain, term, counted_as: (chain, term) }, weight, plan)
    }

    /// Reranks by the proximity of a token of a CJK run to the others. The token is found by its rarest bigram and has
    /// the weight of the chain's own term, since the chain keeps no positions.
    pub(crate) fn rerank_by_run_token(
        &self,
        context: Context<'_>,
        chain: Chain,
        run_token: &RunToken,
        run: &Segmented,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        if !is_reranked(context) {
            return Ok(());
        }
        let mut rarest: Option<(u64, String)> = None;
        for pair in run.units()[run_token.units.clone()].windows(2) {
            let mut characters = String::new();
            push_pair(run.form(&pair[0]), run.form(&pair[1]), &mut characters);
            let passages = self.lexicon.passages(FieldId::Text(Chain::Characters), &characters)?;
            if rarest.as_ref().is_none_or(|(least, _)| passages < *least) {
                rarest = Some((passages, characters));
            }
        }
        match rarest {
            Some((passages, pair)) if passages > 0 => {
                let weight = self.ranking.of(chain).proximity;
                let counted_as = (chain, run_token.term.as_str());
                self.close_term(&CloseTerm { placed_by: Chain::Characters, term: &pair, counted_as }, weight, plan)
            }
            _ => Ok(()),
        }
    }

    /// The inverse document frequency of a term.
    pub(crate) fn idf(&self, field: FieldId, term: &str) -> Result<f64> {
        let passages = self.lexicon.passages(field, term)?;
        Ok(self.ranking.general.idf(field, self.lexicon.statistics(field), term, passages))
    }

    fn close_term(&self, close: &CloseTerm<'_>, weight: f32, plan: &mut PlanBuilder) -> Result<()> {
        let (chain, word) = close.counted_as;
        let field = FieldId::Text(chain);
        let passages = self.lexicon.passages(field, word)?;
        if passages > 0 && weight > 0.0 {
            let weight = MOST_OF_A_TERM * f64::from(weight) * self.idf(field, word)?;
            plan.add_close_term(close.placed_by, close.term, weight);
        }
        Ok(())
    }
}

/// True outside NOT and question words, and where the whole article is searched: a title is too short for proximity to matter, and words elsewhere
/// say nothing of a lead.
fn is_reranked(context: Context<'_>) -> bool {
    context.is_scored && !context.is_confined() && context.weight >= 1.0
}
