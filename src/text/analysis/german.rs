//! The German chain: folded UAX #29 words, umlauts reduced to their base vowel however they are written, stemmed by
//! Snowball's German stemmer; and the parts of compounds at their own ranges, stemmed alike.
//!
//! Of Freihandelsabkommen come Frei, Handel, Abkommen, Freihandel and Handelsabkommen: every run of parts but the whole,
//! without the linking element at its end.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use crate::text::analysis::compound::{CompoundPart, parts};
use crate::text::analysis::spelling::{umlauts_reduced, umlauts_spelled_out};
use crate::text::analysis::word_reader::{PartTerm, WordReader};
use crate::text::document::ByteRange;

/// Mark before the terms of compound parts in the index. No word begins with it, so parts have document frequencies of their own.
const PART_MARK: char = '+';
/// Maximum number of parts in a run of parts. Only words of more than five parts have longer runs.
const LONGEST_RUN: usize = 4;

/// The term of a compound part in the index: the term of the word that it is, after a mark.
pub(crate) fn part_term(term: &str) -> String {
    format!("{PART_MARK}{term}")
}

/// True for the first byte of a term that [`part_term`] makes.
pub(crate) fn is_part_mark(byte: u8) -> bool {
    char::from(byte) == PART_MARK
}

/// The word reader of German.
pub(crate) struct German {
    stemmer: Stemmer,
}

impl German {
    pub(crate) fn new() -> German {
        German { stemmer: Stemmer::new(Algorithm::German) }
    }
}

impl WordReader for German {
    fn term_of(&self, surface: &str) -> String {
        self.stemmer.stem(&umlauts_reduced(surface)).into_owned()
    }

    fn prefix_spelling<'a>(&self, spelled: &'a str) -> Cow<'a, str> {
        umlauts_reduced(spelled)
    }

    fn single_parts(&self, word: &str) -> Vec<String> {
        let surface = umlauts_spelled_out(word);
        parts(&surface).iter().map(|part| self.term_of(&surface[part.start..part.end])).collect()
    }

    fn parts(&self, word: &str) -> Vec<PartTerm> {
        // An umlaut and its spelling as two letters have two bytes each, so offsets are the same in both.
        let surface = umlauts_spelled_out(word);
        let single = parts(&surface);
        let inside_umlaut = |at: usize| usize::from(!word.is_char_boundary(at));
        let mut found = Vec::new();
        for first in 0..single.len() {
            let runs = single[first..].iter().take(LONGEST_RUN).filter(|last| first > 0 || last.next < surface.len());
            for &CompoundPart { end, .. } in runs {
                let start = single[first].start;
                let range = ByteRange::new(start - inside_umlaut(start), end + inside_umlaut(end));
                found.push((self.term_of(&surface[start..end]), range));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(word: &str) -> Vec<String> {
        let parts = German::new().parts(word);
        parts.iter().map(|(term, range)| format!("{term} {}", range.slice(word))).collect()
    }

    #[test]
    fn every_run_of_parts_has_a_term() {
        assert_eq!(
            parts_of("freihandelsabkommens"),
            [
                "frei frei",
                "freihandel freihandel",
                "handel handel",
                "handelsabkomm handelsabkommens",
                "abkomm abkommens"
            ]
        );
        assert_eq!(parts_of("länderabkommen"), ["land länder", "abkomm abkommen"]);
        assert_eq!(parts_of("stahlzölle"), ["stahl stahl", "zoll zölle"]);
        assert_eq!(parts_of("handel"), Vec::<String>::new());
    }

    #[test]
    fn an_umlaut_is_in_a_part_as_a_whole() {
        // Nobody writes it like this, but it is the same word as `chinaexporte`.
        assert_eq!(parts_of("chinäxporte"), ["china chinä", "export äxporte"]);
    }

    #[test]
    fn runs_have_four_parts_at_most() {
        let word = "donaudampfschifffahrtsgesellschaft";
        let german = German::new();
        assert_eq!(german.single_parts(word).len(), 5);
        assert_eq!(german.parts(word).len(), 5 + 4 + 3 + 2);
    }

    #[test]
    fn terms_of_parts_are_no_words() {
        assert!(is_part_mark(part_term("handel").as_bytes()[0]));
        assert!(!PART_MARK.is_alphanumeric());
    }
}
