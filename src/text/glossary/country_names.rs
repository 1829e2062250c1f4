//! The names of countries, keyed by how they begin, so that few of them are compared at each unit of a text.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::text::analysis::{PerChain, Segmented, UnitKind, umlauts_spelled_out};
use crate::text::country::CountryCode;
use crate::text::glossary::form::Form;

/// Names by the term of their first word.
pub(crate) type ByFirst = HashMap<String, Vec<CountryForm>, RandomState>;

/// The names of countries, prepared for finding mentions in many texts.
pub(crate) struct CountryNames {
    /// Names that begin with a word, by the term of that word, for each chain that makes terms of words.
    pub(crate) words: PerChain<ByFirst>,
    /// Names that begin with a CJK character, by their first two units ([`first_two`]).
    pub(crate) characters: HashMap<(char, char), Vec<CountryForm>, RandomState>,
    /// The first letters of the names' first words, so that few other words of a text are stemmed.
    pub(crate) first_words: NamePrefixes,
    /// Names of a single character, by the analysis chain of their language.
    pub(crate) shorts: PerChain<HashMap<String, Vec<CountryCode>, RandomState>>,
}

/// A name of a country, analysed.
pub(crate) struct CountryForm {
    pub(crate) form: Form,
    /// The countries that the name stands for; none where it is skipped because it only contains the name of a country.
    pub(crate) countries: Vec<CountryCode>,
    /// An institution that every country has ("the ministry"): alone it stands for the country mentioned most.
    pub(crate) is_institution: bool,
}

/// The first characters of a unit and of the next one; 0 for a word, and where there is no unit.
pub(crate) fn first_two(text: &Segmented, at: usize) -> (char, char) {
    let first = |at: usize| {
        let unit = text.units().get(at).filter(|unit| unit.kind != UnitKind::Word);
        unit.and_then(|unit| text.form(unit).chars().next()).unwrap_or_default()
    };
    (first(at), first(at + 1))
}

/// A filter on the first letters of words that may begin a name of a country. It has no false negatives: a word that it rules
/// out, as most are, begins no name.
#[derive(Default)]
pub(crate) struct NamePrefixes {
    /// The first three letters of each word, packed, or a shorter word whole; stemmers do not change these.
    known: HashSet<u32, RandomState>,
}

impl NamePrefixes {
    pub(crate) fn add(&mut self, word: &str) {
        self.known.insert(NamePrefixes::of(word));
    }

    /// Adds the first word of a name: as it is written, with its umlauts spelled out, and its term.
    pub(crate) fn add_spellings(&mut self, written: &str, term: &str) {
        for word in [written, &umlauts_spelled_out(written), term] {
            self.add(word);
        }
    }

    pub(crate) fn may_have(&self, word: &str) -> bool {
        self.known.contains(&NamePrefixes::of(word))
    }

    /// The packed first letters of a word, without the dots of acronyms and what follows an apostrophe.
    fn of(word: &str) -> u32 {
        let bytes = word.bytes().take_while(|&byte| byte != b'\'').filter(|&byte| byte != b'.');
        bytes.take(3).fold(0, |packed, byte| packed << 8 | u32::from(byte))
    }
}
