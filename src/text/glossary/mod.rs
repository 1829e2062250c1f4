//! The glossary: trade concepts and their names in four languages, as data in `index-config/glossary/`.
//!
//! It serves query expansion ([`crate::query`]) and the recognition of countries and concepts in texts (`mentions`). In: the
//! tables, and the names of countries that the build takes from CLDR. Out: the concepts that a text names from a unit on. Parsing
//! thousands of names would take longer than a search, so the build indexes them by their first letters (`openings`), and only
//! names that begin as a word of the query or text does are parsed.

pub(crate) mod concept;
pub(crate) mod country_codes;
pub(crate) mod digest;
pub(crate) mod form;
pub(crate) mod glossary_names;
pub(crate) mod layout;
pub(crate) mod look_up;
pub(crate) mod mentions;
pub(crate) mod name_table;
pub(crate) mod openings;
pub(crate) mod reader;
mod short_names;
pub(crate) mod table;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, RwLock};

use anyhow::{Context, Result};
use foldhash::fast::RandomState;

use crate::text::analysis::{Analyzer, char_script, simplified};
use crate::text::glossary::digest::{concepts_digest, countries_digest};
use crate::text::glossary::form::Form;
use crate::text::glossary::layout::{Line, lines};
use crate::text::glossary::openings::{NameLocation, Opening, encode, find, openings_of_units};
use crate::text::glossary::table::Table;

pub use crate::text::glossary::concept::{Column, Concept, Kind, Name};
pub(crate) use crate::text::glossary::country_codes::{CountryCodeError, country_named, pair_named};
pub(crate) use crate::text::glossary::form::FormText;
pub(crate) use crate::text::glossary::glossary_names::GlossaryNames;
pub use crate::text::glossary::look_up::{FoundConcept, UnknownConcept};

// TABLES: the file names and texts of the tables in `index-config/glossary/`, in the order of the file names; made by `build.rs`.
include!(concat!(env!("OUT_DIR"), "/tables.rs"));
/// Names of countries in the format of a table, made by `build/regions.rs`.
const REGIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/regions.tsv"));
/// The openings of all names in these tables and [`REGIONS`], made by `build.rs`.
const OPENINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/openings.bin"));
const FOLDER: &str = "glossary";

/// The glossary: trade concepts by their names. Cheap to clone, since clones share their data.
#[derive(Clone)]
pub struct Glossary {
    shared: Arc<Shared>,
}

/// The data that clones of a glossary share.
struct Shared {
    /// The tables in the order of their names; the last is that of CLDR.
    tables: Vec<Table>,
    openings: Cow<'static, [u8]>,
    countries: Cow<'static, str>,
    concepts: Cow<'static, str>,
    /// Cache of the names that queries have needed, by opening.
    read: RwLock<HashMap<Opening, ReadNames, RandomState>>,
}

/// Analysed names with their locations.
type ReadNames = Arc<[(Form, NameLocation)]>;

/// A concept that a text names.
pub(crate) struct NamedConcept {
    pub(crate) concept: Concept,
    /// Length of the name in units of the text.
    pub(crate) units: usize,
}

impl Glossary {
    /// The built-in glossary, compiled into the binary.
    pub(crate) fn builtin() -> Glossary {
        let builtin = |&(name, text): &(&str, &'static str)| Table { name: name.to_owned(), text: Cow::Borrowed(text) };
        let mut tables: Vec<Table> = TABLES.iter().map(builtin).collect();
        tables.push(regions());
        let digests = [env!("TRADEWIRE_COUNTRIES"), env!("TRADEWIRE_CONCEPTS")].map(Cow::Borrowed);
        Glossary::of(tables, Cow::Borrowed(OPENINGS), digests)
    }

    /// Reads every table (`*.tsv`) in the folder `glossary` of a configuration.
    ///
    /// # Errors
    ///
    /// When the folder or a table cannot be read, or something in one is wrong; the message names table and line.
    pub(crate) fn from_dir(dir: &Path) -> Result<Glossary> {
        let folder = dir.join(FOLDER);
        let expected = || {
            format!(
                "reading the configuration `{}`; a folder laid out like index-config/ is expected",
                folder.display()
            )
        };
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).with_context(expected)? {
            names.push(entry.with_context(expected)?.file_name().to_string_lossy().into_owned());
        }
        names.retain(|name| name.ends_with(".tsv") && !name.starts_with('.'));
        names.sort_unstable();
        let mut tables = Vec::new();
        for name in names {
            let path = folder.join(&name);
            let text =
                fs::read_to_string(&path).with_context(|| format!("reading the glossary `{}`", path.display()))?;
            // Spreadsheets write a byte order mark.
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            tables.push(Table { name, text: Cow::Owned(text) });
        }
        table::check(&tables)?;
        tables.push(regions());
        let openings = openings_of(&tables);
        let digests = [countries_digest(&texts(&tables)), concepts_digest(&texts(&tables))].map(Cow::Owned);
        Ok(Glossary::of(tables, Cow::Owned(openings), digests))
    }

