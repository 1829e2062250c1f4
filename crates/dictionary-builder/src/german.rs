//! The parts of German compounds, as a finite-state map, which can be searched without loading it.
//!
//! In go the nouns of the German Wiktionary, the frequencies of words, and the lists in `german/`; out comes an fst map
//! from a form to its cost and roles in a compound (see [`PartEntry::value`]). As the last part a noun may have any of its
//! forms; before the last it is the lemma, the plural, or the lemma with a linking element. Names of places are never the last
//! part. The most frequent words are in the map too, whether or not they are parts: a word that is more frequent than its
//! parts is no compound of theirs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};

use crate::nouns::{Noun, read_costs, read_nouns, spell_out};

/// Our own lists of words; the first lines of each explain its purpose.
const FIRST: &str = include_str!("../german/first.txt");
const SHORT: &str = include_str!("../german/short.txt");
const NEVER: &str = include_str!("../german/never.txt");
const WHOLE: &str = include_str!("../german/whole.txt");
const CUT: &str = include_str!("../german/cut.txt");

/// Linking elements between a noun and the next part.
const LINKS: [&str; 8] = ["s", "es", "n", "en", "er", "e", "ens", "ns"];
/// Endings of feminine nouns that are linked by an -s, which is no ending of their inflection.
const LINKED_BY_S: [&str; 14] = [
    "ung", "heit", "keit", "schaft", "ion", "taet", "ing", "arbeit", "furcht", "fahrt", "sicht", "nacht", "schrift",
    "kunft",
];
/// Inflectional endings that a word of `whole.txt` may have.
const ENDINGS: [&str; 7] = ["", "s", "es", "e", "n", "en", "er"];
/// Kinds of nouns that are no parts, as substrings of their part of speech. Nouns declined like adjectives (`Deklination`) are
/// among them, since most readers take them for adjectives.
const NO_PARTS: [&str; 9] = [
    "Vorname",
    "achname",
    "Eigenname",
    "Straßenname",
    "Abkürzung",
    "ffix",
    "Buchstabe",
    "Wortverbindung",
    "Deklination",
];

// Costs are negative decimal logarithms of word frequency, in tenths: one in a thousand words costs 30.

/// Maximum cost of words that are in the map only to be compared with their parts.
const KNOWN_COST: u64 = 60;
/// Cost of a listed part that is hardly ever a word by itself.
const LISTED_COST: u64 = 48;
/// Cost of a word that is always to be split, whatever its parts cost.
const CUT_COST: u64 = 127;

/// A form's cost and roles in a compound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct PartEntry {
    cost: u64,
    /// Length of the linking element at the end of the form, in letters; at most three.
    link: u64,
    /// True if the form is never split.
    is_whole: bool,
    /// True if the form may be the last part.
    is_last: bool,
    /// True if the form may be a part before the last.
    is_first: bool,
}

impl PartEntry {
    /// The packed value in the map, from the lowest bit: first, last, whole; two bits for the link; the cost.
    fn value(self) -> u64 {
        let flags = u64::from(self.is_whole) << 2 | u64::from(self.is_last) << 1 | u64::from(self.is_first);
        self.cost << 5 | self.link << 3 | flags
    }
}

/// The entries of the map, by form.
#[derive(Debug)]
pub(crate) struct CompoundParts {
    entries: BTreeMap<String, PartEntry>,
}

impl CompoundParts {
    /// Collects the entries from the table of nouns and the list of frequencies (see [`read_nouns`], [`read_costs`]).
    ///
    /// # Errors
    ///
    /// Fails if one of them cannot be read, or a line of a list is no word.
    pub(crate) fn collect(nouns: &[u8], frequencies: &[u8]) -> Result<Self> {
        let costs = read_costs(frequencies).context("cannot read how frequent German words are")?;
        let nouns = read_nouns(nouns).context("cannot read the German nouns")?;
        let known = costs.iter().filter(|&(_, &cost)| cost <= KNOWN_COST);
        let known = known.map(|(word, &cost)| (word.clone(), PartEntry { cost, ..PartEntry::default() }));
        let mut parts = Self { entries: known.collect() };
        parts.add_nouns(&nouns, &costs)?;
        parts.keep_names_whole(&nouns, &costs);
        parts.add_listed(&costs)?;
        Ok(parts)
    }

