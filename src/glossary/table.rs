//! A table of the glossary: a line a concept, columns separated by tabs, names within one by ` | `.
//!
//! In: the text of a file. Out: concepts, each from its own line, so that only those that a query needs are read. Whatever
//! [`check`] lets pass, every other function here can read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail, ensure};

use crate::analysis::{CharScript, Segmented, UnitKind};
use crate::country::CountryCode;
use crate::glossary::concept::{Column, Concept, Kind, Name};

/// Columns before the names.
const HEAD: [&str; 3] = ["id", "kind", "country"];
/// Before a name that is one only as it is written.
const AS_WRITTEN: char = '=';

/// A table, by the name of its file.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) text: Cow<'static, str>,
}

/// A line with a concept.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub(super) number: usize,
    /// Where it begins in the table, in bytes.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    fn cells(self) -> impl Iterator<Item = &'a str> {
        self.text.split('\t')
    }

    /// The column and text of each name, with the mark of those that count only as they are written.
    pub(super) fn names(self) -> impl Iterator<Item = (Column, &'a str)> {
        self.cells().skip(HEAD.len()).zip(Column::ALL).flat_map(|(cell, column)| {
            cell.split('|').map(str::trim).filter(|name| !name.is_empty()).map(move |name| (column, name))
        })
    }

    pub(super) fn kind(self) -> Option<Kind> {
        self.cells().nth(1)?.parse().ok()
    }

    /// True if it decides which countries a text names.
    pub(super) fn has_countries(self) -> bool {
        self.cells().nth(2).is_some_and(|countries| !countries.is_empty()) || self.kind() == Some(Kind::Not)
    }
}

impl Table {
    /// A line again, by its place.
    pub(super) fn line(&self, (start, end): (usize, usize)) -> Line<'_> {
        Line { number: 0, start, text: &self.text[start..end] }
    }

    /// The lines with concepts. Blank lines and those that begin with `#` have none, nor has the heading.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut next = 0;
        let lines = self.text.split_inclusive('\n').enumerate().map(move |(at, text)| {
            let start = next;
            next += text.len();
            Line { number: at + 1, start, text: text.trim_end_matches(['\r', '\n']) }
        });
        lines.filter(|line| !line.text.trim().is_empty() && !line.text.starts_with('#')).skip(1)
    }
}

/// A name as it stands in a table.
pub(super) fn name(column: Column, written: &str) -> Name {
    let text = written.strip_prefix(AS_WRITTEN);
    Name { column, text: text.unwrap_or(written).trim().to_owned(), is_as_written: text.is_some() }
}

/// Reads a concept.
///
/// # Errors
///
/// When a column is missing, or a kind or country is none.
pub(super) fn concept(line: Line<'_>) -> Result<Concept> {
    let cells: Vec<&str> = line.cells().collect();
    let columns = HEAD.len() + Column::ALL.len();
    ensure!(cells.len() == columns, "expected {columns} columns separated by tabs, found {}", cells.len());
    let kind = cells[1].parse().map_err(|error: String| anyhow!(error))?;
    let countries = cells[2].split(',').map(str::trim).filter(|code| !code.is_empty());
    let countries = countries.map(|code| code.parse::<CountryCode>().map_err(|error| anyhow!(error)));
    Ok(Concept {
        id: cells[0].to_owned(),
        kind,
        countries: countries.collect::<Result<_>>()?,
        names: line.names().map(|(column, written)| name(column, written)).collect(),
    })
}

/// Checks tables that someone wrote.
///
/// # Errors
///
/// At the first thing that is wrong; the message names table and line, what was expected and what was found.
pub(super) fn check(tables: &[Table]) -> Result<()> {
    let heading = HEAD.into_iter().chain(Column::ALL.map(Column::name)).collect::<Vec<_>>().join("\t");
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for table in tables {
        let mut rows = table.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let found = rows.next().unwrap_or_default();
        if found != heading {
            bail!("in glossary/{}: expected the heading `{heading}`, separated by tabs, found `{found}`", table.name);
        }
        for line in table.lines() {
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