    fn of(tables: Vec<Table>, openings: Cow<'static, [u8]>, [countries, concepts]: [Cow<'static, str>; 2]) -> Glossary {
        Glossary { shared: Arc::new(Shared { tables, openings, countries, concepts, read: RwLock::default() }) }
    }

    /// All concepts, in the order of the tables; those of CLDR last.
    ///
    /// # Errors
    ///
    /// Never for tables that were checked.
    pub fn concepts(&self) -> Result<Vec<Concept>> {
        self.lines().map(table::concept).collect()
    }

    /// A digest of what decides the countries of a text: part of an index's fingerprint.
    pub(crate) fn countries_digest(&self) -> &str {
        &self.shared.countries
    }

    /// A digest of what decides the concepts that a text names: part of an index's fingerprint.
    pub(crate) fn concepts_digest(&self) -> &str {
        &self.shared.concepts
    }

    fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.shared.tables.iter().flat_map(|table| lines(&table.text))
    }

    /// The concepts with a name that begins at a unit of the text, once for each such name.
    ///
    /// # Errors
    ///
    /// Never for tables that were checked.
    pub(crate) fn named_at(&self, text: &impl FormText, at: usize, analyzer: &Analyzer) -> Result<Vec<NamedConcept>> {
        let next = (at + 1 < text.len()).then(|| text.form(at + 1));
        let mut named: Vec<NamedConcept> = Vec::new();
        for opening in openings_of_units(text.form(at), next, &fold) {
            for (form, place) in self.names_with(opening, analyzer).iter() {
                if form.stands_at(text, at) {
                    named.push(NamedConcept { concept: table::concept(self.line(place))?, units: form.units.len() });
                }
            }
        }
        Ok(named)
    }

    /// The names with an opening, parsed and analysed when they are first needed.
    fn names_with(&self, opening: Opening, analyzer: &Analyzer) -> ReadNames {
        if let Some(read) = self.shared.read.read().ok().and_then(|known| known.get(&opening).cloned()) {
            return read;
        }
        let places = find(&self.shared.openings, opening);
        let forms = places.filter_map(|place| {
            let line = self.line(&place);
            let name = table::name_at(line, place.name)?;
            // A phrase that only contains the name of a country is no concept.
            (line.kind() != Kind::Not.name()).then(|| (Form::read(&name, analyzer), place))
        });
        let read: ReadNames = forms.collect();
        // Openings without a name are not cached: texts can have any number of them.
        if !read.is_empty()
            && let Ok(mut known) = self.shared.read.write()
        {
            known.insert(opening, Arc::clone(&read));
        }
        read
    }

    fn line(&self, place: &NameLocation) -> Line<'_> {
        let text = &self.shared.tables[place.table].text[place.start..place.start + place.len];
        Line { number: 0, start: place.start, text }
    }
}

fn regions() -> Table {
    Table { name: "CLDR".to_owned(), text: Cow::Borrowed(REGIONS) }
}

fn texts(tables: &[Table]) -> Vec<&str> {
    tables.iter().map(|table| table.text.as_ref()).collect()
}

/// The index of openings, as the build script makes it for the built-in tables.
fn openings_of(tables: &[Table]) -> Vec<u8> {
    encode(&texts(tables), &fold)
}

fn fold(character: char) -> Option<char> {
    char_script(character).map(|_| simplified(character))
}

impl std::fmt::Debug for Glossary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.shared.tables.iter().map(|table| table.name.as_str()).collect();
        formatter.debug_tuple("Glossary").field(&names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::openings::opening;
    use super::*;
    use crate::config::Config;
    use crate::text::glossary::look_up::NameText;

    #[test]
    fn every_name_is_found_by_how_it_begins() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
        for concept in config.glossary.concepts().unwrap().iter().filter(|concept| concept.kind.is_looked_up()) {
            for Name { text: original, .. } in &concept.names {
                let text = NameText::new(original, &analyzer);
                let named = config.glossary.named_at(&text, 0, &analyzer).unwrap();
                let is_whole = |named: &NamedConcept| named.concept == *concept && named.units == text.len();
                assert!(named.iter().any(is_whole), "{original} is not found as {}", concept.id);
            }
        }
    }

    #[test]
    fn the_build_sorts_names_as_the_program_does() {
        let glossary = Glossary::builtin();
        assert!(openings_of(&glossary.shared.tables) == OPENINGS);
        assert_eq!(countries_digest(&texts(&glossary.shared.tables)), glossary.countries_digest());
        assert_eq!(concepts_digest(&texts(&glossary.shared.tables)), glossary.concepts_digest());
    }

    #[test]
    fn spellings_of_a_name_have_one_opening() {
        for (left, right) in [
            ("Überkapazität", "ueberkapazitaet"),
            ("Überkapazität", "uberkapazitat"),
            ("Ägypten", "aegypten"),
            ("U.S.", "us"),
            ("Šefčovič", "sefcovic"),
            ("Österreich", "OESTERREICH"),
            ("Österreich", "Osterreich"),
            ("O\u{308}sterreich", "Österreich"),
            ("韓國", "韩国"),
            ("한국", "\u{1112}\u{1161}\u{11ab}국"),
            ("K-pop", "k pop"),
            ("ＦＴＡ협정", "fta 협정"),
            ("World's trade", "worlds trades"),
            ("G20", "G-20"),
            ("27-nation bloc", "27 nations"),
            ("JD.com", "jd com"),
        ] {
            assert_eq!(opening(left, &fold), opening(right, &fold), "{left} {right}");
        }
        assert_eq!(opening("…", &fold), None);
        let units = |first, next| openings_of_units(first, next, &fold).into_iter().map(Some).collect::<Vec<_>>();
        assert_eq!(units("tax", Some("trade")), [opening("taxes", &fold), opening("Tax-trade war", &fold)]);
        assert_eq!(units("us", None), [opening("U.S.", &fold), opening("USS", &fold)]);
        assert_eq!(units("evs", None), [opening("EVs", &fold), opening("EV", &fold)]);
        for (word, other) in [("dry", "dries"), ("zölle", "zoll"), ("Maßnahme", "massnahmen"), ("Suez", "suezkanal")]
        {
            assert_eq!(opening(word, &fold), opening(other, &fold), "{word} {other}");
        }
    }
}
