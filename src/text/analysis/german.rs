//! The German chain: folded UAX #29 words, irregular forms by their base form, feminine forms by the masculine one, without the s of
//! genitive and plural, umlauts reduced to their base vowel however they are written, stemmed by Snowball's German stemmer; and the parts of compounds at their own ranges, stemmed alike.
//!
//! Of Freihandelsabkommen come Frei, Handel, Abkommen, Freihandel and Handelsabkommen: every run of parts but the whole,
//! without the linking element at its end.

use std::borrow::Cow;
use std::collections::HashSet;

use frostem::{Algorithm, Stemmer};

use crate::text::analysis::Chain;
use crate::text::analysis::compound::{CompoundPart, parts};
use crate::text::analysis::options::Options;
use crate::text::analysis::spelling::{umlauts_reduced, umlauts_spelled_out};
use crate::text::analysis::word_reader::{PartTerm, WordReader};
use crate::text::document::ByteRange;

/// Mark before the terms of compound parts in the index. No word begins with it, so parts have document frequencies of their own.
pub(crate) const PART_MARK: char = '+';
/// Maximum number of parts in a run of parts. Only words of more than five parts have longer runs.
const LONGEST_RUN: usize = 4;

/// Least length in bytes of a word before the ending -innen: the i of `Finnen` and `binnen` belongs to the word.
const SHORTEST_BEFORE_INNEN: usize = 3;
/// Least length in bytes of a word before an s that is an ending: `xis`, `pcs`.
const SHORTEST_BEFORE_S: usize = 2;

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
    options: Options,
    keeps_s: Endings,
    feminine: Endings,
    not_feminine: Endings,
}

impl German {
    pub(crate) fn new(options: &Options) -> German {
        let Options { german, .. } = options;
        German {
            stemmer: Stemmer::new(Algorithm::German),
            options: options.clone(),
            keeps_s: Endings::new(&german.keeps_s),
            feminine: Endings::new(&german.feminine),
            not_feminine: Endings::new(&german.not_feminine),
        }
    }

    /// A surface form without the ending of feminine forms: `expertinnen` becomes `expert`, which is the stem of Experte, and `chinesinnen`
    /// `chinese`, since the stemmer would take `es` for an ending.
    fn without_feminine(&self, surface: &str) -> Option<String> {
        if !surface.ends_with("in") && !surface.ends_with("innen") || self.not_feminine.has(surface) {
            return None;
        }
        let masculine = match surface.strip_suffix("innen") {
            Some(before) => (before.len() >= SHORTEST_BEFORE_INNEN).then_some(before),
            None if self.feminine.has(surface) => surface.strip_suffix("in"),
            None => None,
        };
        masculine.map(|masculine| if masculine.ends_with('s') { format!("{masculine}e") } else { masculine.to_owned() })
    }

    /// A surface form without the s of genitive and plural, where the stemmer leaves it: `chinas`, `autos`, `lkws`. Snowball takes it
    /// from the letters b, d, f, g, h, k, l, m, n, r, t alone.
    fn without_s<'a>(&self, surface: &'a str) -> &'a str {
        let Some(before) = surface.strip_suffix('s').filter(|before| before.len() >= SHORTEST_BEFORE_S) else {
            return surface;
        };
        let may_end =
            before.ends_with(['a', 'c', 'i', 'j', 'o', 'p', 'q', 'u', 'v', 'w', 'y']) || before.ends_with("ee");
        if may_end && !self.keeps_s.has(surface) { before } else { surface }
    }
}

/// A set of words and of ends of words.
struct Endings {
    words: HashSet<String>,
    ends: Vec<String>,
}

impl Endings {
    /// Those with a hyphen before them are ends, and words too.
    fn new(list: &[String]) -> Endings {
        let ends: Vec<String> = list.iter().filter_map(|word| word.strip_prefix('-')).map(str::to_owned).collect();
        Endings { words: list.iter().map(|word| word.trim_start_matches('-').to_owned()).collect(), ends }
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(word) || self.ends.iter().any(|end| word.ends_with(end.as_str()))
    }
}

impl WordReader for German {
    fn term_of(&self, surface: &str) -> String {
        let base = self.options.base_form(Chain::German, surface);
        match self.without_feminine(&base) {
            Some(masculine) => self.stemmer.stem(&umlauts_reduced(&masculine)).into_owned(),
            None => self.stemmer.stem(&umlauts_reduced(self.without_s(&base))).into_owned(),
        }
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
