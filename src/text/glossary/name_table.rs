//! The name table: all names of countries and concepts by how they begin, so that few of them are compared at each unit of a text.
//!
//! In: the openings of a glossary's names (`openings`). Out: the names that may begin at a unit. A name is parsed and analysed when
//! a text first has its opening: to analyse all of them would take longer than to index a few articles.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::text::analysis::{Analyzer, Chain, Options, PerChain};
use crate::text::country::CountryCode;
use crate::text::glossary::concept::{Column, Kind, Name};
use crate::text::glossary::form::{Form, FormUnit};
use crate::text::glossary::openings::{Letters, NameLocation, column, count, key, letters, location};
use crate::text::glossary::{Glossary, fold, table};

/// A name of a country or concept, analysed.
pub(crate) struct GlossaryName {
    pub(crate) form: Form,
    /// For a name that begins with two CJK characters, the first character of its third unit, if that is one too.
    third: Option<char>,
    /// True if documents can be filtered by the concept.
    pub(crate) is_concept: bool,
    /// The countries that the name stands for; none where it is skipped because it only contains the name of a country.
    pub(crate) countries: Vec<CountryCode>,
    /// An institution that every country has ("the ministry"): alone it stands for the country mentioned most.
    pub(crate) is_institution: bool,
    pub(crate) meaning: CountryMeaning,
    pub(crate) location: NameLocation,
}

/// What a name means where countries are looked for.
pub(crate) enum CountryMeaning {
    /// The countries of the name; or if it has none, that no country is meant.
    Countries,
    /// That no country is meant, if the name of one is in it (意法半导体); found out where the name first stands in a text.
    NoCountryInIt(OnceLock<bool>),
    Nothing,
}

/// The names of a glossary, by opening.
pub(crate) struct NameTable {
    pub(crate) glossary: Glossary,
    /// The names that begin with a word, for each chain that makes terms of words, and those that begin with a CJK character, for the
    /// chain of characters.
    names: PerChain<ChainNames>,
}

/// The names of one chain.
#[derive(Default)]
struct ChainNames {
    /// By the letters of their first units ([`packed`]).
    by_letters: HashMap<u64, SameLetters, RandomState>,
    /// Sorted by opening.
    slots: Vec<Slot>,
    /// The letters of the irregular words that have a term; read when a text first has one of these words.
    irregular: OnceLock<HashMap<String, Vec<Letters>, RandomState>>,
}

/// What begins with the same letters.
#[derive(Default, Clone)]
struct SameLetters {
    /// The slots of the names.
    slots: Range<usize>,
    /// True for the letters of a word that begins unlike another one with the same term: `came` and `come`, `tyre` and `tire`.
    is_irregular: bool,
}

/// The names with one opening, of one chain.
pub(crate) struct Slot {
    /// The first letter or character of the second unit.
    next: char,
    /// The records of the openings that they are among.
    records: Range<usize>,
    chain: Chain,
    /// Analysed, sorted by their first units.
    names: OnceLock<Vec<GlossaryName>>,
}

impl NameTable {
    pub(crate) fn new(glossary: &Glossary, options: &Options) -> NameTable {
        let bytes = &glossary.shared.openings;
        let mut names: PerChain<ChainNames> = PerChain::default();
        let mut last: PerChain<Option<Letters>> = PerChain::default();
        for record in 0..count(bytes) {
            let (letters, next) = key(bytes, record);
            let column = Column::ALL.get(column(bytes, record)).copied().unwrap_or(Column::English);
            let chain = if fold(letters[0]).is_none() { column.words_chain() } else { Chain::Characters };
            let ChainNames { by_letters, slots, .. } = &mut names[chain];
            let is_same = last[chain].replace(letters) == Some(letters);
            match slots.last_mut() {
                Some(slot) if is_same && slot.next == next => slot.records.end = record + 1,
                _ => {
                    slots.push(Slot { next, records: record..record + 1, chain, names: OnceLock::new() });
                    let of_letters = by_letters.entry(packed(letters)).or_default();
                    of_letters.slots = if is_same { of_letters.slots.start } else { slots.len() - 1 }..slots.len();
                }
            }
        }
        for (chain, names) in names.iter_mut() {
            for letters in irregular_words(options, chain).flat_map(|(_, pair)| pair) {
                names.by_letters.entry(packed(letters)).or_default().is_irregular = true;
            }
        }
        NameTable { glossary: glossary.clone(), names }
    }

    /// The slots of names whose first unit has these letters; and whether an irregular word has them. Of names that begin with a word,
    /// those whose words are terms of `chain`.
    pub(crate) fn with_letters(&self, chain: Chain, letters: Letters) -> (&[Slot], bool) {
        let names = &self.names[chain];
        match names.by_letters.get(&packed(letters)) {
            Some(same) => (&names.slots[same.slots.clone()], same.is_irregular),
            None => (&[], false),
        }
    }

