//! Construction of the word readers: one for each set of rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::analysis::chain::facts::WordRules;
use crate::text::analysis::english::English;
use crate::text::analysis::german::German;
use crate::text::analysis::options::Options;
use crate::text::analysis::per_chain::PerChain;
use crate::text::analysis::plain::Plain;
use crate::text::analysis::word_reader::WordReader;

/// The word reader of each chain; chains with the same rules share one.
pub(crate) fn word_readers(options: &Options) -> PerChain<Arc<dyn WordReader>> {
    let mut made: BTreeMap<WordRules, Arc<dyn WordReader>> = BTreeMap::new();
    PerChain::from_fn(|chain| {
        let rules = chain.word_rules();
        Arc::clone(made.entry(rules).or_insert_with(|| match rules {
            WordRules::English => Arc::new(English::new(options)),
            WordRules::German => Arc::new(German::new(options)),
            WordRules::Plain => Arc::new(Plain),
        }))
    })
}
