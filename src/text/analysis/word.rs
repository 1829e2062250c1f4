//! An analysed word: everything that the index stores of a word in one chain. It depends on the word alone, so each thread caches
//! it.

use crate::text::analysis::word_reader::PartTerm;
use crate::text::document::ByteRange;

/// A word, analysed by one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The term of the word, for a word with an umlaut the term of its form without dots, and for one with an elided article or a suffix
    /// those of the rest ([`Chain::bare`](crate::text::analysis::Chain::bare)); each once.
    pub(crate) terms: Vec<String>,
    /// The parts of a compound and the runs of several parts: the term in the index (see [`part_term`]), and the range of bytes
    /// in the folded word.
    pub(crate) parts: Vec<PartTerm>,
    /// The surface forms, without those that equal their term and are its only one.
    pub(crate) forms: Vec<WordForm>,
    /// The prefixes (edge n-grams) of the word and of its parts.
    pub(crate) prefixes: Vec<String>,
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

/// A surface form of a word, with the term under which it is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordForm {
    pub(crate) term: String,
    pub(crate) surface: String,
    /// The surface form without the dots of umlauts, if it has the same term.
    pub(crate) second: Option<String>,
}
