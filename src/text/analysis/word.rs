//! An analysed word: everything that the index stores of a word in one chain. It depends on the word alone, so each thread caches
//! it.

use std::sync::Arc;

use crate::text::analysis::german::part_term;
use crate::text::analysis::prefixes::prefixes_of_word;
use crate::text::analysis::spelling::after_elision;
use crate::text::analysis::word_reader::PartTerm;
use crate::text::analysis::{Analyzer, Chain};
use crate::text::document::ByteRange;

/// A word, analysed by one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The term of the word, for a word with an umlaut the term of its form without dots, and for one with an elided article that of
    /// the rest; each once.
    pub(crate) terms: Vec<String>,
    /// The parts of a compound and the runs of several parts: the term in the index (see [`part_term`]), and the range of bytes
    /// in the folded word.
    pub(crate) parts: Vec<PartTerm>,
    /// The surface forms, without those that equal their term and are its only one.
    pub(crate) forms: Vec<WordForm>,
    /// The prefixes (edge n-grams) of the word and of its parts.
    pub(crate) prefixes: Vec<String>,
}

/// A surface form of a word, with the term under which it is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordForm {
    pub(crate) term: String,
    pub(crate) surface: String,
    /// The surface form without the dots of umlauts, if it has the same term.
    pub(crate) second: Option<String>,
}

impl Word {
    /// The terms of the whole word, without those of its parts.
    pub(crate) fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The parts and runs of parts of a compound: the term (without the mark of [`part_term`]) and the range in the word.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, ByteRange)> {
        self.parts.iter().map(|(term, range)| (&term[1..], *range))
    }
}

impl Analyzer {
    /// Analyses a folded word of an alphabetic script by a chain, or takes the result from the cache.
    pub(crate) fn word(&self, chain: Chain, word: &str) -> Arc<Word> {
        let reading = chain.word_reading();
        let cache = &self.caches.get_or_default().words[reading];
        if let Some(known) = cache.borrow_mut().get(word) {
            return known;
        }
        let read = Arc::new(self.read_word(reading, word));
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
        if let Some(rest) = after_elision(word) {
            let surface = chain.surface(rest);
            let term = reader.term_of(&surface);
            keep_form(&term, surface, None);
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        let parts = reader.parts(word);
        let prefixes = prefixes_of_word(chain, word, &parts, reader, &self.options);
        let parts = parts.into_iter().map(|(term, range)| (part_term(&term), range)).collect();
        Word { terms, parts, forms, prefixes }
    }
}