    /// The letters of the irregular words that have a term.
    pub(crate) fn irregular_letters(&self, chain: Chain, term: &str, analyzer: &Analyzer) -> &[Letters] {
        let irregular = self.names[chain].irregular.get_or_init(|| {
            let mut by_term: HashMap<String, Vec<Letters>, RandomState> = HashMap::default();
            for (word, pair) in irregular_words(&analyzer.options, chain) {
                by_term.entry(analyzer.term_of_word(chain, word)).or_default().extend(pair);
            }
            by_term.values_mut().for_each(|letters| {
                letters.sort_unstable();
                letters.dedup();
            });
            by_term
        });
        irregular.get(term).map_or(&[], Vec::as_slice)
    }

    /// The names of a slot, sorted by their first units.
    pub(crate) fn names_in<'a>(&self, slot: &'a Slot, analyzer: &Analyzer) -> &'a [GlossaryName] {
        slot.names.get_or_init(|| {
            let openings = &self.glossary.shared.openings;
            let locations = slot.records.clone().map(|record| location(openings, record));
            // Between the names of one chain stand those of another.
            let is_of_chain = |column: &Column| slot.chain == Chain::Characters || column.words_chain() == slot.chain;
            let of_chain = locations.filter(|location| Column::ALL.get(location.column).is_some_and(is_of_chain));
            let mut names: Vec<GlossaryName> =
                of_chain.filter_map(|location| self.read_name(location, analyzer)).collect();
            names.sort_by(|one, other| first_unit(one).cmp(first_unit(other)));
            names
        })
    }

    fn read_name(&self, location: NameLocation, analyzer: &Analyzer) -> Option<GlossaryName> {
        let line = self.glossary.line(&location);
        let name = table::name_at(line, location.name)?;
        let (kind, countries) = table::kind_and_countries(line).ok()?;
        let meaning = match kind {
            _ if !countries.is_empty() || kind == Kind::Not => CountryMeaning::Countries,
            _ if kind.may_seem_a_country() => CountryMeaning::NoCountryInIt(OnceLock::new()),
            _ => CountryMeaning::Nothing,
        };
        let is_concept = kind.is_filtered_by();
        if !is_concept && matches!(meaning, CountryMeaning::Nothing) {
            return None;
        }
        let form = Form::read(&name, analyzer);
        let third = form.units.get(2).and_then(|unit| match unit {
            FormUnit::Char(third) => third.chars().next(),
            FormUnit::Word(_) => None,
        });
        let is_institution = kind.is_institution();
        Some(GlossaryName { form, third, is_concept, countries, is_institution, meaning, location })
    }

    /// The id of a name's concept.
    pub(crate) fn id(&self, name: &GlossaryName) -> &str {
        self.glossary.line(&name.location).cells().next().unwrap_or_default()
    }

    /// A name as its table has it.
    pub(crate) fn written(&self, name: &GlossaryName) -> Option<Name> {
        table::name_at(self.glossary.line(&name.location), name.location.name)
    }
}

impl GlossaryName {
    /// True for a name whose third unit may be a CJK character.
    pub(crate) fn may_have_third(&self, third: Option<char>) -> bool {
        self.third.is_none() || self.third == third
    }
}

/// The slot of the names that go on with a letter or character, of slots with the same letters.
pub(crate) fn slot_with_next(slots: &[Slot], next: char) -> Option<&Slot> {
    slots.binary_search_by_key(&next, |slot| slot.next).ok().map(|at| &slots[at])
}

/// Of names that are sorted by their first units, those that begin with a term.
pub(crate) fn beginning_with<'a>(names: &'a [GlossaryName], term: &str) -> &'a [GlossaryName] {
    let from = names.partition_point(|name| first_unit(name) < term);
    let names = &names[from..];
    &names[..names.partition_point(|name| first_unit(name) == term)]
}

/// The words of a chain that begin unlike another one with the same term: one of two such words, and the letters of both.
fn irregular_words(options: &Options, chain: Chain) -> impl Iterator<Item = (&str, [Letters; 2])> {
    options.of_one_term(chain).filter_map(|(word, other)| {
        let pair = [letters(word, &fold)?, letters(other, &fold)?];
        (pair[0] != pair[1]).then_some((other, pair))
    })
}

/// Letters as one number: a character has 21 bits.
fn packed(letters: Letters) -> u64 {
    letters.iter().fold(0, |packed, &letter| packed << 21 | u64::from(u32::from(letter)))
}

fn first_unit(name: &GlossaryName) -> &str {
    name.form.units.first().map_or("", |unit| match unit {
        FormUnit::Word(unit) | FormUnit::Char(unit) => unit,
    })
}
