//! A table of the glossary: parsing and checking.
//!
//! In: lines (`layout`). Out: concepts, each from its own line, so that only those that a query needs are parsed. Invariant: a
//! table that [`check`] accepts can be parsed by every other function here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail, ensure};

use crate::text::analysis::{CharScript, Segmented, UnitKind};
use crate::text::country::CountryCode;
use crate::text::glossary::concept::{Column, Concept, Kind, Name};
use crate::text::glossary::layout::{COLUMNS_BEFORE_NAMES, Line, all_lines, lines};

/// Headings of the columns before the names.
const HEAD: [&str; COLUMNS_BEFORE_NAMES] = ["id", "kind", "country"];
/// Maximum number of names of a concept: a query with one of them is expanded by all others.
const MAX_NAMES: usize = 300;
/// Sign before a case-sensitive name.
const AS_WRITTEN: char = '=';

/// A table: the name of its file and its text.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) text: Cow<'static, str>,
}

/// The names of a line, each with its column.
pub(crate) fn names(line: Line<'_>) -> impl Iterator<Item = Name> {
    line.names().filter_map(|(column, written)| Some(name(*Column::ALL.get(column)?, written)))
}

/// One of the names of a line, by its index among them.
pub(crate) fn name_at(line: Line<'_>, at: usize) -> Option<Name> {
    let (column, written) = line.names().nth(at)?;
    Some(name(*Column::ALL.get(column)?, written))
}

/// The name that a cell of a table has, which may begin with the sign [`AS_WRITTEN`].
fn name(column: Column, written: &str) -> Name {
    let text = written.strip_prefix(AS_WRITTEN);
    Name { column, text: text.unwrap_or(written).trim().to_owned(), is_as_written: text.is_some() }
}

/// Parses the concept of a line.
///
/// # Errors
///
/// When a column is missing, or the kind or a country's code is invalid.
pub(crate) fn concept(line: Line<'_>) -> Result<Concept> {
    let cells: Vec<&str> = line.cells().collect();
    let columns = HEAD.len() + Column::ALL.len();
    ensure!(cells.len() == columns, "expected {columns} columns separated by tabs, found {}", cells.len());
    let (kind, countries) = kind_and_countries(line)?;
    Ok(Concept { id: cells[0].to_owned(), kind, countries, names: names(line).collect() })
}

/// The kind and the countries of a line's concept.
///
/// # Errors
///
/// When either is invalid.
pub(crate) fn kind_and_countries(line: Line<'_>) -> Result<(Kind, Vec<CountryCode>)> {
    let kind = line.kind().parse().map_err(|error: String| anyhow!(error))?;
    let countries = line.cells().nth(2).unwrap_or_default();
    let countries = countries.split(',').map(str::trim).filter(|code| !code.is_empty());
    let countries = countries.map(|code| code.parse::<CountryCode>().map_err(|error| anyhow!(error)));
    Ok((kind, countries.collect::<Result<_>>()?))
}

/// Checks the tables of a configuration folder.
///
/// # Errors
///
/// At the first mistake; the message names table and line, what was expected and what was found.
pub(crate) fn check(tables: &[Table]) -> Result<()> {
    let heading = HEAD.into_iter().chain(Column::ALL.map(Column::name)).collect::<Vec<_>>().join("\t");
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for table in tables {
        let found = all_lines(&table.text).next().map(|line| line.text).unwrap_or_default();
        if found != heading {
            bail!("in glossary/{}: expected the heading `{heading}`, separated by tabs, found `{found}`", table.name);
        }
        for line in lines(&table.text) {
            let place = format!("glossary/{}, line {}", table.name, line.number);
            let concept = concept(line).and_then(|concept| check_concept(&concept).map(|()| concept));
            let concept = concept.map_err(|error| anyhow!("in {place}: {error:#}"))?;
            if let Some(other) = places.insert(concept.id.clone(), place.clone()) {
                bail!("in {place}: the id `{}` is taken by {other}", concept.id);
            }
        }
    }
    Ok(())
}

fn check_concept(concept: &Concept) -> Result<()> {
    let Concept { id, kind, countries, names } = concept;
    let is_id = id.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    ensure!(is_id, "expected an id of lower-case letters, digits and hyphens, found `{id}`");
    ensure!(!names.is_empty(), "`{id}` has no name");
    ensure!(names.len() <= MAX_NAMES, "`{id}` has {} names, expected at most {MAX_NAMES}", names.len());
    let needs_country = matches!(kind, Kind::Country | Kind::Demonym | Kind::Short);
    ensure!(!needs_country || !countries.is_empty(), "`{id}` is to name a country, expected its code");
    for Name { column, text, .. } in names {
        let column = column.name();
        let units = Segmented::new(text);
        let is_hangul_or_han = |kind: UnitKind| matches!(kind, UnitKind::Char(CharScript::Han | CharScript::Hangul));
        match (kind, units.units()) {
            (_, []) => bail!("`{text}` in column {column} has no letter and no character that could be looked up"),
            (Kind::Short, [unit]) if is_hangul_or_han(unit.kind) => {}
            (Kind::Short, _) => bail!("`{text}` in column {column}: a short name is a single character"),
            (_, [unit]) if is_hangul_or_han(unit.kind) => {
                bail!(
                    "`{text}` in column {column} is a single character, which stands for too much; a row of kind short may have it"
                )
            }
            _ => {}
        }
    }
    Ok(())
}
