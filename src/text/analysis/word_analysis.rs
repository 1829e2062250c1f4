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
        let main = chain.surface(word);
        let term = reader.term_of(&main);
        let second = chain.surface_without_dots(word).map(|second| (reader.term_of(&second), second));
        let mut terms = vec![term];
        let mut forms = Vec::new();
        let mut keep_form = |term: &str, surface: String, second: Option<String>| {
            if term != surface || second.is_some() {
                forms.push(WordForm { term: term.to_owned(), surface, second });
            }
        };
        match second {
            Some((same, second)) if same == terms[0] => keep_form(&same, main, Some(second)),
            Some((other, second)) => {
                keep_form(&terms[0], main, None);
                keep_form(&other, second, None);
                terms.push(other);
            }
            None => keep_form(&terms[0], main, None),
        }
        let parts = reader.parts(word);
        let prefixes = prefixes_of_word(chain, word, &parts, reader, &self.options);
        let parts = parts.into_iter().map(|(term, range)| (part_term(&term), range)).collect();
        Word { terms, parts, forms, prefixes }
    }
}
