//! Analysis of a word by a chain: its terms, surface forms, parts and prefixes, cached for each thread.

use std::sync::Arc;

use crate::text::analysis::german::part_term;
use crate::text::analysis::prefixes::prefixes_of_word;
use crate::text::analysis::word::{Word, WordForm};
use crate::text::analysis::{Analyzer, Chain};

impl Analyzer {
    /// Analyses a folded word of an alphabetic script by a chain, or takes the result from the cache.
    pub(crate) fn word(&self, chain: Chain, word: &str) -> Arc<Word> {
        let words = chain.word_chain();
        let cache = &self.caches.get_or_default().words[words];
        if let Some(known) = cache.borrow_mut().get(word) {
            return known;
        }
        let read = Arc::new(self.read_word(words, word));
        cache.borrow_mut().keep(word, Arc::clone(&read));
        read
    }

    fn read_word(&self, chain: Chain, word: &str) -> Word {
        let reader = &*self.word_readers[chain];
        let mut terms: Vec<String> = Vec::new();
        let mut forms = Vec::new();
        for spelled in std::iter::once(word).chain(chain.bare(word)) {
            let mut keep = |term: String, surface: String, second: Option<String>| {
                if term != surface || second.is_some() {
                    forms.push(WordForm { term: term.clone(), surface, second });
                }
                if !terms.contains(&term) {
                    terms.push(term);
                }
            };
            let main = chain.surface(spelled);
            let term = reader.term_of(&main);
            let second = chain.surface_without_dots(spelled).map(|second| (reader.term_of(&second), second));
            match second {
                Some((same, second)) if same == term => keep(term, main, Some(second)),
                Some((other, second)) => {
                    keep(term, main, None);
                    keep(other, second, None);
                }
                None => keep(term, main, None),
            }
        }
        let parts = reader.parts(word);
        let prefixes = prefixes_of_word(chain, word, &parts, reader, &self.options);
        let parts = parts.into_iter().map(|(term, range)| (part_term(&term), range)).collect();
        Word { terms, parts, forms, prefixes }
    }
}
