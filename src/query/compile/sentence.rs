//! The words of a bag segmented as one text, as passages are when they are indexed. How a dictionary segments a Korean
//! word depends on the words beside it; segmented as a whole, a question is cut like the sentence that answers it. This
//! is done only if there are particles or endings: keywords are no sentence, and mean the same in any order. And it
//! only ranks: what a word matches must not depend on the others.

use std::collections::BTreeMap;

use crate::query::compile::run_token::RunToken;
use crate::text::analysis::Segmented;

/// The tokens of each run by the Korean chain, within the bag.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) run_tokens: BTreeMap<String, Vec<RunToken>>,
}

impl Sentence {
    /// The tokens of a run. `None` if the bag was not segmented as a sentence, does not have the run, or leaves nothing
    /// of it but endings.
    pub(crate) fn run_tokens(&self, run: &Segmented) -> Option<&[RunToken]> {
        self.run_tokens.get(run.text()).map(Vec::as_slice).filter(|run_tokens| !run_tokens.is_empty())
    }
}
