//! The words of a bag read as one text, as the index reads its passages. What a dictionary cuts a Korean word into
//! depends on the words beside it; cut as a whole, a question is cut like the sentence that answers it. Only where there are
//! particles or endings: keywords are no sentence, and in any order the same. And this only ranks: what a word finds must
//! not depend on the others.

use std::collections::BTreeMap;

use crate::query::compile::run_token::RunToken;
use crate::text::analysis::Segmented;

/// By run: what the Korean chain cuts it into within the bag.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) pieces: BTreeMap<String, Vec<RunToken>>,
}

impl Sentence {
    /// The pieces of a run. `None` if the bag was not read, does not have it, or leaves nothing of it but endings.
    pub(crate) fn pieces(&self, run: &Segmented) -> Option<&[RunToken]> {
        self.pieces.get(run.text()).map(Vec::as_slice).filter(|pieces| !pieces.is_empty())
    }
}