    fn add_nouns(&mut self, nouns: &[Noun], costs: &BTreeMap<String, u64>) -> Result<()> {
        let never = words_of(NEVER)?;
        let short = words_of(SHORT)?;
        for noun in nouns {
            let lemma = noun.lemma.as_str();
            let is_short = short.contains(lemma);
            if never.contains(lemma) || (lemma.len() < 4 && !is_short) || !can_be_part(noun) {
                continue;
            }
            let highest = if is_short { KNOWN_COST } else { highest_cost(lemma) };
            if let Some(&cost) = costs.get(lemma).filter(|&&cost| cost <= highest) {
                self.add_noun(noun, cost);
            }
        }
        Ok(())
    }

    fn add_noun(&mut self, noun: &Noun, cost: u64) {
        let lemma = noun.lemma.as_str();
        let first = PartEntry { cost, is_first: true, ..PartEntry::default() };
        self.add(lemma, first);
        if noun.kinds.contains("Toponym") {
            return;
        }
        self.add(lemma, PartEntry { cost, is_last: true, ..PartEntry::default() });
        // Inflected forms are rarer than the lemma, so they cost a little more.
        for form in &noun.forms {
            self.add(form, PartEntry { cost: cost + 2, is_last: true, ..PartEntry::default() });
        }
        let is_linked_by_s = LINKED_BY_S.iter().any(|end| lemma.ends_with(end));
        let linked_by_s = is_linked_by_s.then(|| format!("{lemma}s"));
        for form in noun.genitives.iter().chain(&noun.plurals).chain(&linked_by_s) {
            let link = form.strip_prefix(lemma).filter(|link| LINKS.contains(link)).unwrap_or("");
            self.add(form, PartEntry { cost: cost + 1, link: link.len() as u64, ..first });
        }
    }

    /// Marks names of places and people as whole, so that Hamburg is no Burg.
    fn keep_names_whole(&mut self, nouns: &[Noun], costs: &BTreeMap<String, u64>) {
        let is_name = |noun: &&Noun| noun.kinds.contains("Toponym") || noun.kinds.contains("name");
        let (names, others): (Vec<&Noun>, Vec<&Noun>) = nouns.iter().partition(is_name);
        let others: BTreeSet<&str> = others.iter().map(|noun| noun.lemma.as_str()).collect();
        for name in names.iter().filter(|name| !others.contains(name.lemma.as_str())) {
            for form in [name.lemma.clone(), format!("{}s", name.lemma)] {
                let cost = costs.get(&form).copied().unwrap_or(KNOWN_COST);
                self.entry(&form, cost).is_whole = true;
            }
        }
    }

    fn add_listed(&mut self, costs: &BTreeMap<String, u64>) -> Result<()> {
        let cost_of = |word: &str| costs.get(word).copied().unwrap_or(LISTED_COST);
        for line in lines_of(FIRST) {
            let (first, link) = line.split_once(' ').unwrap_or((line, ""));
            ensure!(link.len() <= 3, "`{line}` in first.txt: expected a linking element of at most three letters");
            let entry = self.entry(&checked(&format!("{first}{link}"))?, cost_of(first).min(LISTED_COST));
            *entry = PartEntry { is_first: true, link: link.len() as u64, ..*entry };
        }
        for word in words_of(WHOLE)? {
            for ending in ENDINGS {
                self.entry(&format!("{word}{ending}"), cost_of(&word)).is_whole = true;
            }
        }
        for line in lines_of(CUT) {
            let word = checked(&line.replace(' ', ""))?;
            let last = line.split(' ').next_back().unwrap_or(line);
            for (ending, link) in [("", 0), ("s", 1)] {
                let whole = self.entry(&format!("{word}{ending}"), CUT_COST);
                *whole = PartEntry { cost: CUT_COST, is_whole: false, ..*whole };
                let last = self.entry(&format!("{last}{ending}"), LISTED_COST);
                *last = PartEntry { is_last: true, link, ..*last };
            }
        }
        Ok(())
    }

    /// The entry of a form; a new one gets the given cost.
    fn entry(&mut self, form: &str, cost: u64) -> &mut PartEntry {
        self.entries.entry(form.to_owned()).or_insert(PartEntry { cost, ..PartEntry::default() })
    }

    /// Adds roles to a form's entry, which keeps the lower cost. A form that was no part so far gets the cost of the noun.
    fn add(&mut self, form: &str, new: PartEntry) {
        let entry = self.entries.entry(form.to_owned()).or_default();
        let is_part = entry.is_first || entry.is_last;
        *entry = PartEntry {
            cost: if is_part { new.cost.min(entry.cost) } else { new.cost },
            link: if is_part { new.link.max(entry.link) } else { new.link },
            is_whole: entry.is_whole,
            is_last: entry.is_last || new.is_last,
            is_first: entry.is_first || new.is_first,
        };
    }

