//! The surface forms that words with wildcards are looked up by, and which of these words are cut.

use std::cell::RefCell;
use std::collections::BTreeMap;

use anyhow::Result;

use crate::query::compile::lexicon::MatchingSurfaces;
use crate::query::plan::query_plan::WildcardCut;
use crate::text::analysis::Chain;

/// The surface forms that were listed for the words with wildcards of a query, by the word as typed, the word that was looked up,
/// and the chain.
#[derive(Debug, Default)]
pub(crate) struct ListedSurfaces {
    known: RefCell<BTreeMap<(String, String, Chain), MatchingSurfaces>>,
}

impl ListedSurfaces {
    /// The surface forms of a word, listed once.
    pub(crate) fn of(
        &self,
        typed: &str,
        form: &str,
        chain: Chain,
        list: impl FnOnce() -> Result<MatchingSurfaces>,
    ) -> Result<MatchingSurfaces> {
        let key = (typed.to_owned(), form.to_owned(), chain);
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let listed = list()?;
        self.known.borrow_mut().insert(key, listed.clone());
        Ok(listed)
    }

    /// The words of which more surface forms match than are searched.
    pub(crate) fn cuts(self) -> Vec<WildcardCut> {
        let mut cuts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for ((typed, ..), listed) in self.known.into_inner() {
            let (searched, matching) = cuts.entry(typed).or_default();
            *searched += listed.surfaces.len();
            *matching += listed.matching;
        }
        let cuts = cuts.into_iter().filter(|(_, (searched, matching))| searched < matching);
        cuts.map(|(typed, (searched, matching))| WildcardCut { typed, searched, matching }).collect()
    }
}
