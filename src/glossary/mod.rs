//! The glossary: trade concepts and their names in four languages, as data in `index-config/glossary/`.
//!
//! Queries are widened by it ([`crate::query`]), and the countries that a text names are known by it (`countries`). In: the
//! tables, and the names of countries that the build takes from CLDR. Out: the concepts that a text names at a place.
//! Reading thousands of names would take longer than a search, so they are sorted by how they begin, and read when a query
//! has a word that begins so.

mod concept;
mod countries;
mod form;
mod table;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use foldhash::fast::RandomState;

use crate::analysis::Analyzer;
use crate::glossary::form::Form;
use crate::glossary::table::{Line, Table};

pub use crate::glossary::concept::{Column, Concept, Kind, Name};
pub(crate) use crate::glossary::countries::CountryNames;
pub(crate) use crate::glossary::form::{FormText, FormUnit, opening};

/// The tables that are compiled in.
const TABLES: [(&str, &str); 8] = [
    ("agreements.tsv", include_str!("../../index-config/glossary/agreements.tsv")),
    ("bodies.tsv", include_str!("../../index-config/glossary/bodies.tsv")),
    ("companies.tsv", include_str!("../../index-config/glossary/companies.tsv")),
    ("countries.tsv", include_str!("../../index-config/glossary/countries.tsv")),
    ("goods.tsv", include_str!("../../index-config/glossary/goods.tsv")),
    ("measures.tsv", include_str!("../../index-config/glossary/measures.tsv")),
    ("people.tsv", include_str!("../../index-config/glossary/people.tsv")),
    ("places.tsv", include_str!("../../index-config/glossary/places.tsv")),
];
/// Names of countries in the format of a table, made by `build/regions.rs`.
const REGIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/regions.tsv"));
const FOLDER: &str = "glossary";

/// Trade concepts by their names. A copy shares everything.
#[derive(Clone)]
pub struct Glossary {
    tables: Arc<Vec<Table>>,
    openings: Arc<OnceLock<Openings>>,
}

type Openings = HashMap<(char, char), Opened, RandomState>;

/// The names that begin alike.
#[derive(Default)]
struct Opened {
    places: Vec<Place>,
    forms: OnceLock<Vec<Form>>,
}

/// A name in a table.
#[derive(Clone, Copy)]
struct Place {
    table: usize,
    /// From and to which byte.
    line: (usize, usize),
    /// Which of the line's names.
    name: usize,
}

/// A concept that a text names.
pub(crate) struct Named {
    pub(crate) concept: Concept,
    /// So many units from the place on.
    pub(crate) units: usize,
}

impl Glossary {
    /// The tables that are compiled in.
    pub(crate) fn builtin() -> Glossary {
        let tables = TABLES.map(|(name, text)| Table { name: name.to_owned(), text: Cow::Borrowed(text) });
        Glossary::of(tables.into())
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
        Ok(Glossary::of(tables))
    }

    fn of(mut tables: Vec<Table>) -> Glossary {
        tables.push(Table { name: "CLDR".to_owned(), text: Cow::Borrowed(REGIONS) });
        Glossary { tables: Arc::new(tables), openings: Arc::default() }
    }

    /// Every concept, in the order of the tables; those of CLDR last.
    ///
    /// # Errors
    ///
    /// Never for tables that were checked.
    pub fn concepts(&self) -> Result<Vec<Concept>> {
        self.lines().map(|(_, line)| table::concept(line)).collect()
    }

    /// The lines by which the countries of a text are told, in order: part of an index's fingerprint.
    pub(crate) fn country_lines(&self) -> impl Iterator<Item = &str> {
        self.lines().map(|(_, line)| line).filter(|line| line.has_countries()).map(|line| line.text)
    }

    fn lines(&self) -> impl Iterator<Item = (usize, Line<'_>)> {
        self.tables.iter().enumerate().flat_map(|(at, table)| table.lines().map(move |line| (at, line)))
    }

    /// The concepts that a text names from a unit on, by each of their names that stands there. `opening` is that of the
    /// unit.
    ///
    /// # Errors
    ///
    /// Never for tables that were checked.
    pub(crate) fn named_at(
        &self,
        text: &impl FormText,
        at: usize,
        opening: (char, char),
        analyzer: &Analyzer,
    ) -> Result<Vec<Named>> {
        let Some(opened) = self.openings().get(&opening) else {
            return Ok(Vec::new());
        };
        let forms = opened.forms.get_or_init(|| {
            let names = opened.places.iter().filter_map(|place| {
                let (column, written) = self.line(place).names().nth(place.name)?;
                Some(table::name(column, written))
            });
            names.map(|name| Form::read(&name, analyzer)).collect()
        });
        let mut named: Vec<Named> = Vec::new();
        for (form, place) in forms.iter().zip(&opened.places) {
            if form.stands_at(text, at) {
                named.push(Named { concept: table::concept(self.line(place))?, units: form.units.len() });
            }
        }
        Ok(named)
    }

    fn line(&self, place: &Place) -> Line<'_> {
        self.tables[place.table].line(place.line)
    }

    fn openings(&self) -> &Openings {
        self.openings.get_or_init(|| {
            let mut openings = Openings::default();
            for (table, line) in self.lines().filter(|(_, line)| line.kind().is_some_and(Kind::is_looked_up)) {
                for (at, (_, name)) in line.names().enumerate() {
                    if let Some(opening) = opening(name) {
                        let place = Place { table, line: (line.start, line.start + line.text.len()), name: at };
                        openings.entry(opening).or_default().places.push(place);
                    }
                }
            }
            openings
        })
    }
}

impl std::fmt::Debug for Glossary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.tables.iter().map(|table| table.name.as_str()).collect();
        formatter.debug_tuple("Glossary").field(&names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Chain, Segmented, UnitKind};
    use crate::config::Config;

    /// A name as a text of its own.
    struct Text<'a> {
        segmented: Segmented,
        original: &'a str,
        analyzer: &'a Analyzer,
    }

    impl FormText for Text<'_> {
        fn len(&self) -> usize {
            self.segmented.units().len()
        }

        fn is(&self, at: usize, chain: Chain, unit: &FormUnit) -> bool {
            let own = &self.segmented.units()[at];
            let form = self.segmented.form(own);
            match unit {
                FormUnit::Char(wanted) => own.kind != UnitKind::Word && form == wanted,
                FormUnit::Word(wanted) => self.analyzer.word(chain, form).terms().contains(wanted),
            }
        }

        fn original(&self, _at: usize, _units: usize) -> String {
            self.original.to_owned()
        }
    }

    #[test]
    fn every_name_is_found_by_how_it_begins() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config);
        for concept in config.glossary.concepts().unwrap().iter().filter(|concept| concept.kind.is_looked_up()) {
            for Name { text: original, .. } in &concept.names {
                let text = Text { segmented: Segmented::new(original), original, analyzer: &analyzer };
                let first = text.segmented.form(&text.segmented.units()[0]);
                let named = config.glossary.named_at(&text, 0, opening(first).unwrap(), &analyzer).unwrap();
                let is_whole = |named: &Named| named.concept == *concept && named.units == text.len();
                assert!(named.iter().any(is_whole), "{original} is not found as {}", concept.id);
            }
        }
    }
}
