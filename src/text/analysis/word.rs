//! A word as a chain reads it: all that the index has of it. It depends on the word alone, so it is made once and remembered by
//! each thread.

use std::sync::Arc;

use crate::text::analysis::german::part_term;
use crate::text::analysis::prefixes::prefixes_of_word;
use crate::text::analysis::word_reader::PlacedPart;
use crate::text::analysis::{Analyzer, Chain};
use crate::text::document::ByteRange;

/// A word as one chain reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its term, and if it has an umlaut the one without the dots, unless that is the same.
    pub(crate) terms: Vec<String>,
    /// The parts of a compound and the runs of several: the term that the index has (see [`part_term`]), and the
    /// bytes of the folded word.
    pub(crate) parts: Vec<PlacedPart>,
    /// Its surfaces, where they are not their term or two of one.
    pub(crate) forms: Vec<WordForm>,
    /// The first letters of the word and of its parts.
    pub(crate) prefixes: Vec<String>,
}

/// A surface of a word, kept under its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordForm {
    pub(crate) term: String,
    pub(crate) surface: String,
    /// The surface without the dots of umlauts, if it has the same term.
    pub(crate) second: Option<String>,
}

impl Word {
    /// Every term that the word is indexed under.
    pub(crate) fn terms(&self) -> &[String] {
        &self.terms
    }

    /// Every part and run of parts of a compound: its term (without the mark of [`part_term`]) and its range in the word.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, ByteRange)> {
        self.parts.iter().map(|(term, range)| (&term[1..], *range))
    }
}

impl Analyzer {
    /// A folded word of another script than CJK as a chain reads it.
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
        let parts = reader.parts(word);
        let prefixes = prefixes_of_word(chain, word, &parts, reader, &self.options);
        let parts = parts.into_iter().map(|(term, range)| (part_term(&term), range)).collect();
        Word { terms, parts, forms, prefixes }
    }
}