    /// Returns the number of forms.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns the bytes of the fst map.
    ///
    /// # Errors
    ///
    /// Fails if the fst crate does; words in order give it no reason to.
    pub(crate) fn to_fst(&self) -> Result<Vec<u8>> {
        let entries = self.entries.iter().map(|(form, entry)| (form, entry.value()));
        let map = fst::Map::from_iter(entries).context("cannot make the fst of the German compound parts")?;
        Ok(map.into_fst().into_inner())
    }
}

/// Returns all lists concatenated, for a digest that shows when one was changed.
pub(crate) fn lists() -> String {
    [FIRST, SHORT, NEVER, WHOLE, CUT].concat()
}

/// True for a noun that can be part of a compound: no name of a person, no affix, no nominalised verb (`das Verhandeln`, without
/// a plural).
fn can_be_part(noun: &Noun) -> bool {
    let is_verb = noun.is_neuter
        && noun.plurals.is_empty()
        && ["en", "eln", "ern"].iter().any(|ending| noun.lemma.ends_with(ending));
    !is_verb && !NO_PARTS.iter().any(|kind| noun.kinds.contains(kind))
}

/// Maximum cost of a noun that can be a part, by its length: short words occur inside of others by accident more often, so they
/// have to be more frequent.
fn highest_cost(lemma: &str) -> u64 {
    match lemma.len() {
        0..=4 => 50,
        5 => 56,
        6 => 60,
        _ => 68,
    }
}

fn words_of(list: &str) -> Result<BTreeSet<String>> {
    lines_of(list).map(checked).collect()
}

/// The lines of a list, without comments.
fn lines_of(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

fn checked(word: &str) -> Result<String> {
    spell_out(word).filter(|spelled| spelled == word).with_context(|| format!("`{word}` in the lists is no word"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noun(lemma: &str, kinds: &str, plural: Option<&str>, genitive: &str) -> Noun {
        let forms = plural.into_iter().chain([lemma, genitive]).map(str::to_owned).collect();
        Noun {
            lemma: lemma.to_owned(),
            kinds: kinds.to_owned(),
            is_neuter: true,
            plurals: plural.into_iter().map(str::to_owned).collect(),
            genitives: vec![genitive.to_owned()],
            forms,
        }
    }

    #[test]
    fn the_lists_are_words() {
        let mut parts = CompoundParts { entries: BTreeMap::new() };
        parts.add_listed(&BTreeMap::new()).unwrap();
        assert!(words_of(NEVER).unwrap().contains("schaft"));
        assert!(words_of(SHORT).unwrap().contains("oel"));
        assert_eq!(parts.entries["frei"].value() & 0b11111, 0b00001);
        assert_eq!(parts.entries["sorgfalts"].value() & 0b11111, 0b01001);
        assert!(parts.entries["bundestags"].is_whole);
        assert_eq!(parts.entries["suedkorea"].cost, CUT_COST);
    }

    #[test]
    fn nouns_are_parts_by_their_forms() {
        let costs = ["land", "abkommen", "nehmen", "korea", "rat", "rot"];
        let costs = BTreeMap::from(costs.map(|word| (word.to_owned(), 40)));
        let nouns = [
            noun("land", "Substantiv", Some("laender"), "landes"),
            noun("abkommen", "Substantiv", Some("abkommen"), "abkommens"),
            noun("nehmen", "Substantiv", None, "nehmens"),
            noun("korea", "Substantiv,Toponym", None, "koreas"),
            noun("rat", "Substantiv", Some("raete"), "rats"),
            noun("rot", "Substantiv", Some("rots"), "rots"),
        ];
        let mut parts = CompoundParts { entries: BTreeMap::new() };
        parts.add_nouns(&nouns, &costs).unwrap();
        parts.keep_names_whole(&nouns, &costs);
        let entry =
            |form: &str| parts.entries.get(form).copied().map(|entry| (entry.is_first, entry.is_last, entry.link));
        assert_eq!(entry("land"), Some((true, true, 0)));
        assert_eq!(entry("laender"), Some((true, true, 0)));
        assert_eq!(entry("landes"), Some((true, true, 2)));
        assert_eq!(entry("abkommens"), Some((true, true, 1)));
        assert_eq!(entry("korea"), Some((true, false, 0)));
        assert!(parts.entries["koreas"].is_whole);
        assert_eq!(entry("raete"), Some((true, true, 0)));
        assert_eq!((entry("nehmen"), entry("rot")), (None, None));
    }
}
