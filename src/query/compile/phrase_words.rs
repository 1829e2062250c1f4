//! The words of a phrase among other words, which rank as if they had no quotation marks around them.

use anyhow::Result;

use crate::query::compile::clause::LeafBuilder;
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::Role;
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::compile::run_token::char_runs;
use crate::text::analysis::UnitKind;

impl Compiler<'_> {
    /// Ranks by the words of a phrase, as if they were typed without quotation marks. A title in a question is quoted by habit, and
    /// passages that have it otherwise, or a part of it, are next to be read.
    pub(crate) fn rank_by_words(&self, context: Context<'_>, text: &str, plan: &mut PlanBuilder) -> Result<()> {
        let (word, mut leaf) = (self.texts.segmented(text), LeafBuilder::default());
        for chain in self.word_chains() {
            for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                let form = (word.form(unit), chain);
                self.latin_word(context, form, (Some(Role::ScoringOnly), 1.0), &mut leaf, plan)?;
            }
        }
        for run in char_runs(&word) {
            self.char_run(context, (&run, &[]), Some(Role::ScoringOnly), &mut leaf, plan)?;
        }
        Ok(())
    }
}
