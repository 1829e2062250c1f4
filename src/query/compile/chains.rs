//! The chains that a query is compiled for: those by which some passage of the index is read.

use crate::query::compile::compiler::Compiler;
use crate::query::plan::field_id::FieldId;
use crate::text::analysis::Chain;

impl Compiler<'_> {
    /// True if no passage is read by a chain.
    pub(crate) fn field_is_empty(&self, chain: Chain) -> bool {
        self.lexicon.statistics(FieldId::Text(chain)).passages == 0
    }

    /// The chains that make terms of words, without those of which no passage has any.
    pub(crate) fn word_chains(&self) -> impl Iterator<Item = Chain> {
        Chain::word_chains().filter(|chain| chain.word_fields().any(|field| !self.field_is_empty(field)))
    }

    /// The chains with positions, without those that no passage is read by; always the CJK bigram chain, which can read everything, so
    /// that it tells what cannot be read.
    pub(crate) fn chains_with_positions(&self) -> impl Iterator<Item = Chain> {
        Chain::with_positions().filter(|&chain| chain.keeps_characters() || !self.field_is_empty(chain))
    }
}
