//! Name tables: names of the glossary keyed by how they begin, so that few of them are compared at each unit of a text.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::text::analysis::{Analyzer, PerChain, Segmented, UnitKind, umlauts_spelled_out};
use crate::text::glossary::concept::Name;
use crate::text::glossary::form::{Form, FormUnit};

/// Names, each with what is known of it.
pub(crate) struct NameTable<T> {
    /// Names that begin with a word, by the term of that word, for each chain that makes terms of words.
    pub(crate) words: PerChain<HashMap<String, Vec<T>, RandomState>>,
    /// Names that begin with a CJK character, by their first two units ([`first_two`]).
    pub(crate) characters: HashMap<(char, char), Vec<T>, RandomState>,
    /// The first letters of the names' first words, so that few other words of a text are stemmed.
    pub(crate) first_words: NamePrefixes,
}

impl<T> NameTable<T> {
    pub(crate) fn new() -> NameTable<T> {
        NameTable {
            words: PerChain::from_fn(|_| HashMap::default()),
            characters: HashMap::default(),
            first_words: NamePrefixes::default(),
        }
    }

    /// Adds a name; `entry` makes what is known of it from its form. A name without words or CJK characters is left out.
    pub(crate) fn add(&mut self, name: &Name, analyzer: &Analyzer, entry: impl FnOnce(Form) -> T) {
        let text = Segmented::new(&name.text);
        let form = Form::read(name, analyzer);
        let entries = match form.units.first() {
            Some(FormUnit::Char(_)) => self.characters.entry(first_two(&text, 0)).or_default(),
            Some(FormUnit::Word(first)) => {
                self.first_words.add_spellings(text.form(&text.units()[0]), first);
                self.words[form.chain].entry(first.clone()).or_default()
            }
            None => return,
        };
        entries.push(entry(form));
    }
}

/// The first characters of a unit and of the next one; 0 for a word, and where there is no unit.
pub(crate) fn first_two(text: &Segmented, at: usize) -> (char, char) {
    let first = |at: usize| {
        let unit = text.units().get(at).filter(|unit| unit.kind != UnitKind::Word);
        unit.and_then(|unit| text.form(unit).chars().next()).unwrap_or_default()
    };
    (first(at), first(at + 1))
}

/// A filter on the first letters of words that may begin a name. It has no false negatives: a word that it rules
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
