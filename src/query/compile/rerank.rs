//! What puts the best hits in their final order, beside the evidence that found them: the first letters of words, and
//! how close together the words stand. Looked up for some hits only, so it may cost more than evidence does; it never
//! takes anything from a score, so these hits stay before all others.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::schema::{Field, Term};

use crate::engine::tantivy::statistics::{WithStatistics, idf};
use crate::query::compile::cjk_run::Piece;
use crate::query::compile::compiler::{Compiler, ScoringClause};
use crate::query::plan::pattern::Pattern;
use crate::text::analysis::{Chain, Segmented, push_pair};

/// A BM25 score of tantivy is at most k1 + 1 times a term's idf. Weights of proximity are shares of that.
const MOST_OF_A_TERM: f64 = 2.2;

/// What is asked of the best hits.
#[derive(Default)]
pub struct Refinements {
    /// First letters of the query's words, scored like any evidence.
    pub beginnings: Vec<ScoringClause>,
    /// Words that should stand close together, by the field with their positions.
    pub proximity: Vec<Proximity>,
}

impl Refinements {
    /// True if nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.beginnings.is_empty() && self.proximity.is_empty()
    }
}

/// Terms of one field that should stand close together.
pub struct Proximity {
    /// A field with positions.
    pub field: Field,
    /// Positions that count as close together.
    pub window: u32,
    /// Two or more terms, each with what it adds to the score of a passage by standing in the best window.
    pub terms: Vec<(Term, f64)>,
}

/// Terms by field, as they come up in a query.
pub(crate) type CloseTerms = BTreeMap<Chain, BTreeMap<Term, f64>>;

impl Compiler<'_> {
    /// Counts the beginning of a word, whether or not the word itself is known.
    pub(crate) fn refine_by_beginning(&mut self, reading: Chain, form: &str) -> Result<()> {
        let weight = self.ranking.of(reading).beginnings * self.words.calibration(reading);
        let Some(field) = self.index.fields().beginnings_of(reading).filter(|_| self.is_refined() && weight > 0.0)
        else {
            return Ok(());
        };
        let statistics = self.index.statistics().beginnings[reading];
        let (known, seen) = (&mut self.refinements.beginnings, &mut self.seen_beginnings);
        for beginning in self.analyzer.prefixes_of_word(reading, form) {
            if seen.insert((reading, beginning.clone()))
                && let Some(term) = self.terms.find(field, &beginning)?
            {
                let query = WithStatistics::weighted_term(&term, statistics, 1.0, weight);
                known.push(ScoringClause { field, pattern: Pattern::Term(beginning), weight, query });
            }
        }
        Ok(())
    }

    /// A word of the query should stand close to the others, in a field with positions.
    pub(crate) fn refine_by_word(&mut self, chain: Chain, term: &str) -> Result<()> {
        if !chain.has_positions() || !self.is_refined() {
            return Ok(());
        }
        let weight = self.ranking.of(chain).proximity * self.words.calibration(chain);
        let field = self.index.fields().text_of(chain);
        self.close_term(chain, Term::from_field_text(field, term), (chain, term), weight)
    }

    /// A piece of a run should stand close to the others. It is found by its rarest pair of characters and weighs what
    /// the chain's own word does, since the chain keeps no positions.
    pub(crate) fn refine_by_piece(&mut self, chain: Chain, piece: &Piece, run: &Segmented) -> Result<()> {
        if !self.is_refined() {
            return Ok(());
        }
        let field = self.index.fields().text_of(Chain::Characters);
        let mut rarest: Option<(u64, Term)> = None;
        for pair in run.units()[piece.units.clone()].windows(2) {
            let mut characters = String::new();
            push_pair(run.form(&pair[0]), run.form(&pair[1]), &mut characters);
            let passages = self.terms.passages(field, &characters)?;
            if rarest.as_ref().is_none_or(|(least, _)| passages < *least) {
                rarest = Some((passages, Term::from_field_text(field, &characters)));
            }
        }
        match rarest {
            Some((passages, term)) if passages > 0 => {
                let weight = self.ranking.of(chain).proximity;
                self.close_term(Chain::Characters, term, (chain, &piece.term), weight)
            }
            _ => Ok(()),
        }
    }

    /// `term` stands for a word of `like`'s chain, and weighs by how rare that is.
    fn close_term(&mut self, field: Chain, term: Term, like: (Chain, &str), weight: f32) -> Result<()> {
        let (chain, word) = like;
        let passages = self.terms.passages(self.index.fields().text_of(chain), word)?;
        if passages > 0 && weight > 0.0 {
            let statistics = self.index.statistics().text[chain];
            let weight = MOST_OF_A_TERM * f64::from(weight) * idf(statistics, passages);
            let most = self.close_terms.entry(field).or_default().entry(term).or_insert(weight);
            *most = most.max(weight);
        }
        Ok(())
    }

    /// What stands in a title has little to stand close to.
    fn is_refined(&self) -> bool {
        self.is_scored && !self.in_title
    }

    /// The terms that came up, where there are at least two that can be close.
    pub(crate) fn take_refinements(&mut self) -> Refinements {
        let window = self.ranking.window;
        let mut refinements = std::mem::take(&mut self.refinements);
        for (chain, terms) in std::mem::take(&mut self.close_terms) {
            if terms.len() > 1 {
                let window = if chain == Chain::Characters { window.characters } else { window.words };
                let field = self.index.fields().text_of(chain);
                refinements.proximity.push(Proximity { field, window, terms: terms.into_iter().collect() });
            }
        }
        refinements
    }
}
