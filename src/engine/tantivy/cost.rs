//! Costs of patterns, by which the rarest part of a pattern is read first.

use anyhow::{Context, Result};

use crate::engine::tantivy::postings::each_term_with_prefix;
use crate::engine::tantivy::quantities::each_term;
use crate::engine::tantivy::sequence::PositionReader;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::{TermChoice, terms_with_offsets};
use crate::text::analysis::part_term;

impl PositionReader<'_> {
    /// The estimated cost of a pattern: roughly the number of passages that have to be read.
    pub(super) fn cost(&self, pattern: &Pattern) -> Result<u64> {
        match pattern {
            Pattern::Term(_) => Ok(0),
            Pattern::CompoundPart(term) => self.cost_of_terms(&TermChoice::Term(part_term(term))),
            Pattern::Sequence(units) => {
                let mut least = u64::MAX;
                for (_, terms) in terms_with_offsets(units) {
                    least = least.min(self.cost_of_terms(&terms)?);
                }
                Ok(least)
            }
            Pattern::Any(patterns) => patterns.iter().map(|pattern| self.cost(pattern)).sum(),
            Pattern::Within { pattern, .. } => self.cost(pattern),
            Pattern::Quantity(quantity) => {
                let quantities = self.inverted(self.fields.all.quantities)?;
                let mut passages = 0;
                each_term(&quantities, quantity, self.fields.title_only, &mut |_, info| {
                    passages += u64::from(info.doc_freq);
                    Ok(())
                })?;
                Ok(passages)
            }
            Pattern::Near { parts, .. } => {
                let costs: Vec<u64> = parts.iter().map(|part| self.cost(part)).collect::<Result<_>>()?;
                Ok(costs.into_iter().min().unwrap_or(0))
            }
            Pattern::Apart { pattern, .. } => self.cost(pattern),
        }
    }

    pub(super) fn cost_of_terms(&self, terms: &TermChoice) -> Result<u64> {
        match terms {
            TermChoice::Term(term) => {
                let inverted = self.inverted(self.fields.terms)?;
                Ok(u64::from(inverted.doc_freq(&self.term(term)).context("reading the terms of the index")?))
            }
            TermChoice::Opened(character) | TermChoice::PairOpened(character) => {
                let mut passages = 0;
                each_term_with_prefix(&*self.inverted(self.fields.terms)?, character, &mut |_, of_term| {
                    passages += u64::from(of_term);
                })?;
                Ok(passages)
            }
            // Exact counts are not worth reading for an estimate.
            TermChoice::PairClosed(_) | TermChoice::Form(_) => Ok(u64::from(self.segment.max_doc())),
        }
    }
}
