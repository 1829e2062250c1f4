//! The names of countries, sorted by how they begin, so that few of them are compared with a place in a text.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::text::analysis::{PerChain, Segmented, UnitKind};
use crate::text::country::CountryCode;
use crate::text::glossary::form::Form;

pub(crate) type ByFirst = HashMap<String, Vec<CountryForm>, RandomState>;

/// Names of countries, ready to be found in many texts.
pub(crate) struct CountryNames {
    /// By the first word, for each chain that makes terms of words.
    pub(crate) words: PerChain<ByFirst>,
    /// By the first two units.
    pub(crate) characters: HashMap<(char, char), Vec<CountryForm>, RandomState>,
    /// How the first words of names begin, so that few others are stemmed.
    pub(crate) beginnings: Beginnings,
    /// Names of a single character, by the chain of their language.
    pub(crate) shorts: PerChain<HashMap<String, Vec<CountryCode>, RandomState>>,
}

pub(crate) struct CountryForm {
    pub(crate) form: Form,
    /// None of what is passed over.
    pub(crate) countries: Vec<CountryCode>,
    /// An institution that every country has ("the ministry"): alone it stands for the country mentioned most.
    pub(crate) is_institution: bool,
}

/// A unit and the next, by their first characters; 0 for a word, and where there is none.
pub(crate) fn first_two(text: &Segmented, at: usize) -> (char, char) {
    let first = |at: usize| {
        let unit = text.units().get(at).filter(|unit| unit.kind != UnitKind::Word);
        unit.and_then(|unit| text.form(unit).chars().next()).unwrap_or_default()
    };
    (first(at), first(at + 1))
}

/// How words begin that may be names. Of words that are none most are known at once, of those that are all.
#[derive(Default)]
pub(crate) struct Beginnings {
    /// First three letters, packed; a stemmer leaves these alone. Shorter words as a whole.
    known: HashSet<u32, RandomState>,
}

impl Beginnings {
    pub(crate) fn add(&mut self, word: &str) {
        self.known.insert(Beginnings::of(word));
    }

    pub(crate) fn may_have(&self, word: &str) -> bool {
        self.known.contains(&Beginnings::of(word))
    }

    /// Without the dots of acronyms, and what follows an apostrophe.
    fn of(word: &str) -> u32 {
        let bytes = word.bytes().take_while(|&byte| byte != b'\'').filter(|&byte| byte != b'.');
        bytes.take(3).fold(0, |packed, byte| packed << 8 | u32::from(byte))
    }
}
